"""Sending a motion in, confirming it, sending it back: the door closes by one clock."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from events import doors
from mailing import outbox
from mailing.policy import NOTICE
from members import audit
from members.models import User
from motions import requirements, rules
from motions.amendments import amending
from motions.models import Motion, MotionVersion, Receipt, Ruling
from motions.services import doorkeeping, receipts
from motions.services.versions import as_parsed, make_version
from motions.texts import spoken
from motions.texts.blocks import render_text


@transaction.atomic
def submit(*, by: User, motion: Motion, version: int, at: dt.datetime, key: uuid.UUID) -> Receipt:
    """Send the working copy in: a new immutable version and a receipt.

    `version` is the draft that was previewed, `at` the instant at which the request arrived: the
    deadline row is locked and re-read here, so waiting for the lock makes nobody late and a
    deadline moved at this moment is before or after, never both. Raises ValidationError: code
    `closed`, `not_yet`, `unknown`, `halted` (the door), `stale` (saved since the preview), `state`,
    `officer` (an answer that an officer has to send), `limit`, for an amendment `amends` (its motion
    cannot be amended) or `superseded` (the motion's text has changed), or a dict of fields. The
    draft stays as it is after every refusal.
    """
    if already := receipts.earlier(key):
        return already
    deadline = doors.lock(motion.call.deadline)
    motion = locked(motion)
    if already := receipts.earlier(key):
        return already
    needs_officer = rules.needs_officer(by, motion, at)
    target = Motion.State.AWAITING_CONFIRMATION if needs_officer else Motion.State.SUBMITTED
    answers = motion.is_asked
    if answers:
        require_officer(by, motion, at)
        _require_answer_in_time(motion, at)
    motion.require_move(target)
    if not answers:
        doors.require_open(deadline, at=at, organisation=motion.organisation)
    require_amendable(motion)
    require_ready(motion, version)
    version_made = make_version(by=by, motion=motion, origin=_origin(motion), at=at)
    before, motion.state = motion.state, target
    motion.submitted_by, motion.submitted_at = by, at
    motion.save(update_fields=["state", "submitted_by", "submitted_at", "current_version"])
    # new wording has come for what was sent back because the motion's text had changed
    motion.rebasings.waiting().update(mended_at=at)
    audited(by, motion, "motion.submitted", before, at, version=version_made.number)
    kind = Receipt.Kind.AWAITING if needs_officer else Receipt.Kind.SUBMITTED
    return receipt_for(motion, to=by, kind=kind, at=at, key=key)


@transaction.atomic
def confirm_submission(*, by: User, motion: Motion, at: dt.datetime, key: uuid.UUID) -> Receipt:
    """An officer confirms what an authorised person sent. The sending decided the deadline.

    Raises ValidationError (code `state`) when it does not wait for confirmation.
    """
    if already := receipts.earlier(key):
        return already
    motion = locked(motion)
    if already := receipts.earlier(key):
        return already
    if motion.state != Motion.State.AWAITING_CONFIRMATION:
        raise ValidationError(f"This {motion.noun} does not wait for a confirmation.", code="state")
    before, motion.state = motion.state, Motion.State.SUBMITTED
    motion.confirmed_by, motion.confirmed_at = by, at
    motion.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    audited(by, motion, "motion.confirmed", before, at)
    return receipt_for(motion, to=by, kind=Receipt.Kind.CONFIRMED, at=at, key=key)


@transaction.atomic
def send_back(*, by: User, motion: Motion, reason: str, at: dt.datetime) -> Motion:
    """An officer gives a motion back to whoever sent it, with a reason by mail.

    It is a draft again, unless it corrected a text that was sent in before: then that one stands
    with its time, since it may be too late to send anything in again. Raises ValidationError (code `state`, or `reason` when none is given).
    """
    motion = locked(motion)
    if motion.state != Motion.State.AWAITING_CONFIRMATION:
        raise ValidationError(f"This {motion.noun} does not wait for a confirmation.", code="state")
    if not reason.strip():
        raise ValidationError({"reason": "Say what should be changed: it goes to the author."})
    author, before = motion.submitted_by, motion.state
    standing = _that_stood_before(motion)
    if standing is None:
        motion.state = Motion.State.DRAFT
        motion.submitted_by = motion.submitted_at = None
    else:
        motion.state, motion.current_version = Motion.State.SUBMITTED, standing
        motion.submitted_by, motion.submitted_at = standing.created_by, standing.created_at
    motion.save(update_fields=["state", "submitted_by", "submitted_at", "current_version"])
    audited(by, motion, "motion.sent_back", before, at, reason=reason)
    outbox.put(
        key=f"motions:sent-back:{motion.pk}:{at.isoformat()}",
        to=author.email,
        to_name=author.get_full_name(),
        subject=f"Please look again at “{motion}”",
        template="motions/sent_back",
        context={
            "motion": motion,
            "officer": by.get_full_name(),
            "reason": reason,
            "stands": standing is not None,
        },
        kind=NOTICE,
        at=at,
        conference=motion.conference.slug,
    )
    return motion


def _that_stood_before(motion: Motion) -> MotionVersion | None:
    """The version that was properly sent in before the one that waits; None for a first one."""
    kinds = [Receipt.Kind.SUBMITTED, Receipt.Kind.CONFIRMED]
    receipt = motion.receipts.filter(kind__in=kinds).order_by("-number").first()
    if receipt is None:
        return None
    sent = motion.versions.filter(created_at__lte=receipt.at).exclude(pk=motion.current_version_id)
    return sent.order_by("-number").first()


def locked(motion: Motion) -> Motion:
    """The motion re-read under its row lock, in the caller's transaction.

    Of an amendment the motion it amends is locked first: its text and state stand still as well.
    """
    rows = Motion.and_amendments.select_for_update(of=("self",))
    amended = rows.get(pk=motion.amends_id) if motion.is_amendment else None
    found = rows.select_related("call__deadline__conference", "conference", "organisation").get(
        pk=motion.pk
    )
    if amended is not None:
        found.amends = amended
    return found


def require_officer(by: User, motion: Motion, at: dt.datetime) -> None:
    """Where an officer confirms, what cannot wait for a confirmation is sent by an officer.

    Raises ValidationError (code `officer`).
    """
    if rules.needs_officer(by, motion, at):
        raise ValidationError(
            f"At {motion.conference} an officer of {motion.organisation} sends this in. Your text "
            "is saved: ask your secretary to open it and send it.",
            code="officer",
        )


def require_amendable(motion: Motion) -> None:
    """Of an amendment: can its motion be amended, and is this written against its present text?

    The caller holds the locks. Raises ValidationError: code `amends` or `superseded`.
    """
    if not motion.is_amendment:
        return
    if refusal := amending.why_not(motion.amends):
        raise ValidationError(f"{refusal} Your text is kept.", code="amends")
    if motion.base_id != motion.amends.current_version_id:
        raise ValidationError(
            f"The text of {amending.called(motion.amends)} has changed since you wrote this. Your "
            "text is kept: open it, work it into the text as it is now, and send that.",
            code="superseded",
        )


def require_ready(motion: Motion, version: int) -> None:
    """The previewed copy is the stored one, and it keeps the rules of the call."""
    if motion.draft_version != version:
        raise ValidationError(
            "The draft was saved again since you looked at this preview. Read it once more, then "
            "send it.",
            code="stale",
        )
    if refusal := doorkeeping.sender_refusal(motion.call, motion.organisation, motion.nouns):
        raise ValidationError(refusal, code="sender")
    if problems := requirements.unmet(motion):
        raise ValidationError(problems)
    if motion.state == Motion.State.SUBMITTED and not motion.has_unsent_changes:
        raise ValidationError("This text has already been sent in.", code="unchanged")
    limit = motion.call.per_body_limit
    others = Motion.and_amendments.counted_for(
        call=motion.call, organisation=motion.organisation
    ).exclude(pk=motion.pk)
    if limit and others.count() >= limit:
        raise ValidationError(
            f"{motion.organisation} has already sent in {limit}, as many as one body may send. "
            "Withdraw one first if this one matters more.",
            code="limit",
        )


def receipt_for(
    motion: Motion,
    *,
    to: User,
    kind: Receipt.Kind,
    at: dt.datetime,
    key: uuid.UUID | None = None,
    note: str = "",
    mailed_at: dt.datetime | None = None,
) -> Receipt:
    """A receipt with the full text of the current version."""
    return receipts.give(
        to=to,
        kind=kind,
        conference=motion.conference,
        organisation=motion.organisation,
        about={"motion": motion},
        title=motion.current_version.title if motion.current_version else motion.title,
        text=full_text(motion),
        at=at,
        key=key,
        note=note,
        mailed_at=mailed_at,
    )


def full_text(motion: Motion) -> str:
    """The motion as plain text, with its mover, seconder and meeting, for receipts."""
    version = motion.current_version
    body = render_text(as_parsed(version)) if version else motion.draft_text
    if version and version.base:
        said = "\n".join(spoken.sentences(as_parsed(version.base), as_parsed(version)))
        body = f"{said}\n\nThe motion would then read:\n\n{body}"
    sent = version or motion
    facts = [
        ("Moved by", sent.mover),
        ("Seconded by", sent.seconder),
        ("Passed by", sent.meeting_name),
    ]
    tail = "\n".join(f"{label}: {value}" for label, value in facts if value)
    return f"{body}\n\n{tail}" if tail else body


def _origin(motion: Motion) -> MotionVersion.Origin:
    if motion.state == Motion.State.REWORDING:
        return MotionVersion.Origin.REWORDED
    if motion.state == Motion.State.CLARIFICATION:
        return MotionVersion.Origin.CLARIFICATION
    if motion.current_version_id is not None:
        return MotionVersion.Origin.CORRECTION
    return MotionVersion.Origin.SUBMISSION


def _require_answer_in_time(motion: Motion, at: dt.datetime) -> None:
    """What the committee asks for may have a date; it, not the deadline, decides the answer."""
    if motion.state == Motion.State.REWORDING:
        asked = motion.rebasings.waiting().first()
        until, wanted = asked and asked.mend_by, "the new wording"
    else:
        asked = Ruling.objects.filter(motion=motion, superseded_at__isnull=True).first()
        until, wanted = asked and asked.reply_by, "an answer"
    if until and at >= until:
        raise ValidationError(
            f"The committee asked for {wanted} by {doors.closing_in_words(until)}. "
            "Your text is kept: write to the conference office and say why it is late.",
            code="closed",
        )


def audited(
    by: User,
    motion: Motion,
    action: str,
    before: str,
    at: dt.datetime,
    *,
    reason: str = "",
    **more: object,
) -> None:
    """Leave the audit entry of a motion's move from one state to the one it is in now."""
    audit.record(
        by=by,
        action=action,
        on=motion,
        at=at,
        organisation=motion.organisation,
        before={"state": before},
        after={"state": motion.state, **more},
        reason=reason,
    )
