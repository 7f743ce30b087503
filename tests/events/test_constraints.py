"""Every constraint of the conference's tables, held by the database and told in its own words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from events.models import (
    Authorisation,
    ConferenceSeries,
    Day,
    Deadline,
    DeadlineChange,
    Imprint,
    LayAppointment,
    PageVersion,
    Reminder,
    ReminderStep,
    Room,
    Session,
    SessionSpeaker,
    SiteContact,
    Speaker,
    StepRun,
    Track,
    Venue,
)
from tests.events.breaking_reports import BROKEN as REPORTS_BROKEN
from tests.events.publications.breaking import BROKEN as PUBLICATIONS_BROKEN
from tests.factories import (
    AT,
    make_conference,
    make_deadline,
    make_organisation,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
DATE = dt.date(2016, 9, 9)


def session(**fields) -> Session:
    return Session.objects.create(conference=make_conference(), title="Talk", **fields)


def change(**fields) -> DeadlineChange:
    return DeadlineChange(
        **{
            "deadline": make_deadline(),
            "closes_on": DATE,
            "reason": "why",
            "changed_by": make_staff(),
            "changed_at": AT,
            **fields,
        }
    )


def appointment(conference, user, **fields) -> LayAppointment:
    who = {"appointed_by": make_staff(), "appointed_at": AT}
    return LayAppointment(conference=conference, user=user, task="teller", **who, **fields)


def authorisation(conference, organisation, user, **fields) -> Authorisation:
    return Authorisation(
        conference=conference,
        organisation=organisation,
        user=user,
        authorised_by=user,
        authorised_at=AT,
        **fields,
    )


def reminder(deadline, **fields) -> Reminder:
    return Reminder(
        deadline=deadline,
        closes_at=AT,
        step="7d",
        address="a@example.org",
        due_at=AT,
        planned_at=AT,
        **fields,
    )


def step_run(deadline, **fields) -> StepRun:
    return StepRun(
        deadline=deadline, closes_at=AT, step="7d", due_at=AT, done_at=AT, told=0, **fields
    )


def twice(make: Callable[[], models.Model]) -> models.Model:
    make().save()
    return make()


def second_appointment():
    conference, user = make_conference(), make_user()
    return twice(lambda: appointment(conference, user))


def second_authorisation():
    conference, body, user = make_conference(), make_organisation(), make_user()
    return twice(lambda: authorisation(conference, body, user))


def second_part():
    talk, speaker = session(), Speaker.objects.create(name="A")
    return twice(lambda: SessionSpeaker(session=talk, speaker=speaker))


def second_of(model, **fields):
    conference = make_conference()
    return twice(lambda: model(conference=conference, **fields))


def second_step():
    deadline = make_deadline()
    return twice(lambda: ReminderStep(deadline=deadline, when="days_before", days=7))


def second_for_a_body(make):
    deadline, body = make_deadline(), make_organisation()
    return twice(lambda: make(deadline, organisation=body))


def second_for_all(make):
    deadline = make_deadline()
    return twice(lambda: make(deadline))


def conference_with(**fields):
    conference = make_conference()
    for name, value in fields.items():
        setattr(conference, name, value)
    return conference


BROKEN: dict[str, Callable[[], models.Model]] = {
    "events_sitecontact_is_one_row": lambda: SiteContact(pk=2, name="Office", phone="020"),
    "events_sitecontact_can_be_reached": lambda: SiteContact(pk=1, name="Office"),
    "events_conference_ends_after_it_starts": lambda: conference_with(
        starts_on=DATE, ends_on=DATE - DAY
    ),
    "events_conference_end_after_doors": lambda: conference_with(starts_at=AT, ends_at=AT),
    "events_appointment_once_each": second_appointment,
    "events_appointment_ends_after_it_starts": lambda: appointment(
        make_conference(), make_user(), starts_on=DATE, ends_on=DATE - DAY
    ),
    "events_authorisation_once_each": second_authorisation,
    "events_authorisation_withdrawn_by_somebody": lambda: authorisation(
        make_conference(), make_organisation(), make_user(), withdrawn_at=AT
    ),
    "events_deadline_once_a_kind": lambda: second_of(
        Deadline, kind="amendments", audience="bodies"
    ),
    "events_deadline_date_or_instant": lambda: Deadline(
        conference=make_conference(),
        kind="amendments",
        audience="bodies",
        closes_on=DATE,
        closes_at=AT,
    ),
    "events_deadline_closes_after_it_opens": lambda: Deadline(
        conference=make_conference(),
        kind="amendments",
        audience="bodies",
        opens_at=AT,
        closes_at=AT,
    ),
    "events_deadlinechange_date_or_instant": lambda: change(closes_at=AT),
    "events_deadlinechange_has_a_reason": lambda: change(reason=""),
    "events_step_once_a_deadline": second_step,
    "events_step_days_only_before": lambda: ReminderStep(
        deadline=make_deadline(), when="opening", days=3
    ),
    "events_pageversion_is_one_row": lambda: PageVersion(pk=2),
    "events_day_once_a_conference": lambda: second_of(Day, date=DATE),
    "events_track_once_a_conference": lambda: second_of(Track, name="Youth"),
    "events_room_name_once_a_conference": lambda: second_of(Room, name="Hall"),
    "events_room_capacity_above_zero": lambda: Room(
        conference=make_conference(), name="Hall", capacity=0
    ),
    "events_venue_once_a_town": lambda: twice(lambda: Venue(name="Hall", town="Leeds")),
    "events_speaker_once": lambda: twice(lambda: Speaker(name="A", description="B")),
    "events_session_ends_after_it_starts": lambda: Session(
        conference=make_conference(), title="Talk", starts_at=AT, ends_at=AT
    ),
    "events_part_speaker_or_words": lambda: SessionSpeaker(session=session()),
    "events_part_once_a_session": second_part,
    "events_reminder_once_for_a_body": lambda: second_for_a_body(reminder),
    "events_reminder_once_for_a_person": lambda: second_for_all(reminder),
    "events_steprun_once_for_a_body": lambda: second_for_a_body(step_run),
    "events_steprun_once": lambda: second_for_all(step_run),
    **PUBLICATIONS_BROKEN,
    **REPORTS_BROKEN,
}
CONSTRAINTS = {
    constraint.name: (model, constraint)
    for model in apps.get_app_config("events").get_models()
    for constraint in model._meta.constraints
}


def test_every_constraint_has_a_row_that_breaks_it_and_words_of_its_own():
    assert set(BROKEN) == set(CONSTRAINTS)
    generic = "violated"
    assert [
        name for name, (_, each) in CONSTRAINTS.items() if generic in each.violation_error_message
    ] == []


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_constraint_broken_is_refused_by_the_database(name):
    row = BROKEN[name]()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=row._state.adding)


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_constraint_broken_is_told_in_its_own_words(name):
    model, constraint = CONSTRAINTS[name]
    row = BROKEN[name]()
    with pytest.raises(ValidationError) as caught:
        constraint.validate(model, row)
    assert caught.value.messages == [constraint.violation_error_message]


@pytest.mark.parametrize(
    "make",
    [
        lambda: ConferenceSeries(name="Regional 2022", slug="regional-2022"),
        lambda: Imprint(text="Promoted by A", in_force_from=AT),
        lambda: change(form_key="5b0f3f3e-2f0e-4a5e-9f52-6a3c9d2f7b11", deadline=make_deadline()),
    ],
)
def test_unique_column_refuses_a_second_row(make):
    make().save()
    with pytest.raises(IntegrityError), transaction.atomic():
        make().save()
