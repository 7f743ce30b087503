"""The text a motion has after its amendments and parts were decided: the substantive motion.

Amendments that were carried, and those the mover accepted, are merged into the text they were
written against; parts that were lost go out. Where carried amendments collide, the chair's desk says
how the text reads, and that wording is kept as the motion's next version. The versions before stay.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import User
from motions.agendas.numbering import sort_key
from motions.agendas.order import is_accepted
from motions.amendments.models import InsertionOrder
from motions.models import Amendment, Motion, MotionVersion, Outcome, VotePart
from motions.services.rewording import reword
from motions.services.sending import locked
from motions.services.versions import as_parsed
from motions.texts import blocks as parsing
from motions.texts.cleaning import TextTooLong, clean
from motions.texts.collisions import Collision
from motions.texts.merging import Merged, is_stale
from motions.texts.ordering import merge_in_order

Result = Outcome.Result


class Standing:
    """How far a motion is decided: its amendments, their outcomes, what its text is to be."""

    def __init__(self, motion: Motion) -> None:
        self.motion = motion
        rows = Amendment.objects.filter(amends=motion, state=Motion.State.PUBLISHED)
        rows = rows.with_wording().select_related("call").prefetch_related("movers_answers")
        self.amendments = sorted(rows, key=lambda one: (sort_key(one.number), one.pk))
        for one in self.amendments:
            one.amends = motion
        outcomes = Outcome.objects.in_force().filter(motion__in=[one.pk for one in self.amendments])
        self.outcomes = {one.motion_id: one for one in outcomes}
        parts = Outcome.objects.in_force().filter(motion=motion, part__isnull=False)
        self.part_outcomes = {one.part_id: one for one in parts}
        self.parts = list(VotePart.objects.filter(motion=motion).order_by("position"))

    @property
    def undecided(self) -> list[Amendment]:
        """Those that are still to be voted on."""
        return [
            one for one in self.amendments if one.pk not in self.outcomes and not is_accepted(one)
        ]

    @property
    def going_in(self) -> list[Amendment]:
        """Carried, or accepted by the mover and not fallen since."""
        return [
            one
            for one in self.amendments
            if (one.pk in self.outcomes and self.outcomes[one.pk].result == Result.CARRIED)
            or (one.pk not in self.outcomes and is_accepted(one))
        ]

    @property
    def lost_keys(self) -> set[str]:
        """The paragraphs of parts that were lost."""
        lost = [
            part
            for part in self.parts
            if part.pk in self.part_outcomes
            and self.part_outcomes[part.pk].result not in (Result.CARRIED,)
        ]
        return {key for part in lost for key in part.keys}

    @cached_property
    def base(self) -> MotionVersion:
        """The text that amendments and parts are about: the last one before conference amended it."""
        amended = MotionVersion.Origin.AMENDED
        rows = self.motion.versions.exclude(origin=amended).prefetch_related("blocks")
        return rows.order_by("number").last()

    @cached_property
    def _orders(self) -> list[tuple[str, str]]:
        """Which of two insertions at one point comes first, where the committee has decided it."""
        names = {one.pk: _name(one) for one in self.amendments}
        rows = InsertionOrder.objects.standing().filter(base=self.base)
        pairs = rows.order_by("pk").values_list("first", "second")
        return [(names[one], names[other]) for one, other in pairs if {one, other} <= names.keys()]

    def merged(self, *more: Amendment) -> Merged:
        """The amendments that go in, and `more`, merged; with the places where they collide."""
        every = [*self.going_in, *more]
        texts = {_name(one): as_parsed(one.current_version) for one in every}
        return merge_in_order(as_parsed(self.base), texts, self._orders)

    @property
    def is_said(self) -> bool:
        """Has somebody said how the text reads, and does it still stand?"""
        version = self.motion.current_version
        is_amended = version.origin == MotionVersion.Origin.AMENDED
        return is_amended and is_stale(as_parsed(self.base), as_parsed(version))

    @property
    def collides(self) -> bool:
        """Must somebody say how the text reads? Also where an amendment was written against another
        text than the one before conference."""
        is_moved = any(one.current_version.base_id != self.base.pk for one in self.going_in)
        return is_moved or bool(self.merged().collisions)


def _name(amendment: Amendment) -> str:
    return amendment.number or str(amendment.pk)


def undecided(motion: Motion) -> list[Amendment]:
    """The amendments that are still to be voted on."""
    return Standing(motion).undecided


def parts_undecided(motion: Motion) -> list[VotePart]:
    """The parts that are still to be voted on."""
    found = Standing(motion)
    return [part for part in found.parts if part.pk not in found.part_outcomes]


@transaction.atomic
def settle(*, by: User, motion: Motion, at: dt.datetime, is_first: bool = False) -> MotionVersion:
    """Give the motion the text that its decided amendments and parts make, and say which it is.

    While an amendment is undecided, or where carried ones collide, it is the text before conference;
    the chair's desk then says how it reads (`say`). A part's first outcome (`is_first`) leaves what
    was said standing but for that part. The caller holds the motion's lock.
    """
    found = Standing(motion)
    if found.undecided or not (found.going_in or found.lost_keys):
        return _back(by, found, at)
    if not found.collides:
        return _reworded(by, found, found.merged().blocks, at)
    if is_first and found.is_said:
        return _reworded(by, found, as_parsed(motion.current_version), at)
    return _back(by, found, at)


def require_wording(motion: Motion) -> None:
    """Before the vote on the motion somebody has said how it reads where amendments collide.

    Raises ValidationError (code `wording`).
    """
    found = Standing(motion)
    if found.collides and not found.is_said:
        raise ValidationError(
            "Carried amendments change the same words: say first how the text reads.",
            code="wording",
        )


@transaction.atomic
def say(*, by: User, motion: Motion, text: str, at: dt.datetime) -> MotionVersion:
    """How the text reads where carried amendments collide, in the words of the chair's desk.

    Raises ValidationError: code `decided` when the motion has its outcome, `agree` where nothing
    collides or something is still undecided, or a dict of fields.
    """
    motion = locked(motion)
    if Outcome.objects.in_force().filter(motion=motion, part__isnull=True).exists():
        raise ValidationError("Conference has decided on this motion.", code="decided")
    found = Standing(motion)
    if found.undecided or not found.collides:
        raise ValidationError(
            "Nothing collides: the text is made of the amendments as they were carried.",
            code="agree",
        )
    try:
        cleaned = clean(text).text
    except TextTooLong as error:
        raise ValidationError({"text": str(error)}) from error
    if not cleaned.strip():
        raise ValidationError({"text": "Write how the text reads as amended."})
    return _reworded(by, found, parsing.parse(cleaned), at)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the text reads as things stand, and where nobody can say so yet.

    `collisions` are those of what was carried: there the wording before conference stands until
    somebody says how it reads (`needs_wording`, once nothing is left to vote on). `ahead` are those
    of the amendment that is put next with what was carried before.
    """

    blocks: Sequence[parsing.Block]
    is_amended: bool
    collisions: Sequence[Collision] = ()
    needs_wording: bool = False
    ahead: Sequence[Collision] = ()


