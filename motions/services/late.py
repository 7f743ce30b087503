"""The late list: a motion that missed its deadline, put before the CAC with the body's reason."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from events import doors
from events.calendar import DoorState
from events.models import Deadline
from members.models import User
from motions.models import LateEntry, Motion, MotionVersion, Receipt
from motions.services import receipts
from motions.services.sending import (
    audited,
    locked,
    receipt_for,
    require_amendable,
    require_officer,
    require_ready,
)
from motions.services.versions import make_version


@transaction.atomic
def put_on_late_list(
    *, by: User, motion: Motion, version: int, reason: str, at: dt.datetime, key: uuid.UUID
) -> Receipt:
    """Freeze the draft and put it before the committee as late. Nothing promises that it is taken.

    At a conference that is postponed or cancelled nothing is taken in, late or not: the draft is
    kept. Raises ValidationError: code `halted`, `open` while it could still be sent in ordinarily,
    `no_late` when this call takes none, `officer` where an officer has to ask for it, `stale`,
    `state`, `limit`, those of `sending.require_amendable`, or a dict of
    fields.
    """
    if already := receipts.earlier(key):
        return already
    deadline = doors.lock(motion.call.deadline)
    motion = locked(motion)
    if already := receipts.earlier(key):
        return already
    missed = _require_missed(deadline, motion, reason, at)
    require_officer(by, motion, at)
    require_amendable(motion)
    require_ready(motion, version)
    make_version(by=by, motion=motion, origin=MotionVersion.Origin.LATE, at=at)
    before, motion.state = motion.state, Motion.State.LATE
    motion.submitted_by, motion.submitted_at = by, at
    motion.save(update_fields=["state", "submitted_by", "submitted_at", "current_version"])
    LateEntry.objects.create(
        motion=motion, closed_at=missed, reason=reason.strip(), entered_by=by, entered_at=at
    )
    audited(by, motion, "motion.put_on_late_list", before, at, reason=reason.strip())
    return receipt_for(
        motion,
        to=by,
        kind=Receipt.Kind.LATE,
        at=at,
        key=key,
        note=f"It came after {doors.closing_in_words(missed)}. The committee decides whether it "
        "is taken.",
    )


def _require_missed(
    deadline: Deadline, motion: Motion, reason: str, at: dt.datetime
) -> dt.datetime:
    """The closing instant that was missed, when the call takes late motions and a reason is given."""
    motion.require_move(Motion.State.LATE)
    doors.require_not_halted(deadline.conference)
    window = doors.window_for(deadline, motion.organisation)
    if window.state(at) is not DoorState.CLOSED:
        raise ValidationError(
            f"{deadline.label} have not closed: send the {motion.noun} in the ordinary way.",
            code="open",
        )
    if not motion.call.takes_late:
        raise ValidationError(
            f"Late {motion.noun}s are not taken at {motion.conference}. Your draft is kept.",
            code="no_late",
        )
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is late: the committee decides on that."})
    return window.closes_at
