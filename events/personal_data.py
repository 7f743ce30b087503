"""What the conference and its calendar hold of people."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

import events.reports.personal_data  # noqa: F401  (declares what reports keep)
from events.models import (
    AudienceFailure,
    Authorisation,
    Campaign,
    Conference,
    ConferenceSeries,
    Day,
    Deadline,
    DeadlineChange,
    DownloadTally,
    Imprint,
    LayAppointment,
    PageVersion,
    Publication,
    PublicationRequest,
    PublicationVersion,
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
from members.models import User
from members.periods import after, after_the_day
from members.personal_data import (
    Blank,
    Delete,
    FileOf,
    Keep,
    Person,
    declare,
    declare_impersonal,
    erased_address,
    hold_back,
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
    stays="decisions of the conference rest on who held the task",
)
declare(
    Authorisation,
    personal=("user",),
    why="whom a body let act for it at a conference",
    kept="with the record of the conference",
    found_by=_of_user,
    erasure=Keep("what was sent in for the body rests on it; the name goes"),
    stays="what was sent in for the body rests on it",
)
declare(
    DeadlineChange,
    personal=("changed_by",),
    why="who moved a deadline, and for what reason",
    kept="with the record of the conference",
    found_by=_moved_by,
    erasure=Keep("bookings and motions were judged by it; the name goes"),
    stays="bookings and motions were judged by it",
)
declare(
    Reminder,
    personal=("address", "name"),
    why="so that nobody is reminded twice of the same step",
    kept="a year after the conference",
    found_by=lambda person: Q(address__in=person.addresses),
    erasure=Blank(
        {"address": erased_address, "name": "", "why": ""},
        reason="the row stays so that the step is not told again",
        stays={
            "path": "an address of this site",
            "step": "our own word",
            "mail_key": "our own number of the mail",
        },
    ),
    ends=(after_the_day("deadline__conference__ends_on", years=1),),
    addresses=("address",),
)
declare(
    Speaker,
    personal=("name", "description", "biography"),
    why="who speaks at a conference, as its published programme says",
    kept="with the record of the conference; staff change or blank it when a speaker asks",
    found_by=lambda person: None,  # speakers have no sign-in and no address here
    erasure=Keep("a published programme is a record; staff blank a biography on request"),
    stays="a published programme is a record",
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
declare(
    PublicationRequest,
    personal=("name", "email", "region"),
    why="to hand out a publication that is had by a form, and to know who asked for it",
    kept="a year after it was asked for",
    found_by=lambda person: Q(email__in=person.addresses),
    erasure=Delete("they have had the publication"),
    ends=(after("asked_at", years=1),),
    addresses=("email",),
    secret=("key_hash", "form_key"),
    order=20,
)
declare(
    PublicationVersion,
    personal=("added_by",),
    why="which file was offered, and who put it there",
    kept="with the publication",
    found_by=lambda person: Q(added_by=person.user) if person.user else None,
    erasure=Keep("what was published stays; the name goes with the sign-in"),
    stays="what was published stays",
    files=(FileOf("document", lambda person: None, stays="it is what was published"),),
    secret=("form_key",),
)
declare(
    Publication,
    personal=("cover",),
    why="what is published, with a picture that may show people who agreed to it",
    kept="with the record of the conference; staff take a picture away when somebody asks",
    found_by=lambda person: None,  # nobody has a publication of their own
    erasure=Keep("what was published stays"),
    stays="what was published stays",
    files=(FileOf("cover", lambda person: None, stays="it is what was published"),),
)
declare_impersonal(
    Campaign,
    DownloadTally,
    because="published, with the names the party itself published; counts say nothing of by whom",
)
declare_impersonal(SiteContact, because="published: an office and how to reach it")
declare_impersonal(Imprint, because="published as the law asks: the promoter's name and address")


def _acting_still(at: dt.datetime) -> Q:
    """Whoever has a task or acts for a body at a conference that is not over."""
    is_over = after_the_day("conference__ends_on")(at)
    tasks = LayAppointment.objects.filter(ended_at__isnull=True).exclude(is_over)
    given = Authorisation.objects.filter(withdrawn_at__isnull=True).exclude(is_over)
    return Q(pk__in=tasks.values("user")) | Q(pk__in=given.values("user"))


hold_back(User, _acting_still)
