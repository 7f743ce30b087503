"""A body's draft under odd input: empty panels, older copies, a key used before, many places."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

import clock
from mailing.models import Mail
from registrations.models import Booking
from registrations.orders import PlaceWish
from registrations.services import drafting, links, submitting
from tests.factories import sign_in
from tests.registrations import build
from tests.registrations.delegates import allocated

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return build.year_2016()


@pytest.fixture
def officer(client):
    person = build.officer(build.body())
    sign_in(client, person)
    return person


@pytest.fixture
def draft(year, officer):
    return start(year, officer, 1)


def start(year, officer, number, key=None, body=None):
    delegate = year.pass_types.get()
    return drafting.start_draft(
        by=officer,
        conference=year,
        organisation=body or officer.officeholdings.get().organisation,
        wishes=[PlaceWish(pass_type=delegate) for _ in range(number)],
        at=build.EARLY,
        key=key or uuid.uuid4(),
    )


def page(name, booking):
    return reverse(f"registrations:draft_{name}", args=[booking.reference])


def send(client, name, booking, data):
    with clock.frozen(build.EARLY):
        return client.post(page(name, booking), data)


def panel(booking, number=0, **row):
    fields = {"pass_type": booking.conference.pass_types.get().pk, "name": "", "email": "", **row}
    return {f"places-{number}-{name}": value for name, value in fields.items()}


def panels(booking, *, total=1, version=None, **row):
    return {
        "places-TOTAL_FORMS": total,
        "places-INITIAL_FORMS": 1,
        "version": booking.version if version is None else version,
        "do": "next",
        **panel(booking, **row),
    }


def payment(version, **more):
    return {
        "contact_name": "Sian Secretary",
        "contact_email": "secretary@cardiff.example",
        "payment_method": "cheque",
        "bill_to": "Cardiff",
        "purchase_order": "",
        "version": version,
        **more,
    }


def test_panel_sent_without_anything_in_it_asks_for_its_pass(client, draft):
    answer = send(client, "places", draft, panels(draft, total=2, name="Dai"))
    assert answer.status_code == 200
    assert answer.context["formset"].forms[1].errors.keys() == {"pass_type"}


def test_older_copy_with_a_fault_in_it_does_not_become_a_newer_one(client, draft):
    older = draft.version
    send(client, "places", draft, panels(draft, name="Saved First"))
    faulty = panels(draft, version=older, name="Typed Second", email="no address")
    shown = send(client, "places", draft, faulty).content.decode()
    assert f'name="version" value="{older}"' in shown
    page = send(client, "places", draft, faulty | {"places-0-email": ""}).content.decode()
    assert "Somebody saved this draft" in page
    assert draft.places.get().name == "Saved First"


def test_payment_of_an_older_copy_shows_what_was_saved_and_may_then_be_saved(client, draft):
    older = draft.version
    send(client, "payment", draft, payment(older, purchase_order="SAVED 1"))
    answer = send(client, "payment", draft, payment(older, purchase_order="TYPED 2"))
    shown = answer.content.decode()
    assert "SAVED 1" in shown
    assert "TYPED 2" in shown
    again = answer.context["form"]["version"].value()
    send(client, "payment", draft, payment(again, purchase_order="TYPED 2"))
    draft.refresh_from_db()
    assert draft.purchase_order == "TYPED 2"


def test_start_with_a_key_that_another_body_used_is_refused(year, officer):
    used = uuid.uuid4()
    start(year, officer, 1, key=used)
    with pytest.raises(ValidationError) as refusal:
        start(year, officer, 1, key=used, body=build.body("Newport Party Council"))
    assert refusal.value.code == "used"


def test_start_with_more_places_than_one_booking_takes_is_refused(year, officer):
    with pytest.raises(ValidationError) as refusal:
        start(year, officer, submitting.MOST_PLACES + 1)
    assert refusal.value.code == "too_many"
    assert not Booking.objects.exists()


def test_review_costs_the_same_queries_for_one_place_and_for_thirty(
    client, year, officer, django_assert_max_num_queries
):
    few, many = start(year, officer, 1), start(year, officer, 30)
    with clock.frozen(build.EARLY):
        client.get(page("review", few))
        with django_assert_max_num_queries(30) as counted:
            client.get(page("review", few))
        with django_assert_max_num_queries(len(counted)):
            client.get(page("review", many))


def test_links_asked_for_soon_after_a_bodys_booking_are_mailed(client, year, draft):
    send(client, "payment", draft, payment(draft.version))
    draft.refresh_from_db()
    soon = build.EARLY + build.TICK
    officer = draft.booked_by
    booked = drafting.submit_draft(
        by=officer,
        booking=draft,
        version=draft.version,
        at=soon,
        quoted=90,
        duplicates_accepted=True,
    )
    links.resend(email=booked.contact_email, at=soon + build.TICK)
    assert Mail.objects.filter(key__startswith="booking-links:").count() == 1


def test_draft_saved_for_later_says_so_and_that_nothing_is_booked(client, draft):
    with clock.frozen(build.EARLY):
        answer = client.post(page("places", draft), {**panels(draft), "do": "save"}, follow=True)
    assert "Saved. Nothing is booked until you confirm at the end." in answer.text


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("bacs", "Please pay £90.00 by bank transfer with"),
        ("grant", "£90.00 is deducted from the grant of Cardiff Party Council"),
    ],
)
def test_body_says_how_it_pays_and_is_told_what_follows(client, draft, method, words):
    form = {"contact_name": "Sian", "contact_email": "sian@people.example", "version": "1"}
    send(client, "payment", draft, {**form, "payment_method": method})
    with clock.frozen(build.EARLY):
        last = {"version": "2", "quoted": "90.00"}
        answer = client.post(page("review", draft), last, follow=True)
    draft.refresh_from_db()
    assert (draft.state, draft.payment_method) == ("submitted", method)
    assert words in answer.text
    assert ("deducted from the grant" in Mail.objects.get().text) == (method == "grant")


def test_society_has_no_grant_to_deduct_from(client, year, officer):
    body = officer.officeholdings.get().organisation
    body.kind = "society"
    body.save()
    begun = start(year, officer, 1)
    with clock.frozen(build.EARLY):
        assert "our grant" not in client.get(page("payment", begun)).text
    form = {"contact_name": "Sian", "contact_email": "sian@people.example", "version": "1"}
    refused = send(client, "payment", begun, {**form, "payment_method": "grant"})
    assert refused.status_code == 200
    begun.refresh_from_db()
    assert begun.payment_method == ""


def test_draft_beyond_the_allocation_leads_to_the_delegation(client, year, officer, draft):
    body = officer.officeholdings.get().organisation
    allocated(year, body, 0, by=officer)
    with clock.frozen(build.EARLY):
        answer = client.get(page("review", draft))
    url = reverse("registrations:delegation", args=[year.slug, body.slug])
    assert f'look at <a href="{url}">the delegation</a>' in answer.text
