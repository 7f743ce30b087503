"""The desk of one cheque: the balance is shown before the yes, the contact hears of a bounce."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from mailing.models import Mail
from members.models import AuditEntry
from members.roles import Role
from registrations.services import payments
from tests.factories import make_staff, sign_in
from tests.registrations import build
from tests.registrations.walking import get, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance(client):
    person = make_staff(Role.FINANCE)
    sign_in(client, person)
    return person


@pytest.fixture
def cheque(booking, staff):
    return payments.record_payment(
        by=staff,
        booking=booking,
        method="cheque",
        amount=Decimal(180),
        received_on=dt.date(2016, 7, 18),
        at=build.LATE,
        key=uuid.uuid4(),
        reference="000123",
    )


def url(cheque, to):
    where = "admin:registrations_booking_cheque"
    return reverse(where, args=[cheque.booking_id, cheque.pk, to])


def booking_page(cheque):
    return reverse("admin:registrations_booking_change", args=[cheque.booking_id])


def test_booking_page_links_to_what_may_have_become_of_a_cheque(client, finance, cheque):
    page = get(client, booking_page(cheque)).content.decode()
    assert [url(cheque, to) in page for to in ("banked", "cleared", "bounced")] == [True] * 3
    payments.move_cheque(
        by=finance, payment=cheque, to="cleared", on=dt.date(2016, 7, 20), at=build.LATE
    )
    page = get(client, booking_page(cheque)).content.decode()
    assert [url(cheque, to) in page for to in ("banked", "cleared", "bounced")] == [False] * 3


def test_cheques_are_moved_by_finance_alone(client, cheque):
    sign_in(client, make_staff(Role.REGISTRATIONS_OFFICER))
    assert url(cheque, "banked") not in get(client, booking_page(cheque)).content.decode()
    for to in ("banked", "cleared", "bounced"):
        assert get(client, url(cheque, to)).status_code == 404
        assert post(client, url(cheque, to), {"on": "2016-07-20"}).status_code == 404


def test_bounce_shows_the_new_balance_then_says_so_politely(client, finance, booking, cheque):
    asked = get(client, url(cheque, "bounced"), at=build.LATE)
    assert asked.context["facts"] == [
        ("The cheque", "£180.00, received on Monday 18 July 2016, number 000123"),
        ("Then still to pay", "£180.00, now £0.00"),
    ]
    assert "Ann Other is told by mail and asked for a new cheque." in asked.content.decode()
    assert booking.balance == 0
    for _ in range(2):
        done = post(client, url(cheque, "bounced"), {"on": "2016-07-20"}, at=build.LATE)
    assert done.url == booking_page(cheque)
    assert booking.balance == 180
    entry = AuditEntry.objects.get(action="payment.bounced")
    assert (entry.actor, entry.before) == (finance, {"state": "received"})
    mail = Mail.objects.get(subject__startswith="Your cheque was returned by the bank")
    assert mail.to_address == "ann@people.example"
    assert "your places are still held at the same price" in mail.text
    assert "Still to pay: £180.00" in mail.text


def test_bounce_for_a_contact_without_an_address_says_to_write(client, finance, booking, cheque):
    type(booking).objects.filter(pk=booking.pk).update(
        contact_email="", channel="post", entered_by=finance, entered_at=build.LATE
    )
    asked = get(client, url(cheque, "bounced"), at=build.LATE).content.decode()
    assert "please send a letter" in asked


@pytest.mark.parametrize("to", ["banked", "cleared"])
def test_cheque_that_goes_its_way_leaves_the_balance_and_writes_to_nobody(
    client, finance, booking, cheque, to
):
    mails = Mail.objects.count()
    asked = get(client, url(cheque, to), at=build.LATE)
    assert asked.context["facts"][1] == ("Then still to pay", "£0.00, as before")
    post(client, url(cheque, to), {"on": "2016-07-19"}, at=build.LATE)
    cheque.refresh_from_db()
    assert (cheque.state, cheque.state_on) == (to, dt.date(2016, 7, 19))
    assert (booking.balance, Mail.objects.count()) == (0, mails)


def test_cheque_before_it_was_received_is_refused_and_the_day_kept(client, finance, cheque):
    page = post(client, url(cheque, "banked"), {"on": "2016-07-17"}, at=build.LATE)
    assert "A payment cannot move before it was received." in page.content.decode()
    assert 'value="2016-07-17"' in page.content.decode()


def test_cheque_that_has_cleared_leads_back_with_a_word(client, finance, cheque):
    payments.move_cheque(
        by=finance, payment=cheque, to="cleared", on=dt.date(2016, 7, 20), at=build.LATE
    )
    answer = client.get(url(cheque, "bounced"), follow=True)
    assert answer.redirect_chain == [(booking_page(cheque), 302)]
    assert "is cleared: nothing was changed." in answer.content.decode()


@pytest.mark.parametrize("to", ["received", "nothing"])
def test_cheque_is_moved_to_no_other_state(client, finance, cheque, to):
    assert get(client, url(cheque, to)).status_code == 404


def test_bank_transfer_is_no_cheque(client, finance, booking, staff):
    paid = payments.record_payment(
        by=staff,
        booking=booking,
        method="bacs",
        amount=Decimal(10),
        received_on=dt.date(2016, 7, 18),
        at=build.LATE,
        key=uuid.uuid4(),
    )
    assert get(client, url(paid, "bounced")).status_code == 404
