"""A body appeals against 'not in order'; the committee hears it, and the body is told the outcome."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from events import doors
from members.models import User
from motions import rules
from motions.committee.models import Appeal
from motions.models import Motion, Ruling
from motions.services import ruling as rulings
from motions.services.appealing import closing_for
from motions.services.ruling import Judgement
from motions.services.sending import audited, locked
from motions.texts.cleaning import clean


def against(motion: Motion, at: dt.datetime) -> Ruling | None:
    """The ruling that this motion's body may appeal against at the instant; None when none."""
    found = _in_force(motion)
    closes_at = closing_for(found) if found else None
    if closes_at is None or at >= closes_at or hasattr(found, "appeal"):
        return None
    return found


@transaction.atomic
def lodge(*, by: User, motion: Motion, text: str, at: dt.datetime, key: uuid.UUID) -> Appeal:
    """Appeal for the body; the same form twice is one appeal, and the body gets its text by mail.

    The time to appeal is judged by the instant at which the request arrived. Raises
    ValidationError: code `state` when there is no such ruling, `appealed`, `no_appeals`, `closed`,
    `halted`, or a dict of fields.
    """
    motion = locked(motion)
    if already := Appeal.objects.filter(idempotency_key=key, motion=motion).first():
        return already
    found = _in_force(motion)
    if found is None:
        raise ValidationError(
            f"This {motion.noun} is “{motion.get_state_display()}”: there is nothing to appeal against.",
            code="state",
        )
    closes_at = _require_time(found, motion, at)
    words = clean(text).text.strip()
    if not words:
        raise ValidationError({"text": "Say why you think the ruling is wrong."})
    appeal = Appeal.objects.create(
        ruling=found,
        motion=motion,
        text=words,
        idempotency_key=key,
        lodged_by=by,
        lodged_at=at,
        closed_at=closes_at,
    )
    audited(by, motion, "motion.appealed", motion.state, at)
    rulings.mail_the_body(
        motion,
        at,
        key=f"motions:appeal:{appeal.pk}",
        subject=f"Appeal received: {found.version.title}",
        template="motions/appeal_lodged",
        context={"motion": motion, "appeal": appeal, "when": doors.in_words(at)},
    )
    return appeal


@transaction.atomic
def hear(
    *, by: User, appeal: Appeal, outcome: Appeal.Outcome, words: str, at: dt.datetime
) -> Appeal:
    """Record what the committee made of an appeal; upheld, the motion is in order from now on.

    Raises ValidationError: code `state` when it was heard or the motion is no longer there to be
    ruled on, `own_body`, `ruled_on_it` for a member who took part in the ruling while others can
    hear it, or a dict of fields.
    """
    motion = locked(appeal.motion)
    appeal = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    if appeal.outcome or motion.state != Motion.State.NOT_IN_ORDER:
        raise ValidationError("This appeal does not wait to be heard any more.", code="state")
    if refusal := hearing_refusal(by, appeal, motion, at):
        raise refusal
    said = clean(words).text.strip()
    if outcome == Appeal.Outcome.DISMISSED and not said:
        raise ValidationError({"words": "Say why the appeal is dismissed: it goes to the body."})
    appeal.outcome, appeal.words = outcome, said
    appeal.heard_by, appeal.heard_at = by, at
    appeal.save(update_fields=["outcome", "words", "heard_by", "heard_at"])
    if outcome == Appeal.Outcome.UPHELD:
        rulings.record(
            by=by,
            motion=motion,
            version=motion.current_version,
            judgement=Judgement(verdict=Ruling.Verdict.IN_ORDER, words=said),
            basis=Ruling.Basis.APPEAL,
            at=at,
        )
        return appeal
    audited(by, motion, "motion.appeal_dismissed", motion.state, at, reason=said)
    rulings.mail_the_body(
        motion,
        at,
        key=f"motions:appeal-heard:{appeal.pk}",
        subject=f"Appeal dismissed: {motion.current_version.title}",
        template="motions/appeal_dismissed",
        context={"motion": motion, "appeal": appeal},
    )
    return appeal


def hearing_refusal(
    user: User, appeal: Appeal, motion: Motion, at: dt.datetime
) -> ValidationError | None:
    """Why this member may not record the outcome; None when they may.

    Whoever took part in the ruling leaves it to a member who did not, as long as there is one.
    """
    if why := rules.kept_from(user, motion.conference).why(motion):
        return ValidationError(f"{why} Another member hears this appeal.", code="own_body")
    took_part = _took_part(appeal.ruling)
    if user.pk not in took_part:
        return None
    others = rules.committee(motion.conference, at).exclude(pk__in=took_part)
    if any(not rules.is_kept_from(other, motion) for other in others):
        return ValidationError(
            "You took part in this ruling: a member who did not records what became of the appeal.",
            code="ruled_on_it",
        )
    return None


def _took_part(ruling: Ruling) -> set[int]:
    members = {*ruling.opinions.values_list("member", flat=True)}
    return {ruling.ruled_by_id, ruling.also_by_id, *members} - {None}


def _in_force(motion: Motion) -> Ruling | None:
    """The ruling 'not in order' that stands; None while the motion is in any other state."""
    if motion.state != Motion.State.NOT_IN_ORDER:
        return None
    rows = Ruling.objects.select_related("appeal", "version", "motion__organisation")
    return rows.filter(
        motion=motion, verdict=Ruling.Verdict.NOT_IN_ORDER, superseded_at__isnull=True
    ).first()


def _require_time(ruling: Ruling, motion: Motion, at: dt.datetime) -> dt.datetime:
    """The instant until which it may be lodged, when that is still to come."""
    if hasattr(ruling, "appeal"):
        raise ValidationError(
            "Your body has already appealed against this ruling: the committee hears it once.",
            code="appealed",
        )
    doors.require_not_halted(motion.conference)
    closes_at = closing_for(ruling)
    if closes_at is None:
        raise ValidationError(
            f"At {motion.conference} there is no appeal against the committee's ruling.",
            code="no_appeals",
        )
    if at >= closes_at:
        raise ValidationError(
            f"Appeals against this ruling closed at {doors.closing_in_words(closes_at)}.",
            code="closed",
        )
    return closes_at
