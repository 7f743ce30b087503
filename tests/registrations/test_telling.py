"""A conference postponed, cancelled or on again: everybody who booked is told once."""

from __future__ import annotations

import pytest

from events.models import Conference
from events.services.conferences import change_status
from mailing.models import Mail
from members.roles import Role
from tests.factories import AT, make_staff
from tests.registrations import build

pytestmark = pytest.mark.django_db

Status = Conference.Status


@pytest.fixture
def booked():
    year = build.year_2016()
    wish = build.PlaceWish(
        pass_type=year.pass_types.get(code="delegate"), name="Bo Dyer", email="Bo@example.org"
    )
    body = build.body()
    build.book(
        build.order(year, wish, organisation=body),
        at=build.EARLY,
        quoted="90.00",
        by=build.officer(body),
    )
    Mail.objects.all().delete()
    return year


def change(conference: Conference, to: str) -> list[tuple[str, str]]:
    change_status(
        by=make_staff(Role.ADMINISTRATOR),
        conference=conference,
        status=to,
        note="The hall flooded.",
        at=AT,
    )
    conference.refresh_from_db()
    mails = Mail.objects.order_by("to_address").values_list("to_address", "subject")
    return [(address.lower(), subject) for address, subject in mails]


def test_postponed_conference_tells_contact_and_delegate_once(booked):
    told = change(booked, Status.POSTPONED)
    assert [subject for _, subject in told] == [f"Postponed: {booked.title}"] * len(told)
    assert "bo@example.org" in {address for address, _ in told}
    assert len({address for address, _ in told}) == len(told) == 2
    assert "The hall flooded." in Mail.objects.first().text


def test_conference_on_again_tells_them_that_the_booking_stands(booked):
    change(booked, Status.POSTPONED)
    Mail.objects.all().delete()
    told = change(booked, Status.OPEN)
    assert [subject for _, subject in told] == [f"On again: {booked.title}"] * 2


def test_conference_whose_programme_is_provisional_tells_nobody(booked):
    assert change(booked, Status.PROVISIONAL) == []
