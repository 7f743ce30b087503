"""A member declares an interest, and is kept from the motion until they withdraw it."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from members import audit
from members.models import User
from motions.committee.models import DeclaredInterest, Opinion
from motions.models import Motion
from motions.services.sending import locked
from motions.texts.cleaning import clean


@transaction.atomic
def declare(
    *, by: User, motion: Motion, words: str, whole_body: bool, at: dt.datetime
) -> DeclaredInterest:
    """Declare an interest in this motion, or in all its body sends to this conference.

    An opinion that this member has given there and that is not a ruling yet no longer counts. The
    same interest declared twice is the one there is. Raises ValidationError (a dict of fields) when
    nothing says what it is.
    """
    said = " ".join(clean(words).text.split())
    if not said:
        raise ValidationError({"words": "Say what your interest is: the other members see it."})
    motion = locked(motion)
    thing = {"organisation": motion.organisation} if whole_body else {"motion": motion}
    found, is_new = DeclaredInterest.objects.get_or_create(
        conference=motion.conference,
        member=by,
        withdrawn_at=None,
        **thing,
        defaults={"words": said[:300], "declared_at": at},
    )
    if is_new:
        mine = Opinion.objects.open().filter(member=by, motion__conference=motion.conference)
        if whole_body:
            mine = mine.filter(motion__organisation=motion.organisation)
        else:
            mine = mine.filter(motion=motion)
        # by key: an update cannot look at the motion's own columns
        Opinion.objects.filter(pk__in=list(mine.values_list("pk", flat=True))).update(ended_at=at)
        # what it is stays out of the trail, which cannot forget
        audit.record(by=by, action="motion.interest_declared", on=motion, at=at)
    return found


@transaction.atomic
def withdraw(*, by: User, interest: DeclaredInterest, at: dt.datetime) -> DeclaredInterest:
    """Withdraw an interest of one's own; that it was declared stays in the record.

    Raises ValidationError: code `state` when it is withdrawn already.
    """
    row = DeclaredInterest.objects.select_for_update().get(pk=interest.pk, member=by)
    if row.withdrawn_at is not None:
        raise ValidationError("This interest is withdrawn already.", code="state")
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    on = row.motion or row.organisation
    audit.record(by=by, action="motion.interest_withdrawn", on=on, at=at)
    return row
