"""The calendar walked on a simulated clock, leaving no trace."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Conference, Deadline, Reminder, StepRun
from events.reminders.planning import plan
from mailing.models import Heartbeat, Mail
from tests.factories import make_conference, make_deadline, make_officer, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(bodies):
    conference = make_conference("Annual 2016", status=Conference.Status.OVER)
    make_deadline(conference, Deadline.Kind.OTHER, name="motions")
    for name in ("Anytown Party Council", "Othertown Party Council"):
        make_officer(make_organisation(name))
    return conference


def run(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    call_command("replay", "annual-2016", *options)
    return capsys.readouterr().out


def test_replay_as_json_tells_every_day_on_which_something_happens(conference, capsys):
    days = json.loads(run(capsys, "--format", "json"))["days"]
    assert [
        (day["date"], day["mails"], [(e["at"][11:16], e["what"]) for e in day["entries"]])
        for day in days
    ] == [
        ("2016-03-07", 2, [("09:00", "mail")]),
        ("2016-03-28", 2, [("09:00", "mail")]),
        ("2016-04-02", 2, [("09:00", "mail")]),
        ("2016-04-04", 2, [("09:00", "mail")]),
        ("2016-04-05", 0, [("00:00", "closes")]),
    ]
    assert days[0]["entries"][0]["bodies"] == {
        "Anytown Party Council": 1,
        "Othertown Party Council": 1,
    }


def test_replay_as_text_can_be_read_aloud(conference, capsys):
    assert "Monday 7 March 2016  (2 mails)\n  09:00 mail (28d): Motions" in run(capsys)


def test_replay_leaves_no_trace(conference, capsys):
    run(capsys)
    conference.refresh_from_db()
    left = [model.objects.count() for model in (Reminder, StepRun, Mail, Heartbeat)]
    assert (conference.status, left) == (Conference.Status.OVER, [0, 0, 0, 0])


def test_replay_of_an_open_conference_holds_up_nobody(conference, capsys, bodies):
    other = make_deadline(make_conference(), Deadline.Kind.OTHER, name="their motions")
    plan(at=dt.datetime(2016, 3, 28, 8, tzinfo=dt.UTC))
    waiting = Reminder.objects.filter(deadline=other)
    Conference.objects.filter(pk=conference.pk).update(status=Conference.Status.OPEN)
    with CaptureQueriesContext(connection) as queries:
        days = json.loads(run(capsys, "--format", "json"))["days"]
    assert [day["mails"] for day in days] == [2, 2, 2, 2, 0]
    written = [q["sql"] for q in queries if q["sql"].startswith(("UPDATE", "DELETE"))]
    assert not [sql for sql in written if "events_conference" in sql.split("WHERE")[0]]
    assert waiting.filter(mail_key="").count() == 2


def test_replay_of_an_unknown_conference_names_the_known_ones(conference):
    with pytest.raises(CommandError, match="Known: annual-2016"):
        call_command("replay", "annual-2061")


def test_replay_counts_a_body_with_an_extension_on_its_own_dates(conference, capsys):
    from tests.reminders.test_planning import move

    move(
        conference.deadlines.get(),
        dt.date(2016, 4, 11),
        dt.datetime(2016, 4, 3, 12, tzinfo=dt.UTC),
        make_organisation("Latetown Party Council"),
    )
    assert "2016-04-09" not in run(capsys, "--format", "json")
    assert "closes: Motions for Latetown Party Council" in run(capsys)
