"""Paying by card with the practice provider: recorded once, judged by us, refused in production."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.urls import reverse

from members.roles import Role
from registrations import cards, practice_cards
from registrations.models import CardAttempt, CardEvent, Payment
from registrations.services import cancelling
from registrations.services import cards as services
from tests.factories import make_staff, sign_in
from tests.registrations import billing, build
from tests.registrations.walking import get, post

pytestmark = pytest.mark.django_db
AT = build.EARLY
PRACTICE = "registrations.practice_cards.PracticeCards"


@pytest.fixture(autouse=True)
def practising(settings):
    settings.CARD_PROVIDER = PRACTICE
    cards._loaded.cache_clear()
    yield
    cards._loaded.cache_clear()


@pytest.fixture
def event(booking) -> cards.Event:
    """The booking of £180 was paid."""
    services.start(booking=booking, back="/", at=AT)
    attempt = CardAttempt.objects.get()
    body, signature = practice_cards.paid(attempt=attempt.key, amount=attempt.amount)
    return cards.provider().verified(body=body, signature=signature)


def take(event) -> CardEvent:
    return services.take(provider="practice", event=event, at=AT)


def test_event_twice_is_one_payment(booking, event):
    assert take(event) == take(event)
    payment = Payment.objects.get()
    assert (payment.amount, payment.method, payment.recorded_by) == (180, "card", None)
    assert booking.balance == 0


def test_two_events_of_one_payment_are_one_payment_and_the_second_is_kept(booking, event):
    take(event)
    second = take(dataclasses.replace(event, id="event-2"))
    assert (Payment.objects.count(), second.outcome, second.payment) == (1, "held", None)


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ({"amount": Decimal("1.80")}, "£180.00 was asked for, GBP 1.80 came."),
        ({"currency": "EUR"}, "£180.00 was asked for, EUR 180.00 came."),
        ({"attempt": "another"}, "It belongs to nothing that was begun here."),
        ({"kind": "refunded"}, "The provider tells of something other than a payment."),
    ],
)
def test_what_we_did_not_ask_for_is_kept_for_staff_and_moves_no_money(booking, event, what, why):
    row = take(dataclasses.replace(event, **what))
    assert (row.outcome, row.why, Payment.objects.count()) == ("held", why, 0)


def test_payment_for_a_booking_cancelled_meanwhile_is_owed_to_the_payer(booking, event):
    cancelling.cancel_booking(by=None, booking=booking, at=AT)
    take(event)
    assert booking.account.to_give_back == 180


def test_finance_records_a_held_amount_or_notes_what_was_done(client, booking, event):
    sign_in(client, make_staff(Role.FINANCE))
    wrong = take(dataclasses.replace(event, amount=Decimal(100)))
    url = reverse("admin:registrations_cardevent_act", args=[wrong.pk, "record"])
    post(client, url, {})
    assert booking.balance == 80
    strange = take(dataclasses.replace(event, id="event-2", attempt="another"))
    with pytest.raises(ValidationError):
        services.record_held(by=make_staff(Role.FINANCE), event=strange, at=AT)
    url = reverse("admin:registrations_cardevent_act", args=[strange.pk, "settle"])
    post(client, url, {"why": "Paid back at the provider"})
    strange.refresh_from_db()
    assert (strange.outcome, Payment.objects.count()) == ("settled", 1)


def test_inbox_believes_only_what_is_signed(client, booking, event):
    body, signature = practice_cards.paid(attempt=event.attempt, amount=Decimal(180))
    url = reverse("registrations:card_event")
    send = {"content_type": "application/json", "headers": {"X-Signature": signature}}
    assert client.post(url, body.replace(b"180", b"181"), **send).status_code == 400
    assert client.post(url, body, content_type="application/json").status_code == 400
    assert Payment.objects.count() == 0
    assert [client.post(url, body, **send).status_code for _ in range(2)] == [204, 204]
    assert Payment.objects.count() == 1


def test_booker_pays_the_balance_by_card_and_the_way_is_gone(client, booking):
    sign_in(client, build.officer(booking.organisation))
    page = booking.get_absolute_url()
    assert "Pay £180.00 by card" in get(client, page).content.decode()
    away = post(client, reverse("registrations:pay_by_card", args=[booking.reference]), {})
    assert "Pay £180.00 by card" in get(client, away.url).content.decode()
    post(client, away.url, {})
    assert "by card</button>" not in get(client, page).content.decode()
    with pytest.raises(ValidationError) as refused:
        services.start(booking=booking, back="/", at=AT)
    assert refused.value.code == "nothing"


def test_without_a_provider_no_card_is_offered_or_taken(client, settings, booking, event):
    settings.CARD_PROVIDER = ""
    sign_in(client, build.officer(booking.organisation))
    assert "by card</button>" not in get(client, booking.get_absolute_url()).content.decode()
    assert client.post(reverse("registrations:card_event")).status_code == 404
    practice = reverse("registrations:practice_card", args=[event.attempt])
    assert get(client, practice).status_code == 404


def test_practice_provider_is_refused_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match="development only"):
        cards.provider()


@pytest.mark.parametrize("status", ["postponed", "cancelled"])
def test_nothing_is_to_be_paid_for_a_conference_that_is_called_off(client, booking, status):
    billing.terms(booking.conference)
    sign_in(client, build.officer(booking.organisation))
    assert "By bank transfer" in get(client, booking.get_absolute_url()).text
    booking.conference.status = status
    booking.conference.save()
    with pytest.raises(ValidationError, match=f"is {status}: nothing has to be paid now"):
        services.start(booking=booking, back="/", at=AT)
    page = get(client, booking.get_absolute_url()).text
    assert "by card" not in page
    assert "By bank transfer" not in page
