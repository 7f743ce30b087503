"""Moving and extending deadlines: with a reason, recorded, told, serialised."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError

from events import announcements, doors
from events.models import Conference, DeadlineChange, PageVersion
from events.services import deadlines
from members.models import AuditEntry
from tests.factories import AT, make_conference, make_deadline, make_organisation, make_staff

pytestmark = pytest.mark.django_db
UTC = dt.UTC
LATER = dt.date(2016, 4, 11)
LATER_CLOSING = dt.datetime(2016, 4, 11, 23, tzinfo=UTC)
TICK = dt.timedelta(microseconds=1)


@pytest.fixture
def heard(monkeypatch):
    told = []
    monkeypatch.setattr(announcements, "_move_hearers", [])
    announcements.when_deadline_moves(lambda change, at: told.append((change, at)))
    return told


def move(deadline, **given):
    given = {"closes_on": LATER, "reason": "The post was late", "at": AT, **given}
    return deadlines.move(by=make_staff(), deadline=deadline, **given)


def extend(deadline, body, **given):
    given = {"closes_on": LATER, "reason": "They meet late", "at": AT, **given}
    return deadlines.extend_for_body(by=make_staff(), deadline=deadline, organisation=body, **given)


def test_move_changes_the_closing_for_everybody_records_and_tells(heard):
    deadline = make_deadline()
    change = move(deadline)
    deadline.refresh_from_db()
    assert deadline.closing == change.closing == LATER_CLOSING
    assert change.closed_before == dt.datetime(2016, 4, 4, 23, tzinfo=UTC)
    assert heard == [(change, AT)]
    entry = AuditEntry.objects.get(action="deadline.moved")
    assert (entry.actor, entry.reason, entry.object_id) == (
        change.changed_by,
        "The post was late",
        str(deadline.pk),
    )
    assert entry.before == {"closing": "2016-04-04T23:00:00Z"}
    assert PageVersion.objects.get().number == 1


def test_move_to_an_exact_time_forgets_the_date():
    deadline = make_deadline()
    noon = dt.datetime(2016, 4, 11, 11, tzinfo=UTC)
    move(deadline, closes_on=None, closes_at=noon)
    deadline.refresh_from_db()
    assert (deadline.closes_on, deadline.closes_at) == (None, noon)


def test_move_of_an_unknown_closing_announces_it():
    deadline = make_deadline(closes_on=None)
    assert move(deadline).closed_before is None
    assert doors.require_open(deadline.__class__.objects.get(pk=deadline.pk), at=AT)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": "  "}, "reason"),
        ({"closes_on": None}, "date_or_instant"),
        ({"closes_at": LATER_CLOSING}, "date_or_instant"),
        ({"closes_on": dt.date(2016, 3, 13)}, "past"),
        ({"closes_on": dt.date(2016, 4, 4)}, "unchanged"),
        ({"closes_on": dt.date(2016, 3, 15)}, "before_opening"),
    ],
)
def test_move_that_makes_no_sense_is_refused_and_leaves_nothing(given, code, heard):
    deadline = make_deadline(opens_at=AT + dt.timedelta(days=5))
    with pytest.raises(ValidationError) as caught:
        move(deadline, **given)
    assert [error.code for error in _flat(caught.value)] == [code]
    assert not DeadlineChange.objects.exists()
    assert heard == []


def _flat(error):
    if hasattr(error, "error_dict"):
        return [each for errors in error.error_dict.values() for each in errors]
    return error.error_list


@pytest.mark.parametrize("status", ["cancelled", "over"])
def test_move_after_the_conference_has_ended_is_refused(status):
    with pytest.raises(ValidationError, match="its deadlines no longer move"):
        move(make_deadline(make_conference(status=status)))


def test_move_to_now_is_past_and_a_tick_later_is_not():
    deadline = make_deadline()
    with pytest.raises(ValidationError, match="That time has passed"):
        move(deadline, closes_on=None, closes_at=AT)
    assert move(deadline, closes_on=None, closes_at=AT + TICK).closing == AT + TICK


def test_move_sent_twice_by_the_same_form_moves_once(heard):
    deadline, key = make_deadline(), uuid.uuid4()
    changes = {move(deadline, form_key=key).pk for _ in range(20)}
    assert len(changes) == DeadlineChange.objects.count() == len(heard) == 1


def test_extension_counts_for_one_body_and_is_recorded_for_it(heard):
    deadline, body = make_deadline(), make_organisation()
    change = extend(deadline, body)
    deadline.refresh_from_db()
    assert deadline.closes_on == dt.date(2016, 4, 4)
    assert doors.window_for(deadline, body).closes_at == LATER_CLOSING
    assert AuditEntry.objects.get(action="deadline.extended").organisation == body
    assert heard == [(change, AT)]


def test_extension_that_is_not_later_than_for_everybody_is_refused():
    deadline = make_deadline()
    with pytest.raises(ValidationError, match="later than the closing for everybody"):
        extend(deadline, make_organisation(), closes_on=dt.date(2016, 4, 4))
    with pytest.raises(ValidationError, match="later than the closing for everybody"):
        extend(make_deadline(closes_on=None), make_organisation())


def test_extension_granted_already_is_refused():
    deadline, body = make_deadline(), make_organisation("Cardiff Party Council")
    extend(deadline, body)
    with pytest.raises(ValidationError, match="Cardiff Party Council has until then already"):
        extend(deadline, body)


def test_extension_after_the_door_closed_opens_it_again_for_the_body():
    deadline, body = make_deadline(), make_organisation()
    after = dt.datetime(2016, 4, 5, 12, tzinfo=UTC)
    extend(deadline, body, at=after)
    assert doors.require_open(deadline, at=after, organisation=body)


def test_hearer_that_fails_undoes_the_move(monkeypatch):
    def refuse(change, at):
        raise RuntimeError("the outbox is full")

    monkeypatch.setattr(announcements, "_move_hearers", [refuse])
    deadline = make_deadline()
    with pytest.raises(RuntimeError, match="the outbox is full"):
        move(deadline)
    deadline.refresh_from_db()
    assert deadline.closes_on == dt.date(2016, 4, 4)
    assert not DeadlineChange.objects.exists()
    assert Conference.objects.count() == 1


APRIL = dt.datetime(2016, 4, 1, 8, tzinfo=UTC)


def move_opening(deadline, **given):
    given = {"opens_at": APRIL, "reason": "The form is not ready", "at": AT, **given}
    return deadlines.move_opening(by=make_staff(), deadline=deadline, **given)


def test_opening_moved_shuts_the_door_until_then_with_a_trail_and_no_mail(heard):
    deadline = make_deadline(opens_at=AT + dt.timedelta(hours=1))
    for _ in range(2):
        move_opening(deadline)
    deadline.refresh_from_db()
    assert deadline.opens_at == APRIL
    assert not deadline.window.is_open(APRIL - TICK)
    assert deadline.window.is_open(APRIL)
    entry = AuditEntry.objects.get(action="deadline.opening-moved")
    assert entry.reason == "The form is not ready"
    assert entry.before == {"opening": "2016-03-14T13:00:00Z"}
    assert entry.after == {"opening": "2016-04-01T08:00:00Z"}
    assert (heard, DeadlineChange.objects.count()) == ([], 0)
    assert PageVersion.objects.get().number == 1


def test_opening_is_given_to_a_door_that_had_none():
    deadline = make_deadline()
    move_opening(deadline)
    deadline.refresh_from_db()
    assert deadline.opens_at == APRIL


@pytest.mark.parametrize(
    ("opens", "given", "code"),
    [
        (AT + TICK, {"reason": " "}, "reason"),
        (AT, {}, "opened"),
        (AT + TICK, {"opens_at": AT}, "past"),
        (AT + TICK, {"opens_at": dt.datetime(2016, 4, 4, 23, tzinfo=UTC)}, "after_closing"),
    ],
)
def test_opening_that_cannot_be_is_refused(opens, given, code):
    deadline = make_deadline(opens_at=opens)
    with pytest.raises(ValidationError) as refusal:
        move_opening(deadline, **given)
    found = getattr(refusal.value, "error_dict", {}).get("reason", [refusal.value])
    assert found[0].code == code
    deadline.refresh_from_db()
    assert deadline.opens_at == opens


@pytest.mark.parametrize("status", ["cancelled", "over"])
def test_opening_at_a_conference_that_has_ended_stays(status):
    deadline = make_deadline(make_conference(status=status), opens_at=AT + TICK)
    with pytest.raises(ValidationError, match="its deadlines no longer move"):
        move_opening(deadline)
