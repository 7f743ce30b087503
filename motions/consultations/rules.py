"""May *you*? Who answers a consultation, and who sits at the committee's desk."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AnonymousUser

from events.models import Conference, LayAppointment
from events.rules import has_task, may_draft_for
from members.models import Member, User
from motions.consultations.models import Consultation, PolicySubmission

Person = User | AnonymousUser


def is_member(user: Person) -> bool:
    """Is a membership connected to this sign-in, and in force? A provisional member is one."""
    member = getattr(user, "member", None) if user.is_authenticated else None
    return member is not None and member.standing != Member.Standing.LAPSED


def kind_of(user: Person, consultation: Consultation) -> PolicySubmission.Kind | None:
    """As what this person may answer for themself; None where they may not."""
    if is_member(user) and (consultation.from_members or consultation.from_public):
        return PolicySubmission.Kind.MEMBER
    return PolicySubmission.Kind.PUBLIC if consultation.from_public else None


def may_work_on(user: Person, submission: PolicySubmission, at: dt.datetime) -> bool:
    """A body's: its officers and those they authorised. A person's: that person alone."""
    if not user.is_authenticated:
        return False
    if submission.kind != PolicySubmission.Kind.BODY:
        return submission.channel == "web" and submission.created_by_id == user.pk
    conference = submission.consultation.conference
    return may_draft_for(user, submission.organisation, conference, at)


def is_on_committee(user: Person, conference: Conference, at: dt.datetime) -> bool:
    """Does this person read and answer what is sent to the consultations of this conference?"""
    return user.is_authenticated and has_task(user, conference, LayAppointment.Task.POLICY, at)
