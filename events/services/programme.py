"""Building the programme: adding sessions and putting them in order."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from events.models import Conference, Day, Room, Session
from events.running_order import running_order
from events.services.public_pages import mark_changed
from members import audit
from members.models import User


@transaction.atomic
def add_session(
    *,
    by: User,
    conference: Conference,
    title: str,
    at: dt.datetime,
    day: Day | None = None,
    kind: str = Session.Kind.OTHER,
    starts_at: dt.datetime | None = None,
    ends_at: dt.datetime | None = None,
    room: Room | None = None,
    form_key: uuid.UUID | None = None,
) -> Session:
    """Add a session at the end of a day (or among those without a day).

    Raises ValidationError when the day or room belongs to another conference or the times do not
    fit. Clashes are shown, never refused.
    """
    locked = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    if form_key is not None and (done := Session.objects.filter(form_key=form_key).first()):
        return done
    _require_own(locked, day=day, room=room)
    session = Session(
        conference=locked,
        day=day,
        title=title.strip(),
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        room=room,
        position=_next_position(locked, day),
        form_key=form_key,
    )
    session.full_clean()
    session.save()
    told = {"conference": locked.slug, "day": day.date if day else None}
    audit.record(by=by, action="session.added", on=session, at=at, after=told)
    mark_changed()
    return session


@transaction.atomic
def move_session(*, by: User, session: Session, places: int, at: dt.datetime) -> bool:
    """Move a session up (negative) or down (positive) among the sessions of its day.

    Answers whether it moved; at the end of the list it stays. Raises ValidationError when it would
    pass another session with a time: their times decide.
    """
    Conference.objects.select_for_update(of=("self",)).get(pk=session.conference_id)
    moved = Session.objects.get(pk=session.pk)
    order = running_order(
        Session.objects.filter(conference=moved.conference_id, day=moved.day_id).order_by(
            "position", "pk"
        )
    )
    old = next(index for index, item in enumerate(order) if item.pk == moved.pk)
    new = min(max(old + places, 0), len(order) - 1)
    passed = order[new:old] if new < old else order[old + 1 : new + 1]
    if moved.starts_at and any(item.starts_at for item in passed):
        raise ValidationError(
            "Sessions with a time stand in the order of their times. Change the time instead.",
            code="timed",
        )
    if new == old:
        return False
    order.insert(new, order.pop(old))
    for position, item in enumerate(order):
        item.position = position
    Session.objects.bulk_update(order, ["position"])
    audit.record(
        by=by,
        action="session.moved",
        on=moved,
        at=at,
        before={"place": old + 1},
        after={"place": new + 1},
    )
    mark_changed()
    return True


def _require_own(conference: Conference, **things: Day | Room | None) -> None:
    for name, thing in things.items():
        if thing is not None and thing.conference_id != conference.pk:
            raise ValidationError({name: f"This {name} belongs to another conference."})


def _next_position(conference: Conference, day: Day | None) -> int:
    rows = Session.objects.filter(conference=conference, day=day)
    last = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1
