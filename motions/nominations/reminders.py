"""Whom deadlines concern because of a nominee: the bodies that nominate somebody.

A nominee has no account here, and their link is stored nowhere: it is their body that is reminded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from events.models import Deadline
from events.reminders.audiences import Asked, Recipient
from events.reminders.officers import officers_of
from members.models import Organisation
from members.rules import Deed
from motions.nominations import eligibility
from motions.nominations.models import Candidate


def nominees_not_registered(
    deadline: Deadline, asked: Asked, at: dt.datetime
) -> Iterator[Recipient]:
    """The officers of bodies whose nominee has to be a delegate and is not registered."""
    rows = Candidate.objects.filter(post__deadline__conference=deadline.conference_id)
    yield from _of_bodies(
        eligibility.conditional(rows),
        "is not registered as a delegate yet. The nomination by {body} depends on it.",
        asked,
        at,
    )


def nominees_not_answered(deadline: Deadline, asked: Asked, at: dt.datetime) -> Iterator[Recipient]:
    """The officers of bodies whose nominee has not said yet whether they stand."""
    rows = Candidate.objects.filter(
        post__answers_deadline=deadline, state=Candidate.State.ASKED, post__contest__isnull=True
    )
    yield from _of_bodies(
        rows,
        "whom {body} nominated, has not said yet whether they stand. Please ask them to use the link "
        "that we sent them.",
        asked,
        at,
        comma=",",
    )


def _of_bodies(
    rows: QuerySet[Candidate], words: str, asked: Asked, at: dt.datetime, comma: str = ""
) -> Iterator[Recipient]:
    """One line an officer for each nominee."""
    for candidate in rows.select_related("post__deadline__conference").order_by("pk"):
        made = eligibility.standing(candidate).filter(submitted_at__lte=at)
        name = candidate.name.replace("{", "(").replace("}", ")")
        yield from officers_of(
            Organisation.objects.active().filter(pk__in=made.values("organisation")),
            deed=Deed.SUBMIT,
            asked=asked,
            at=at,
            why=f"{name}{comma} {words}",
            path=reverse("nominations:posts", args=[candidate.post.conference.slug]),
        )
