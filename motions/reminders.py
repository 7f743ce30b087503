"""Whom the deadlines of business concern: bodies that have sent nothing, drafts not sent in.

What was sent in after the instant asked about does not count as done, so that the replay can walk
the past.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from events.models import Deadline
from events.reminders.audiences import Asked, Recipient, register
from events.reminders.officers import officers_of
from members.models import Organisation
from members.rules import Deed
from motions.awards.models import AwardCategory, AwardNomination
from motions.composites.models import Composite
from motions.composites.standings import Says, standing_of
from motions.models import Call, Motion
from motions.models.door import Door
from motions.nominations.models import Nomination, Post
from motions.nominations.reminders import nominees_not_answered, nominees_not_registered


def _sent(rows: QuerySet, at: dt.datetime) -> QuerySet:
    """Rows of a body that stood as sent in at the instant."""
    return rows.filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at),
        organisation=OuterRef("pk"),
        submitted_at__lte=at,
    )


def _without(door: Door, rows: QuerySet, at: dt.datetime) -> QuerySet[Organisation]:
    """The bodies that may send something through this door and had not at the instant."""
    return Organisation.objects.active().filter(
        ~Exists(_sent(rows, at)), kind__in=door.sender_kinds
    )


def motions_not_sent(deadline: Deadline, asked: Asked, at: dt.datetime) -> Iterator[Recipient]:
    """The officers of bodies that have sent no motion to a call with this deadline."""
    for call in Call.objects.filter(deadline=deadline):
        yield from officers_of(
            _without(call, Motion.objects.filter(call=call), at),
            deed=Deed.SUBMIT,
            asked=asked,
            at=at,
            why="{body} has not sent a motion yet.",
            path=deadline.conference.get_absolute_url(),
        )


def drafts_not_sent(deadline: Deadline, asked: Asked, at: dt.datetime) -> Iterator[Recipient]:
    """Those who wrote a draft that nobody has sent in: it does not count until it is."""
    drafts = Motion.and_amendments.filter(
        call__deadline=deadline, state=Motion.State.DRAFT, created_at__lte=at
    ).select_related("created_by", "organisation", "conference")
    yield from _of_drafts(drafts, asked, "is still a draft. It counts only once it is sent in.")


def confirmations_waiting(deadline: Deadline, asked: Asked, at: dt.datetime) -> Iterator[Recipient]:
    """The officers of bodies whose motion or amendment waits for their confirmation."""
    noun = "An amendment" if deadline.kind == Deadline.Kind.AMENDMENTS else "A motion"
    waiting = Motion.and_amendments.filter(
        organisation=OuterRef("pk"),
        call__deadline=deadline,
        state=Motion.State.AWAITING_CONFIRMATION,
        submitted_at__lte=at,
    )
    yield from officers_of(
        Organisation.objects.active().filter(Exists(waiting)),
        deed=Deed.SUBMIT,
        asked=asked,
        at=at,
        why=f"{noun} of {{body}} waits for an officer to confirm it.",
        path=deadline.conference.get_absolute_url(),
    )


def composites_not_answered(
    deadline: Deadline, asked: Asked, at: dt.datetime
) -> Iterator[Recipient]:
    """The officers of bodies that have not said whether they sign a composite, or not confirmed it.

    A body that stays out has answered; one that signed an earlier text has not.
    """
    composite = Composite.objects.with_its_door().filter(deadline=deadline).first()
    if composite is None or composite.state != Composite.State.SIGNING:
        return
    waiting = standing_of(composite).waiting
    for says, why in COMPOSITE_WHY.items():
        bodies = [place.part.motion.organisation_id for place in waiting if place.says is says]
        yield from officers_of(
            Organisation.objects.active().filter(pk__in=bodies),
            deed=Deed.SUBMIT,
            asked=asked,
            at=at,
            why=why.replace("{theme}", composite.theme),
            path=composite.get_absolute_url(),
        )


COMPOSITE_WHY = {
    Says.WAITING: "{body} has not said yet whether it signs the composite “{theme}”.",
    Says.SIGNED_EARLIER: "The composite “{theme}” has changed since {body} signed it.",
    Says.UNCONFIRMED: "What {body} answered on the composite “{theme}” waits for an officer.",
}


def _of_drafts(rows: QuerySet, asked: Asked, words: str) -> Iterator[Recipient]:
    """One line for the author of each draft."""
    if asked.organisation is not None:
        rows = rows.filter(organisation=asked.organisation)
    if asked.address:
        rows = rows.filter(created_by__email=asked.address)
    for row in rows.filter(created_by__is_active=True).order_by("pk").iterator(chunk_size=2000):
        yield Recipient(
            address=row.created_by.email,
            name=row.created_by.name,
            why=f"“{row.title or 'Untitled'}” of {row.organisation} {words}",
            path=row.conference.get_absolute_url(),
            organisation_id=row.organisation_id,
        )


def nominations_not_sent(deadline: Deadline, asked: Asked, at: dt.datetime) -> Iterator[Recipient]:
    """The officers of bodies that have nominated nobody for a post."""
    for post in Post.objects.filter(deadline=deadline):
        rows = Nomination.objects.filter(candidate__post=post)
        yield from officers_of(
            _without(post, rows, at),
            deed=Deed.SUBMIT,
            asked=asked,
            at=at,
            why=f"{{body}} has nominated nobody yet: {post.title}.",
            path=deadline.conference.get_absolute_url(),
        )


def awards_not_proposed(deadline: Deadline, asked: Asked, at: dt.datetime) -> Iterator[Recipient]:
    """The officers of bodies that have proposed nobody for any award."""
    categories = AwardCategory.objects.filter(deadline=deadline)
    first = categories.first()
    if first is None:
        return
    yield from officers_of(
        _without(first, AwardNomination.objects.filter(category__in=categories), at),
        deed=Deed.SUBMIT,
        asked=asked,
        at=at,
        why="{body} has proposed nobody for a recognition award yet.",
        path=reverse("awards:categories", args=[deadline.conference.slug]),
    )


def register_audiences() -> None:
    """Answer for the deadlines of business. The more particular sentence speaks first."""
    kinds = Deadline.Kind
    for kind in (kinds.ORGANISATIONAL_MOTIONS, kinds.EMERGENCY_MOTIONS, kinds.AMENDMENTS):
        register(kind, drafts_not_sent)
        register(kind, confirmations_waiting)
    # nobody is asked for an emergency
    register(kinds.ORGANISATIONAL_MOTIONS, motions_not_sent)
    register(kinds.COMPOSITES, composites_not_answered)
    register(kinds.CAC_NOMINATIONS, nominations_not_sent)
    register(kinds.DELEGATE_REGISTRATION, nominees_not_registered)
    register(kinds.OTHER, nominations_not_sent)
    register(kinds.OTHER, nominees_not_answered)
    register(kinds.RECOGNITION_AWARDS, awards_not_proposed)
