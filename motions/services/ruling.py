"""The Conference Arrangements Committee rules, and publishes what is in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from events import doors
from events.services.public_pages import mark_changed
from mailing import outbox
from mailing.policy import NOTICE
from members.models import User
from motions import rules
from motions.amendments import amending
from motions.committee.models import CommitteeRules
from motions.models import Motion, MotionVersion, Ruling, RulingReason
from motions.services import appealing, receipts
from motions.services.sending import audited, full_text, locked


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """What somebody on the committee says of a motion, and what the body is told."""

    verdict: Ruling.Verdict
    reason: RulingReason | None = None
    second_reason: RulingReason | None = None
    words: str = ""
    reply_by: dt.datetime | None = None

    @property
    def columns(self) -> dict[str, object]:
        """As the columns of one member's opinion."""
        return {
            "verdict": self.verdict,
            "reason": self.reason,
            "words": self.words.strip(),
            "reply_by": self.reply_by,
        }


@transaction.atomic
def rule(
    *,
    by: User,
    motion: Motion,
    version: MotionVersion,
    verdict: Ruling.Verdict,
    at: dt.datetime,
    reason: RulingReason | None = None,
    words: str = "",
    reply_by: dt.datetime | None = None,
) -> Ruling:
    """Rule alone on the version that was read; the reason reaches the body by mail.

    Only where the rules of the conference let one member rule (code `two_readers` otherwise: see
    `motions.committee.services.opinions`). An earlier ruling is superseded and stays in the record.
    Raises ValidationError as `require_rulable` and `require_judgement` do.
    """
    motion = locked(motion)
    judgement = Judgement(verdict=verdict, reason=reason, words=words, reply_by=reply_by)
    require_rulable(by, motion, version)
    if CommitteeRules.of(motion.conference).needs_two:
        raise ValidationError(
            "Two members look at each motion before a ruling counts: give your opinion.",
            code="two_readers",
        )
    require_judgement(motion, judgement, at)
    return record(
        by=by,
        motion=motion,
        version=version,
        judgement=judgement,
        basis=Ruling.Basis.ALONE,
        at=at,
    )


def record(
    *,
    by: User,
    motion: Motion,
    version: MotionVersion,
    judgement: Judgement,
    basis: Ruling.Basis,
    at: dt.datetime,
    also_by: User | None = None,
) -> Ruling:
    """Write the ruling, move the motion and tell the body.

    The caller holds the motion's lock in its transaction and has asked whether it may.
    """
    motion.require_move(judgement.verdict)
    Ruling.objects.filter(motion=motion, superseded_at__isnull=True).update(superseded_at=at)
    made = Ruling.objects.create(
        motion=motion,
        version=version,
        second_reason=judgement.second_reason,
        basis=basis,
        appeal_by=appealing.promised(motion, judgement.verdict, at),
        ruled_by=by,
        also_by=also_by,
        ruled_at=at,
        **judgement.columns,
    )
    before, motion.state = motion.state, judgement.verdict
    motion.save(update_fields=["state"])
    why = " ".join(filter(None, [*(reason.name for reason in made.reasons), made.words]))
    audited(by, motion, "motion.ruled", before, at, reason=why, version=version.number)
    _tell_the_body(made, motion, at)
    return made


@transaction.atomic
def publish(*, by: User, motion: Motion, at: dt.datetime) -> Motion:
    """Show a motion that is in order to everybody, and tell the body.

    An amendment is published when its motion is, against the motion's present text. Raises
    ValidationError: code `state` unless it is in order, `own_body` for a member kept from it, for an
    amendment `amends` or `superseded`.
    """
    motion = locked(motion)
    if refusal := rules.kept_from(by, motion.conference).why(motion):
        raise ValidationError(f"{refusal} Another member publishes it.", code="own_body")
    motion.require_move(Motion.State.PUBLISHED)
    _require_to_the_present_text(motion)
    motion.state, motion.published_at = Motion.State.PUBLISHED, at
    motion.save(update_fields=["state", "published_at"])
    audited(by, motion, "motion.published", Motion.State.IN_ORDER, at)
    mail_the_body(
        motion,
        at,
        # an amendment that was reworded is published again
        key=f"motions:published:{motion.pk}:{at.isoformat()}",
        subject=f"Published: {motion.current_version.title}",
        template="motions/published",
        context={"motion": motion},
    )
    if motion.is_amendment:
        _tell_the_mover(motion, at)
    mark_changed()
    return motion


def _tell_the_mover(amendment: Motion, at: dt.datetime) -> None:
    """The body whose motion it amends reads the amendment and may accept it."""
    mail_the_body(
        amendment.amends,
        at,
        key=f"motions:amended:{amendment.pk}:{at.isoformat()}",
        subject=f"An amendment to your motion: {amendment.amends.current_version.title}"[:200],
        template="motions/amendment_published",
        context={"amendment": amendment, "motion": amendment.amends, "text": full_text(amendment)},
    )


