"""May *you*? Who settles lists of candidates, counts and declares: nobody in a matter of their own."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from events.models import Conference, LayAppointment
from events.rules import tasks_of
from members.models import User
from motions.nominations.models import Candidate, Post

Task = LayAppointment.Task


def tasks_at(user: User, conference: Conference, at: dt.datetime) -> set[str]:
    """What this person does in elections at a conference: returning officer, teller, both or none."""
    return {
        row.task
        for row in tasks_of(user, at)
        if row.conference_id == conference.pk and row.task in (Task.RETURNING_OFFICER, Task.TELLER)
    }


def is_returning_officer(user: User, conference: Conference, at: dt.datetime) -> bool:
    """Settles lists, records lots and declares results."""
    return Task.RETURNING_OFFICER in tasks_at(user, conference, at)


def why_kept_from(user: User, post: Post) -> str:
    """A sentence where the person stands for this post themself; '' where they may act."""
    own = Q(email__iexact=user.email)
    member = getattr(user, "member", None)
    if member is not None:
        own |= Q(membership_number__iexact=member.number)
    if Candidate.objects.filter(own, post=post).exists():
        return "You are nominated for this post yourself: somebody else has to do this."
    return ""
