"""A conference's registrations at a glance: what is sold, who owes, which names are missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from events.models import Conference
from registrations.models import Booking, Extra, Line, PassType, Place


@dataclass(frozen=True, slots=True)
class Sold:
    """One thing sold: how many are held now, of how many (None: no limit)."""

    name: str
    held: int
    capacity: int | None

    @property
    def left(self) -> int | None:
        """How many are free; None where nothing limits it."""
        return None if self.capacity is None else max(0, self.capacity - self.held)


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over the bookings of a conference, and what they owe together, in pounds."""

    places: int
    unnamed: int
    unpaid: int
    owing: Decimal
    drafts: int
    kept: int
    unanswered: int
    to_refund: int


def sold(conference: Conference) -> list[Sold]:
    """Passes, then extras, each with its capacity: counted from the lines, never stored.

    One query.
    """
    passes = _held(conference.pass_types.all(), "pass_type", first=0)
    extras = _held(conference.extras.all(), "extra", first=1)
    rows = passes.union(extras, all=True).order_by("first", "position", "pk")
    return [Sold(name, held, capacity) for name, held, capacity, *_ in rows]


def _held(items: QuerySet[PassType] | QuerySet[Extra], field: str, *, first: int) -> QuerySet:
    count = _number(Line.objects.holding(), field)
    rows = items.order_by().annotate(held=count, first=Value(first))
    return rows.values_list("name", "held", "capacity", "first", "position", "pk")


def _number(rows: QuerySet, field: str) -> Coalesce:
    """How many of the rows belong to the outer row."""
    found = rows.filter(**{field: OuterRef("pk")}).order_by().values(field)
    return Coalesce(Subquery(found.annotate(n=Count("pk")).values("n"), IntegerField()), 0)


def figures(conference: Conference) -> Figures:
    """One query."""
    made = ~Q(state=Booking.State.DRAFT)
    rows = Booking.objects.filter(conference=conference).with_money()
    rows = rows.annotate(
        active=_number(Place.objects.active(), "booking"),
        nameless=_number(Place.objects.unnamed(), "booking"),
    )
    sums = rows.aggregate(
        places=Coalesce(Sum("active"), 0),
        unnamed=Coalesce(Sum("nameless"), 0),
        unpaid=Count("pk", made & Q(owing__gt=0)),
        sum_owing=Sum("owing", filter=made & Q(owing__gt=0)),
        drafts=Count("pk", ~made),
        kept=Count("pk", Q(state=Booking.State.SUBMITTED, kept_at__isnull=False)),
        unanswered=Count("pk", Q(state=Booking.State.SUBMITTED, kept_at__isnull=True)),
        to_refund=Count("pk", made & Q(owing__lt=0)),
    )
    owing = (sums.pop("sum_owing") or Decimal(0)).quantize(Decimal("0.01"))
    return Figures(owing=owing, **sums)
