"""The calendar walked on a simulated clock, leaving no trace."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from events.models import Conference, Deadline, Reminder, StepRun
from events.reminders import audiences
from events.reminders.planning import plan
from events.replay import replay
from mailing.models import Heartbeat, Mail
from members.models import Officeholding, Organisation
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
        ("2016-04-04", 2, [("09:00", "mail"), ("00:00", "closes")]),
    ]
    assert days[0]["entries"][0]["bodies"] == {
        "Anytown Party Council": 1,
        "Othertown Party Council": 1,
    }


def test_replay_as_text_can_be_read_aloud(conference, capsys):
    text = run(capsys)
    assert "Monday 7 March 2016  (2 mails)\n  09:00 mail (28 days before): Motions" in text
    assert "mail (on the last day): Motions, to 2 people of 2 bodies\n  24:00 closes: Mot" in text
    assert "No mail" not in text


def test_replay_that_concerns_nobody_says_so(conference, capsys):
    Officeholding.objects.update(started_on=dt.date(2020, 1, 1))
    assert "No mail: on these days it would have concerned nobody" in run(capsys)


def test_replay_leaves_no_trace(conference, capsys):
    run(capsys)
    conference.refresh_from_db()
    left = [model.objects.count() for model in (Reminder, StepRun, Mail, Heartbeat)]
    assert (conference.status, left) == (Conference.Status.OVER, [0, 0, 0, 0])


@pytest.mark.parametrize("status", [Conference.Status.DRAFT, Conference.Status.OPEN])
def test_replay_reads_and_writes_nothing(conference, capsys, status):
    other = make_deadline(make_conference(), Deadline.Kind.OTHER, name="their motions")
    plan(at=dt.datetime(2016, 3, 28, 8, tzinfo=dt.UTC))
    Conference.objects.filter(pk=conference.pk).update(status=status)
    with CaptureQueriesContext(connection) as queries:
        days = json.loads(run(capsys, "--format", "json"))["days"]
    assert [day["mails"] for day in days] == [2, 2, 2, 2]
    assert {query["sql"].split()[0] for query in queries} <= {"SELECT", "DECLARE"}
    assert not [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]
    assert Reminder.objects.filter(deadline=other, mail_key="").count() == 2


@pytest.fixture
def meanwhile(conference):
    """`meanwhile()`: a second connection takes what services lock; it waits a second at most."""

    def take() -> int:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '1s'")
            with transaction.atomic():
                list(Conference.objects.select_for_update().filter(pk=conference.pk))
                list(Organisation.objects.select_for_update())
                list(Deadline.objects.select_for_update().filter(conference=conference))
            return len(plan(at=dt.datetime(2016, 3, 28, 8, tzinfo=dt.UTC)))
        finally:
            connection.close()

    def _meanwhile() -> int:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(take).result()

    return _meanwhile


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_locks_held_in_a_transaction_are_noticed_by_the_second_connection(conference, meanwhile):
    with transaction.atomic():
        list(Deadline.objects.select_for_update().filter(conference=conference))
        with pytest.raises(OperationalError, match="lock timeout"):
            meanwhile()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_replay_under_way_lets_a_deadline_be_moved_and_reminders_be_planned(conference, meanwhile):
    Conference.objects.filter(pk=conference.pk).update(status=Conference.Status.OPEN)
    planned = []

    def second_connection(*_: object) -> Iterator[audiences.Recipient]:
        if not planned:
            planned.append(0)
            planned[0] = meanwhile()
        return iter(())

    audiences.register(Deadline.Kind.OTHER, second_connection)
    assert [day.mails for day in replay(conference)] == [2, 2, 2, 2]
    assert planned == [1]


def test_replay_with_a_broken_audience_names_it_once_and_goes_on(conference, bodies, capsys):
    bodies.broken = {make_deadline(conference, Deadline.Kind.OTHER, name="awards").pk}
    lines = run(capsys).splitlines()
    assert [line for line in lines if "fault" in line] == [
        "  09:00 fault: Awards: whom it concerns could not be found out (LookupError)"
    ]
    assert len([line for line in lines if "mail (" in line]) == 4


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
