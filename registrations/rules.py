"""May *you*? Who may see, change and enter bookings, money and needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

import clock
from events.models import Conference, LayAppointment
from events.rules import has_task
from members.models import Organisation, User
from members.roles import Role, has_role
from members.rules import Deed, bodies_acted_for, bodies_for, body_keys_for, may_for_body
from registrations.models import Booking

Person = User | AnonymousUser


def may_book_for(user: Person, organisation: Organisation, at: dt.datetime) -> bool:
    """Officers whose office books delegates for the body."""
    return may_for_body(user, organisation, Deed.BOOK, clock.in_london(at).date())


def bodies_booking(user: Person, at: dt.datetime) -> QuerySet[Organisation]:
    """The bodies a person books for."""
    return bodies_for(user, Deed.BOOK, clock.in_london(at).date())


def bodies_booked_for(user: Person, at: dt.datetime) -> list[Organisation]:
    """The same as rows, for a page that asks about the person's offices anyway."""
    return bodies_acted_for(user, Deed.BOOK, clock.in_london(at).date())


def own_bookings(user: Person, at: dt.datetime) -> QuerySet[Booking]:
    """The bookings a person made for themself and those of the bodies they book for.

    An officer who leaves the office loses sight of the body's bookings with it.
    """
    if not user.is_authenticated:
        return Booking.objects.none()
    return _bookings(user, body_keys_for(user, Deed.BOOK, clock.in_london(at).date()))


def own_bookings_of(user: User, bodies: Iterable[Organisation]) -> QuerySet[Booking]:
    """The same where the bodies they book for are known already."""
    return _bookings(user, [body.pk for body in bodies])


def _bookings(user: User, bodies: QuerySet | list[int]) -> QuerySet[Booking]:
    return Booking.objects.filter(
        Q(booked_by=user, organisation__isnull=True) | Q(organisation__in=bodies)
    )


def may_enter_bookings(user: Person) -> bool:
    """Staff who enter paper, change and cancel for others."""
    return has_role(user, Role.REGISTRATIONS_OFFICER)


def may_add_carers(user: Person) -> bool:
    """Staff who give a person who comes a place for their carer."""
    return has_role(user, Role.REGISTRATIONS_OFFICER, Role.ACCESS_OFFICER)


def may_manage_delegations(user: Person) -> bool:
    """Staff who allocate places, decide about more, and waive rules."""
    return has_role(user, Role.REGISTRATIONS_OFFICER)


def may_record_payments(user: Person) -> bool:
    """Staff who handle money."""
    return has_role(user, Role.FINANCE)


def may_read_money(user: Person) -> bool:
    """Staff who read what was billed and paid, whether or not they record it."""
    return has_role(
        user, Role.FINANCE, Role.REGISTRATIONS_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR
    )


def may_read_of_children(user: Person) -> bool:
    """Who comes under 18, and their guardians: the safeguarding lead alone."""
    return has_role(user, Role.SAFEGUARDING_LEAD)


def may_read_needs(user: Person) -> bool:
    """Access and dietary needs: the access officer alone."""
    return has_role(user, Role.ACCESS_OFFICER)


def may_see_overview(user: Person) -> bool:
    """Counts and sums of a conference: who runs registrations, who handles money, who audits."""
    return has_role(user, Role.REGISTRATIONS_OFFICER, Role.FINANCE, Role.AUDITOR)


def may_read_lists(user: Person) -> bool:
    """Who sleeps and dines where: the registrations officer and the access officer."""
    return has_role(user, Role.REGISTRATIONS_OFFICER, Role.ACCESS_OFFICER)


def may_write_to_groups(user: Person) -> bool:
    """Staff who send a service message to many of those who booked."""
    return has_role(user, Role.REGISTRATIONS_OFFICER)


def may_keep_doors(user: Person, conference: Conference, at: dt.datetime) -> bool:
    """Stewards of the conference on their days, and the staff who stand beside them."""
    return may_replace_badges(user) or has_task(user, conference, LayAppointment.Task.STEWARD, at)


def may_replace_badges(user: Person) -> bool:
    """Staff alone hand out a second badge: whoever asks shows who they are."""
    return has_role(user, Role.REGISTRATIONS_OFFICER)


def may_read_credentials(user: Person, conference: Conference, at: dt.datetime) -> bool:
    """The arrangements committee, to whom the report is made, and the staff who make it."""
    return may_replace_badges(user) or has_task(
        user, conference, LayAppointment.Task.CAC_MEMBER, at
    )
