"""The committee groups motions on one theme and asks their bodies."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from events import doors
from events.calendar import end_of_day
from events.models import Conference, Deadline
from events.services import deadlines
from members import audit
from members.models import User
from motions import rules
from motions.composites import emails
from motions.composites.models import Composite, CompositePart
from motions.composites.standings import FEWEST, IN_QUESTION
from motions.models import Motion
from motions.texts.cleaning import clean

MOST = 26
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@transaction.atomic
def group(
    *,
    by: User,
    conference: Conference,
    motions: Iterable[Motion],
    theme: str,
    answer_by: dt.date,
    at: dt.datetime,
    key: uuid.UUID,
) -> Composite:
    """Group motions that are in order or published, and invite their bodies, with all the texts.

    `answer_by` is the last day, in London, on which a body may answer. The same form twice is one
    group. Raises ValidationError: code `own_body` for a member kept from one of them, `halted`, or
    a dict of fields.
    """
    if already := Composite.objects.filter(idempotency_key=key).first():
        return already
    doors.require_not_halted(conference)
    found = _locked(conference, motions)
    if already := Composite.objects.filter(idempotency_key=key).first():
        return already
    words = " ".join(clean(theme).text.split())[:100]
    require_free_hand(by, found)
    _require_fit(found, words, answer_by, at)
    composite = Composite.objects.create(
        conference=conference,
        call=found[0].call,
        deadline=_deadline(conference, words, answer_by),
        theme=words,
        grouped_by=by,
        grouped_at=at,
        idempotency_key=key,
    )
    CompositePart.objects.bulk_create(
        CompositePart(composite=composite, motion=one, version=one.current_version, label=letter)
        for letter, one in zip(LETTERS, found, strict=False)
    )
    audit.record(
        by=by,
        action="composite.grouped",
        on=composite,
        at=at,
        after={"motions": [one.pk for one in found], "answer_by": answer_by},
    )
    emails.invited(composite, at)
    return composite


@transaction.atomic
def move_date(
    *, by: User, composite: Composite, answer_by: dt.date, reason: str, at: dt.datetime
) -> Composite:
    """Give the bodies until the end of another day; they hear of it by the one way of reminders.

    Raises ValidationError: code `own_body`, `state` when it is closed, or as
    `events.services.deadlines.move` does.
    """
    composite = open_for(by, composite)
    deadlines.move(by=by, deadline=composite.deadline, closes_on=answer_by, reason=reason, at=at)
    composite.deadline.refresh_from_db()
    return composite


def open_for(by: User, composite: Composite) -> Composite:
    """The composite re-read under its lock, open, for a member who is not kept from it.

    Locks first the deadline, then the composite, as everybody does. Raises ValidationError: code
    `own_body`, `state`.
    """
    deadline = doors.lock(composite.deadline)
    row = locked(composite)
    row.deadline = deadline
    parts = row.parts.select_related("motion").order_by("pk")
    require_free_hand(by, [part.motion for part in parts])
    if not row.is_open:
        raise ValidationError(
            f"This composite is “{row.get_state_display()}”: nothing is changed any more.",
            code="state",
        )
    return row


def locked(composite: Composite) -> Composite:
    """The composite re-read under its row lock."""
    rows = Composite.objects.select_for_update(of=("self",))
    return rows.select_related("conference", "call", "deadline", "laid").get(pk=composite.pk)


def require_free_hand(by: User, motions: Iterable[Motion]) -> None:
    """A member kept from a motion is kept from its composite. Raises ValidationError (`own_body`)."""
    if why := why_kept(by, motions):
        raise ValidationError(f"{why} Another member sees to this composite.", code="own_body")


def why_kept(user: User, motions: Iterable[Motion]) -> str:
    """Why this member is kept from a composite of these motions, in a sentence; '' when not."""
    found = list(motions)
    if not found:
        return ""
    kept = rules.kept_from(user, found[0].conference)
    return next(filter(None, map(kept.why, found)), "")


def _locked(conference: Conference, motions: Iterable[Motion]) -> list[Motion]:
    rows = Motion.objects.select_for_update(of=("self",)).filter(
        conference=conference, pk__in=[motion.pk for motion in motions]
    )
    rows = rows.select_related("call", "conference", "organisation", "current_version")
    return list(rows.order_by("pk"))


def _require_fit(
    motions: Sequence[Motion], theme: str, answer_by: dt.date, at: dt.datetime
) -> None:
    problems: dict[str, list[str]] = {}
    if not theme:
        problems["theme"] = ["Say what the motions have in common."]
    if not at.year <= answer_by.year <= at.year + 2:
        problems["answer_by"] = ["Choose a day within two years."]
    elif end_of_day(answer_by) <= at:
        problems["answer_by"] = ["Choose a day that is still to come."]
    if why := _unfit(motions):
        problems["motions"] = [why]
    if problems:
        raise ValidationError(problems)


def _unfit(motions: Sequence[Motion]) -> str:
    if len({motion.organisation_id for motion in motions}) < FEWEST:
        return "Choose the motions of two bodies at least."
    if len(motions) > MOST:
        return f"At most {MOST} motions make one composite."
    if len({motion.call_id for motion in motions}) > 1:
        return "Motions of one kind only: they are carried by different majorities."
    for motion in motions:
        if motion.state not in IN_QUESTION:
            return f"“{motion}” is “{motion.get_state_display()}”, not in order or published."
        if motion.composited_from.exists():
            return f"“{motion}” is a composite itself."
    taken = CompositePart.objects.filter(motion__in=motions, ended_at__isnull=True).first()
    return f"“{taken.motion}” is being composited already." if taken else ""


def _deadline(conference: Conference, theme: str, answer_by: dt.date) -> Deadline:
    """The date of one composite, in the one calendar with its one ladder of reminders."""
    name, copies = f"Answers on the composite “{theme}”"[:115], 1
    own = conference.deadlines.filter(kind=Deadline.Kind.COMPOSITES)
    taken = set(own.values_list("name", flat=True))
    unique = name
    while unique in taken:
        copies += 1
        unique = f"{name} {copies}"
    return Deadline.objects.create(
        conference=conference,
        kind=Deadline.Kind.COMPOSITES,
        name=unique,
        audience=Deadline.Audience.BODIES,
        closes_on=answer_by,
    )
