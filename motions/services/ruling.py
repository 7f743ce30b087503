"""The Conference Arrangements Committee rules, and publishes what is in order."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from events import doors
from events.services.public_pages import mark_changed
from mailing import outbox
from mailing.policy import NOTICE
from members.models import User
from motions import rules
from motions.models import Motion, MotionVersion, Ruling, RulingReason
from motions.services import receipts
from motions.services.sending import audited, locked


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
    """Rule on the version that was read; the reason reaches the body by mail.

    An earlier ruling is superseded and stays in the record. Raises ValidationError: code
    `own_body` (a member is kept from their own body's motion), `state`, `superseded` (the body has
    sent a corrected text meanwhile), or a dict of fields.
    """
    motion = locked(motion)
    _require_rulable(by, motion, version)
    _require_reason(verdict, reason, words, reply_by, at)
    motion.require_move(verdict)
    Ruling.objects.filter(motion=motion, superseded_at__isnull=True).update(superseded_at=at)
    ruling = Ruling.objects.create(
        motion=motion,
        version=version,
        verdict=verdict,
        reason=reason,
        words=words.strip(),
        reply_by=reply_by,
        ruled_by=by,
        ruled_at=at,
    )
    before, motion.state = motion.state, verdict
    motion.save(update_fields=["state"])
    why = " ".join(filter(None, [reason.name if reason else "", words.strip()]))
    audited(by, motion, "motion.ruled", before, at, reason=why, version=version.number)
    _tell_the_body(ruling, motion, at)
    return ruling


@transaction.atomic
def publish(*, by: User, motion: Motion, at: dt.datetime) -> Motion:
    """Show a motion that is in order to everybody, and tell the body.

    Raises ValidationError (code `state`) unless it is in order.
    """
    motion = locked(motion)
    motion.require_move(Motion.State.PUBLISHED)
    motion.state, motion.published_at = Motion.State.PUBLISHED, at
    motion.save(update_fields=["state", "published_at"])
    audited(by, motion, "motion.published", Motion.State.IN_ORDER, at)
    _mail(
        motion,
        at,
        key=f"motions:published:{motion.pk}",
        subject=f"Published: {motion.current_version.title}",
        template="motions/published",
        context={"motion": motion},
    )
    mark_changed()
    return motion


@transaction.atomic
def publish_all(*, by: User, conference, at: dt.datetime) -> int:
    """Publish everything of a conference that is in order, but what this member is kept from."""
    motions = Motion.objects.for_conference(conference).filter(state=Motion.State.IN_ORDER)
    open_to_them = [motion for motion in motions if not rules.is_kept_from(by, motion)]
    for motion in open_to_them:
        publish(by=by, motion=motion, at=at)
    return len(open_to_them)


def _require_rulable(by: User, motion: Motion, version: MotionVersion) -> None:
    if rules.is_kept_from(by, motion):
        raise ValidationError(
            "This motion comes from a body you belong to or act for: another member of the "
            "committee rules on it.",
            code="own_body",
        )
    if not motion.is_rulable:
        raise ValidationError(
            f"This motion is “{motion.get_state_display()}”: there is nothing to rule on now.",
            code="state",
        )
    if motion.current_version_id != version.pk:
        raise ValidationError(
            "The body has sent a corrected text since you opened this page. Read it, then rule.",
            code="superseded",
        )


def _require_reason(
    verdict: str,
    reason: RulingReason | None,
    words: str,
    reply_by: dt.datetime | None,
    at: dt.datetime,
) -> None:
    if verdict == Ruling.Verdict.CLARIFICATION and not words.strip():
        raise ValidationError({"words": "Write the question you ask the body."})
    if verdict != Ruling.Verdict.IN_ORDER and reason is None and not words.strip():
        raise ValidationError(
            {"reason": "Choose a reason from the list or write one: it goes to the body."}
        )
    if reply_by is not None and verdict != Ruling.Verdict.CLARIFICATION:
        raise ValidationError({"reply_by": "A date for the answer belongs to a question."})
    if reply_by is not None and reply_by <= at:
        raise ValidationError({"reply_by": "Ask for the answer by a day that is still to come."})


def _tell_the_body(ruling: Ruling, motion: Motion, at: dt.datetime) -> None:
    subjects = {
        Ruling.Verdict.IN_ORDER: "In order",
        Ruling.Verdict.NOT_IN_ORDER: "Not in order",
        Ruling.Verdict.REFERRED: "Referred",
        Ruling.Verdict.CLARIFICATION: "A question from the committee",
    }
    _mail(
        motion,
        at,
        key=f"motions:ruling:{ruling.pk}",
        subject=f"{subjects[ruling.verdict]}: {ruling.version.title}",
        template="motions/ruling",
        context={
            "motion": motion,
            "ruling": ruling,
            "reply_by": doors.closing_in_words(ruling.reply_by) if ruling.reply_by else "",
        },
    )


def _mail(
    motion: Motion, at: dt.datetime, *, key: str, subject: str, template: str, context: dict
) -> None:
    """One mail to each person who is due one for this motion's body."""
    people = receipts.recipients(
        organisation=motion.organisation, author=motion.submitted_by, at=at
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
