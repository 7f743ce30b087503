"""Moving a deadline or its opening for everybody, extending it for one body: with a reason."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from events import announcements, doors
from events.calendar import Step, closing_instant
from events.models import Conference, Deadline, DeadlineChange, ReminderStep
from events.services.public_pages import mark_changed
from members import audit
from members.models import Organisation, User

ENDED = (Conference.Status.CANCELLED, Conference.Status.OVER)


@transaction.atomic
def move(
    *,
    by: User,
    deadline: Deadline,
    reason: str,
    at: dt.datetime,
    closes_on: dt.date | None = None,
    closes_at: dt.datetime | None = None,
    form_key: uuid.UUID | None = None,
) -> DeadlineChange:
    """Close a deadline for everybody at the end of another day, or at another instant.

    Later or earlier, but never in the past: what was on time stays on time. The row is locked, so
    whoever sends something in at that moment is judged before or after, never in between.

    Raises ValidationError when the reason is missing, not exactly one of date and instant is given,
    it lies in the past or before the opening, is what it was, or the conference has ended.
    """
    locked = doors.lock(deadline)
    if done := _already(form_key):
        return done
    closing = _new_closing(locked, closes_on, closes_at, reason, at)
    if closing == locked.closing:
        raise ValidationError("That is when it closes already.", code="unchanged")
    before = locked.closing
    change = _record_change(by, locked, None, before, closes_on, closes_at, reason, at, form_key)
    locked.closes_on, locked.closes_at = closes_on, closes_at
    locked.save(update_fields=["closes_on", "closes_at"])
    audit.record(
        by=by,
        action="deadline.moved",
        on=locked,
        at=at,
        before={"closing": before},
        after={"closing": closing},
        reason=reason,
    )
    announcements.deadline_moved(change, at)
    mark_changed()
    return change


@transaction.atomic
def extend_for_body(
    *,
    by: User,
    deadline: Deadline,
    organisation: Organisation,
    reason: str,
    at: dt.datetime,
    closes_on: dt.date | None = None,
    closes_at: dt.datetime | None = None,
    form_key: uuid.UUID | None = None,
) -> DeadlineChange:
    """Keep a door open longer for one body; the latest extension granted to it counts.

    An extension of the early price's deadline keeps the early price for that body.

    Raises ValidationError as `move` does, and when it would not be later than for everybody.
    """
    locked = doors.lock(deadline)
    if done := _already(form_key):
        return done
    closing = _new_closing(locked, closes_on, closes_at, reason, at)
    before = doors.window_for(locked, organisation).closes_at
    _require_longer(locked, organisation, closing, before)
    change = _record_change(
        by, locked, organisation, before, closes_on, closes_at, reason, at, form_key
    )
    audit.record(
        by=by,
        action="deadline.extended",
        on=locked,
        at=at,
        organisation=organisation,
        before={"closing": before},
        after={"closing": closing},
        reason=reason,
    )
    announcements.deadline_moved(change, at)
    return change


def _require_longer(
    deadline: Deadline,
    organisation: Organisation,
    closing: dt.datetime,
    before: dt.datetime | None,
) -> None:
    if deadline.closing is None or closing <= deadline.closing:
        raise ValidationError(
            "An extension for one body must be later than the closing for everybody.",
            code="not_later",
        )
    if closing == before:
        raise ValidationError(f"{organisation} has until then already.", code="unchanged")


@transaction.atomic
def move_opening(
    *, by: User, deadline: Deadline, opens_at: dt.datetime, reason: str, at: dt.datetime
) -> Deadline:
    """Open a door for everybody at another instant, as long as it has not opened yet.

    Nobody has been written to about an opening before it comes, so nobody is told that it moved:
    the pages and calendars show the new time, and the ladder's first reminder goes out then. A door
    with no opening stated stands open; giving it one shuts it until then. The same twice is once.

    Raises ValidationError when the reason is missing, the conference has ended, it has opened
    already, or the new opening lies in the past or not before the closing.
    """
    locked = doors.lock(deadline)
    if opens_at == locked.opens_at:
        return locked
    _require_reason(reason)
    _require_going_on(locked)
    _require_opening(locked, opens_at, at)
    before, locked.opens_at = locked.opens_at, opens_at
    locked.save(update_fields=["opens_at"])
    audit.record(
        by=by,
        action="deadline.opening-moved",
        on=locked,
        at=at,
        before={"opening": before},
        after={"opening": opens_at},
        reason=reason.strip(),
    )
    mark_changed()
    return locked


def _require_opening(deadline: Deadline, opens_at: dt.datetime, at: dt.datetime) -> None:
    if deadline.opens_at is not None and deadline.opens_at <= at:
        raise ValidationError(
            f"It opened on {doors.in_words(deadline.opens_at)}: people rely on that. Only its "
            "closing can still move.",
            code="opened",
        )
    if opens_at <= at:
        raise ValidationError("That time has passed. Choose a later one.", code="past")
    if deadline.closing is not None and opens_at >= deadline.closing:
        raise ValidationError(
            f"It must open before it closes at {doors.closing_in_words(deadline.closing)}.",
            code="after_closing",
        )


def was_told(deadline: Deadline) -> bool:
    """Has anybody been told when this deadline closes, by mail or by a recorded move?"""
    if deadline.pk is None or deadline.closing is None:
        return False
    return deadline.reminders.exists() or deadline.changes.exists() or deadline.step_runs.exists()


@transaction.atomic
def set_ladder(deadline: Deadline, steps: Iterable[Step]) -> bool:
    """Give a deadline these reminders (none: the usual ladder); says whether anything changed.

    What was told already stays told; the caller leaves the audit entry of its edit.
    """
    wanted = {(step.when, step.days, step.time) for step in steps}
    present = {(step.when, step.days, step.time) for step in deadline.steps.all()}
    if wanted == present:
        return False
    deadline.steps.all().delete()
    ReminderStep.objects.bulk_create(
        ReminderStep(deadline=deadline, when=when, days=days, time=time)
        for when, days, time in sorted(wanted)
    )
    return True


def _already(form_key: uuid.UUID | None) -> DeadlineChange | None:
    """The change this very form made before, when it was sent twice."""
    if form_key is None:
        return None
    return DeadlineChange.objects.filter(form_key=form_key).first()


def _new_closing(
    deadline: Deadline,
    closes_on: dt.date | None,
    closes_at: dt.datetime | None,
    reason: str,
    at: dt.datetime,
) -> dt.datetime:
    _require_reason(reason)
    if (closes_on is None) == (closes_at is None):
        raise ValidationError("Give a last day or an exact time.", code="date_or_instant")
    _require_going_on(deadline)
    closing = closing_instant(closes_on=closes_on, closes_at=closes_at)
    if closing <= at:
        raise ValidationError("That time has passed. Choose a later one.", code="past")
    if deadline.opens_at is not None and closing <= deadline.opens_at:
        raise ValidationError(
            f"It must close after it opens on {doors.in_words(deadline.opens_at)}.",
            code="before_opening",
        )
    return closing


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError(
            {"reason": ValidationError("Say why the deadline moves.", code="reason")}
        )


def _require_going_on(deadline: Deadline) -> None:
    if deadline.conference.status in ENDED:
        state = Conference.Status(deadline.conference.status).label
        raise ValidationError(
            f"{deadline.conference} is {state}: its deadlines no longer move.", code="ended"
        )


def _record_change(
    by: User,
    deadline: Deadline,
    organisation: Organisation | None,
    before: dt.datetime | None,
    closes_on: dt.date | None,
    closes_at: dt.datetime | None,
    reason: str,
    at: dt.datetime,
    form_key: uuid.UUID | None,
) -> DeadlineChange:
    change = DeadlineChange(
        deadline=deadline,
        organisation=organisation,
        closed_before=before,
        closes_on=closes_on,
        closes_at=closes_at,
        reason=reason.strip(),
        changed_by=by,
        changed_at=at,
        form_key=form_key,
    )
    change.full_clean()
    change.save()
    return change
