"""Invoices: what stands on them, that they never change, and what follows when a booking does."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from mailing.models import Mail
from members.models import AuditEntry
from registrations.models import Invoice, InvoiceLine, PassType
from registrations.orders import PlaceWish
from registrations.services import cancelling, changing, invoicing
from tests.registrations import billing, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def terms(year):
    return billing.terms(year)


def issue(booking, staff):
    return invoicing.issue_invoice(by=staff, booking=booking, at=build.LATE)


def lines(invoice):
    rows = invoice.lines.order_by("position")
    return [(row.description, row.quantity, row.price, row.gross) for row in rows]


def add_dinner(booking, place=0, at=build.LATE):
    dinner = booking.conference.extras.get()
    return changing.add_extra(
        by=None, place=booking.places.all()[place], extra=dinner, at=at, quoted=Decimal(45)
    )


def test_invoice_of_two_equal_places_is_one_line_of_two(booking, staff, terms):
    made = issue(booking, staff)
    assert made.label == "CONF-00001"
    assert lines(made) == [("Delegate pass, early", 2, Decimal(90), Decimal(180))]
    assert (made.net, made.vat, made.gross) == (180, 0, 180)
    assert (made.payer_name, made.due_on) == ("Cardiff Party Council", dt.date(2016, 8, 19))
    assert made.lines.get().vat_rate is None


def test_invoice_is_mailed_as_a_link_and_recorded(booking, staff, terms):
    made = issue(booking, staff)
    mail = Mail.objects.get(subject__contains=made.label)
    assert "Please give" in mail.text
    assert "/booking/" in mail.text
    assert AuditEntry.objects.get(action="invoice.issued").after["gross"] == "180.00"


def test_invoice_keeps_its_words_when_the_settings_change(booking, staff, terms):
    made = issue(booking, staff)
    terms.supplier_name, terms.account_number = "Somebody Else", "87654321"
    terms.save()
    made.refresh_from_db()
    assert made.supplier_name == "The Co-operative Party"
    assert "account 12345678" in made.how_to_pay[0][1]


def test_invoice_without_settings_or_with_nothing_new_is_refused(booking, staff, year):
    with pytest.raises(ValidationError, match="no sale settings"):
        issue(booking, staff)
    billing.terms(year)
    issue(booking, staff)
    with pytest.raises(ValidationError, match="stands on an invoice"):
        issue(booking, staff)


def test_vat_rate_of_a_pass_shows_on_the_invoice_by_line_or_by_document(year, staff, booking):
    PassType.objects.filter(code="delegate").update(vat_rate=20)
    terms = billing.terms(year)
    with pytest.raises(ValidationError, match="no VAT number"):
        issue(booking, staff)
    terms.vat_number = "GB 123 4567 89"
    terms.save()
    made = issue(booking, staff)
    assert (made.net, made.vat, made.gross) == (150, 30, 180)


@pytest.mark.parametrize(("rounding", "vat"), [("line", "120.85"), ("document", "120.83")])
def test_five_at_145_pounds_with_vat_come_out_as_the_setting_says(year, staff, rounding, vat):
    billing.terms(year, vat_number="GB 123 4567 89", vat_rounding=rounding)
    delegate = year.pass_types.get(code="delegate")
    delegate.vat_rate = 20
    delegate.save()
    delegate.bands.update(amount=145)
    order = build.order(year, *[PlaceWish(pass_type=delegate)] * 5, organisation=build.body())
    made = issue(build.book(order, at=build.EARLY, quoted="725"), staff)
    assert (made.vat, made.gross) == (Decimal(vat), 725)
    assert made.net == sum(row.net for row in made.lines.all())


def test_dinner_added_later_is_billed_on_a_further_invoice_and_the_first_stands(
    booking, staff, terms
):
    first = issue(booking, staff)
    add_dinner(booking)
    second = issue(booking, staff)
    assert lines(second) == [("Conference dinner, early and standard", 1, 45, 45)]
    assert list(Invoice.objects.standing().order_by("number")) == [first, second]


def test_credit_note_mirrors_its_invoice_and_its_lines_can_be_billed_again(booking, staff, terms):
    made = issue(booking, staff)
    note = invoicing.credit_invoice(by=staff, invoice=made, reason="wrong", at=build.LATE)
    assert note.label == "CONF-00002"
    for name in invoicing.MIRRORED:
        assert getattr(note, name) == getattr(made, name)
    assert lines(note) == lines(made)
    assert invoicing.credit_invoice(by=staff, invoice=made, reason="again", at=build.LATE) == note
    assert issue(booking, staff).gross == made.gross


def test_credit_note_cannot_be_credited(booking, staff, terms):
    made = issue(booking, staff)
    note = invoicing.credit_invoice(by=staff, invoice=made, reason="wrong", at=build.LATE)
    with pytest.raises(ValidationError, match="Only an invoice"):
        invoicing.credit_invoice(by=staff, invoice=note, reason="wrong", at=build.LATE)


def test_change_of_payer_is_a_credit_note_and_a_new_invoice(booking, staff, terms):
    made = issue(booking, staff)
    payer = invoicing.Payer("Everyday Society", "12 Mill Lane", "PO-1844")
    new = invoicing.change_payer(
        by=staff, invoice=made, payer=payer, reason="the society pays", at=build.LATE
    )
    assert [row.kind for row in Invoice.objects.order_by("number")] == [
        "invoice",
        "credit_note",
        "invoice",
    ]
    assert (new.payer_name, new.purchase_order) == ("Everyday Society", "PO-1844")
    assert lines(new) == lines(made)
    with pytest.raises(ValidationError, match="credited already"):
        invoicing.change_payer(by=staff, invoice=made, payer=payer, reason="x", at=build.LATE)


def test_invoice_of_what_comes_off_the_grant_says_so_but_not_to_another_payer(
    booking, staff, terms
):
    booking.payment_method = "grant"
    booking.save()
    made = issue(booking, staff)
    assert [way for way, _ in made.how_to_pay] == ["From your grant", *dict(terms.how_to_pay)]
    payer = invoicing.Payer("Everyday Society", "12 Mill Lane", "")
    facts = {"invoice": made, "payer": payer, "reason": "the society pays", "at": build.LATE}
    new = invoicing.change_payer(by=staff, **facts)
    assert [way for way, _ in new.how_to_pay] == list(dict(terms.how_to_pay))


def test_place_cancelled_after_billing_is_credited_and_the_rest_billed_to_the_same_payer(
    booking, staff, terms
):
    billing.periods(booking.conference, ("early_price", "0"), ("delegate_registration", "50"))
    made = issue(booking, staff)
    cancelling.cancel_place(by=None, place=booking.places.first(), at=build.LATE)
    assert booking.balance == 135
    note, new = invoicing.settle(by=staff, booking=booking, at=build.LATE)
    assert note.credits == made
    assert lines(new) == [
        ("Kept of what was cancelled: Delegate pass, early", 1, 45, 45),
        ("Delegate pass, early", 1, 90, 90),
    ]
    assert invoicing.settle(by=staff, booking=booking, at=build.LATE) == []


def test_booking_cancelled_altogether_is_credited_and_nothing_is_billed(booking, staff, terms):
    issue(booking, staff)
    cancelling.cancel_booking(by=None, booking=booking, at=build.LATE)
    (note,) = invoicing.settle(by=staff, booking=booking, at=build.LATE)
    assert (note.kind, booking.balance) == ("credit_note", 0)


def test_standing_invoices_come_to_what_is_charged_once_settled(booking, staff, terms):
    issue(booking, staff)
    add_dinner(booking)
    cancelling.cancel_place(by=None, place=booking.places.last(), at=build.LATE)
    invoicing.settle(by=staff, booking=booking, at=build.LATE)
    standing = Invoice.objects.standing()
    assert sum(row.gross for row in standing) == booking.total == 135
    numbers = Invoice.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]


def test_invoice_that_fails_gives_its_number_back(booking, staff, terms):
    with transaction.atomic():
        assert issue(booking, staff).number == 1
        transaction.set_rollback(True)
    assert issue(booking, staff).number == 1


def test_invoice_with_lines_cannot_be_deleted(booking, staff, terms):
    with pytest.raises(ProtectedError):
        issue(booking, staff).delete()


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Invoice, {"gross": Decimal("180.01")}),
        (Invoice, {"kind": "credit_note"}),
        (Invoice, {"net": Decimal(150), "vat": Decimal(30)}),
        (InvoiceLine, {"quantity": 3}),
        (InvoiceLine, {"net": Decimal(150), "vat": Decimal(30)}),
        (InvoiceLine, {"net": Decimal(179)}),
    ],
)
def test_invoice_that_does_not_add_up_is_refused_by_the_database(
    booking, staff, terms, model, change
):
    issue(booking, staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)
