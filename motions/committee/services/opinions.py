"""Members look at a motion, one or two of them independently; what they agree on is the ruling."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import User
from motions import rules
from motions.committee.models import CommitteeRules
from motions.committee.models.opinion import MOST_READERS, Opinion
from motions.models import Motion, MotionVersion, Ruling
from motions.services import ruling
from motions.services.ruling import Judgement
from motions.services.sending import audited, locked


@dataclass(frozen=True, slots=True)
class Looked:
    """How far a motion has been looked at, on the wording that is before the committee."""

    opinions: list[Opinion]
    needed: int

    @property
    def are_in(self) -> bool:
        """Have all who must look given their opinion?"""
        return len(self.opinions) >= self.needed

    def of(self, user: User) -> Opinion | None:
        """This person's own opinion."""
        return next((one for one in self.opinions if one.member_id == user.pk), None)

    def shown_to(self, user: User) -> list[Opinion]:
        """What a member may see: their own; every one as soon as all are in, and not before."""
        return [one for one in self.opinions if self.are_in or one.member_id == user.pk]


def looked(motion: Motion) -> Looked:
    """The opinions that count now, and how many are needed."""
    rows = motion.opinions.open().select_related("member", "reason").order_by("position")
    return Looked(list(rows), CommitteeRules.of(motion.conference).readers)


@transaction.atomic
def give(
    *, by: User, motion: Motion, version: MotionVersion, judgement: Judgement, at: dt.datetime
) -> Ruling | None:
    """Give one's opinion on the version that was read, or change it; the ruling it led to, if any.

    Where one member is enough it is the ruling. Where two must look, the second opinion makes the
    ruling if both say the same; if not, both see both, and either changes theirs or somebody else
    decides (`decide`). Two at once wait for each other on the motion's row. Raises ValidationError:
    code `looked` when two others have already given theirs, and those of `ruling.require_rulable`.
    """
    motion = locked(motion)
    ruling.require_rulable(by, motion, version)
    ruling.require_judgement(motion, judgement, at)
    state = _still_standing(motion, at)
    mine = state.of(by)
    others = [one for one in state.opinions if one is not mine]
    if mine is None and len(others) >= state.needed:
        raise ValidationError(
            f"Two members have already looked at this {motion.noun}: where they differ, it is decided.",
            code="looked",
        )
    if mine is not None:
        _end(mine, at)
    taken = {one.position for one in others}
    given = Opinion.objects.create(
        motion=motion,
        version=version,
        member=by,
        position=next(n for n in range(1, MOST_READERS + 1) if n not in taken),
        given_at=at,
        **judgement.columns,
    )
    # the trail says that somebody looked, never what they think: the other has not looked yet
    audited(by, motion, "motion.looked_at", motion.state, at, version=version.number)
    return _settle(motion, sorted([*others, given], key=lambda one: one.position), state.needed, at)


@transaction.atomic
def decide(
    *, by: User, motion: Motion, version: MotionVersion, judgement: Judgement, at: dt.datetime
) -> Ruling:
    """Decide where two members differ: the committee's chair, or any third member.

    Raises ValidationError: code `agreed` when there is nothing to decide, `decider` when it is for
    somebody else, and those of `ruling.require_rulable`.
    """
    motion = locked(motion)
    ruling.require_rulable(by, motion, version)
    ruling.require_judgement(motion, judgement, at)
    state = looked(motion)
    if not differ(state):
        raise ValidationError(f"No two opinions differ on this {motion.noun}.", code="agreed")
    if not may_decide(by, motion, state, at):
        raise ValidationError(
            "The committee's chair decides where two members differ; those two may only change "
            "their own opinions.",
            code="decider",
        )
    basis = Ruling.Basis.DECIDED
    made = ruling.record(
        by=by, motion=motion, version=version, judgement=judgement, basis=basis, at=at
    )
    _count_towards(made, state.opinions)
    return made


def differ(state: Looked) -> bool:
    """Are two opinions in that do not say the same? (What agrees has become a ruling.)"""
    return state.needed > 1 and state.are_in


def may_decide(user: User, motion: Motion, state: Looked, at: dt.datetime) -> bool:
    """The chair decides, if not one of the two and not kept from it; else any third member."""
    if not rules.may_rule(user, motion, at) or state.of(user) is not None:
        return False
    chair = CommitteeRules.of(motion.conference).chair
    if chair is None or state.of(chair) is not None:
        return True
    return user == chair or not rules.may_rule(chair, motion, at)


def _still_standing(motion: Motion, at: dt.datetime) -> Looked:
    """What counts now; an opinion whose giver has since got a stake in the motion is ended."""
    state = looked(motion)
    kept = [one for one in state.opinions if rules.is_kept_from(one.member, motion)]
    for one in kept:
        _end(one, at)
    return Looked([one for one in state.opinions if one not in kept], state.needed)


def _settle(motion: Motion, opinions: list[Opinion], needed: int, at: dt.datetime) -> Ruling | None:
    """Make the ruling when enough members say the same; None while it is open."""
    if len(opinions) < needed:
        return None
    if needed == 1:
        [*_, last] = opinions
        made = ruling.record(
            by=last.member,
            motion=motion,
            version=last.version,
            judgement=_judgement(last),
            basis=Ruling.Basis.ALONE,
            at=at,
        )
    else:
        first, second = opinions
        if first.verdict != second.verdict:
            return None
        made = ruling.record(
            by=first.member,
            also_by=second.member,
            motion=motion,
            version=first.version,
            judgement=_joined(first, second),
            basis=Ruling.Basis.AGREED,
            at=at,
        )
    _count_towards(made, opinions)
    return made


def _judgement(one: Opinion) -> Judgement:
    return Judgement(verdict=one.verdict, reason=one.reason, words=one.words, reply_by=one.reply_by)


def _joined(first: Opinion, second: Opinion) -> Judgement:
    """Both members' reasons and words for the body; of two dates for an answer the later one."""
    reasons = list(dict.fromkeys(one.reason for one in (first, second) if one.reason))
    words = list(dict.fromkeys(one.words for one in (first, second) if one.words))
    dates = [one.reply_by for one in (first, second) if one.reply_by]
    return Judgement(
        verdict=first.verdict,
        reason=reasons[0] if reasons else None,
        second_reason=reasons[1] if len(reasons) > 1 else None,
        words="\n\n".join(words),
        reply_by=max(dates, default=None),
    )


def _end(one: Opinion, at: dt.datetime) -> None:
    one.ended_at = at
    one.save(update_fields=["ended_at"])


def _count_towards(made: Ruling, opinions: list[Opinion]) -> None:
    Opinion.objects.filter(pk__in=[one.pk for one in opinions]).update(ruling=made)
