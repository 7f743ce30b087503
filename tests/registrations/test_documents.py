"""The documents of money: every word and sum that has to stand on them, tagged and unbroken."""

from __future__ import annotations

import io
from decimal import Decimal

import pdfua
import pytest
from pypdf import PdfReader

from registrations import documents
from registrations.models import Booking, PassType
from registrations.services import cancelling, invoicing
from registrations.statements import entries
from tests.registrations import billing, build

pytestmark = pytest.mark.django_db

LONG = "Sir Llywelyn ap Gruffudd-Featherstonehaugh of the Amalgamated Society of Cordwainers "


@pytest.fixture
def terms(year):
    return billing.terms(year, vat_number="GB 123 4567 89")


def issue(booking, staff):
    return invoicing.issue_invoice(by=staff, booking=booking, at=build.LATE)


def words(pdf: bytes) -> str:
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )


def faults(pdf: bytes, folder) -> tuple:
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    return pdfua.validate(file).findings


def account_of(booking):
    return Booking.objects.with_money().filter(pk=booking.pk)


def test_invoice_without_vat_says_so_and_never_calls_a_rate(booking, staff, terms, tmp_path):
    made = documents.invoice(issue(booking, staff))
    found = words(made)
    for part in ("Invoice CONF-00001", "No VAT charged", "Cardiff Party Council", "£180.00"):
        assert part in found
    assert "GB 123" not in found
    assert "%" not in found
    assert f"Please give {booking.reference} as the reference" in found
    assert faults(made, tmp_path) == ()


def test_invoice_with_vat_shows_rate_net_and_the_number_of_the_supplier(
    booking, staff, terms, tmp_path
):
    PassType.objects.filter(code="delegate").update(vat_rate=Decimal("20.00"))
    made = documents.invoice(issue(booking, staff))
    for part in ("VAT number GB 123 4567 89", "VAT at 20% £30.00", "Net £150.00", "£180.00"):
        assert part in words(made)
    assert faults(made, tmp_path) == ()


def test_credit_note_names_its_invoice_and_asks_for_no_money(booking, staff, terms, tmp_path):
    made = issue(booking, staff)
    note = invoicing.credit_invoice(by=staff, invoice=made, reason="Wrong body", at=build.LATE)
    paper = documents.invoice(note)
    found = words(paper)
    assert "Credit note CONF-00002" in found
    assert "Takes back invoice CONF-00001" in found
    assert "Wrong body" in found
    assert "How to pay" not in found
    assert faults(paper, tmp_path) == ()


def test_invoice_is_the_same_file_after_everything_around_it_changed(booking, staff, terms):
    made = issue(booking, staff)
    before = documents.invoice(made)
    terms.supplier_name = "Another"
    terms.save()
    booking.conference.title = "Another conference"
    booking.conference.save()
    made.refresh_from_db()
    assert documents.invoice(made) == before


def test_invoice_of_forty_lines_with_long_names_runs_over_two_pages(
    booking, staff, terms, tmp_path
):
    places = booking.places.all()
    for number in range(40):
        places[0].lines.create(
            booking=booking,
            pass_type=booking.lines.first().pass_type,
            description=f"{number}. {LONG}"[:200],
            band="early",
            amount=Decimal("90.00"),
            priced_at=build.EARLY,
            cancelled_at=build.LATE,
            kept=Decimal("9.99"),
        )
    made = documents.invoice(issue(booking, staff))
    assert len(PdfReader(io.BytesIO(made)).pages) > 1
    assert "Page 2 of" in words(made)
    assert faults(made, tmp_path) == ()


def test_receipt_of_a_cheque_waits_for_the_bank_and_one_of_a_transfer_does_not(
    booking, staff, terms, tmp_path
):
    cheque = billing.pay(booking, staff, "80", "cheque", reference="000123", payer="Ann Other")
    transfer = billing.pay(booking, staff, "100", "bacs")
    paper = documents.receipt(cheque, at=build.LATE)
    assert "once the bank has cleared the cheque" in words(paper)
    assert "once the bank" not in words(documents.receipt(transfer, at=build.LATE))
    assert faults(paper, tmp_path) == ()


def test_statement_tells_what_happened_in_order_and_what_is_left(booking, staff, terms, tmp_path):
    billing.periods(booking.conference, ("delegate_registration", "50"))
    billing.pay(booking, staff, "100", "cheque", payer="Cardiff Party Council")
    cancelling.cancel_place(by=None, place=booking.places.first(), at=build.LATE)
    paper = documents.statement(
        booking.organisation, booking.conference, account_of(booking), at=build.LATE
    )
    found = words(paper)
    for part in ("Delegate pass cancelled, £45.00 kept", "Still to pay £35.00", "3 May 2016"):
        assert part in found
    assert faults(paper, tmp_path) == ()


def test_statement_after_a_write_off_that_was_not_needed_owes_nobody_anything(
    booking, staff, terms
):
    billing.pay(booking, staff, "100")
    billing.write_off(booking, staff, "80")
    assert "Everything is paid £0.00" in statement_of(booking)
    cancelling.cancel_booking(by=None, booking=booking, at=build.LATE)
    found = statement_of(booking)
    assert "Written off, but no longer charged £80.00" in found
    assert "Owed to you £100.00" in found
    assert entries(account_of(booking))[-1].balance == Decimal(-100)


def test_statement_of_a_debt_written_off_and_then_partly_charged_no_more_is_settled(
    booking, staff, terms
):
    billing.pay(booking, staff, "40")
    billing.write_off(booking, staff, "140")
    cancelling.cancel_place(by=None, place=booking.places.first(), at=build.LATE)
    assert (booking.balance, booking.account.to_give_back) == (-90, 0)
    assert "Everything is paid £0.00" in statement_of(booking)


def statement_of(booking) -> str:
    found = account_of(booking)
    return words(
        documents.statement(booking.organisation, booking.conference, found, at=build.LATE)
    )
