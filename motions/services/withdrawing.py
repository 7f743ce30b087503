"""Withdrawing a motion, or throwing a draft away. The wording stays in the record."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from events.services.public_pages import mark_changed
from members.models import User
from motions.models import Amendment, Motion, Receipt
from motions.services import receipts, ruling
from motions.services.sending import audited, locked, receipt_for


@transaction.atomic
def withdraw(*, by: User, motion: Motion, at: dt.datetime, key: uuid.UUID) -> Receipt | None:
    """Withdraw it; a receipt goes to the body unless it was only ever a draft (then None).

    Amendments to a published motion are then to nothing: their bodies are told. Raises
    ValidationError: code `state` when it is withdrawn already, `composite` for a motion that belongs
    to several bodies.
    """
    if already := receipts.earlier(key):
        return already
    motion = locked(motion)
    if already := receipts.earlier(key):
        return already
    motion.require_move(Motion.State.WITHDRAWN)
    if motion.is_composite:
        raise ValidationError(
            "A composite belongs to all bodies that agreed to it: it is withdrawn at conference, "
            "with consent.",
            code="composite",
        )
    before, was_sent = motion.state, motion.current_version_id is not None
    motion.state = Motion.State.WITHDRAWN
    motion.withdrawn_by, motion.withdrawn_at = by, at
    motion.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])
    audited(by, motion, "motion.withdrawn", before, at)
    if before == Motion.State.PUBLISHED:
        _tell_who_amended(motion, at)
    if not was_sent:
        return None
    receipt = receipt_for(motion, to=by, kind=Receipt.Kind.WITHDRAWN, at=at, key=key)
    if motion.published_at is not None:
        mark_changed()
    return receipt


def _tell_who_amended(motion: Motion, at: dt.datetime) -> None:
    """Each body with an amendment to this motion, drafts included, learns that there is no motion."""
    gone = [Motion.State.WITHDRAWN, Motion.State.NOT_IN_ORDER]
    rows = Amendment.objects.to(motion).exclude(state__in=gone).order_by("pk")
    for amendment in rows.select_related("conference", "organisation", "created_by"):
        ruling.mail_the_body(
            amendment,
            at,
            key=f"motions:nothing-to-amend:{amendment.pk}",
            subject=f"Withdrawn: the motion you amend, “{motion.current_version.title}”"[:200],
            template="motions/nothing_to_amend",
            context={"motion": amendment, "amended": motion},
        )