@transaction.atomic
def publish_all(*, by: User, conference, at: dt.datetime) -> int:
    """Publish everything of a conference that is in order, but what this member is kept from."""
    motions = Motion.and_amendments.for_conference(conference).filter(state=Motion.State.IN_ORDER)
    kept = rules.kept_from(by, conference)
    # motions first: an amendment is published when its motion is
    rows = motions.order_by(F("amends").asc(nulls_first=True), "pk")
    open_to_them = [motion for motion in rows if not kept.why(motion)]
    return sum(_is_published(by, motion, at) for motion in open_to_them)


def _is_published(by: User, motion: Motion, at: dt.datetime) -> bool:
    """Publish it; an amendment whose motion does not allow it waits without a word."""
    try:
        with transaction.atomic():
            publish(by=by, motion=motion, at=at)
    except ValidationError as refusal:
        if refusal.code not in {"amends", "superseded"}:
            raise
        return False
    return True


def _require_to_the_present_text(motion: Motion) -> None:
    """Of an amendment: its motion is before conference with the text that this changes."""
    if not motion.is_amendment:
        return
    if refusal := amending.why_not(motion.amends):
        raise ValidationError(refusal, code="amends")
    if motion.current_version.base_id != motion.amends.current_version_id:
        raise ValidationError(
            "The motion's text has changed since this amendment was written. Carry it over to the "
            "present text first.",
            code="superseded",
        )


def require_rulable(by: User, motion: Motion, version: MotionVersion) -> None:
    """May this member rule on this version now? The caller holds the motion's lock.

    Raises ValidationError: code `own_body` (kept from it by a body, by work on it or by a declared
    interest), `state`, `superseded` (the body has sent a corrected text meanwhile), or `appeal`
    (one waits to be heard).
    """
    if refusal := rules.kept_from(by, motion.conference).why(motion):
        raise ValidationError(
            f"{refusal} Another member of the committee rules on this {motion.noun}.",
            code="own_body",
        )
    if not motion.is_rulable:
        raise ValidationError(
            f"This {motion.noun} is “{motion.get_state_display()}”: there is nothing to rule on now.",
            code="state",
        )
    if motion.current_version_id != version.pk:
        raise ValidationError(
            "The body has sent a corrected text since you opened this page. Read it, then rule.",
            code="superseded",
        )
    if motion.appeals.waiting().exists():
        raise ValidationError(
            "The body has appealed against the ruling: hear the appeal first.", code="appeal"
        )


def require_judgement(motion: Motion, judgement: Judgement, at: dt.datetime) -> None:
    """Is it complete, and may the motion move there? Raises ValidationError (`state`, or fields)."""
    verdicts, verdict = Ruling.Verdict, judgement.verdict
    says_something = bool(judgement.words.strip())
    if verdict == verdicts.CLARIFICATION and not says_something:
        raise ValidationError({"words": "Write the question you ask the body."})
    if verdict != verdicts.IN_ORDER and judgement.reason is None and not says_something:
        raise ValidationError(
            {"reason": "Choose a reason from the list or write one: it goes to the body."}
        )
    if judgement.reply_by is not None and verdict != verdicts.CLARIFICATION:
        raise ValidationError({"reply_by": "A date for the answer belongs to a question."})
    if judgement.reply_by is not None and judgement.reply_by <= at:
        raise ValidationError({"reply_by": "Ask for the answer by a day that is still to come."})
    motion.require_move(verdict)


def _tell_the_body(ruling: Ruling, motion: Motion, at: dt.datetime) -> None:
    is_upheld = ruling.basis == Ruling.Basis.APPEAL
    subjects = {
        Ruling.Verdict.IN_ORDER: "Appeal upheld" if is_upheld else "In order",
        Ruling.Verdict.NOT_IN_ORDER: "Not in order",
        Ruling.Verdict.REFERRED: "Referred",
        Ruling.Verdict.CLARIFICATION: "A question from the committee",
    }
    mail_the_body(
        motion,
        at,
        key=f"motions:ruling:{ruling.pk}",
        subject=f"{subjects[ruling.verdict]}: {ruling.version.title}",
        template="motions/ruling",
        context={
            "motion": motion,
            "ruling": ruling,
            "reply_by": doors.closing_in_words(ruling.reply_by) if ruling.reply_by else "",
            "appeal_by": doors.closing_in_words(ruling.appeal_by) if ruling.appeal_by else "",
        },
    )


def mail_the_body(
    motion: Motion, at: dt.datetime, *, key: str, subject: str, template: str, context: dict
) -> None:
    """One mail to each person who is due one for this motion's body."""
    people = receipts.recipients(
        organisation=motion.organisation, author=motion.submitted_by or motion.created_by, at=at
    )
    for address, name in people.items():
        outbox.put(
            key=f"{key}:{address}",
            to=address,
            to_name=name,
            subject=subject,
            template=template,
            context={**context, "conference": motion.conference},
            kind=NOTICE,
            at=at,
            conference=motion.conference.slug,
        )
