"""A body begins an amendment to a published motion."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from members import audit
from members.models import Organisation, User
from motions.amendments import amending
from motions.models import Amendment, Call, DraftSave, Motion, MotionVersion
from motions.services import doorkeeping
from motions.services.drafting import keep
from motions.services.sending import locked
from motions.services.versions import as_parsed
from motions.texts.blocks import render_text


@transaction.atomic
def start_amendment(
    *, by: User, motion: Motion, organisation: Organisation, at: dt.datetime, key: uuid.UUID
) -> Amendment:
    """A draft that holds the motion's present text, for the body to change; the same one again when
    the same form is posted twice.

    It may be begun before the door opens and after it closed (for the late list). Raises
    ValidationError: code `amends` when the motion cannot be amended, `no_call` when its conference
    takes no amendments, `sender` when this kind of body may not send them.
    """
    motion = locked(motion)
    if refusal := amending.why_not(motion):
        raise ValidationError(refusal, code="amends")
    call = require_call(motion)
    if refusal := doorkeeping.sender_refusal(call, organisation, "Amendments"):
        raise ValidationError(refusal, code="sender")
    base = motion.current_version
    amendment, is_new = Amendment.objects.get_or_create(
        idempotency_key=key,
        created_by=by,
        defaults={
            "call": call,
            "organisation": organisation,
            "created_at": at,
            "draft_saved_by": by,
            "draft_saved_at": at,
            "draft_text": render_text(as_parsed(base)),
            **columns_of(motion, base),
        },
    )
    if is_new:
        keep(amendment, DraftSave.Outcome.SAVED, by=by, at=at)
        audit.record(
            by=by, action="amendment.begun", on=amendment, at=at, organisation=organisation
        )
    return amendment


def require_call(motion: Motion) -> Call:
    """The call for amendments of the motion's conference. Raises ValidationError (code `no_call`)."""
    call = amending.call_for(motion)
    if call is None:
        raise ValidationError(
            f"{motion.conference} takes no amendments. Speak in the debate, or ask the conference "
            "office.",
            code="no_call",
        )
    return call


def columns_of(motion: Motion, base: MotionVersion) -> dict[str, object]:
    """What an amendment has from its motion."""
    return {
        "conference": motion.conference,
        "amends": motion,
        "base": base,
        "title": amending.title_of(base),
        "language": motion.language,
    }
