"""Mail to those who follow motions: at most one a day and conference, with the texts in it.

What happened is gathered until six in the evening, UK time. A gathering is made some minutes later,
when whatever was judged to be before six has been stored, and once: the mail's key is the day, and
each follow keeps the instant up to which it was told.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.db import transaction

import clock
from clock.words import date_words
from events.calendar import london_instant
from events.models import Conference
from mailing import outbox
from mailing.outbox import Letter
from mailing.policy import BULK, NOTICE, SCOPE_FOLLOWING
from members.models import User
from motions.models import Follow, Motion
from motions.reading.news import Event, News, by_motion, news
from motions.reading.wording import public_text

GATHERED_AT = dt.time(18)
SETTLES_IN = dt.timedelta(minutes=10)
"""A request that came before six may still be at work; it is over by then."""

MOST_TEXTS = 40
"""In one mail; of further motions it has the title and where to read them."""


def last_gathering(at: dt.datetime) -> dt.datetime:
    """The latest six o'clock in the evening that has settled."""
    today = clock.in_london(at).date()
    evening = london_instant(today, GATHERED_AT)
    if evening + SETTLES_IN <= at:
        return evening
    return london_instant(today - dt.timedelta(days=1), GATHERED_AT)


def gather(*, at: dt.datetime) -> int:
    """Tell every follower what happened up to the last gathering; how many mails were new.

    Safe to run at any time and twice: what was told is not told again.
    """
    until = last_gathering(at)
    waiting = Follow.objects.filter(told_until__lt=until).order_by()
    conferences = Conference.objects.filter(pk__in=waiting.values("conference")).order_by("pk")
    return sum(_tell(conference, until, at) for conference in conferences)


@transaction.atomic
def _tell(conference: Conference, until: dt.datetime, at: dt.datetime) -> int:
    rows = Follow.objects.filter(conference=conference, told_until__lt=until)
    follows = list(rows.select_related("follower").order_by("follower", "pk"))
    happened = news(conference, min((row.told_until for row in follows), default=until), until)
    made = 0
    if happened:
        made = outbox.put_many(
            _letters(conference, follows, happened, until),
            template="motions/followed",
            kind=NOTICE,
            at=at,
            unsubscribe_scope=SCOPE_FOLLOWING,
            conference=conference.slug,
            urgency=BULK,
        )
    rows.filter(pk__in=[row.pk for row in follows]).update(told_until=until)
    return made


def _letters(
    conference: Conference, follows: list[Follow], happened: list[News], until: dt.datetime
) -> Iterator[Letter]:
    texts: dict[int, str] = {}
    mine: dict[User, list[Follow]] = defaultdict(list)
    for row in follows:
        mine[row.follower].append(row)
    for person, rows in mine.items():
        found = [one for one in happened if any(concerns(row, one) for row in rows)]
        if not found or not person.is_active:
            continue
        items = _items(found, texts)
        yield Letter(
            key=f"motions:followed:{conference.pk}:{person.pk}:{until:%Y-%m-%d}",
            to=person.email,
            to_name=person.get_full_name(),
            subject=_subject(conference, items),
            context={
                "conference": conference,
                "items": items,
                "until": date_words(clock.in_london(until).date()),
            },
        )


def concerns(row: Follow, one: News) -> bool:
    """Does this follow ask for it, and is it newer than what was told?"""
    if one.at <= row.told_until:
        return False
    if row.motion_id is not None:
        return row.motion_id == one.motion.pk
    return row.category_id is None or row.category_id == one.motion.category_id


def _items(found: list[News], texts: dict[int, str]) -> list[dict[str, object]]:
    items = []
    for motion, happened in by_motion(found).items():
        is_gone = any(one.event is Event.WITHDRAWN for one in happened)
        has_text = not is_gone and len(items) < MOST_TEXTS
        if has_text and motion.pk not in texts:
            texts[motion.pk] = public_text(motion)
        items.append(
            {
                "motion": motion,
                "news": [one for one in happened if not is_gone or one.event is Event.WITHDRAWN],
                "text": texts[motion.pk] if has_text else "",
                "is_gone": is_gone,
            }
        )
    return items


def _subject(conference: Conference, items: list[dict[str, object]]) -> str:
    if len(items) == 1:
        motion: Motion = items[0]["motion"]
        title = motion.current_version.title
        last: News = items[0]["news"][-1]
        if last.event is Event.DECIDED and last.about.motion_id == motion.pk:
            return f"{last.about.get_result_display().capitalize()}: {title}"
        return f"Motion: {title}"
    return f"{len(items)} motions of {conference}"
