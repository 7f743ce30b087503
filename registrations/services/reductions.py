"""Using a code: what it takes off, once, and giving it back.

The booking's row is locked first, as by everybody, then the code's: of two bookings that use one code
at once the second waits, reads that it was used, and is told so. The constraint is the last word.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from members import audit
from members.models import User
from registrations import vat
from registrations.models import Booking, CodeUse, Line, Place, ReductionCode
from registrations.references import ALPHABET
from registrations.services import changing
from registrations.services.links import hashed

# 16 letters of 28: 76 bits, drawn at random; guessing is limited on the page that takes them.
LETTERS = 16
UNKNOWN = (
    "This code is not one that can be used here: look at the mail in which it came. It may have "
    "been used, or its time may be over; then write to us."
)


@dataclass(frozen=True)
class Reduction:
    """What a code takes off which lines of a place, in pounds."""

    code: ReductionCode
    parts: tuple[tuple[Line, Decimal], ...]

    @property
    def total(self) -> Decimal:
        """Off altogether."""
        return sum((off for _, off in self.parts), Decimal("0.00"))


def drawn() -> str:
    """A new code as it is mailed: four groups of four."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    return "-".join(letters[start : start + 4] for start in range(0, LETTERS, 4))


def stored(typed: str) -> str:
    """The hash of a code however it is typed."""
    return hashed("".join(one for one in typed.upper() if one.isalnum()))


def quote(*, place: Place, typed: str, at: dt.datetime) -> Reduction:
    """What the code takes off this place now. Raises ValidationError: `unknown`, `nothing`."""
    return _quoted(place, _found(place, typed, at), at)


@transaction.atomic
def use_code(
    *, by: User | None, place: Place, typed: str, quoted: Decimal, at: dt.datetime
) -> CodeUse:
    """Take off what the code is good for, as lines of their own beside the prices they reduce.

    The same code again for the same place is once. Raises ValidationError: `unknown` (also when it
    was used or is over), `nothing`, `price_changed`, `cancelled`.
    """
    booking = changing.locked(place.booking)
    place = changing.active(booking, place)
    rows = ReductionCode.objects.select_for_update(no_key=True, of=("self",))
    locked = rows.filter(code_hash=stored(typed)).first()
    standing = None if locked is None else _standing(locked)
    if standing is not None and standing.place_id == place.pk:
        return standing
    found = _quoted(place, _found(place, typed, at), at)
    if found.total != quoted:
        raise ValidationError(
            f"What the code takes off has changed: £{found.total} now. Look again, and confirm if "
            "you agree.",
            code="price_changed",
        )
    use = CodeUse.objects.create(code=found.code, place=place, used_by=by, used_at=at)
    Line.objects.bulk_create(
        Line(
            booking=booking,
            place=place,
            use=use,
            reduces=line,
            description="Reduction",
            band=line.description[:60],
            amount=-off,
            priced_at=at,
        )
        for line, off in found.parts
    )
    what = f"a reduction of £{found.total} was taken off place {place.position + 1}."
    changing.record_and_tell(by, booking, "code.used", what, at)
    return use


@transaction.atomic
def give_back(*, by: User, code: ReductionCode, reason: str, at: dt.datetime) -> None:
    """Let a used code be used again; what it took off a place in force is charged again.

    Giving back twice is once. Raises nothing that a person could mend.
    """
    standing = _standing(code)
    if standing is None:
        return
    booking = Booking.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=standing.place.booking_id
    )
    ReductionCode.objects.select_for_update(no_key=True, of=("self",)).get(pk=code.pk)
    standing = _standing(code)
    if standing is None:
        return
    standing.lines.filter(cancelled_at__isnull=True).update(cancelled_at=at)
    standing.given_back_at, standing.given_back_by = at, by
    standing.save(update_fields=["given_back_at", "given_back_by"])
    if booking.state == Booking.State.SUBMITTED and standing.place.cancelled_at is None:
        what = f"the reduction of place {standing.place.position + 1} was taken back."
        changing.record_and_tell(by, booking, "code.given-back", what, at, reason=reason)
        return
    audit.record(by=by, action="code.given-back", on=booking, at=at, reason=reason)


def _standing(code: ReductionCode) -> CodeUse | None:
    return code.uses.filter(given_back_at__isnull=True).select_related("place").first()


def _found(place: Place, typed: str, at: dt.datetime) -> ReductionCode:
    """The code while it can be used; every other one gets the same answer."""
    good = ReductionCode.objects.filter(
        code_hash=stored(typed), conference=place.booking.conference_id, expires_at__gt=at
    )
    found = good.prefetch_related("pass_types", "extras").first()
    if found is None or _standing(found) is not None:
        raise ValidationError(UNKNOWN, code="unknown")
    return found


def _quoted(place: Place, code: ReductionCode, at: dt.datetime) -> Reduction:
    lines = place.lines.filter(cancelled_at__isnull=True, use__isnull=True, amount__gt=0)
    free = lines.exclude(reductions__in=Line.objects.filter(cancelled_at__isnull=True))
    parts = tuple(_parts(code, free.order_by("extra_id", "pk")))
    if not parts:
        good_for = [str(row) for row in (*code.pass_types.all(), *code.extras.all())]
        raise ValidationError(
            f"This code is good for {', '.join(good_for)}. Nothing of it is left to pay for "
            f"{place}.",
            code="nothing",
        )
    return Reduction(code, parts)


def _parts(code: ReductionCode, lines: Iterable[Line]) -> Iterable[tuple[Line, Decimal]]:
    """Off the pass first, then off extras, never more than each costs."""
    passes = {row.pk for row in code.pass_types.all()}
    extras = {row.pk for row in code.extras.all()}
    left = code.amount
    covered = [line for line in lines if line.pass_type_id in passes or line.extra_id in extras]
    for line in sorted(covered, key=lambda line: (line.extra_id is not None, line.pk)):
        if code.percent is not None:
            off = vat.half_up(line.amount * code.percent / vat.HUNDRED)
        else:
            off = min(left, line.amount)
            left -= off
        if off:
            yield line, off
