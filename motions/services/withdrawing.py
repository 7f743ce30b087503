"""Withdrawing a motion, or throwing a draft away. The wording stays in the record."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from events.services.public_pages import mark_changed
from members.models import User
from motions.models import Motion, Receipt
from motions.services import receipts
from motions.services.sending import audited, locked, receipt_for


@transaction.atomic
def withdraw(*, by: User, motion: Motion, at: dt.datetime, key: uuid.UUID) -> Receipt | None:
    """Withdraw it; a receipt goes to the body unless it was only ever a draft (then None).

    Raises ValidationError (code `state`) when it is withdrawn already.
    """
    if already := receipts.earlier(key):
        return already
    motion = locked(motion)
    if already := receipts.earlier(key):
        return already
    motion.require_move(Motion.State.WITHDRAWN)
    before, was_sent = motion.state, motion.current_version_id is not None
    motion.state = Motion.State.WITHDRAWN
    motion.withdrawn_by, motion.withdrawn_at = by, at
    motion.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])
    audited(by, motion, "motion.withdrawn", before, at)
    if not was_sent:
        return None
    receipt = receipt_for(motion, to=by, kind=Receipt.Kind.WITHDRAWN, at=at, key=key)
    if before == Motion.State.PUBLISHED:
        mark_changed()
    return receipt
