"""Calendar files: London's zone, whole days and times, entries that move rather than double."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

import clock
from events.models import Conference, Day, Room, Session
from events.services import deadlines
from tests.factories import AT, make_conference, make_deadline, make_organisation, make_staff

pytestmark = pytest.mark.django_db
UTC = dt.UTC


def events(client, name, conference=None, at=AT):
    url = reverse(f"events:{name}", args=[conference.slug] if conference else [])
    with clock.frozen(at):
        response = client.get(url)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    found = {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}
    return found, calendar


def test_closing_date_is_a_whole_day_and_its_end_is_exclusive(client):
    conference = make_conference("Annual")
    make_deadline(conference)
    found, _ = events(client, "dates-ics", conference)
    event = found["Last day: Organisational motions (Annual)"]
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (
        dt.date(2016, 4, 4),
        dt.date(2016, 4, 5),
    )


@pytest.mark.parametrize(
    ("closes", "shown"),
    [
        (dt.datetime(2016, 7, 4, 11, tzinfo=UTC), "12:00"),  # BST
        (dt.datetime(2016, 12, 5, 12, tzinfo=UTC), "12:00"),  # GMT
    ],
)
def test_exact_closing_is_timed_in_london_with_its_zone_defined(client, closes, shown):
    conference = make_conference("Annual")
    make_deadline(conference, closes_at=closes)
    found, calendar = events(client, "dates-ics", conference)
    event = found["Last day: Organisational motions (Annual)"]
    assert event["DTEND"].params["TZID"] == "Europe/London"
    assert event.decoded("DTEND") == closes
    assert f"{event.decoded('DTEND'):%H:%M}" == shown
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]


def test_moved_deadline_keeps_its_entry_and_raises_its_sequence(client):
    conference = make_conference("Annual")
    deadline = make_deadline(conference)
    before, _ = events(client, "dates-ics", conference)
    given = {"by": make_staff(), "deadline": deadline, "reason": "Post", "at": AT}
    deadlines.move(closes_on=dt.date(2016, 4, 11), **given)
    deadlines.extend_for_body(
        closes_on=dt.date(2016, 4, 18), organisation=make_organisation(), **given
    )
    after, _ = events(client, "dates-ics", conference)
    title = "Last day: Organisational motions (Annual)"
    assert before[title]["UID"] == after[title]["UID"]
    assert (before[title]["SEQUENCE"], after[title]["SEQUENCE"]) == (0, 1)
    assert after[title].decoded("DTSTART") == dt.date(2016, 4, 11)


def test_opening_has_an_entry_of_its_own_and_an_unknown_closing_none(client):
    conference = make_conference("Annual")
    make_deadline(conference, opens_at=AT, closes_on=None)
    found, _ = events(client, "dates-ics", conference)
    assert sorted(found) == ["Annual", "Opens: Organisational motions (Annual)"]


@pytest.mark.parametrize(
    ("status", "said"),
    [("open", "CONFIRMED"), ("cancelled", "CANCELLED"), ("postponed", "TENTATIVE")],
)
def test_entries_say_that_a_conference_is_cancelled_or_postponed(client, status, said):
    conference = make_conference("Annual", status=status)
    make_deadline(conference)
    found, _ = events(client, "dates-ics", conference)
    assert {str(event["STATUS"]) for event in found.values()} == {said}


def test_calendar_of_all_dates_has_every_coming_conference_but_no_draft(client):
    make_deadline(make_conference("Annual"))
    make_deadline(make_conference("Secret", status=Conference.Status.DRAFT))
    make_deadline(make_conference("Old", status=Conference.Status.OVER))
    found, _ = events(client, "all-dates-ics")
    assert sorted(found) == ["Annual", "Last day: Organisational motions (Annual)"]


def test_programme_has_times_whole_days_rooms_and_nothing_for_what_has_no_day(client):
    conference = make_conference("Annual")
    day = Day.objects.create(conference=conference, date=dt.date(2016, 9, 10))
    room = Room.objects.create(conference=conference, name="Main hall")
    starts = dt.datetime(2016, 9, 10, 9, 30, tzinfo=UTC)
    common = {"conference": conference, "day": day}
    Session.objects.create(
        title="Talk", room=room, starts_at=starts, ends_at=starts + dt.timedelta(hours=1), **common
    )
    Session.objects.create(title="Dinner", revision=3, **common)
    Session.objects.create(title="Some day", conference=conference)
    found, _ = events(client, "programme-ics", conference)
    assert sorted(found) == ["Dinner", "Talk"]
    assert found["Talk"].decoded("DTSTART") == starts
    assert found["Talk"]["LOCATION"] == "Main hall"
    assert found["Dinner"].decoded("DTSTART") == dt.date(2016, 9, 10)
    assert "The time is to be announced." in found["Dinner"]["DESCRIPTION"]
    assert found["Dinner"]["SEQUENCE"] == 3


def test_calendar_of_the_same_day_is_byte_for_byte_the_same(client):
    conference = make_conference()
    make_deadline(conference)
    url = reverse("events:dates-ics", args=[conference.slug])
    bodies = set()
    for minutes in (0, 10, 200):
        with clock.frozen(AT + dt.timedelta(minutes=minutes)):
            bodies.add(client.get(url).content)
    assert len(bodies) == 1
