"""May *you*? Tasks of lay people and authority to act for a body at one conference."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

import clock
from events.models import Authorisation, Conference, LayAppointment
from members.models import Organisation, User
from members.reading import once
from members.roles import Role, has_role
from members.rules import Deed, body_ids_for, may_for_body


def appointments(user: User, at: dt.datetime) -> QuerySet[LayAppointment]:
    """The lay tasks a person has at an instant; a steward's may be for one day."""
    if not (user.is_authenticated and user.is_active):
        return LayAppointment.objects.none()
    on = clock.in_london(at).date()
    return LayAppointment.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=on),
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        user=user,
        ended_at__isnull=True,
    )


def tasks_of(user: User, at: dt.datetime) -> list[LayAppointment]:
    """The same as rows with their conference, for a page on which several sections ask.

    Few people have a task: the wide rows of conferences are asked for only where there is one.
    """

    def ask() -> list[LayAppointment]:
        rows = appointments(user, at).order_by().prefetch_related("conference")
        return sorted(rows, key=lambda row: row.conference.starts_on or dt.date.min, reverse=True)

    return once(("tasks", user.pk, clock.in_london(at).date()), ask)


def has_task(
    user: User, conference: Conference, task: LayAppointment.Task, at: dt.datetime
) -> bool:
    """Does this person have this task at this conference at the instant?"""
    return appointments(user, at).filter(conference=conference, task=task).exists()


def is_authorised(user: User, organisation: Organisation, conference: Conference) -> bool:
    """Did an officer authorise this person to draft and submit for the body here?"""
    return Authorisation.objects.filter(
        user=user, organisation=organisation, conference=conference, withdrawn_at__isnull=True
    ).exists()


def authorities(user: User) -> set[tuple[int, int]]:
    """For which bodies officers authorised this person, and where: (body, conference)."""

    def ask() -> set[tuple[int, int]]:
        given = Authorisation.objects.filter(user=user.pk, withdrawn_at__isnull=True)
        return set(given.order_by().values_list("organisation", "conference"))

    return once(("authorities", user.pk), ask)


def may_edit_programme(user: User) -> bool:
    """Programme editors (and administrators) build conferences, their calendar and programme."""
    return has_role(user, Role.PROGRAMME_EDITOR, Role.ADMINISTRATOR)


def may_read_reminders(user: User) -> bool:
    """Who was told what, and whether reminders are healthy; never the texts themselves."""
    return has_role(
        user,
        Role.PROGRAMME_EDITOR,
        Role.REGISTRATIONS_OFFICER,
        Role.DATA_PROTECTION_OFFICER,
        Role.ADMINISTRATOR,
        Role.AUDITOR,
    )


def may_preview(user: User) -> bool:
    """May this person see a draft conference as the public will see it?"""
    return may_edit_programme(user) or has_role(user, Role.AUDITOR)


def may_authorise(user: User, organisation: Organisation, at: dt.datetime) -> bool:
    """May this person let others draft and submit for the body?"""
    return may_for_body(user, organisation, Deed.AUTHORISE, clock.in_london(at).date())


def may_draft_for(
    user: User, organisation: Organisation, conference: Conference, at: dt.datetime
) -> bool:
    """Officers who submit, and those they authorised for this conference."""
    on = clock.in_london(at).date()
    return may_for_body(user, organisation, Deed.SUBMIT, on) or is_authorised(
        user, organisation, conference
    )


def bodies_drafting(user: User, conference: Conference, at: dt.datetime) -> QuerySet[Organisation]:
    """The bodies a person may draft for at this conference, by office or by authority.

    Whose they are is asked at once: a plain list keeps the question built on it plain.
    """
    offices = body_ids_for(user, Deed.SUBMIT, clock.in_london(at).date())
    given = {body for body, where in authorities(user) if where == conference.pk}
    return Organisation.objects.active().filter(pk__in=given.union(offices))
