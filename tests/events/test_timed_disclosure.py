"""What is told only from its hour: the venue in no page or feed before, the joining link never."""

from __future__ import annotations

import datetime as dt

import pytest

from events.models import Conference, Day, Room, Session
from events.services import public_pages
from tests.events.visiting import LISTS, PLACES, text_of
from tests.factories import AT, make_conference, make_deadline, make_staff, make_venue, sign_in

pytestmark = pytest.mark.django_db
TICK = dt.timedelta(microseconds=1)
SECRET = ("Secret Hall", "Hidden Street", "Side door", "Ballroom")


@pytest.fixture
def hidden():
    venue = make_venue("Secret Hall", address="Hidden Street", access_notes="Side door")
    conference = make_conference(venue=venue, venue_public_from=AT)
    day = Day.objects.create(conference=conference, date=dt.date(2016, 9, 9))
    room = Room.objects.create(conference=conference, name="Ballroom")
    starts = dt.datetime(2016, 9, 9, 9, tzinfo=dt.UTC)
    Session.objects.create(
        conference=conference, day=day, title="Talk", room=room, starts_at=starts
    )
    make_deadline(conference)
    return conference


@pytest.mark.parametrize("status", Conference.Status.values)
def test_venue_is_in_no_page_or_feed_before_its_hour(client, hidden, status):
    Conference.objects.update(status=status)
    public_pages.mark_changed()
    for name in (*PLACES, *LISTS):
        where = hidden if name in PLACES else None
        shown = text_of(client, name, where, AT - TICK)
        assert [word for word in SECRET if word in shown] == []


def test_venue_is_shown_from_its_hour_though_a_copy_was_made_before(client, hidden):
    for name in ("conference", "programme", "programme-ics", "dates-ics", "home"):
        where = hidden if name in PLACES else None
        assert "Secret Hall" not in text_of(client, name, where, AT - TICK)
        assert "Secret Hall" in text_of(client, name, where, AT)
    for name in ("programme", "programme-ics"):
        assert "Ballroom" in text_of(client, name, hidden, AT)


def test_venue_is_hidden_from_staff_in_the_preview_too(client, hidden):
    sign_in(client, make_staff())
    assert "Secret Hall" not in text_of(client, "conference", hidden, AT - TICK)


def test_link_to_join_is_in_no_public_page(client):
    conference = make_conference(join_url="https://join.example.org/secret", mode="online")
    for name in PLACES:
        assert "join.example.org" not in text_of(client, name, conference)
