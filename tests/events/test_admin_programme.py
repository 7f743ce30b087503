"""The programme in the admin: a day's sessions in one place, moved by keyboard."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from events.models import (
    Day,
    Room,
    Session,
    SessionSpeaker,
    Speaker,
)
from tests.events.desk import DATE, form_of, posted, url
from tests.factories import (
    make_conference,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
UTC = dt.UTC


@pytest.fixture
def day():
    return Day.objects.create(conference=make_conference(), date=DATE)


def add(client, to, **given):
    prefix = f"day{to.pk}"
    data = {"title": "Talk", "kind": "panel", "starts": "", "day": to.pk, **given}
    data.setdefault("form_key", str(uuid.uuid4()))
    sent = {f"{prefix}-{name}": value for name, value in data.items()}
    return posted(client, url("conference_programme", to.conference_id), sent | {"prefix": prefix})


def test_session_is_added_in_three_fields_once_however_often_it_is_sent(client, editor, day):
    key = str(uuid.uuid4())
    for _ in range(3):
        response = add(client, day, starts="10:30", form_key=key)
    session = Session.objects.get()
    assert "Added: Talk." in response.content.decode()
    assert (session.kind, session.starts_at) == (
        "panel",
        dt.datetime(2016, 9, 10, 9, 30, tzinfo=UTC),
    )


def test_session_without_a_title_is_refused_and_what_was_typed_is_kept(client, editor, day):
    page = add(client, day, title="", starts="10:30").content.decode()
    assert "This field is required." in page
    assert 'value="10:30"' in page
    assert not Session.objects.exists()


def test_session_at_a_time_the_clocks_skip_is_refused(client, editor):
    day = Day.objects.create(conference=make_conference(), date=dt.date(2016, 3, 27))
    assert "does not exist in the UK" in add(client, day, starts="01:30").content.decode()


def test_session_on_a_day_of_another_conference_is_refused(client, editor, day):
    other = Day.objects.create(conference=make_conference(), date=DATE)
    add(client, day, day=other.pk)
    assert not Session.objects.exists()


def test_session_is_moved_and_the_keyboard_stays_on_its_button(client, editor, day):
    for title in ("A", "B"):
        add(client, day, title=title)
    second = Session.objects.get(title="B")
    where = url("conference_programme", day.conference_id)
    page = posted(client, where, {"move": second.pk, "places": "-1"})
    titles = list(day.sessions.order_by("position").values_list("title", flat=True))
    assert titles == ["B", "A"]
    assert page.content.decode().count("autofocus") == 0  # at the top, that button is at rest
    third = Session.objects.create(conference=day.conference, day=day, title="C", position=9)
    page = posted(client, where, {"move": third.pk, "places": "-1"}).content.decode()
    assert f'value="{third.pk}" aria-label="Move C up" autofocus' in page


@pytest.mark.parametrize("number", ["0", "x", "-1", "99999999", "9" * 40])
def test_move_of_a_session_that_is_not_here_is_not_found(client, editor, day, number):
    where = url("conference_programme", day.conference_id)
    assert posted(client, where, {"move": number}).status_code == 404


def test_programme_page_shows_clashes_of_room_and_speaker(client, editor, day):
    room = Room.objects.create(conference=day.conference, name="Main hall")
    speaker = Speaker.objects.create(name="Bob Sample")
    for title, hour in (("Early", 9), ("Late", 10)):
        talk = Session.objects.create(
            conference=day.conference,
            day=day,
            title=title,
            room=room,
            starts_at=dt.datetime(2016, 9, 10, hour, tzinfo=UTC),
            ends_at=dt.datetime(2016, 9, 10, hour + 2, tzinfo=UTC),
        )
        SessionSpeaker.objects.create(session=talk, speaker=speaker)
    page = client.get(url("conference_programme", day.conference_id))
    assert [clash.what for clash in page.context["clashes"]] == ["the room Main hall", "Bob Sample"]


def test_programme_page_costs_the_same_with_one_session_and_with_thirty(
    client, editor, day, django_assert_max_num_queries
):
    where = url("conference_programme", day.conference_id)
    Session.objects.create(conference=day.conference, day=day, title="One")
    client.get(where)
    with django_assert_max_num_queries(15) as few:
        client.get(where)
    for number in range(29):
        Session.objects.create(conference=day.conference, day=day, title=f"Talk {number}")
    with django_assert_max_num_queries(len(few)):
        client.get(where)


def test_day_page_orders_adds_and_counts_changes(client, editor, day):
    room = Room.objects.create(conference=day.conference, name="Main hall")
    Room.objects.create(conference=make_conference(), name="Elsewhere")
    Session.objects.create(conference=day.conference, day=day, title="A", position=1)
    Session.objects.create(conference=day.conference, day=day, title="B", position=2)
    page = client.get(url("day_change", day.pk))
    assert "Elsewhere" not in page.content.decode()
    data = form_of(page) | {
        "sessions-TOTAL_FORMS": "3",
        "sessions-0-position": "2",
        "sessions-1-position": "1",
        "sessions-1-room": room.pk,
        "sessions-2-title": "C",
        "sessions-2-kind": "break",
        "sessions-2-day": day.pk,
        "sessions-2-position": "3",
    }
    response = posted(client, url("day_change", day.pk), data)
    assert response.redirect_chain, response.context["errors"]
    rows = list(day.sessions.order_by("position").values_list("title", "room", "revision"))
    assert rows == [("B", room.pk, 1), ("A", None, 0), ("C", None, 0)]
    assert Session.objects.get(title="C").conference == day.conference


def test_session_page_counts_its_changes_for_calendars(client, editor, day):
    session = Session.objects.create(conference=day.conference, day=day, title="A")
    page = client.get(url("session_change", session.pk))
    posted(client, url("session_change", session.pk), form_of(page))
    session.refresh_from_db()
    assert session.revision == 0
    posted(client, url("session_change", session.pk), form_of(page) | {"title": "B"})
    session.refresh_from_db()
    assert (session.title, session.revision) == ("B", 1)
