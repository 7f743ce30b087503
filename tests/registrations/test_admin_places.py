"""The desk of one place: the price is shown before the yes, the services do the work."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from mailing.models import Mail
from members.models import AuditEntry
from members.roles import Role
from registrations.models import PlaceNeeds
from registrations.services import changing
from registrations.services.submitting import write_needs
from tests.factories import make_member, make_staff, sign_in
from tests.registrations import build
from tests.registrations.walking import get, post

pytestmark = pytest.mark.django_db
AFTER = build.CLOSES.replace(day=30)


@pytest.fixture
def officer(client):
    person = make_staff(Role.REGISTRATIONS_OFFICER)
    sign_in(client, person)
    return person


@pytest.fixture
def dined(year, booking):
    """The first of two delegates, with a dinner and needs."""
    place = booking.places.first()
    changing.add_extra(
        by=None, place=place, extra=year.extras.get(), at=build.EARLY, quoted=Decimal(45)
    )
    write_needs(place, booking, access="step-free", dietary="vegan", at=build.EARLY)
    return place


def url(place, act):
    return reverse(f"admin:registrations_booking_place_{act}", args=[place.booking_id, place.pk])


def booking_page(place):
    return reverse("admin:registrations_booking_change", args=[place.booking_id])


def rows(answer):
    return dict(answer.context["facts"])


def test_booking_page_links_to_what_may_be_done_to_each_place(client, officer, dined):
    page = get(client, booking_page(dined)).content.decode()
    for act in ("name", "pass", "cancel"):
        assert url(dined, act) in page


@pytest.mark.parametrize("role", [Role.FINANCE, Role.AUDITOR, Role.ACCESS_OFFICER])
def test_places_are_changed_by_registrations_officers_alone(client, dined, role):
    sign_in(client, make_staff(role))
    assert url(dined, "name") not in get(client, booking_page(dined)).content.decode()
    for act in ("name", "pass", "cancel"):
        assert get(client, url(dined, act)).status_code == 404
        assert post(client, url(dined, act), {"reason": "x"}).status_code == 404


def test_cancelling_a_place_shows_what_comes_off_then_does_it_after_the_time(
    client, officer, dined
):
    asked = get(client, url(dined, "cancel"), at=AFTER)
    assert rows(asked) == {
        "Delegate pass": "£90.00 comes off",
        "Conference dinner": "£45.00 comes off",
        "The booking then comes to": "£90.00, now £225.00",
        "Paid": "£0.00",
        "Then still to pay": "£90.00",
    }
    data = {"quoted": asked.context["quoted"], "reason": ""}
    assert "This field is required" in post(client, url(dined, "cancel"), data).content.decode()
    done = post(client, url(dined, "cancel"), data | {"reason": "ill"}, at=AFTER)
    assert done.url == booking_page(dined)
    dined.refresh_from_db()
    assert (dined.cancelled_at, dined.booking.total) == (AFTER, 90)
    assert not PlaceNeeds.objects.exists()
    entry = AuditEntry.objects.get(action="place.cancelled")
    assert (entry.actor, entry.reason) == (officer, "ill")
    assert "place 1 was cancelled." in Mail.objects.latest("pk").text


def test_cancelling_at_another_price_than_was_shown_shows_the_new_one(client, officer, dined):
    page = post(client, url(dined, "cancel"), {"quoted": "90.00", "reason": "ill"})
    assert "£135.00 would come off now" in page.content.decode()
    assert page.context["quoted"] == 135
    dined.refresh_from_db()
    assert dined.cancelled_at is None


def test_cancelling_the_last_place_says_that_the_booking_goes_with_it(client, officer, booking):
    first, last = booking.places.all()
    words = "the whole booking is cancelled with it"
    assert words not in get(client, url(first, "cancel")).content.decode()
    post(client, url(first, "cancel"), {"quoted": "90.00", "reason": "ill"})
    assert words in get(client, url(last, "cancel")).content.decode()
    post(client, url(last, "cancel"), {"quoted": "90.00", "reason": "ill"})
    booking.refresh_from_db()
    assert booking.state == "cancelled"


@pytest.mark.parametrize("act", ["name", "pass", "cancel"])
def test_place_that_is_cancelled_leads_back_with_a_word(client, officer, dined, act):
    post(client, url(dined, "cancel"), {"quoted": "135.00", "reason": "ill"})
    answer = client.get(url(dined, act), follow=True)
    assert answer.redirect_chain == [(booking_page(dined), 302)]
    assert "Place 1 is not in force: nothing was changed." in answer.content.decode()


def test_place_of_another_booking_is_not_found(client, officer, dined):
    wrong = reverse("admin:registrations_booking_place_name", args=[dined.booking_id + 1, dined.pk])
    assert get(client, wrong).status_code == 404


def test_place_without_a_name_is_named_without_the_question(client, officer, booking):
    place = booking.places.last()
    asked = get(client, url(place, "name"))
    assert "who" not in asked.context["form"].fields
    assert rows(asked)["Delegate pass"] == "£90.00 stays, with everything added to it"
    post(client, url(place, "name"), {"name": "Mair", "email": "", "reason": "rang us"})
    place.refresh_from_db()
    assert place.name == "Mair"
    assert AuditEntry.objects.get(action="place.named").reason == "rang us"


@pytest.mark.parametrize(("who", "needs"), [("same", 1), ("other", 0)])
def test_renaming_asks_who_it_is_and_the_price_stays(client, officer, dined, who, needs):
    asked = get(client, url(dined, "name"))
    assert asked.context["form"]["who"].value() == "other"
    assert rows(asked)["The booking then comes to"] == "£225.00, as before"
    typed = {"name": "Dai Jones", "email": "", "member": "", "reason": "letter"}
    refused = post(client, url(dined, "name"), typed).content.decode()
    assert "This field is required." in refused
    assert 'value="Dai Jones"' in refused
    post(client, url(dined, "name"), typed | {"who": who}, at=AFTER)
    dined.refresh_from_db()
    assert (dined.name, PlaceNeeds.objects.count(), dined.booking.total) == (
        "Dai Jones",
        needs,
        225,
    )


def test_renaming_takes_the_membership_number_of_somebody_else(client, officer, dined):
    typed = {"who": "other", "name": "Bo", "email": "", "member": "M 9", "reason": "letter"}
    refused = post(client, url(dined, "name"), typed).content.decode()
    assert "No member has this number" in refused
    member = make_member(number="M 9")
    post(client, url(dined, "name"), typed)
    dined.refresh_from_db()
    assert dined.member == member


def test_pass_is_changed_after_its_price_was_shown(client, year, officer, dined):
    visitor = year.pass_types.get(code="visitor")
    typed = {"pass_type": str(visitor.pk), "reason": "wrote to us"}
    assert get(client, url(dined, "pass")).context["facts"] == []
    review = post(client, url(dined, "pass"), typed, at=build.LATE)
    assert rows(review) == {
        "Delegate pass (early)": "£90.00 comes off",
        "Visitor pass (standard)": "£20.00 is added",
        "The booking then comes to": "£155.00, now £225.00",
        "Paid": "£0.00",
        "Then still to pay": "£155.00",
    }
    assert dined.booking.total == 225
    wrong = post(client, url(dined, "pass"), typed | {"quoted": "15.00"}, at=build.LATE)
    assert "now comes to £20.00, not £15.00" in wrong.content.decode()
    assert wrong.context["quoted"] == 20
    for _ in range(2):
        done = post(client, url(dined, "pass"), typed | {"quoted": "20.00"}, at=build.LATE)
        assert done.url == booking_page(dined)
    dined.refresh_from_db()
    assert (dined.pass_type, dined.booking.total) == (visitor, 155)
    assert AuditEntry.objects.get(action="pass.changed").reason == "wrote to us"
    assert "Delegate pass became Visitor pass." in Mail.objects.latest("pk").text


def test_booking_without_another_pass_leads_back_with_a_word(client, year, officer, dined):
    year.pass_types.filter(code="visitor").update(is_on_sale=False)
    answer = client.get(url(dined, "pass"), follow=True)
    assert answer.redirect_chain == [(booking_page(dined), 302)]
    assert "There is no other pass that this booking could have." in answer.content.decode()


def test_pass_that_is_sold_out_is_refused_before_anything_is_shown(client, year, officer, dined):
    visitor = year.pass_types.get(code="visitor")
    visitor.capacity = 0
    visitor.save()
    page = post(client, url(dined, "pass"), {"pass_type": str(visitor.pk), "reason": "x"})
    assert "sold out" in page.content.decode()
    assert page.context["facts"] == []
