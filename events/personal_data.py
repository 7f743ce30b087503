"""What the conference and its calendar hold of people."""

from __future__ import annotations

from django.db.models import Q

from events.models import (
    AudienceFailure,
    Authorisation,
    Conference,
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
    Speaker,
    StepRun,
    Track,
    Venue,
)
from members.personal_data import (
    Blank,
    Keep,
    Person,
    declare,
    declare_impersonal,
    erased_address,
)


def _of_user(person: Person) -> Q | None:
    return Q(user=person.user) if person.user else None


def _moved_by(person: Person) -> Q | None:
    return Q(changed_by=person.user) if person.user else None


declare(
    LayAppointment,
    personal=("user",),
    why="who was on the CAC, took the chair or counted votes at a conference",
    kept="with the record of the conference",
    found_by=_of_user,
    erasure=Keep("decisions of the conference rest on who held the task; the name goes"),
)
declare(
    Authorisation,
    personal=("user",),
    why="whom a body let act for it at a conference",
    kept="with the record of the conference",
    found_by=_of_user,
    erasure=Keep("what was sent in for the body rests on it; the name goes"),
)
declare(
    DeadlineChange,
    personal=("changed_by",),
    why="who moved a deadline, and for what reason",
    kept="with the record of the conference",
    found_by=_moved_by,
    erasure=Keep("bookings and motions were judged by it; the name goes"),
)
declare(
    Reminder,
    personal=("address", "name"),
    why="so that nobody is reminded twice of the same step",
    kept="a year after the conference",
    found_by=lambda person: Q(address__in=person.addresses),
    erasure=Blank(
        {"address": erased_address, "name": ""},
        reason="the row stays so that the step is not told again",
    ),
    addresses=("address",),
)
declare(
    Speaker,
    personal=("name", "description", "biography"),
    why="who speaks at a conference, as its published programme says",
    kept="with the record of the conference; staff change or blank it when a speaker asks",
    found_by=lambda person: None,  # speakers have no sign-in and no address here
    erasure=Keep("a published programme is a record; staff blank a biography on request"),
)
declare_impersonal(
    AudienceFailure,
    Conference,
    ConferenceSeries,
    Day,
    Deadline,
    PageVersion,
    ReminderStep,
    Room,
    Session,
    SessionSpeaker,
    StepRun,
    Track,
    Venue,
    because="the conference and its calendar; contacts are those of an office",
)
declare_impersonal(Imprint, because="published as the law asks: the promoter's name and address")
