"""The register of personal data: for every model what is personal, why, how long, and what erasure does.

Each app declares its models in a module `personal_data.py`, found when the site starts; a model of
ours that is not declared fails the build. Export and erasure of a person are built from this
register and from nothing else, so that what is declared is what happens.

    declare(
        Booking,
        personal=("booker_name", "booker_email"),
        why="to bring the person into the conference they booked",
        kept="a year after the conference; invoices six years (tax)",
        found_by=lambda person: Q(user=person.user) | Q(booker_email__in=person.addresses),
        erasure=Blank({"booker_name": "", "booker_email": erased_address}, reason="..."),
        addresses=("booker_email",),
    )
    declare_impersonal(Room, because="a room of a conference")

`found_by` gets a `Person` and answers with a Q, or None where nothing can be theirs. Write
`Q(user=person.user)` only under `if person.user`: a person may have no sign-in, only an address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import Q

from members.models import User


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the tables know them: a sign-in, or only addresses. Addresses in lower case."""

    user: User | None
    addresses: frozenset[str]

    @classmethod
    def of(cls, user: User) -> Person:
        """A sign-in with every address it has confirmed."""
        confirmed = EmailAddress.objects.filter(user=user, verified=True)
        found = confirmed.values_list("email", flat=True)
        return cls(user, frozenset({user.email.lower(), *(email.lower() for email in found)}))

    @classmethod
    def at_address(cls, address: str) -> Person:
        """Whoever uses an address: their sign-in when there is one."""
        address = address.strip().lower()
        user = User.objects.filter(email=address).first()
        return cls.of(user) if user else cls(None, frozenset({address}))


@dataclass(frozen=True, slots=True)
class Keep:
    """Erasure leaves these rows as they are, for a reason a person can be told."""

    reason: str


@dataclass(frozen=True, slots=True)
class Delete:
    """Erasure deletes these rows."""

    reason: str = "nothing else needs them"


@dataclass(frozen=True, slots=True)
class Blank:
    """Erasure overwrites these fields; a value may be a function of the row (for unique fields)."""

    values: Mapping[str, Any]
    reason: str


Erasure = Keep | Delete | Blank
Finder = Callable[[Person], Q | None]


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the register says of one model."""

    model: type[models.Model]
    personal: tuple[str, ...]
    why: str
    kept: str
    found_by: Finder
    erasure: Erasure
    exported: tuple[str, ...]
    #: fields that hold an address: how erasures are found again after a restore
    addresses: tuple[str, ...] = ()
    #: lower goes first when a person is erased; rows that point at others go before them
    order: int = 50
    is_special: bool = field(default=False)

    def rows(self, person: Person) -> models.QuerySet[models.Model]:
        """The rows about a person."""
        q = self.found_by(person)
        rows = self.model._base_manager.all()
        return rows.none() if q is None else rows.filter(q).order_by("pk")


_declared: dict[type[models.Model], Declaration] = {}
_impersonal: dict[type[models.Model], str] = {}


def declare(
    model: type[models.Model],
    *,
    personal: tuple[str, ...],
    why: str,
    kept: str,
    found_by: Finder,
    erasure: Erasure,
    addresses: tuple[str, ...] = (),
    secret: tuple[str, ...] = (),
    order: int = 50,
    is_special: bool = False,
) -> None:
    """Enter a model that says something about people.

    `personal` names the fields that do; `secret` those never exported (hashes, tokens).
    `is_special`: health, belief or opinion beyond the membership itself. Raises LookupError for a
    field the model does not have.
    """
    names = [f.name for f in model._meta.concrete_fields]
    blanked = tuple(erasure.values) if isinstance(erasure, Blank) else ()
    for name in (*personal, *addresses, *secret, *blanked):
        if name not in names:
            raise LookupError(f"{model._meta.label} has no field {name}")
    exported = tuple(name for name in names if name not in secret)
    _declared[model] = Declaration(
        model, personal, why, kept, found_by, erasure, exported, addresses, order, is_special
    )


def declare_impersonal(*found: type[models.Model], because: str) -> None:
    """Enter models that say nothing about people, and why they do not."""
    _impersonal.update(dict.fromkeys(found, because))


def register() -> list[Declaration]:
    """Every model that says something about people, in the order of erasure."""
    return sorted(_declared.values(), key=lambda entry: (entry.order, entry.model._meta.label))


def impersonal() -> dict[type[models.Model], str]:
    """The models that say nothing about people, with the reason."""
    return dict(_impersonal)


def is_entered(model: type[models.Model]) -> bool:
    """Is this model in the register, one way or the other?"""
    return model in _declared or model in _impersonal


def erased_address(row: models.Model) -> str:
    """An address that can never receive mail (RFC 2606) and differs for every row."""
    return f"erased-{row._meta.model_name}-{row.pk}@erased.invalid"
