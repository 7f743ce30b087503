"""May *you*? Who drafts, confirms, rules and enters the business of conference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

import clock
from events.models import Authorisation, Conference, LayAppointment
from events.rules import has_task, may_draft_for
from members.models import Member, Officeholding, Organisation, User
from members.roles import Role, has_role
from members.rules import Deed, may_for_body
from motions.models import DeclaredInterest, DraftSave, Motion

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


def committee(conference: Conference, at: dt.datetime) -> QuerySet[User]:
    """Who sits on the committee of a conference at an instant."""
    on = clock.in_london(at).date()
    seats = LayAppointment.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=on),
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        conference=conference,
        task=LayAppointment.Task.CAC_MEMBER,
        ended_at__isnull=True,
    )
    return User.objects.filter(pk__in=seats.values("user"), is_active=True)


def own_bodies(user: User, conference: Conference) -> frozenset[int]:
    """Every body a person has a stake in: office held or claimed, authority, membership.

    Wider than what they may act for: a CAC member is kept from the motions of all of these.
    """
    return bodies_of_each([user], conference)[user.pk]


def bodies_of_each(users: Iterable[User], conference: Conference) -> dict[int, frozenset[int]]:
    """The same for several people; two queries, however many they are."""
    found: dict[int, set[int | None]] = {user.pk: set() for user in users}
    offices = Officeholding.objects.filter(user__in=found, ended_on__isnull=True)
    offices = offices.exclude(state=Officeholding.State.REJECTED).order_by()
    given = Authorisation.objects.filter(
        user__in=found, conference=conference, withdrawn_at__isnull=True
    ).order_by()
    pairs = offices.values_list("user", "organisation")
    for user, body in pairs.union(given.values_list("user", "organisation")):
        found[user].add(body)
    homes = Member.objects.filter(user__in=found).order_by()
    for user, body, parent in homes.values_list("user", "organisation", "organisation__parent"):
        found[user] |= {body, parent}
    return {user: frozenset(bodies - {None}) for user, bodies in found.items()}


@dataclass(frozen=True, slots=True)
class Kept:
    """What a committee member is kept from at one conference, and why."""

    bodies: frozenset[int]
    worked_on: frozenset[int]
    interests: frozenset[int]
    interest_bodies: frozenset[int]

    def why(self, motion: Motion) -> str:
        """A sentence; '' when this member may rule on it."""
        if motion.organisation_id in self.bodies:
            return f"This {motion.noun} comes from a body you belong to or act for."
        if motion.pk in self.worked_on:
            return f"You worked on this {motion.noun}."
        if motion.pk in self.interests or motion.organisation_id in self.interest_bodies:
            return "You have declared an interest in it."
        return self._why_of_its_motion(motion) if motion.is_amendment else ""

    def _why_of_its_motion(self, amendment: Motion) -> str:
        """Whoever has a stake in a motion does not rule on amendments to it."""
        amended = amendment.amends
        if amended.organisation_id in self.bodies:
            return "It amends a motion of a body you belong to or act for."
        if amended.pk in self.worked_on:
            return "It amends a motion you worked on."
        if amended.pk in self.interests or amended.organisation_id in self.interest_bodies:
            return "You have declared an interest in the motion it amends."
        return ""


def kept_from(user: User, conference: Conference) -> Kept:
    """Everything at a conference that a member does not rule on. Five queries, whatever it holds."""
    acted = Q(created_by=user) | Q(submitted_by=user) | Q(confirmed_by=user)
    saved = Exists(DraftSave.objects.filter(saved_by=user, motion=OuterRef("pk")))
    worked_on = Motion.and_amendments.filter(acted | saved, conference=conference).order_by()
    declared = DeclaredInterest.objects.filter(
        member=user, conference=conference, withdrawn_at__isnull=True
    ).values_list("motion", "organisation")
    return Kept(
        bodies=own_bodies(user, conference),
        worked_on=frozenset(worked_on.values_list("pk", flat=True)),
        interests=frozenset(motion for motion, _ in declared if motion),
        interest_bodies=frozenset(body for _, body in declared if body),
    )


def is_kept_from(user: User, motion: Motion) -> bool:
    """A CAC member does not rule on a motion of their own body, one they worked on, or one they
    declared an interest in."""
    return bool(kept_from(user, motion.conference).why(motion))


def may_rule(user: Person, motion: Motion, at: dt.datetime) -> bool:
    """On the committee of this conference, and not kept from this motion."""
    return is_cac_member(user, motion.conference, at) and not is_kept_from(user, motion)


def may_enter_paper(user: Person) -> bool:
    """Staff who enter what came by post or e-mail."""
    return has_role(user, Role.PROGRAMME_EDITOR, Role.REGISTRATIONS_OFFICER)
