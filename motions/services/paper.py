"""Entering a motion that came by post or e-mail: the instant of receipt decides the deadline."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from events import doors
from members.models import Organisation, User
from motions.amendments import amending
from motions.amendments.services import drafting
from motions.models import Call, Channel, LateEntry, Motion, MotionVersion, Receipt
from motions.services import doorkeeping, receipts
from motions.services.drafting import Wording, cleaned
from motions.services.sending import audited, locked, receipt_for
from motions.services.versions import as_parsed, make_version
from motions.texts import blocks, operations


@transaction.atomic
def enter_paper_motion(
    *,
    by: User,
    call: Call,
    organisation: Organisation,
    wording: Wording,
    channel: Channel,
    received_at: dt.datetime,
    at: dt.datetime,
    key: uuid.UUID,
    scan: ContentFile | None = None,
    late_reason: str = "",
) -> Receipt:
    """Enter it as it was written, with a receipt to the body.

    The limits of the call are not enforced here, since the paper cannot be changed: the committee
    sees the count and rules. What was received after the deadline goes on the late list, with the
    reason the body gave. Raises ValidationError: code `future`, `sender`, `not_yet`, `unknown`,
    `halted`, or a dict of fields.
    """
    return _enter(
        by=by,
        call=call,
        organisation=organisation,
        values=_motion_values(wording),
        channel=channel,
        received_at=received_at,
        at=at,
        key=key,
        scan=scan,
        late_reason=late_reason,
    )


@transaction.atomic
def enter_paper_amendment(
    *,
    by: User,
    motion: Motion,
    organisation: Organisation,
    wording: Wording,
    channel: Channel,
    received_at: dt.datetime,
    at: dt.datetime,
    key: uuid.UUID,
    scan: ContentFile | None = None,
    late_reason: str = "",
) -> Receipt:
    """Enter an amendment to a motion: its text is the whole text as the paper would have it.

    Rules and refusals as of `enter_paper_motion`; and code `amends` or `no_call` where the motion
    cannot be amended, or a dict of fields when nothing is changed.
    """
    if already := receipts.earlier(key):
        return already
    call = drafting.require_call(motion)
    motion = _locked_after(call, motion)
    if refusal := amending.why_not(motion):
        raise ValidationError({"motion": refusal}, code="amends")
    base = motion.current_version
    values, _ = cleaned(wording)
    values |= drafting.columns_of(motion, base)
    if not operations.derive(as_parsed(base), blocks.parse(values["draft_text"])):
        raise ValidationError({"text": "Nothing is changed: type the text as the paper has it."})
    return _enter(
        by=by,
        call=call,
        organisation=organisation,
        values=values,
        channel=channel,
        received_at=received_at,
        at=at,
        key=key,
        scan=scan,
        late_reason=late_reason,
    )


def _locked_after(call: Call, motion: Motion) -> Motion:
    """The motion under its lock, taken after that of the deadline as everywhere."""
    doors.lock(call.deadline)
    return locked(motion)


def _motion_values(wording: Wording) -> dict[str, object]:
    values, _ = cleaned(wording)
    if not values["title"] or not values["draft_text"].strip():
        raise ValidationError({"title": "A motion needs a title and a text."})
    return values


def _enter(
    *,
    by: User,
    call: Call,
    organisation: Organisation,
    values: dict[str, object],
    channel: Channel,
    received_at: dt.datetime,
    at: dt.datetime,
    key: uuid.UUID,
    scan: ContentFile | None,
    late_reason: str,
) -> Receipt:
    """Judge the deadline by the instant of receipt, and keep what the paper says."""
    if already := receipts.earlier(key):
        return already
    deadline = doors.lock(call.deadline)
    if already := receipts.earlier(key):
        return already
    if received_at > at:
        raise ValidationError({"received_at": "This time is still to come."}, code="future")
    nouns = "Amendments" if call.is_for_amendments else "Motions"
    if refusal := doorkeeping.sender_refusal(call, organisation, nouns):
        raise ValidationError({"organisation": refusal}, code="sender")
    late_for = _missed(deadline, organisation, received_at, late_reason)
    motion = _entered(
        by=by,
        call=call,
        organisation=organisation,
        values=values,
        channel=channel,
        received_at=received_at,
        at=at,
        key=key,
        scan=scan,
        is_late=late_for is not None,
    )
    if late_for:
        LateEntry.objects.create(
            motion=motion, closed_at=late_for, reason=late_reason, entered_by=by, entered_at=at
        )
    audited(
        by,
        motion,
        "motion.entered_from_paper",
        "",
        at,
        received_at=received_at,
        channel=channel,
    )
    kind = Receipt.Kind.LATE if late_for else Receipt.Kind.SUBMITTED
    return receipt_for(motion, to=by, kind=kind, at=received_at, key=key, mailed_at=at)


def _entered(
    *,
    by: User,
    call: Call,
    organisation: Organisation,
    values: dict[str, object],
    channel: Channel,
    received_at: dt.datetime,
    at: dt.datetime,
    key: uuid.UUID,
    scan: ContentFile | None,
    is_late: bool,
) -> Motion:
    """The motion with its first version, as the paper has it."""
    motion = Motion(
        **{"conference": call.conference, **values},
        call=call,
        organisation=organisation,
        channel=channel,
        received_at=received_at,
        entered_by=by,
        created_by=by,
        created_at=at,
        draft_saved_by=by,
        draft_saved_at=at,
        idempotency_key=key,
    )
    if scan is not None:
        motion.scan.save(scan.name, scan, save=False)
    # the version refers to the motion and the motion to its version: a draft for one moment
    motion.save()
    make_version(by=by, motion=motion, origin=MotionVersion.Origin.PAPER, at=at)
    motion.state = Motion.State.LATE if is_late else Motion.State.SUBMITTED
    motion.submitted_by, motion.submitted_at = by, at
    motion.save()
    return motion


def _missed(
    deadline, organisation: Organisation, received_at: dt.datetime, late_reason: str
) -> dt.datetime | None:
    """The closing instant the paper missed; None when it came in time."""
    try:
        doors.require_open(deadline, at=received_at, organisation=organisation)
    except ValidationError as refusal:
        if refusal.code != "closed":
            raise
        if not late_reason.strip():
            raise ValidationError(
                {
                    "late_reason": f"{refusal.messages[0]} Give the reason the body wrote, and it "
                    "goes on the late list."
                },
                code="closed",
            ) from refusal
        return doors.window_for(deadline, organisation).closes_at
    return None
