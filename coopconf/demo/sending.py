"""Motions of the demo year sent in and ruled on, through the services of production."""

from __future__ import annotations

import datetime as dt
import uuid

from members.models import Organisation, User
from motions.committee.services import opinions
from motions.models import Call, ModelMotion, Motion
from motions.services.drafting import Wording, save_draft, start_draft
from motions.services.ruling import Judgement
from motions.services.sending import submit


def send(
    call: Call,
    body: Organisation,
    author: User,
    at: dt.datetime,
    days_ago: int,
    title: str,
    subject: str,
    text: str,
) -> Motion:
    """A motion written and sent in by an officer, so many days before `at`."""
    when = at - dt.timedelta(days=days_ago)
    motion = start_draft(
        by=author,
        call=call,
        organisation=body,
        at=when,
        key=uuid.uuid4(),
        model=ModelMotion.objects.filter(title=title).first(),
    )
    saved = save_draft(
        by=author,
        motion=motion,
        version=motion.draft_version,
        wording=Wording(
            title=title,
            text=text,
            mover="Sam Ridley",
            seconder="Jo Fenwick",
            names_consent=True,
            category=call.conference.motion_categories.get(name=subject),
            meeting_name="Ordinary meeting",
            meeting_on=(when - dt.timedelta(days=10)).date(),
        ),
        at=when,
    ).motion
    submit(by=author, motion=saved, version=saved.draft_version, at=when, key=uuid.uuid4())
    return Motion.objects.get(pk=saved.pk)


def rule(motion: Motion, verdict: str, *, at: dt.datetime, words: str = "") -> None:
    """Two members look, an hour apart, and say the same."""
    reply_by = at + dt.timedelta(days=7) if words else None
    judgement = Judgement(verdict=verdict, words=words, reply_by=reply_by)
    for name, when in (("ines", at - dt.timedelta(hours=1)), ("jack", at)):
        look(motion, judgement, by=User.objects.get(email=f"{name}@example.org"), at=when)
    motion.refresh_from_db()


def look(motion: Motion, judgement: Judgement, *, by: User, at: dt.datetime) -> None:
    """One member of the committee gives an opinion."""
    opinions.give(by=by, motion=motion, version=motion.current_version, judgement=judgement, at=at)
