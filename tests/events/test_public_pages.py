"""Public pages: what strangers see, what a page costs, and how long a copy of it is good."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib import messages
from django.http import HttpResponse
from django.test import Client

import clock
from events import concerns, panels
from events.concerns import Concern
from events.models import Conference, Day, Deadline, Imprint, Session, SessionSpeaker, Speaker
from events.panels import Panel
from events.services import deadlines, public_pages
from tests.events.visiting import LISTS, PLACES, page_of, text_of
from tests.factories import (
    AT,
    make_conference,
    make_deadline,
    make_officer,
    make_organisation,
    make_staff,
    make_user,
    make_venue,
    sign_in,
)

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _imprint():
    Imprint.objects.create(text="Promoted by A. N. Other, 1 Street", in_force_from=AT - HOUR)
    public_pages.mark_changed()


@pytest.mark.parametrize("name", PLACES)
def test_page_of_a_draft_is_not_found_by_strangers(client, name):
    conference = make_conference(status=Conference.Status.DRAFT)
    assert page_of(client, name, conference).status_code == 404


@pytest.mark.parametrize("name", ["conference", "programme", "dates", "record"])
def test_page_of_a_draft_is_previewed_by_staff(client, name):
    conference = make_conference(status=Conference.Status.DRAFT)
    sign_in(client, make_staff())
    assert page_of(client, name, conference).status_code == 200


@pytest.mark.parametrize("name", PLACES)
def test_page_of_a_conference_costs_four_queries_cold_and_one_warm(
    client, name, django_assert_num_queries, django_assert_max_num_queries
):
    conference = make_conference(venue=make_venue())
    make_deadline(conference)
    with django_assert_max_num_queries(4):
        first = page_of(client, name, conference)
    with django_assert_num_queries(1):
        second = page_of(client, name, conference)
    assert first.status_code == second.status_code == 200
    assert first.content == second.content


@pytest.mark.parametrize("name", LISTS)
def test_list_costs_four_queries_cold_and_one_warm_with_one_row_and_with_thirty(
    client, name, django_assert_num_queries, django_assert_max_num_queries
):
    for rows in (1, 29):
        for _ in range(rows):
            status = Conference.Status.OVER if name == "past" else Conference.Status.OPEN
            make_deadline(make_conference(status=status))
        public_pages.mark_changed()
        with django_assert_max_num_queries(4):
            assert page_of(client, name).status_code == 200
        with django_assert_num_queries(1):
            page_of(client, name)


def test_page_asked_for_again_with_its_etag_is_not_sent(client):
    conference = make_conference()
    first = page_of(client, "conference", conference)
    with clock.frozen(AT):
        second = client.get(conference.get_absolute_url(), headers={"if-none-match": first["ETag"]})
    assert (second.status_code, second.content) == (304, b"")
    assert second["ETag"] == first["ETag"]


def test_page_shows_the_imprint(client):
    assert "Promoted by A. N. Other, 1 Street" in page_of(client, "home").content.decode()


# a copy is good until something on it changes

TICK = dt.timedelta(microseconds=1)


def test_copy_is_not_shown_a_microsecond_after_a_door_closes(client):
    conference = make_conference()
    closing = AT + dt.timedelta(minutes=1)
    make_deadline(conference, closes_at=closing)
    for name in ("conference", "dates", "home", "all-dates"):
        where = conference if name in PLACES else None
        assert "Open until" in text_of(client, name, where, AT)
        assert "Open until" in text_of(client, name, where, closing - TICK)
        assert "Open until" not in text_of(client, name, where, closing)


def test_copy_is_not_shown_after_the_day_ends_because_countdowns_change(client):
    conference = make_conference()
    make_deadline(conference, closes_on=dt.date(2016, 3, 16))
    midnight = dt.datetime(2016, 3, 15, tzinfo=dt.UTC)
    assert "Closes in 2 days" in text_of(client, "dates", conference, midnight - TICK)
    assert "Closes tomorrow" in text_of(client, "dates", conference, midnight)


def test_copy_is_not_shown_after_a_service_changed_something(client):
    conference = make_conference()
    deadline = make_deadline(conference)
    assert "Monday 4 April 2016" in text_of(client, "dates", conference)
    deadlines.move(
        by=make_staff(), deadline=deadline, closes_on=dt.date(2016, 4, 11), reason="Post", at=AT
    )
    assert "Monday 11 April 2016" in text_of(client, "dates", conference)


def test_copy_bears_the_new_imprint_from_its_instant(client):
    starts = AT + dt.timedelta(minutes=1)
    Imprint.objects.create(text="Promoted by the next one", in_force_from=starts)
    assert "Promoted by A. N. Other" in text_of(client, "home", at=starts - TICK)
    assert "Promoted by the next one" in text_of(client, "home", at=starts)


def test_page_of_a_signed_in_person_is_neither_kept_nor_taken_from_a_copy(client):
    conference = make_conference()
    sign_in(client, make_staff(email="editor@example.org"))
    response = page_of(client, "conference", conference)
    assert "editor@example.org" in response.content.decode()
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert "ETag" not in response
    assert "editor@example.org" not in text_of(Client(), "conference", conference)


def test_start_page_of_a_signed_in_person_keeps_nothing_of_theirs_for_the_next(client, monkeypatch):
    monkeypatch.setattr(concerns, "_askers", [])
    concerns.register(
        lambda user, at: [Concern(f"Duty of {user.email}", "/somewhere/", "Go", "Annual")]
    )
    make_conference("The next one")
    texts = []
    for email in ("nia@example.org", "owen@example.org"):
        person = Client()
        sign_in(person, make_user(email=email))
        texts.append(text_of(person, "home"))
    assert "Duty of nia@example.org" in texts[0]
    assert "Duty of owen@example.org" in texts[1]
    assert "nia@example.org" not in texts[1]
    assert "The next one" in texts[1]
    stranger = text_of(client, "home")
    assert ("example.org" in stranger, "What concerns you" in stranger) == (False, False)


def test_preview_of_a_draft_is_kept_for_nobody(client):
    conference = make_conference(status=Conference.Status.DRAFT)
    editor = Client()
    sign_in(editor, make_staff())
    sign_in(client, make_user())
    assert page_of(editor, "conference", conference).status_code == 200
    assert page_of(client, "conference", conference).status_code == 404


def test_message_is_put_into_a_copy_for_the_one_it_was_meant_for(client):
    conference = make_conference()
    sign_in(client, make_user())
    with clock.frozen(AT):
        text_of(client, "conference", conference)
        request = client.get("/").wsgi_request
        messages.info(request, "Only for you <b>")
        request._messages.update(response := HttpResponse())
        client.cookies.update(response.cookies)
    assert "Only for you &lt;b&gt;" in text_of(client, "conference", conference)
    assert "Only for you" not in text_of(Client(), "conference", conference)


def test_page_of_a_stranger_is_asked_about_each_time(client):
    response = page_of(client, "home")
    assert response["Cache-Control"] == "no-cache"
    assert {"Cookie", "Accept-Language"} <= set(response["Vary"].split(", "))


def test_page_number_that_is_none_shows_the_first_page(client):
    make_conference("The one", status=Conference.Status.OVER)
    for number in ("2", "x", "-1", "9" * 99, "%00"):
        with clock.frozen(AT):
            response = client.get(f"/past/?page={number}")
        assert "The one" in response.content.decode()


@pytest.mark.parametrize("number", ["-1", "+2", "0002", "9999"])
def test_page_number_that_is_none_leaves_no_other_page_in_place_of_the_first(client, number):
    for each in range(31):
        make_conference(f"Conference {each:02}", status=Conference.Status.OVER, starts_on=None)
    with clock.frozen(AT):
        client.get("/past/", {"page": number})
        first = client.get("/past/").content.decode()
    assert "Conference 00" in first
    assert "Conference 30" not in first


# what the pages say


def test_programme_says_what_is_unknown_and_keeps_the_order_of_staff(client):
    conference = make_conference(status=Conference.Status.PROVISIONAL)
    day = Day.objects.create(conference=conference, date=dt.date(2016, 9, 10), title="Day 1")
    for position, (title, hour) in enumerate([("Dinner", None), ("Late", 12), ("Early", 9)]):
        Session.objects.create(
            conference=conference,
            day=day,
            title=title,
            position=position,
            starts_at=hour and dt.datetime(2016, 9, 10, hour, tzinfo=dt.UTC),
            kind=Session.Kind.PANEL,
        )
    Day.objects.create(conference=conference, date=dt.date(2016, 9, 11))
    text = text_of(client, "programme", conference)
    places = [text.index(f"<h3>{title}</h3>") for title in ("Dinner", "Early", "Late")]
    assert places == sorted(places)
    assert text.count("Time to be announced") == 1
    assert text.count("Speakers to be announced") == 3
    assert "This programme is provisional." in text
    assert "Saturday 10 September 2016" in text
    assert "10:00" in text  # 09:00 UTC in summer
    sunday = text[text.index("Sunday 11 September 2016") :]
    assert "To be announced" in sunday


def test_programme_costs_the_same_with_one_session_and_with_sixty(
    client, django_assert_max_num_queries
):
    conference = make_conference()
    day = Day.objects.create(conference=conference, date=dt.date(2016, 9, 10))
    for number in range(60):
        talk = Session.objects.create(conference=conference, day=day, title=f"Talk {number}")
        for part in range(3):
            speaker, _ = Speaker.objects.get_or_create(name=f"Speaker {number} {part}")
            SessionSpeaker.objects.create(session=talk, speaker=speaker)
    with django_assert_max_num_queries(4):
        text = text_of(client, "programme", conference)
    assert text.count('class="session"') == 60
    assert "Speaker 59 2" in text


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("postponed", "This conference is postponed."),
        ("cancelled", "This conference is cancelled."),
        ("over", "This conference is over."),
    ],
)
def test_conference_says_that_it_is_halted_or_over(client, status, sentence):
    conference = make_conference(status=status, status_note="Because of the election")
    text = text_of(client, "conference", conference)
    assert sentence in text
    assert "Because of the election" in text


@pytest.mark.parametrize("name", ["programme", "dates"])
def test_page_of_a_past_conference_leads_to_the_past_and_offers_no_calendar(client, name):
    conference = make_conference()
    Day.objects.create(conference=conference, date=conference.starts_on)
    make_deadline(conference)
    before = text_of(client, name, conference)
    Conference.objects.filter(pk=conference.pk).update(status=Conference.Status.OVER)
    public_pages.mark_changed()
    after = text_of(client, name, conference)
    ways = [text.partition('class="crumbs"')[2].partition("</nav>")[0] for text in (before, after)]
    assert ["Past conferences" in way for way in ways] == [False, True]
    assert ["webcal:" in text for text in (before, after)] == [True, False]


def test_home_shows_a_stranger_the_next_conference_and_its_dates(client):
    later = make_conference(
        "Later one", starts_on=dt.date(2016, 12, 1), ends_on=dt.date(2016, 12, 1)
    )
    make_deadline(later)
    make_conference("Next one")
    make_conference("Draft one", status=Conference.Status.DRAFT)
    text = text_of(client, "home")
    assert text.index("Next one") < text.index("Also coming") < text.index("Later one</a></h2>")
    assert "Draft one" not in text
    assert "Open until" in text


def test_home_shows_a_person_what_concerns_them_first(client, monkeypatch):
    monkeypatch.setattr(concerns, "_askers", [])
    concerns.register(
        lambda user, at: [
            Concern("Done it", "/b/", "See it", "Annual", is_done=True),
            Concern("Name two delegates", "/a/", "Name them", "Annual", closes_at=AT + HOUR),
        ]
    )
    make_conference("Next one")
    sign_in(client, make_staff())
    text = text_of(client, "home")
    assert text.index("Name two delegates") < text.index("Done it") < text.index("Next one")


def test_home_shows_a_person_without_an_office_no_dates_of_bodies(client, monkeypatch):
    monkeypatch.setattr(concerns, "_askers", [])
    conference = make_conference()
    make_deadline(conference, name="For the bodies", audience=Deadline.Audience.BODIES)
    make_deadline(conference, name="For all", audience=Deadline.Audience.EVERYBODY)
    both = {"For the bodies", "For all"}

    def shown() -> set[str]:
        text = text_of(client, "home")
        return {name for name in both if name in text}

    assert shown() == both
    sign_in(client, make_officer(make_organisation()))
    assert shown() == both
    sign_in(client, make_user("member@example.org"))
    assert shown() == {"For all"}


def test_home_without_any_conference_says_so(client):
    assert "No conference is announced at the moment." in text_of(client, "home")


def test_panel_of_a_lower_app_is_shown_until_it_changes(client, monkeypatch):
    monkeypatch.setattr(panels, "_makers", {})
    changes_at = AT + dt.timedelta(seconds=30)
    panels.register(
        "x",
        lambda conference, at: Panel(
            "Prices" if at < changes_at else "Late prices",
            "components/empty.html",
            changes_at=changes_at if at < changes_at else None,
        ),
    )
    conference = make_conference()
    assert "<h2>Prices</h2>" in text_of(client, "conference", conference, changes_at - TICK)
    assert "<h2>Late prices</h2>" in text_of(client, "conference", conference, changes_at)
