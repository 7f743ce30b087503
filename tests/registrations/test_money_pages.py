"""The money of a booking on its pages: the account, documents to keep, and what staff do to it."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from members.roles import Role
from registrations import references
from registrations.models import Booking, CreditMove, Delegation, Invoice, Refund, WriteOff
from registrations.orders import PlaceWish
from registrations.services import invoicing
from tests.factories import make_staff, sign_in
from tests.registrations import billing, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(booking):
    return build.officer(booking.organisation)


@pytest.fixture
def finance(client, at):
    at(build.LATE)
    person = make_staff(Role.FINANCE)
    sign_in(client, person)
    return person


@pytest.fixture
def page(client, at, booking, officer):
    """The booking's page as the body's officer sees it."""
    at(build.LATE)
    sign_in(client, officer)

    def ask(name="booking", **kwargs):
        key = "key" if name == "booking" else "reference"
        return client.get(
            reverse(f"registrations:{name}", kwargs={key: booking.reference, **kwargs})
        )

    return ask


def act(client, booking, name, **typed):
    url = reverse("admin:registrations_booking_act", args=[booking.pk, name])
    return client.post(url, {"key": str(uuid.uuid4()), **typed})


def test_account_page_says_what_is_left_and_how_to_pay_it(page, booking, staff):
    billing.terms(booking.conference)
    billing.pay(booking, staff, "100")
    found = page().content.decode()
    assert "£80.00" in found
    assert "sort code 08-92-99" in found
    assert "Payment reference" in found


def test_account_page_of_a_paid_booking_asks_for_nothing(page, booking, staff):
    billing.terms(booking.conference)
    billing.pay(booking, staff, "180")
    assert "sort code" not in page().content.decode()


def test_documents_are_downloads_that_nothing_keeps(page, booking, staff):
    billing.terms(booking.conference)
    invoice = invoicing.issue_invoice(by=staff, booking=booking, at=build.LATE)
    payment = billing.pay(booking, staff, "100")
    for answer in (page("invoice", pk=invoice.pk), page("receipt", pk=payment.pk)):
        assert answer.content.startswith(b"%PDF")
        assert answer["Content-Disposition"].startswith("attachment")
        assert "no-store" in answer["Cache-Control"]
    assert f"Invoice {invoice.label} (PDF)" in page().content.decode()


def test_document_of_another_booking_is_not_there(page, booking, staff):
    billing.terms(booking.conference)
    delegate = booking.conference.pass_types.get(code="delegate")
    leeds = build.body("Leeds Party Council")
    order = build.order(booking.conference, PlaceWish(pass_type=delegate), organisation=leeds)
    other = build.book(order, at=build.EARLY, quoted="90")
    invoice = invoicing.issue_invoice(by=staff, booking=other, at=build.LATE)
    assert page("invoice", pk=invoice.pk).status_code == 404


def test_statement_is_for_officers_of_the_body(client, page, booking):
    slugs = [booking.conference.slug, booking.organisation.slug]
    answer = client.get(reverse("registrations:statement", args=slugs))
    assert answer.content.startswith(b"%PDF")
    sign_in(client, build.user("else@people.example"))
    assert client.get(reverse("registrations:statement", args=slugs)).status_code == 404


def test_cancelling_shows_what_is_kept_before_it_is_confirmed(page, booking):
    billing.periods(booking.conference, ("early_price", "0"), ("delegate_registration", "50"))
    place = booking.places.first()
    found = page("cancel_place", pk=place.pk).content.decode()
    assert "£45.00 comes off what the booking costs. £45.00 (50%) is kept" in found
    assert "£90.00 comes off" in page("cancel_booking").content.decode()


@pytest.mark.parametrize(
    ("paid", "words"),
    [
        ("0", "Then nothing is left to pay."),
        ("100", "Then £100.00 is owed to you, and we will be in touch about it."),
    ],
)
def test_cancelling_shows_where_the_payer_then_stands(page, booking, staff, paid, words):
    if Decimal(paid):
        billing.pay(booking, staff, paid)
    assert words in page("cancel_booking").content.decode()


def test_price_that_changed_since_it_was_shown_is_asked_again(client, page, booking):
    billing.periods(booking.conference, ("delegate_registration", "50"))
    url = reverse("registrations:cancel_booking", args=[booking.reference])
    answer = client.post(url, {"quoted": "180.00"})
    assert "£90.00 would come off now" in answer.content.decode()
    assert client.post(url, {"quoted": "90.00"}).status_code == 302
    booking.refresh_from_db()
    assert (booking.state, booking.balance) == ("cancelled", 90)


def test_booking_of_a_postponed_conference_is_kept_or_given_back_whole(client, page, booking):
    billing.periods(booking.conference, ("delegate_registration", "50"))
    booking.conference.status = "postponed"
    booking.conference.save()
    found = page().content.decode()
    assert "Keep the places for the new date" in found
    url = reverse("registrations:cancel_booking", args=[booking.reference])
    assert "£180.00 comes off" in client.get(url).content.decode()
    client.post(url, {"quoted": "180.00"})
    booking.refresh_from_db()
    assert (booking.state, booking.balance) == ("cancelled", 0)


def test_finance_issues_then_credits_and_the_list_of_documents_shows_both(client, finance, booking):
    billing.terms(booking.conference)
    shown = client.get(reverse("admin:registrations_booking_act", args=[booking.pk, "bill"]))
    assert shown.context["form"].facts == [
        ("Billed", "£180.00 to Cardiff Party Council"),
        ("The mail", "to ann@people.example"),
    ]
    assert act(client, booking, "bill").status_code == 302
    shown = client.get(reverse("admin:registrations_booking_act", args=[booking.pk, "bill"]))
    assert [name for name, _ in shown.context["form"].facts] == ["Nothing"]
    invoice = Invoice.objects.get()
    act(client, booking, "credit", invoice=invoice.pk, reason="Wrong body")
    listed = client.get(reverse("admin:registrations_invoice_changelist")).content.decode()
    assert "CONF-00001" in listed
    assert "CONF-00002" in listed
    pdf = client.get(reverse("admin:registrations_invoice_pdf", args=[invoice.pk]))
    assert pdf.content.startswith(b"%PDF")


def test_statement_of_a_body_hangs_at_its_booking_and_its_delegation(client, finance, booking):
    keys = [booking.conference_id, booking.organisation_id]
    url = reverse("admin:registrations_booking_statement", args=keys)
    delegation = Delegation.objects.get_or_create(
        conference=booking.conference, organisation=booking.organisation
    )[0]
    for row in (booking, delegation):
        page = reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])
        assert f'<a href="{url}">Statement (PDF)</a>' in client.get(page).content.decode()
    assert client.get(url).content.startswith(b"%PDF")
    for strange in ([10**20, keys[1]], [keys[0], build.body("Leeds Party Council").pk]):
        strange_url = reverse("admin:registrations_booking_statement", args=strange)
        assert client.get(strange_url).status_code == 404


def test_finance_bills_another_payer(client, finance, booking):
    billing.terms(booking.conference)
    act(client, booking, "bill")
    typed = {"payer_name": "Everyday Society", "payer_address": "1 Lane", "reason": "They pay"}
    act(client, booking, "payer", invoice=Invoice.objects.get().pk, **typed)
    assert Invoice.objects.standing().get().payer_name == "Everyday Society"


def test_finance_refunds_writes_off_and_moves_credit(client, finance, booking):
    delegate = booking.conference.pass_types.get(code="delegate")
    order = build.order(
        booking.conference, PlaceWish(pass_type=delegate), organisation=booking.organisation
    )
    other = build.book(order, at=build.EARLY, quoted="90")
    billing.pay(booking, finance, "230")
    act(client, booking, "move", target=other.pk, amount="30")
    refund = {"method": "bacs", "paid_to": "Cardiff", "refunded_on": "2016-07-20", "reason": "x"}
    act(client, booking, "refund", amount="20", **refund)
    act(client, other, "write-off", amount="60", reason="Dissolved")
    assert CreditMove.objects.get().amount == 30
    assert Refund.objects.get().amount == 20
    assert WriteOff.objects.get().amount == 60
    assert [row.owing for row in Booking.objects.with_money()] == [0, 0]


def test_acts_that_would_do_nothing_are_not_offered(client, finance, booking):
    url = reverse("admin:registrations_booking_change", args=[booking.pk])
    page = client.get(url).content.decode()
    assert "Issue invoice" in page
    assert "Write off" in page
    for label in ("Record a refund", "Move credit", "Credit an invoice", "Send a document again"):
        assert label not in page


def test_refund_that_is_too_much_is_refused_on_the_page(client, finance, booking):
    billing.pay(booking, finance, "200")
    typed = {"method": "bacs", "paid_to": "Cardiff", "refunded_on": "2016-07-20", "reason": "x"}
    answer = act(client, booking, "refund", amount="20.01", **typed)
    assert "At most £20.00 can be given back." in answer.content.decode()
    assert not Refund.objects.exists()


@pytest.mark.parametrize(
    "typed",
    ["K7M4-9XQ2", "k7m4 9xq2", "coop party K7M49XQ2", "K7M4 9XQ2 cardiff", "ref:k7m4-9xq2/july"],
)
def test_reference_is_found_in_what_a_payer_typed(typed):
    assert references.found_in(typed) == "K7M4-9XQ2"


@pytest.mark.parametrize("typed", ["", "cardiff", "XK7M49XQ2", "K7M4 9XQ", "K7O4-9XQ2"])
def test_no_reference_is_made_up_where_there_is_none(typed):
    assert references.found_in(typed) == ""


def test_transfer_is_searched_for_by_the_words_of_the_bank(client, finance, booking):
    first, second = booking.reference.lower().split("-")
    url = reverse("admin:registrations_booking_changelist")
    found = client.get(url, {"q": f"BACS coop {first} {second}"}).content.decode()
    assert booking.reference in found


def test_price_of_nothing_says_that_nothing_was_charged(page, booking):
    booking.lines.update(amount=Decimal(0))
    assert "Nothing was charged for it." in page("cancel_booking").content.decode()
