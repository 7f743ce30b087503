"""Whom the deadlines of registration concern: bodies without delegates, places without a name,
a lead delegate missing, people interested but not registered, bookings begun and not sent.

What was booked after the instant asked about does not count as done, so that the replay can walk
the past.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet

from events.models import Deadline
from events.reminders.audiences import Asked, Recipient, register
from events.reminders.officers import officers_of
from members.models import Organisation
from members.rules import Deed
from registrations.models import Booking, Delegation, Interest, PassType, Place, Waiver


def _standing(places: QuerySet[Place], at: dt.datetime) -> QuerySet[Place]:
    """Places booked by the instant and not cancelled by then."""
    return places.filter(
        Q(cancelled_at__isnull=True) | Q(cancelled_at__gt=at), booking__submitted_at__lte=at
    )


def _sold_to_bodies(deadline: Deadline) -> bool:
    return PassType.objects.filter(
        conference=deadline.conference, sold_to=PassType.SoldTo.BODIES
    ).exists()


def bodies_without_delegates(
    deadline: Deadline, asked: Asked, at: dt.datetime
) -> Iterator[Recipient]:
    """The officers who book for bodies that have no delegate's place yet."""
    if not _sold_to_bodies(deadline):
        return
    delegates = _standing(
        Place.objects.filter(
            booking__organisation=OuterRef("pk"),
            booking__conference=deadline.conference,
            pass_type__role__in=PassType.DELEGATION,
        ),
        at,
    )
    why = "{body} has booked no delegates yet."
    if deadline.kind == Deadline.Kind.EARLY_PRICE:
        why = "{body} has booked no delegates yet; the early price ends then."
    yield from officers_of(
        Organisation.objects.senders().filter(~Exists(delegates)),
        deed=Deed.BOOK,
        asked=asked,
        at=at,
        why=why,
        path=f"/conferences/{deadline.conference.slug}/book/for/{{slug}}/",
    )


def places_without_a_name(deadline: Deadline, asked: Asked, at: dt.datetime) -> Iterator[Recipient]:
    """The officers who book for bodies with a place whose name is not known yet."""
    unnamed = _standing(
        Place.objects.filter(
            Q(name="") | Q(named_at__gt=at),
            booking__organisation=OuterRef("pk"),
            booking__conference=deadline.conference,
        ),
        at,
    )
    yield from officers_of(
        Organisation.objects.active().filter(Exists(unnamed)),
        deed=Deed.BOOK,
        asked=asked,
        at=at,
        why="{body} has booked places whose names we do not know yet.",
        path="/bodies/{slug}/",
    )


def lead_delegate_missing(deadline: Deadline, asked: Asked, at: dt.datetime) -> Iterator[Recipient]:
    """The officers who book for bodies whose delegation has nobody to cast its votes."""
    delegates = _standing(
        Place.objects.filter(
            booking__organisation=OuterRef("pk"),
            booking__conference=deadline.conference,
            pass_type__role__in=PassType.DELEGATION,
        ),
        at,
    )
    led = Delegation.objects.filter(
        organisation=OuterRef("pk"),
        conference=deadline.conference,
        lead__isnull=False,
        lead_at__lte=at,
    )
    waived = Waiver.objects.filter(
        delegation__organisation=OuterRef("pk"),
        delegation__conference=deadline.conference,
        rule=Waiver.Rule.LEAD,
        waived_at__lte=at,
    ).filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at))
    yield from officers_of(
        Organisation.objects.active().filter(Exists(delegates), ~Exists(led), ~Exists(waived)),
        deed=Deed.BOOK,
        asked=asked,
        at=at,
        why="{body} has not chosen a lead delegate, who casts the delegation's votes.",
        path=f"/conferences/{deadline.conference.slug}/delegations/{{slug}}/",
    )


def interested_not_registered(
    deadline: Deadline, asked: Asked, at: dt.datetime
) -> Iterator[Recipient]:
    """People who confirmed their interest and have not booked a place."""
    booked = _standing(
        Place.objects.filter(
            Q(email__iexact=OuterRef("email"))
            | Q(booking__contact_email__iexact=OuterRef("email")),
            booking__conference=deadline.conference,
        ),
        at,
    )
    rows = Interest.objects.confirmed().filter(
        ~Exists(booked), conference=deadline.conference, confirmed_at__lte=at
    )
    if asked.organisation is not None:
        return
    if asked.address:
        rows = rows.filter(email=asked.address)
    for row in rows.order_by("email").iterator(chunk_size=2000):
        yield Recipient(
            address=row.email,
            name=row.name,
            why="You told us that you are interested, and have not booked a place yet.",
            path=deadline.conference.get_absolute_url(),
        )


def bookings_begun(deadline: Deadline, asked: Asked, at: dt.datetime) -> Iterator[Recipient]:
    """People who began a booking and have not sent it: no price is fixed until it is."""
    rows = Booking.objects.filter(
        conference=deadline.conference,
        state=Booking.State.DRAFT,
        created_at__lte=at,
        booked_by__isnull=False,
    ).select_related("booked_by", "organisation")
    if asked.organisation is not None:
        rows = rows.filter(organisation=asked.organisation)
    if asked.address:
        rows = rows.filter(booked_by__email=asked.address)
    for row in rows.order_by("pk").iterator(chunk_size=2000):
        yield Recipient(
            address=row.booked_by.email,
            name=row.booked_by.name,
            why="You began a booking and have not sent it; its price is fixed only when you do.",
            path=deadline.conference.get_absolute_url(),
            organisation_id=row.organisation_id,
        )


def register_audiences() -> None:
    """Answer for the deadlines of registration. The more particular sentence speaks first."""
    kinds = Deadline.Kind
    for kind in (kinds.EARLY_PRICE, kinds.DELEGATE_REGISTRATION, kinds.VISITOR_REGISTRATION):
        register(kind, bookings_begun)
    register(kinds.EARLY_PRICE, bodies_without_delegates)
    register(kinds.DELEGATE_REGISTRATION, bodies_without_delegates)
    register(kinds.EARLY_PRICE, interested_not_registered)
    register(kinds.VISITOR_REGISTRATION, interested_not_registered)
    register(kinds.NAMES, places_without_a_name)
    register(kinds.NAMES, lead_delegate_missing)
