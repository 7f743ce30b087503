"""What a month end asks: who owes for how long, and what was charged under each nominal code."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Min, Q, Sum

import clock
from events.models import Conference
from registrations.models import Booking, Invoice, Line

# The first day past each of these is the next age.
AGES = (30, 60, 90)
#: A gift above this may be kept only from a donor whom the law permits, checked within 30 days.
LEAST_GIFT = Decimal(500)


@dataclass(frozen=True, slots=True)
class Debt:
    """What a booking owes, and for how many days since it was billed (or booked, if it was not)."""

    booking: Booking
    owing: Decimal
    since: dt.date
    days: int

    @property
    def age(self) -> str:
        """'up to 30 days', '31 to 60 days', '61 to 90 days', 'over 90 days'."""
        first, second, third = AGES
        if self.days <= first:
            return f"up to {first} days"
        if self.days <= second:
            return f"{first + 1} to {second} days"
        return f"{second + 1} to {third} days" if self.days <= third else f"over {third} days"


def debts(conference: Conference | None, *, on: dt.date) -> list[Debt]:
    """Every booking that owes something, the oldest debt first."""
    standing = Q(invoices__kind=Invoice.Kind.INVOICE, invoices__credit_note__isnull=True)
    rows = Booking.objects.unpaid().select_related("conference", "organisation")
    if conference is not None:
        rows = rows.filter(conference=conference)
    found = []
    for row in rows.annotate(billed_at=Min("invoices__issued_at", filter=standing)):
        since = clock.in_london(row.billed_at or row.submitted_at).date()
        owing = row.account_fetched.owing
        found.append(Debt(row, owing, since, max((on - since).days, 0)))
    return sorted(found, key=lambda debt: (-debt.days, debt.booking.pk))


def by_age(rows: Iterable[Debt]) -> dict[str, Decimal]:
    """What is owed at each age, oldest last."""
    ages = [Debt(None, Decimal(0), dt.date.min, days).age for days in (0, *(n + 1 for n in AGES))]
    sums = {age: Decimal("0.00") for age in ages}
    for row in rows:
        sums[row.age] += row.owing
    return sums


def by_code(conference: Conference | None) -> list[tuple[str, str, str, Decimal]]:
    """(conference, month, nominal code, pounds) of everything charged, less what was cancelled.

    A charge belongs to the month in which it was priced, and what a cancellation takes off to the
    month of the cancellation: a month that was closed never changes.
    """
    lines = Line.objects.filter(priced_at__isnull=False).select_related(
        "booking__conference", "pass_type", "extra", "use__code"
    )
    if conference is not None:
        lines = lines.filter(booking__conference=conference)
    sums: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        title, code = line.booking.conference.title, line.nominal_code
        sums[title, _month(line.priced_at), code] += line.amount
        if line.cancelled_at is not None:
            sums[title, _month(line.cancelled_at), code] += line.kept - line.amount
    return [(*key, amount) for key, amount in sorted(sums.items()) if amount]


def balance(conference: Conference | None) -> list[tuple[str, Decimal]]:
    """(what, pounds) of the whole account, in the order in which it adds up to what is owed.

    Charged, less received, refunds added, less write-offs, is what is owed less what we owe back.
    Credit moved from one booking to another counts nothing where both are in the account.
    """
    rows = Booking.objects.exclude(state=Booking.State.DRAFT).with_money()
    if conference is not None:
        rows = rows.filter(conference=conference)
    names = ("due", "paid", "refunded", "written_off", "moved_in", "moved_out")
    sums = rows.aggregate(
        **{f"sum_{name}": Sum(name) for name in names},
        owed=Sum("owing", filter=Q(owing__gt=0)),
        owed_back=Sum("owing", filter=Q(owing__lt=0)),
    )
    told = {key: (value or Decimal(0)).quantize(Decimal("0.01")) for key, value in sums.items()}
    return [
        ("Charged, less what was cancelled", told["sum_due"]),
        ("Received", -told["sum_paid"]),
        ("Refunded", told["sum_refunded"]),
        ("Written off", -told["sum_written_off"]),
        ("Credit from and to other conferences", told["sum_moved_out"] - told["sum_moved_in"]),
        ("Owed to us", told["owed"]),
        ("Paid too much or credited", told["owed_back"]),
    ]


@dataclass(frozen=True, slots=True)
class AboveCost:
    """What one payer paid for extras of a conference above what they cost us."""

    conference: str
    payer: str
    what: str
    charged: Decimal
    cost: Decimal

    @property
    def above(self) -> Decimal:
        """What may be a gift to the party."""
        return self.charged - self.cost

    @property
    def is_to_check(self) -> bool:
        """More than a party may take without asking who gives."""
        return self.above > LEAST_GIFT


def above_cost(conference: Conference | None) -> list[AboveCost]:
    """Who was charged more than cost for extras that state it, the most first.

    All of a payer's extras at a conference count together, so that nothing is split below the
    limit; what was cancelled does not count. The law asks, staff decide: PPERA 2000, part IV.
    """
    lines = Line.objects.holding().filter(extra__cost__isnull=False, use__isnull=True)
    if conference is not None:
        lines = lines.filter(booking__conference=conference)
    lines = lines.select_related("extra", "booking__conference", "booking__organisation")
    sums: dict[tuple[str, str, str], tuple[Counter[str], Decimal, Decimal]] = {}
    for line in lines.prefetch_related("reductions").order_by("pk"):
        booking = line.booking
        body = booking.organisation.name if booking.organisation else ""
        payer = (
            booking.conference.title,
            body or booking.contact_name,
            body or booking.contact_email,
        )
        names, charged, cost = sums.get(payer, (Counter(), Decimal(0), Decimal(0)))
        names[line.description] += 1
        sums[payer] = (names, charged + line.net_charge, cost + line.extra.cost)
    found = [
        AboveCost(title, name, _numbered(names), charged, cost)
        for (title, name, _), (names, charged, cost) in sums.items()
        if charged > cost
    ]
    return sorted(found, key=lambda row: (-row.above, row.conference, row.payer))


def _numbered(names: Counter[str]) -> str:
    """'10 × Sponsor's table'."""
    return ", ".join(f"{number} \N{MULTIPLICATION SIGN} {name}" for name, number in names.items())


def _month(at: dt.datetime) -> str:
    return f"{clock.in_london(at):%Y-%m}"
