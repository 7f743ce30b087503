"""A body announces before the close that its meetings fall late."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from events import doors
from events.calendar import DoorState
from members import audit
from members.models import Organisation, User
from motions.consultations.models import Consultation, LateNotice
from motions.services import doorkeeping
from motions.texts.cleaning import clean


@transaction.atomic
def announce(
    *,
    by: User,
    consultation: Consultation,
    organisation: Organisation,
    reason: str,
    expected_on: dt.date | None,
    at: dt.datetime,
) -> LateNotice:
    """Note that the body will send late, and why; again before the close, and it is changed.

    Raises ValidationError: `sender`, `halted`, `closed` (then it is explained when it is sent),
    `not_late`, or fields.
    """
    deadline = doorkeeping.require_sender(consultation, organisation, what="Submissions", at=at)
    if not consultation.takes_late:
        raise ValidationError("This consultation counts nothing that comes late.", code="not_late")
    window = doors.window_for(deadline, organisation)
    if window.state(at) is DoorState.CLOSED:
        raise ValidationError(
            f"{deadline.label} closed at {doors.closing_in_words(window.closes_at)}. Send the "
            "submission as soon as you can, and say there why it is late: it still counts.",
            code="closed",
        )
    words = clean(reason).text.strip()
    if not words:
        raise ValidationError({"reason": "Say why it will be late, for example when you meet."})
    notice, is_new = LateNotice.objects.update_or_create(
        consultation=consultation,
        organisation=organisation,
        defaults={
            "reason": words,
            "expected_on": expected_on,
            "announced_by": by,
            "announced_at": at,
        },
    )
    audit.record(
        by=by,
        action="late_notice.announced" if is_new else "late_notice.changed",
        on=notice,
        at=at,
        organisation=organisation,
        after={"expected_on": str(expected_on or "")},
    )
    return notice
