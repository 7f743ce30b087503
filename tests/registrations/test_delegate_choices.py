"""What a delegate chooses by their own link: what costs nothing, within its places and its time."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mailing.models import Mail
from registrations.models import Extra, Line, Particulars
from registrations.services import changing, delegate_links
from registrations.services.delegate_links import Answers
from tests.registrations import build
from tests.registrations.delegates import booked
from tests.registrations.walking import get, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(year):
    return booked(year, build.body(), "Ann").places.get()


@pytest.fixture
def reception(year):
    return free(year, "reception", "Evening reception")


def free(year, code, name, **fields) -> Extra:
    door = year.pass_types.get(code="delegate").deadline
    made = Extra.objects.create(
        conference=year, code=code, name=name, kind=Extra.Kind.OTHER, deadline=door, **fields
    )
    build.band(made, "free", "0", door, 0)
    return made


def path(place) -> str:
    delegate_links.ask(by=None, place=place, at=build.EARLY)
    text = Mail.objects.filter(key__startswith="delegate-link:").latest("pk").text
    return reverse("registrations:delegate", args=[re.search(r"/delegate/([\w-]+)/", text)[1]])


def has(place) -> list[str]:
    rows = Line.objects.holding().filter(place=place, extra__isnull=False)
    return list(rows.order_by("description").values_list("description", flat=True))


def test_delegate_chooses_what_is_free_and_is_not_asked_about_what_costs(client, place, reception):
    page = path(place)
    shown = get(client, page).text
    assert "Evening reception" in shown
    assert "Conference dinner" not in shown
    before = place.booking.total
    assert post(client, page, {"chosen": str(reception.pk), "gender": "woman"}).status_code == 302
    assert has(place) == ["Evening reception"]
    assert place.booking.total == before
    [told] = Mail.objects.filter(subject__contains="changed")
    assert "Ann: Evening reception was chosen. Nothing is charged for it." in told.text
    assert "woman" not in told.text


def test_delegate_comes_back_sees_the_choice_and_takes_it_off(client, place, reception):
    page = path(place)
    post(client, page, {"chosen": str(reception.pk)})
    again = get(client, page)
    assert again.context["form"]["chosen"].value() == [str(reception.pk)]
    assert "Booked with it: Evening reception." in again.text
    post(client, page, {"chosen": str(reception.pk)})
    assert Line.objects.filter(place=place, extra=reception).count() == 1
    post(client, page, {})
    assert has(place) == []


def test_dinner_that_somebody_pays_for_is_shown_and_stays(client, year, place, reception):
    dinner = year.extras.get(code="dinner")
    changing.add_extra(by=None, place=place, extra=dinner, at=build.EARLY, quoted=45)
    page = path(place)
    assert "Booked with it: Conference dinner." in get(client, page).text
    post(client, page, {})
    post(client, page, {"chosen": str(dinner.pk)})
    assert has(place) == ["Conference dinner"]


@pytest.mark.parametrize("others", [True, False])
def test_choice_that_went_meanwhile_keeps_what_was_typed_and_writes_nothing(
    client, year, place, reception, others
):
    page = path(place)
    Extra.objects.filter(pk=reception.pk).update(capacity=0)
    if others:
        free(year, "walk", "Walk along the bay")
    answer = post(client, page, {"chosen": str(reception.pk), "dietary": "vegan"})
    assert "One of these can no longer be chosen. Look again." in answer.text
    assert answer.context["form"]["dietary"].value() == "vegan"
    assert has(place) == []


def test_last_free_place_is_given_once(year, place):
    """The second is refused under the lock, and nothing of what they said is half kept."""
    walk = free(year, "walk", "Walk along the bay", capacity=1)
    other = booked(year, build.body("Leeds"), "Bo").places.get()
    changing.choose_free(place=other, chosen=[walk], at=build.EARLY)
    with pytest.raises(ValidationError):
        changing.add_extra(by=None, place=place, extra=walk, at=build.EARLY, quoted=0)
    with pytest.raises(ValidationError, match="Walk along the bay can no longer be chosen"):
        changing.choose_free(place=place, chosen=[walk], at=build.EARLY)
    assert (has(other), has(place)) == (["Walk along the bay"], [])


def test_choice_after_its_door_has_closed_stays_as_it_is(client, place, reception):
    page = path(place)
    post(client, page, {"chosen": str(reception.pk)})
    late = post(client, page, {"pronouns": "she"}, at=build.CLOSES)
    assert late.status_code == 302
    assert has(place) == ["Evening reception"]
    assert "What will you come to?" not in get(client, page, at=build.CLOSES).text


def test_answers_without_choices_change_none(place, reception):
    changing.choose_free(place=place, chosen=[reception], at=build.EARLY)
    delegate_links.ask(by=None, place=place, at=build.EARLY)
    link = place.delegate_links.get()
    delegate_links.tell(link=link, answers=Answers(gender="man"), at=build.EARLY)
    assert Particulars.objects.get().gender == "man"
    assert has(place) == ["Evening reception"]
