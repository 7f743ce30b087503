"""May *you*? Who drafts, confirms, rules and enters the business of conference."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

import clock
from events.models import Authorisation, Conference, LayAppointment
from events.rules import has_task, may_draft_for
from members.models import Member, Officeholding, Organisation, User
from members.roles import Role, has_role
from members.rules import Deed, may_for_body
from motions.models import Motion

Person = User | AnonymousUser


def may_work_on(user: Person, motion: Motion, at: dt.datetime) -> bool:
    """Officers of the body, and those they authorised for this conference."""
    return user.is_authenticated and may_draft_for(user, motion.organisation, motion.conference, at)


def is_submitting_officer(user: Person, organisation: Organisation, at: dt.datetime) -> bool:
    """An officer whose office sends business in; needed to confirm what others sent."""
    return may_for_body(user, organisation, Deed.SUBMIT, clock.in_london(at).date())


def needs_officer(user: User, motion: Motion, at: dt.datetime) -> bool:
    """Must an officer confirm what this person sends for the body? A setting of the conference."""
    return motion.conference.officer_confirms and not is_submitting_officer(
        user, motion.organisation, at
    )


def is_cac_member(user: Person, conference: Conference, at: dt.datetime) -> bool:
    """Does this person sit on the Conference Arrangements Committee of this conference?"""
    return user.is_authenticated and has_task(user, conference, LayAppointment.Task.CAC_MEMBER, at)


def own_bodies(user: User, conference: Conference) -> QuerySet[Organisation]:
    """Every body a person has a stake in: office held or claimed, authority, membership.

    Wider than what they may act for: a CAC member is kept from the motions of all of these.
    """
    member = Member.objects.filter(user=user).select_related("organisation").first()
    home = member.organisation if member else None
    ids = {
        *Officeholding.objects.filter(user=user, ended_on__isnull=True)
        .exclude(state=Officeholding.State.REJECTED)
        .values_list("organisation", flat=True),
        *Authorisation.objects.filter(
            user=user, conference=conference, withdrawn_at__isnull=True
        ).values_list("organisation", flat=True),
    }
    if home is not None:
        ids |= {home.pk, home.parent_id}
    return Organisation.objects.filter(pk__in=ids - {None})


def is_kept_from(user: User, motion: Motion) -> bool:
    """A CAC member does not rule on a motion of their own body, nor on one they worked on."""
    if user.pk in {motion.created_by_id, motion.submitted_by_id, motion.confirmed_by_id}:
        return True
    if motion.saves.filter(saved_by=user).exists():
        return True
    return own_bodies(user, motion.conference).filter(pk=motion.organisation_id).exists()


def may_rule(user: Person, motion: Motion, at: dt.datetime) -> bool:
    """On the committee of this conference, and not kept from this motion."""
    return is_cac_member(user, motion.conference, at) and not is_kept_from(user, motion)


def may_enter_paper(user: Person) -> bool:
    """Staff who enter what came by post or e-mail."""
    return has_role(user, Role.PROGRAMME_EDITOR, Role.REGISTRATIONS_OFFICER)
