"""Who wants mail about what: a motion, a category, or all motions of a conference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from events.models import Conference
from mailing.policy import SCOPE_FOLLOWING
from mailing.services import suppressing
from members.models import User
from motions.models import Category, Follow, Motion


@transaction.atomic
def follow_motion(*, by: User, motion: Motion, at: dt.datetime) -> Follow:
    """Follow one motion; twice is once. Mail they had unsubscribed from comes again.

    Raises ValidationError (code `state`) for one that not everybody may read, or that was withdrawn.
    """
    if motion.was_withdrawn:
        raise ValidationError(
            "This motion was withdrawn: nothing more will happen to it.", code="state"
        )
    if not motion.is_public:
        raise ValidationError("Only what is published can be followed.", code="state")
    return _follow(by, motion.conference, at, motion=motion)


@transaction.atomic
def unfollow_motion(*, by: User, motion: Motion) -> None:
    """No more mail about this motion, unless its category or all are followed."""
    Follow.objects.filter(follower=by, motion=motion).delete()


@transaction.atomic
def choose(
    *,
    by: User,
    conference: Conference,
    everything: bool,
    categories: Iterable[Category],
    at: dt.datetime,
) -> None:
    """Follow exactly these categories and, or not, all motions. Single motions stay followed."""
    wanted = list(categories)
    if any(category.conference_id != conference.pk for category in wanted):
        raise ValidationError({"categories": "Choose categories of this conference."})
    mine = Follow.objects.of(by, conference).filter(motion__isnull=True)
    mine.filter(category__isnull=False).exclude(category__in=wanted).delete()
    for category in wanted:
        _follow(by, conference, at, category=category)
    if everything:
        _follow(by, conference, at)
    else:
        mine.filter(category__isnull=True).delete()


def _follow(
    by: User,
    conference: Conference,
    at: dt.datetime,
    *,
    motion: Motion | None = None,
    category: Category | None = None,
) -> Follow:
    made, _ = Follow.objects.get_or_create(
        follower=by,
        conference=conference,
        motion=motion,
        category=category,
        defaults={"since": at, "told_until": at},
    )
    suppressing.want_again(address=by.email, scope=SCOPE_FOLLOWING, at=at)
    return made
