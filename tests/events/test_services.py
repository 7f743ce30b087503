"""Status, appointments, authority, imprints, sessions: what is allowed, recorded and told."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid

import pytest
from django.core.exceptions import ValidationError

from events import announcements, rules
from events.imprints import imprint_for
from events.models import Conference, Day, Imprint, LayAppointment, Room, Session
from events.services import appointments, authority, conferences, imprints, programme
from members.models import AuditEntry
from tests.factories import (
    AT,
    make_conference,
    make_officer,
    make_organisation,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db
Status = Conference.Status
DATE = dt.date(2016, 9, 10)
HOUR = dt.timedelta(hours=1)


def test_trail_of_tasks_and_authority_names_nobody():
    person, body, conference = make_user(name="Ann Jones"), make_organisation(), make_conference()
    appointments.appoint(by=make_staff(), user=person, conference=conference, task="chair", at=AT)
    authority.authorise(
        by=make_officer(body), organisation=body, conference=conference, user=person, at=AT
    )
    labels = list(AuditEntry.objects.order_by("pk").values_list("object_label", flat=True))
    assert labels == [f"chair at {conference}", f"authority for {body} at {conference}"]


# status


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations(Status, 2)))
def test_status_moves_only_as_the_table_allows(before, after):
    conference = make_conference(status=before)

    def change():
        return conferences.change_status(
            by=make_staff(), conference=conference, status=after, note="Because", at=AT
        )

    if after in Conference.MOVES[before]:
        assert change().status == after
        assert AuditEntry.objects.get().after == {"status": after, "note": "Because"}
    else:
        with pytest.raises(ValidationError, match="cannot become"):
            change()
        conference.refresh_from_db()
        assert conference.status == before


@pytest.mark.parametrize("status", [Status.POSTPONED, Status.CANCELLED])
def test_status_that_stops_a_conference_needs_a_note(status):
    with pytest.raises(ValidationError, match="people who booked will read it"):
        conferences.change_status(
            by=make_staff(), conference=make_conference(), status=status, note=" ", at=AT
        )


def test_status_changed_is_told_once_with_the_status_before(monkeypatch):
    told = []
    monkeypatch.setattr(announcements, "_status_hearers", [])
    announcements.when_status_changes(lambda *heard: told.append(heard))
    conference = make_conference()
    for _ in range(2):
        conferences.change_status(
            by=make_staff(), conference=conference, status="postponed", note="Election", at=AT
        )
    assert told == [(conference, "open", AT)]
    assert AuditEntry.objects.count() == 1


# appointments


def appoint(user, **given):
    given = {"conference": make_conference(), "task": "cac_member", "at": AT, **given}
    return appointments.appoint(by=make_staff(), user=user, **given)


def test_appointment_gives_the_task_until_it_is_ended():
    user = make_user()
    made = appoint(user)
    assert rules.has_task(user, made.conference, LayAppointment.Task.CAC_MEMBER, AT)
    for _ in range(2):
        appointments.end(by=make_staff(), appointment=made, at=AT + HOUR)
    assert not rules.has_task(user, made.conference, LayAppointment.Task.CAC_MEMBER, AT)
    made.refresh_from_db()
    assert made.ended_at == AT + HOUR
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["appointment.made", "appointment.ended"]


def test_appointment_of_a_steward_for_a_day_holds_on_that_day_only():
    user = make_user()
    made = appoint(user, task="steward", starts_on=DATE, ends_on=DATE)

    def holds(at):
        return rules.has_task(user, made.conference, LayAppointment.Task.STEWARD, at)

    midnight = dt.datetime(2016, 9, 9, 23, tzinfo=dt.UTC)
    tick = dt.timedelta(microseconds=1)
    assert [holds(midnight - tick), holds(midnight)] == [False, True]
    next_midnight = midnight + dt.timedelta(days=1)
    assert [holds(next_midnight - tick), holds(next_midnight)] == [True, False]


def test_appointment_made_twice_is_one():
    user, conference = make_user(), make_conference()
    made = {appoint(user, conference=conference).pk for _ in range(3)}
    assert len(made) == LayAppointment.objects.count() == AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"is_staff": True}, "people who do not work in the admin"),
        ({"is_active": False}, "may not sign in"),
    ],
)
def test_appointment_of_staff_or_of_a_closed_sign_in_is_refused(fields, sentence):
    with pytest.raises(ValidationError, match=sentence):
        appoint(make_user(**fields))


def test_appointment_with_days_in_the_wrong_order_is_refused():
    with pytest.raises(ValidationError, match="last day cannot come before the first"):
        appoint(make_user(), starts_on=DATE, ends_on=DATE - dt.timedelta(days=1))


# authority


def test_authority_lets_a_person_draft_until_it_is_withdrawn():
    body, user, conference = make_organisation(), make_user(), make_conference()
    officer = make_officer(body)
    given = {
        authority.authorise(
            by=officer, organisation=body, conference=conference, user=user, at=AT
        ).pk
        for _ in range(2)
    }
    assert len(given) == 1
    assert rules.may_draft_for(user, body, conference, AT)
    assert list(rules.bodies_drafting(user, conference, AT)) == [body]
    assert not rules.may_draft_for(user, body, make_conference(), AT)
    for _ in range(2):
        authority.withdraw(by=officer, authorisation=conference.authorisations.get(), at=AT)
    assert not rules.may_draft_for(user, body, conference, AT)
    entries = AuditEntry.objects.order_by("pk")
    assert [(each.action, each.organisation) for each in entries] == [
        ("authority.given", body),
        ("authority.withdrawn", body),
    ]


@pytest.mark.parametrize("status", ["cancelled", "over"])
def test_authority_for_a_conference_that_has_ended_is_refused(status):
    with pytest.raises(ValidationError, match="nobody needs authority"):
        authority.authorise(
            by=make_staff(),
            organisation=make_organisation(),
            conference=make_conference(status=status),
            user=make_user(),
            at=AT,
        )


def test_authority_is_given_only_by_officers_of_that_body():
    body = make_organisation()
    assert rules.may_authorise(make_officer(body), body, AT)
    assert not rules.may_authorise(make_officer(make_organisation()), body, AT)
    assert not rules.may_authorise(make_user(), body, AT)


# imprints


def publish(text, at=AT, starts=AT):
    return imprints.publish(by=make_staff(), text=text, in_force_from=starts, at=at)


def test_imprint_is_in_force_from_its_instant_and_the_older_one_stays():
    publish("Promoted by A")
    publish("Promoted by B", starts=AT + HOUR)
    tick = dt.timedelta(microseconds=1)
    assert [imprint_for(None, at) for at in (AT - tick, AT, AT + HOUR - tick, AT + HOUR)] == [
        "",
        "Promoted by A",
        "Promoted by A",
        "Promoted by B",
    ]


def test_imprint_of_a_conference_wins_over_the_one_in_force():
    publish("Promoted by A")
    own = Imprint.objects.create(text="Promoted by the host")
    assert imprint_for(make_conference(imprint=own), AT) == "Promoted by the host"
    assert imprint_for(make_conference(), AT) == "Promoted by A"


def test_imprint_in_the_past_or_without_words_is_refused():
    with pytest.raises(ValidationError, match="cannot begin in the past"):
        publish("Promoted by A", starts=AT - HOUR)
    with pytest.raises(ValidationError, match="cannot be blank"):
        publish("  ")


# programme


@pytest.fixture
def day():
    return Day.objects.create(conference=make_conference(), date=DATE)


def add(day, title, **given):
    return programme.add_session(
        by=make_staff(), conference=day.conference, day=day, title=title, at=AT, **given
    )


def titles(day):
    return list(day.sessions.order_by("position").values_list("title", flat=True))


def move(session, places):
    return programme.move_session(by=make_staff(), session=session, places=places, at=AT)


def test_session_is_added_at_the_end_of_its_day(day):
    for title in "ABC":
        add(day, title)
    assert titles(day) == ["A", "B", "C"]
    assert AuditEntry.objects.filter(action="session.added").count() == 3


def test_session_sent_twice_by_the_same_form_is_added_once(day):
    key = uuid.uuid4()
    assert len({add(day, "A", form_key=key).pk for _ in range(20)}) == 1
    assert Session.objects.count() == 1


def test_session_with_a_room_of_another_conference_is_refused(day):
    room = Room.objects.create(conference=make_conference(), name="Hall")
    with pytest.raises(ValidationError, match="This room belongs to another conference"):
        add(day, "A", room=room)


def test_session_that_ends_before_it_starts_is_refused(day):
    with pytest.raises(ValidationError, match="A session ends after it starts"):
        add(day, "A", starts_at=AT, ends_at=AT)


def test_session_moves_up_and_down_and_stays_at_the_ends(day):
    first, second, third = (add(day, title) for title in "ABC")
    assert move(third, -1)
    assert titles(day) == ["A", "C", "B"]
    assert move(first, 2)
    assert titles(day) == ["C", "B", "A"]
    assert not move(first, 1)
    assert not move(third, -5)
    assert titles(day) == ["C", "B", "A"]
    assert AuditEntry.objects.filter(action="session.moved").count() == 2
    assert second.pk


def test_session_with_a_time_does_not_pass_another_with_a_time(day):
    early = add(day, "Early", starts_at=AT)
    add(day, "Later", starts_at=AT + HOUR)
    with pytest.raises(ValidationError, match="Change the time instead"):
        move(early, 1)
    assert titles(day) == ["Early", "Later"]


def test_session_without_a_time_moves_past_those_with_one(day):
    add(day, "Early", starts_at=AT)
    loose = add(day, "Loose")
    assert move(loose, -1)
    assert titles(day) == ["Loose", "Early"]
