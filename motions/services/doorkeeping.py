"""What every door for business asks before it takes something in."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from events import doors
from events.models import Deadline
from members.models import Organisation
from motions.models import Channel
from motions.models.door import Door


def sender_refusal(door: Door, organisation: Organisation, what: str) -> str:
    """'' when this kind of body may send `what` ('Nominations'), else the sentence that says who."""
    if organisation.is_active and organisation.kind in door.sender_kinds:
        return ""
    refusal = f"{what} come from {door.senders_in_words}."
    if organisation.kind == Organisation.Kind.BRANCH:
        return f"{refusal} Ask the party council of {organisation} to send it."
    return f"{refusal} {organisation} is a {organisation.get_kind_display()}."


def require_sender(
    door: Door,
    organisation: Organisation,
    *,
    what: str,
    at: dt.datetime,
    received_at: dt.datetime | None = None,
) -> Deadline:
    """The locked deadline of a door of this body's kind, open or closed, where nothing is halted.

    While a conference is postponed or cancelled nothing is taken in, paper that came before
    neither: it is kept and entered once the conference is on again, and then judged by its instant
    of receipt, so that nobody loses by waiting. Raises ValidationError: code `sender`, `future`,
    `halted`.
    """
    deadline = doors.lock(door.deadline)
    if received_at is not None and received_at > at:
        raise ValidationError({"received_at": "This time is still to come."}, code="future")
    if refusal := sender_refusal(door, organisation, what):
        raise ValidationError(refusal, code="sender")
    doors.require_not_halted(deadline.conference)
    return deadline


def require_open_to(
    door: Door,
    organisation: Organisation,
    *,
    what: str,
    at: dt.datetime,
    received_at: dt.datetime | None = None,
) -> Deadline:
    """The locked deadline of a door that is open to this body.

    What came on paper is judged by `received_at`. Raises ValidationError: codes of
    `require_sender`, or those of `events.doors.require_open`.
    """
    deadline = require_sender(door, organisation, what=what, at=at, received_at=received_at)
    doors.require_open(deadline, at=received_at or at, organisation=organisation)
    return deadline


def arrival_columns(
    *,
    by: object,
    at: dt.datetime,
    channel: str = Channel.WEB,
    received_at: dt.datetime | None = None,
) -> dict[str, object]:
    """The columns that say by whom, when and by which way something was sent in."""
    columns: dict[str, object] = {
        "channel": channel,
        "created_by": by,
        "created_at": at,
        "submitted_by": by,
        "submitted_at": at,
    }
    if channel != Channel.WEB:
        columns |= {"received_at": received_at, "entered_by": by}
    return columns
