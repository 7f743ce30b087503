"""The committee builds the order paper of a session: items, their order, votes in parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max

from events.models import Session
from events.services.public_pages import mark_changed
from members import audit
from members.models import User
from motions.agendas import votes
from motions.models import Motion, OrderItem, OrderPaper, Outcome, VotePart

LONGEST = 600
#: Added to every place before the new ones are given, so that no two items share one on the way.
ASIDE = 10_000


@transaction.atomic
def add_motion(*, by: User, session: Session, motion: Motion, at: dt.datetime) -> OrderItem:
    """Put a published, numbered motion at the end of the session's business.

    One that stands on another paper moves here. Raises ValidationError: code `state` unless it is
    published, `unnumbered`, `there` when it is on this paper already, `decided` when conference has
    decided on it.
    """
    paper = _locked(session)
    motion = Motion.objects.select_for_update(of=("self",)).get(pk=motion.pk)
    if motion.state != Motion.State.PUBLISHED or motion.conference_id != session.conference_id:
        raise ValidationError("Only published motions of this conference are taken.", code="state")
    if not motion.number:
        raise ValidationError("Number the motion first.", code="unnumbered")
    if Outcome.objects.in_force().filter(motion=motion, part__isnull=True).exists():
        raise ValidationError("Conference has decided on this motion.", code="decided")
    before = OrderItem.objects.filter(motion=motion).first()
    if before is not None and before.paper_id == paper.pk:
        raise ValidationError("This motion is on the paper already.", code="there")
    if before is not None:
        before.delete()
    made = OrderItem.objects.create(paper=paper, position=_next(paper), motion=motion)
    _audited(by, paper, "order.added", at, motion=motion.number)
    return made


@transaction.atomic
def add_words(
    *, by: User, session: Session, words: str, minutes: int, at: dt.datetime
) -> OrderItem:
    """Put other business at the end, in words, such as a report. Raises ValidationError by field."""
    paper, words = _locked(session), " ".join(words.split())
    if not words:
        raise ValidationError({"words": "Say what the item is."})
    if not 0 < minutes <= LONGEST:
        raise ValidationError({"minutes": f"From 1 to {LONGEST} minutes."})
    if paper.items.filter(words=words).exists():
        raise ValidationError("This item is on the paper already.", code="there")
    made = OrderItem.objects.create(
        paper=paper, position=_next(paper), words=words, minutes=minutes
    )
    _audited(by, paper, "order.added", at, words=words, minutes=minutes)
    return made


@transaction.atomic
def move(*, by: User, item: OrderItem, up: bool, at: dt.datetime) -> None:
    """One place up or down; at the end of the list nothing changes."""
    paper = _locked(item.paper.session)
    keys = list(paper.items.order_by("position").values_list("pk", flat=True))
    if item.pk not in keys:
        raise ValidationError("This item is no longer on the paper.", code="gone")
    place = keys.index(item.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(keys):
        return
    keys[place], keys[other] = keys[other], keys[place]
    _place(paper, keys)
    _audited(by, paper, "order.moved", at, item=item.pk, place=other + 1)


@transaction.atomic
def take_off(*, by: User, item: OrderItem, at: dt.datetime) -> None:
    """Take an item off the paper. Raises ValidationError (code `decided`) once it is decided on."""
    paper = _locked(item.paper.session)
    row = paper.items.filter(pk=item.pk).first()
    if row is None:
        return
    if row.motion_id and Outcome.objects.in_force().filter(motion=row.motion_id).exists():
        raise ValidationError("Conference has decided on this motion.", code="decided")
    what = str(row)
    row.delete()
    _place(paper, list(paper.items.order_by("position").values_list("pk", flat=True)))
    _audited(by, paper, "order.removed", at, item=what)


@transaction.atomic
def vote_in_parts(
    *, by: User, motion: Motion, parts: Sequence[Sequence[str]], at: dt.datetime
) -> list[VotePart]:
    """Which paragraphs of a motion are voted on separately; none: it is voted on as a whole.

    Raises ValidationError: code `decided` when a part or the motion has its outcome, `parts` when a
    paragraph stands twice, is not in the text, or all of it would be in parts.
    """
    motion = Motion.objects.select_for_update(of=("self",)).get(pk=motion.pk)
    wanted = [list(part) for part in parts if part]
    known = [block.key for block in motion.current_version.blocks.all()]
    named = [key for part in wanted for key in part]
    if len(set(named)) != len(named) or not set(named) <= set(known):
        raise ValidationError("Each paragraph is in one part at most.", code="parts")
    if wanted and set(named) == set(known):
        raise ValidationError(
            "Leave at least one paragraph for the vote on the motion itself.", code="parts"
        )
    standing = list(VotePart.objects.filter(motion=motion).order_by("position"))
    if [part.keys for part in standing] == wanted:
        return standing
    if Outcome.objects.filter(motion=motion).exists():
        raise ValidationError("Conference has begun to vote on this motion.", code="decided")
    VotePart.objects.filter(motion=motion).delete()
    made = [
        VotePart.objects.create(
            motion=motion,
            position=place,
            keys=keys,
            words=votes.paragraphs(known.index(key) + 1 for key in keys),
        )
        for place, keys in enumerate(wanted, start=1)
    ]
    audit.record(
        by=by,
        action="motion.parted",
        on=motion,
        at=at,
        organisation=motion.organisation,
        after={"parts": len(made)},
    )
    mark_changed()
    return made


@transaction.atomic
def publish(*, by: User, session: Session, at: dt.datetime) -> OrderPaper:
    """Show the order paper to everybody; changes then show at once. Twice changes nothing.

    Raises ValidationError (code `empty`) when nothing is on it.
    """
    paper = _locked(session)
    if not paper.items.exists():
        raise ValidationError("Nothing is on the paper yet.", code="empty")
    if paper.published_at is None:
        paper.published_at, paper.published_by = at, by
        paper.save(update_fields=["published_at", "published_by"])
        _audited(by, paper, "order.published", at)
    return paper


def _locked(session: Session) -> OrderPaper:
    """The paper of a session, made when there is none, under the session's lock."""
    locked = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if locked.kind != Session.Kind.BUSINESS:
        raise ValidationError("Only a business session has an order paper.", code="kind")
    return OrderPaper.objects.get_or_create(session=locked)[0]


def _next(paper: OrderPaper) -> int:
    return (paper.items.aggregate(last=Max("position"))["last"] or 0) + 1


def _place(paper: OrderPaper, keys: Sequence[int]) -> None:
    paper.items.update(position=F("position") + ASIDE)
    for place, pk in enumerate(keys, start=1):
        paper.items.filter(pk=pk).update(position=place)


def _audited(by: User, paper: OrderPaper, action: str, at: dt.datetime, **after: object) -> None:
    audit.record(by=by, action=action, on=paper, at=at, after=after)
    if paper.published_at is not None or action == "order.published":
        mark_changed()