def reading(found: Standing) -> Reading:
    """What a chair reads before the next vote: the text with what has been decided so far."""
    if found.is_said:
        return Reading(as_parsed(found.motion.current_version), True)
    merged = found.merged()
    return Reading(
        blocks=[block for block in merged.blocks if block.key not in found.lost_keys],
        is_amended=bool(found.going_in or found.lost_keys),
        collisions=merged.collisions,
        needs_wording=not found.undecided and found.collides,
        ahead=_ahead(found),
    )


def _ahead(found: Standing) -> list[Collision]:
    """Where the next amendment changes what a carried one has changed."""
    if not found.undecided or not found.going_in:
        return []
    following = found.undecided[0]
    merged = found.merged(following)
    return [one for one in merged.collisions if _name(following) in one.amendments]


def _back(by: User, found: Standing, at: dt.datetime) -> MotionVersion:
    """The text before conference, where it had been amended by what is now taken back."""
    if found.motion.current_version.origin != MotionVersion.Origin.AMENDED:
        return found.motion.current_version
    return _reworded(by, found, as_parsed(found.base), at)


def _reworded(
    by: User, found: Standing, blocks: Sequence[parsing.Block], at: dt.datetime
) -> MotionVersion:
    """The motion's next version with these blocks, but for the parts that were lost."""
    left = [block for block in blocks if block.key not in found.lost_keys]
    made = reword(
        by=by,
        motion=found.motion,
        title=found.base.title,
        blocks=left,
        origin=MotionVersion.Origin.AMENDED,
        at=at,
        settled=found.amendments,
    )
    found.motion.current_version = made
    return made
