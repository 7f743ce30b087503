"""The whole calendar of the real Annual Conference 2016, day by day, with bodies of the test's own.

Three bodies: Anytown sends a motion on 30 March, Everyday books a delegate on 20 June, Othertown
never does anything. Whoever has done a thing is not reminded of it; what falls on one morning comes
in one mail.
"""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.management import call_command

from events.models import Conference, Deadline
from motions.models import Call
from registrations.models import PassType
from tests.factories import make_officer, make_organisation, make_society
from tests.reminders.test_audiences import book, make_motion, send_in

pytestmark = pytest.mark.django_db


def london(month: int, day: int) -> dt.datetime:
    return dt.datetime(2016, month, day, 12, tzinfo=dt.UTC)


@pytest.fixture
def year():
    call_command("load_conferences", verbosity=0)
    conference = Conference.objects.get(slug="annual-2016")
    anytown = make_organisation("Anytown Party Council")
    author = make_officer(anytown)
    make_officer(make_organisation("Othertown Party Council"))
    everyday = make_society("Everyday Society")
    make_officer(everyday)
    call = Call.objects.get(deadline__conference=conference, kind=Call.Kind.ORGANISATIONAL)
    send_in(make_motion(call, anytown, author, created_at=london(3, 30)), london(3, 30))
    book(
        conference,
        everyday,
        PassType.objects.get(conference=conference, code="delegate"),
        london(6, 20),
        name="Bo",
        named_at=london(6, 20),
    )
    return conference


def replayed(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    capsys.readouterr()
    call_command("replay", "annual-2016", "--format", "json")
    return json.loads(capsys.readouterr().out)["days"]


def test_replay_of_2016_reminds_day_by_day(year, capsys):
    mailed = {
        day["date"]: (
            day["mails"],
            {entry["text"]: entry["people"] for entry in day["entries"] if entry["what"] == "mail"},
        )
        for day in replayed(capsys)
        if day["mails"]
    }
    motions, early = "Organisational motions", "Early price"
    business = {"Nominations for the CAC": 3, "Policy submissions": 3, "Recognition awards": 3}
    delegates = "Delegate registration"
    assert mailed == {
        "2016-03-07": (3, {motions: 3}),
        "2016-03-28": (3, {motions: 3}),
        "2016-04-02": (2, {motions: 2}),
        "2016-04-04": (2, {motions: 2}),
        "2016-06-02": (3, {early: 3}),
        "2016-06-23": (2, {early: 2}),
        "2016-06-28": (2, {early: 2}),
        "2016-06-30": (2, {early: 2}),
        "2016-07-04": (3, business),
        "2016-07-25": (3, business | {delegates: 2}),
        "2016-07-30": (3, business),
        "2016-08-01": (3, business),
        "2016-08-15": (2, {delegates: 2}),
        "2016-08-20": (2, {delegates: 2}),
        "2016-08-22": (2, {delegates: 2}),
    }


def test_replay_of_2016_closes_at_london_midnights_and_changes_the_price_once(year, capsys):
    happened = {
        (entry["at"], entry["what"])
        for day in replayed(capsys)
        for entry in day["entries"]
        if entry["what"] != "mail"
    }
    assert happened == {
        ("2016-04-05T00:00:00+01:00", "closes"),
        ("2016-07-01T00:00:00+01:00", "closes"),
        ("2016-07-01T00:00:00+01:00", "price"),
        ("2016-08-02T00:00:00+01:00", "closes"),
        ("2016-08-23T00:00:00+01:00", "closes"),
    }


def test_replay_of_2016_names_the_bodies_that_have_done_nothing(year, capsys):
    last = {
        entry["text"]: entry["bodies"]
        for day in replayed(capsys)
        for entry in day["entries"]
        if entry["step"] == "last_day"
    }
    assert last["Organisational motions"] == {"Everyday Society": 1, "Othertown Party Council": 1}
    assert last["Delegate registration"] == {
        "Anytown Party Council": 1,
        "Othertown Party Council": 1,
    }


def test_replay_of_2016_has_every_deadline_of_the_file(year, capsys):
    labels = {deadline.label for deadline in Deadline.objects.filter(conference=year)}
    closed = {
        entry["text"]
        for day in replayed(capsys)
        for entry in day["entries"]
        if entry["what"] == "closes"
    }
    assert closed == labels
