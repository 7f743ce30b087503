"""The register of personal data: for every model what is personal, why, how long, and how it ends.

Each app declares its models in a module `personal_data.py`, found when the site starts; a model of
ours that is not declared fails the build. Export and erasure of a person and the nightly end of
what was kept long enough are built from this register and from nothing else, so that what is
declared is what happens.

    declare(
        Booking,
        personal=("booker_name", "booker_email"),
        why="to bring the person into the conference they booked",
        kept="six years after the conference, with the accounts",
        found_by=lambda person: Q(user=person.user) | Q(booker_email__in=person.addresses),
        erasure=Blank({"booker_name": "", "booker_email": erased_address}, reason="..."),
        ends=(after_the_day("conference__ends_on", years=6),),
        addresses=("booker_email",),
    )
    declare_impersonal(Room, because="a room of a conference")

`found_by` gets a `Person` and answers with a Q, or None where nothing can be theirs. Write
`Q(user=person.user)` only under `if person.user`: a person may have no sign-in, only an address.
A model has either a period that a machine can read (`ends`) or the reason why it `stays`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import Q
from django.utils.html import escape

from members.endings import Blank, Delete, Ending, Keep, erased_address
from members.models import Member, User
from members.periods import Due, Period

__all__ = [
    "Blank",
    "Declaration",
    "Delete",
    "FileOf",
    "Keep",
    "Period",
    "Person",
    "WordsOf",
    "declare",
    "declare_impersonal",
    "erased_address",
]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the tables know them: a sign-in, or only addresses. All in lower case.

    `names` serve where paper was typed over and nothing but a name stands there.
    """

    user: User | None
    addresses: frozenset[str]
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, user: User) -> Person:
        """A sign-in with every address it has confirmed, and the names it goes by."""
        confirmed = EmailAddress.objects.filter(user=user, verified=True)
        found = confirmed.values_list("email", flat=True)
        names = [user.name, *map(str, Member.objects.filter(user=user))]
        return cls(
            user,
            frozenset({user.email.lower(), *(email.lower() for email in found)}),
            frozenset(name.strip().lower() for name in names if name.strip()),
        )

    @classmethod
    def at_address(cls, address: str) -> Person:
        """Whoever uses an address: their sign-in when there is one."""
        address = address.strip().lower()
        user = User.objects.filter(email=address).first()
        return cls.of(user) if user else cls(None, frozenset({address}))


Finder = Callable[[Person], Q | None]


@dataclass(frozen=True, slots=True)
class FileOf:
    """A file beside a row: whose letter it is may be another question than whose row it is.

    `ends` as for rows, or the reason why the file `stays` as long as its row.
    """

    name: str
    found_by: Finder
    ends: Due | None = None
    stays: str = ""


@dataclass(frozen=True, slots=True)
class WordsOf:
    """Words to others in which a person may be named: an erasure blanks the rows that do."""

    fields: tuple[str, ...]
    ending: Blank
    only: Q = Q()

    def naming(self, person: Person) -> Q | None:
        """Rows that bear an address or a full name, in text or in HTML; one word is no name."""
        words = {*person.addresses, *(name for name in person.names if " " in name)}
        found = Q()
        for word in sorted(words | set(map(escape, words))):
            for name in self.fields:
                found |= Q(**{f"{name}__icontains": word})
        return found & self.only if words else None


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the register says of one model."""

    model: type[models.Model]
    personal: tuple[str, ...]
    why: str
    kept: str
    found_by: Finder
    erasure: Ending
    exported: tuple[str, ...]
    ends: tuple[Period, ...] = ()
    #: why no machine ends it
    stays: str = ""
    files: tuple[FileOf, ...] = ()
    words: WordsOf | None = None
    #: fields that hold an address: how erasures are found again after a restore
    addresses: tuple[str, ...] = ()
    #: lower goes first when a person is erased; rows that point at others go before them
    order: int = 50
    is_special: bool = False
    #: rows that may not be told yet at an instant: left out of exports, uncounted when erased
    sealed: Due | None = None

    def rows(self, person: Person) -> models.QuerySet[models.Model]:
        """The rows about a person."""
        return self._found(self.found_by(person))

    def told(
        self, rows: models.QuerySet[models.Model], at: dt.datetime
    ) -> models.QuerySet[models.Model]:
        """Those of these rows that may be told at an instant."""
        return rows.exclude(self.sealed(at)) if self.sealed else rows

    def rows_with_file(self, file: FileOf, person: Person) -> models.QuerySet[models.Model]:
        """The rows whose file is about a person."""
        return self._found(file.found_by(person))

    def rows_naming(self, person: Person) -> models.QuerySet[models.Model]:
        """The rows about others in which the person is named."""
        return self._found(self.words.naming(person) if self.words else None)

    def _found(self, q: Q | None) -> models.QuerySet[models.Model]:
        rows = self.model._base_manager.all()
        return rows.none() if q is None else rows.filter(q).order_by("pk")


_declared: dict[type[models.Model], Declaration] = {}
_impersonal: dict[type[models.Model], str] = {}
_holds: dict[type[models.Model], list[Due]] = {}


def declare(
    model: type[models.Model],
    *,
    personal: tuple[str, ...],
    why: str,
    kept: str,
    found_by: Finder,
    erasure: Ending,
    ends: tuple[Due | Period, ...] = (),
    stays: str = "",
    files: tuple[FileOf, ...] = (),
    words: WordsOf | None = None,
    addresses: tuple[str, ...] = (),
    secret: tuple[str, ...] = (),
    order: int = 50,
    is_special: bool = False,
    sealed: Due | None = None,
) -> None:
    """Enter a model that says something about people.

    `personal` names the fields that do; `secret` those never exported (hashes, tokens). What has
    been kept long enough meets the same end as at an erasure, unless its period names another.
    `is_special`: health, belief or opinion beyond the membership itself. `sealed` finds what even an
    export does not tell yet: a decision before its announcement. Raises LookupError for a field the
    model does not have.
    """
    names = [f.name for f in model._meta.concrete_fields]
    blanked = tuple(erasure.values) if isinstance(erasure, Blank) else ()
    for name in (*personal, *addresses, *secret, *blanked, *(file.name for file in files)):
        if name not in names:
            raise LookupError(f"{model._meta.label} has no field {name}")
    _declared[model] = Declaration(
        model,
        personal,
        why,
        kept,
        found_by,
        erasure,
        tuple(name for name in names if name not in secret),
        tuple(one if isinstance(one, Period) else Period(one, erasure) for one in ends),
        stays,
        files,
        words,
        addresses,
        order,
        is_special,
        sealed,
    )


def declare_impersonal(*found: type[models.Model], because: str) -> None:
    """Enter models that say nothing about people, and why they do not."""
    _impersonal.update(dict.fromkeys(found, because))


def hold_back(model: type[models.Model], while_: Due) -> None:
    """Rows that are still needed are not ended by their period: a lower app says which."""
    _holds.setdefault(model, []).append(while_)


def held_back(model: type[models.Model], at: dt.datetime) -> Q:
    """The rows of a model that something still needs at an instant."""
    found = Q()
    for while_ in _holds.get(model, ()):
        found |= while_(at)
    return found


def register() -> list[Declaration]:
    """Every model that says something about people, in the order of erasure."""
    return sorted(_declared.values(), key=lambda entry: (entry.order, entry.model._meta.label))


def impersonal() -> dict[type[models.Model], str]:
    """The models that say nothing about people, with the reason."""
    return dict(_impersonal)


def is_entered(model: type[models.Model]) -> bool:
    """Is this model in the register, one way or the other?"""
    return model in _declared or model in _impersonal
