"""Lay people's tasks at one conference: given and taken away, never edited."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from events.models import Conference, LayAppointment
from members import audit
from members.models import User


@transaction.atomic
def appoint(
    *,
    by: User,
    conference: Conference,
    user: User,
    task: str,
    at: dt.datetime,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> LayAppointment:
    """Give a person a task at a conference; the same appointment twice is one.

    Raises ValidationError for staff (lay tasks are never theirs), for people who cannot sign in,
    and when the days are in the wrong order.
    """
    locked = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    require_appointable(user)
    held = LayAppointment.objects.filter(
        conference=locked, user=user, task=task, ended_at__isnull=True
    ).first()
    days = (starts_on, ends_on)
    if held and (held.starts_on, held.ends_on) == days:
        return held
    appointment = LayAppointment(
        conference=locked,
        user=user,
        task=task,
        starts_on=starts_on,
        ends_on=ends_on,
        appointed_by=by,
        appointed_at=at,
    )
    appointment.full_clean()
    appointment.save()
    told = {"conference": locked.slug, "person": user.pk, "task": task, "days": days}
    audit.record(by=by, action="appointment.made", on=appointment, at=at, after=told)
    return appointment


@transaction.atomic
def end(*, by: User, appointment: LayAppointment, at: dt.datetime) -> LayAppointment:
    """End an appointment now; it stays on record. Ending it twice changes nothing."""
    locked = LayAppointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if locked.ended_at is not None:
        return locked
    locked.ended_at = at
    locked.save(update_fields=["ended_at"])
    audit.record(
        by=by,
        action="appointment.ended",
        on=locked,
        at=at,
        after={"person": locked.user_id, "task": locked.task},
    )
    return locked


def require_appointable(user: User) -> None:
    """Raises ValidationError for staff and for people who cannot sign in."""
    if user.is_staff:
        raise ValidationError(
            {
                "user": ValidationError(
                    "Lay tasks are for people who do not work in the admin.", code="staff"
                )
            }
        )
    if not user.is_active:
        raise ValidationError(
            {"user": ValidationError("This person may not sign in.", code="inactive")}
        )
