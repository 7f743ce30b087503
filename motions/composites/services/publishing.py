"""What the bodies agreed on becomes a motion; the motions it was made of stay readable beside it."""

from __future__ import annotations

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.db import transaction

from events.models import Conference
from events.services.public_pages import mark_changed
from members import audit
from members.models import User
from motions.composites import emails
from motions.composites.models import Answer, Composite
from motions.composites.services import amendments
from motions.composites.services.grouping import open_for
from motions.composites.standings import Standing, standing_of
from motions.composites.wordings import as_block, wordings_of
from motions.models import Motion, MotionVersion
from motions.services import receipts
from motions.services.sending import audited
from motions.services.versions import freeze
from motions.texts.blocks import render_text

NUMBER = re.compile(r"C([1-9][0-9]*)")


@transaction.atomic
def publish(*, by: User, composite: Composite, at: dt.datetime) -> Motion:
    """Publish it as motion C1, C2 … of the body that moves it, and tell all that were asked.

    The motions of those who signed become 'composited into C1'; those of bodies that stayed out
    stand as they are. Published twice is published once. Raises ValidationError: code `own_body`,
    `state`, or `disagreed` with every reason why it cannot be.
    """
    if composite.state == Composite.State.PUBLISHED:
        return composite.motion
    composite = open_for(by, composite)
    composite.require_move(Composite.State.PUBLISHED)
    standing = _locked_standing(composite)
    wordings = wordings_of(place.part for place in standing.places)
    if obstacles := standing.obstacles(wordings, at):
        raise ValidationError([ValidationError(one, code="disagreed") for one in obstacles])
    motion = _motion(by, composite, standing, at)
    for place in standing.signed:
        _become_part(by, place.part.motion, motion, at)
    composite.state, composite.motion = Composite.State.PUBLISHED, motion
    composite.closed_by, composite.closed_at = by, at
    composite.save(update_fields=["state", "motion", "closed_by", "closed_at"])
    composite.parts.update(ended_at=at)
    amendments.move_drafts(by=by, composite=composite, at=at)
    audit.record(
        by=by,
        action="composite.published",
        on=composite,
        at=at,
        organisation=motion.organisation,
        after={"state": composite.state, "number": motion.number},
    )
    emails.published(composite, standing, at)
    mark_changed()
    return motion


def _locked_standing(composite: Composite) -> Standing:
    """Where it stands, with its motions locked in the order of their numbers."""
    pks = composite.parts.values_list("motion", flat=True)
    list(Motion.objects.select_for_update(of=("self",)).filter(pk__in=list(pks)).order_by("pk"))
    return standing_of(composite)


def _motion(by: User, composite: Composite, standing: Standing, at: dt.datetime) -> Motion:
    laid = composite.laid
    moves, seconds = standing.of(laid.moved_by_id), standing.of(laid.seconded_by_id)
    signature = moves.answer
    names = _names(signature, seconds.answer if seconds else None)
    clauses = [as_block(row) for row in laid.clauses.order_by("position")]
    motion = Motion(
        conference=composite.conference,
        call=composite.call,
        organisation=moves.part.motion.organisation,
        category=moves.part.motion.category,
        language=moves.part.motion.language,
        title=laid.title,
        draft_text=render_text(clauses),
        created_by=signature.given_by,
        created_at=signature.given_at,
        confirmed_by=signature.confirmed_by,
        confirmed_at=signature.confirmed_at,
        draft_saved_at=at,
        **names,
    )
    # the version refers to the motion and the motion to its version: a draft for one moment
    motion.save()
    freeze(
        by=by,
        motion=motion,
        title=laid.title,
        blocks=clauses,
        origin=MotionVersion.Origin.COMPOSITE,
        at=at,
        words=laid.words,
        **names,
    )
    before, motion.state = motion.state, Motion.State.PUBLISHED
    motion.submitted_by, motion.submitted_at = signature.given_by, signature.given_at
    motion.published_at = at
    motion.number = next_number(composite.conference)
    motion.save()
    audited(by, motion, "motion.composed", before, at, number=motion.number)
    return motion


def _names(moves: Answer, seconds: Answer | None) -> dict[str, object]:
    """Who moves and seconds it; shown to all only when both agreed to be named."""
    both = [answer for answer in (moves, seconds) if answer is not None]
    return {
        "mover": moves.speaker,
        "seconder": seconds.speaker if seconds else "",
        "names_consent": all(answer.names_consent for answer in both),
    }


def _become_part(by: User, original: Motion, motion: Motion, at: dt.datetime) -> None:
    original.require_move(Motion.State.COMPOSITED)
    before, original.state = original.state, Motion.State.COMPOSITED
    original.composited_into = motion
    # one that was in order and not yet published is readable from now on as well
    original.published_at = original.published_at or at
    original.save(update_fields=["state", "composited_into", "published_at"])
    audited(by, original, "motion.composited", before, at, into=motion.number)


def next_number(conference: Conference) -> str:
    """'C1', 'C2' …: one more than the highest there is.

    The book of receipts stays locked until the transaction ends, so that no two get one number.
    """
    receipts.locked_book(conference)
    numbers = Motion.objects.filter(conference=conference, number__startswith="C")
    taken = [NUMBER.fullmatch(number) for number in numbers.values_list("number", flat=True)]
    return f"C{max((int(match[1]) for match in taken if match), default=0) + 1}"
