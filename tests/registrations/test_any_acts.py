"""A delegation after any acts in any order: what has to hold of its places, money, papers, badges."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registrations.models import Booking, Credential, Extra, Invoice, InvoiceLine, Line, Place
from registrations.services import cancelling, changing, entitlement, invoicing, naming
from registrations.services import delegations as services
from tests.registrations import billing, build
from tests.registrations.delegates import booked

pytestmark = pytest.mark.django_db

DINNERS = 2
ACTS = ("book", "name", "substitute", "correct", "cancel", "dinner", "no dinner", "allocate")
PAPERS = ("grant", "bill", "credit", "settle", "payer")
acts = st.lists(
    st.tuples(st.sampled_from(ACTS + PAPERS), st.integers(0, 3)), min_size=9, max_size=16
)


class Desk:
    """One body, its delegation, and what may be done to it; `number` chooses the row."""

    def __init__(self, year, staff) -> None:
        self.year, self.staff = year, staff
        self.body = build.body(f"Body {uuid.uuid4().hex[:6]}")
        self.row = entitlement.of(year, self.body)
        self.dinner = year.extras.get()
        self.allocate(3)
        booked(year, self.body, "Ann", "")

    def allocate(self, number):
        facts = {"kind": "standard", "places": number + 1, "source": "letter"}
        services.allocate(by=self.staff, delegation=self.row, at=build.EARLY, **facts)

    def grant(self, number):
        facts = {"kind": "standard", "places": number + 1, "reason": "x", "at": build.EARLY}
        asked = services.request_more(by=self.staff, delegation=self.row, **facts)
        services.grant(by=self.staff, request=asked, places=1, at=build.EARLY)

    def book(self, number):
        before = self.used()
        booked(self.year, self.body, *["Ann", "", "Cat", "Dan"][: number + 1])
        limit = entitlement.allocated(self.row, entitlement.rules_of(self.year))["standard"]
        assert limit is None or self.used() <= limit
        assert self.used() == before + number + 1

    def name(self, number):
        place = self.place(number, name="")
        naming.name_place(by=None, place=place, name="Eve", at=build.LATE)

    def correct(self, number):
        place = self.place(number, name__gt="")
        naming.correct_name(by=None, place=place, name="Evelyn", at=build.LATE)

    def substitute(self, number):
        place = self.place(number, name__gt="")
        before, badge = self.money(place), place.credentials.valid().get()
        naming.substitute(by=None, place=place, name=uuid.uuid4().hex, at=build.LATE)
        assert self.money(place) == before
        assert place.credentials.valid().get() != badge

    def cancel(self, number):
        cancelling.cancel_place(by=None, place=self.place(number), at=build.LATE)

    def dine(self, number):
        facts = {"extra": self.dinner, "at": build.LATE, "quoted": Decimal(45)}
        changing.add_extra(by=None, place=self.place(number), **facts)

    def undine(self, number):
        line = self.place(number).lines.filter(extra__isnull=False, cancelled_at=None).first()
        if line is not None:
            changing.remove_extra(by=None, line=line, at=build.LATE)

    def bill(self, number):
        invoicing.issue_invoice(by=self.staff, booking=self.booking(number), at=build.LATE)

    def settle(self, number):
        invoicing.settle(by=self.staff, booking=self.booking(number), at=build.LATE)

    def credit(self, number):
        facts = {"invoice": self.invoice(number), "reason": "wrong", "at": build.LATE}
        invoicing.credit_invoice(by=self.staff, **facts)

    def payer(self, number):
        payer = invoicing.Payer("Society", "12 Mill Lane", "PO")
        facts = {"invoice": self.invoice(number), "payer": payer, "reason": "pays"}
        invoicing.change_payer(by=self.staff, at=build.LATE, **facts)

    # what the acts are done to

    def used(self) -> int:
        return entitlement.used(self.row)["standard"]

    def booking(self, number) -> Booking:
        return _choose(Booking.objects.filter(organisation=self.body), number)

    def place(self, number, **fields) -> Place:
        rows = Place.objects.active().filter(booking__organisation=self.body, **fields)
        return _choose(rows, number)

    def invoice(self, number) -> Invoice:
        return _choose(Invoice.objects.filter(booking__organisation=self.body), number)

    def money(self, place):
        lines = place.lines.order_by("pk").values_list("band", "amount", "kept", "cancelled_at")
        return list(lines), place.booking.account


def _choose(rows, number):
    found = list(rows.order_by("pk"))
    if not found:
        raise ValidationError("There is none yet.")
    return found[number % len(found)]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts)
def test_delegation_is_sound_after_any_acts_in_any_order(year, staff, acts):
    if not year.refund_periods.exists():
        billing.terms(year, vat_rounding="line")
        billing.periods(year, ("delegate_registration", "33.33"))
    Extra.objects.update(
        capacity=Line.objects.holding().filter(extra__isnull=False).count() + DINNERS
    )
    desk = Desk(year, staff)
    named = {"dinner": "dine", "no dinner": "undine"}
    for act, number in acts:
        try:
            getattr(desk, named.get(act, act))(number)
        except ValidationError:
            continue
        _require_sound(desk)


def _require_sound(desk: Desk) -> None:
    """Counted row by row in Python."""
    for booking in Booking.objects.filter(organisation=desk.body).with_money():
        lines = list(booking.lines.all())
        assert booking.total == sum(line.charge for line in lines)
        assert booking.account_fetched.balance == booking.total
    dinners = Line.objects.holding().filter(extra=desk.dinner).count()
    assert dinners <= Extra.objects.get(pk=desk.dinner.pk).capacity
    _require_papers()
    for place in Place.objects.filter(booking__organisation=desk.body).select_related("booking"):
        stands = place.cancelled_at is None and place.booking.state == "submitted"
        valid = Credential.objects.valid().filter(place=place).count()
        assert valid == (1 if stands and place.name else 0)


def _require_papers() -> None:
    """Numbers without a gap, in order; each note the mirror of its invoice; lines billed once."""
    rows = list(Invoice.objects.order_by("number").select_related("credits"))
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert [row.pk for row in rows] == sorted(row.pk for row in rows)
    for row in rows:
        if row.kind == "credit_note":
            for name in invoicing.MIRRORED:
                assert getattr(row, name) == getattr(row.credits, name)
            assert _words(row) == _words(row.credits)
        assert row.gross == sum(line.gross for line in row.lines.all()) == row.net + row.vat
    billed = Line.objects.exclude(invoice_line=None).values_list("invoice_line__invoice", flat=True)
    assert set(billed) <= set(Invoice.objects.standing().values_list("pk", flat=True))


def _words(row: Invoice) -> list[tuple]:
    names = [f.name for f in InvoiceLine._meta.concrete_fields if f.name not in ("id", "invoice")]
    return list(row.lines.order_by("position").values_list(*names))
