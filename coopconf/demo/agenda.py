"""The demo year's agenda: what is published is numbered, printed and put on an order paper."""

from __future__ import annotations

import datetime as dt

from events.models import Conference
from members.models import User
from motions.agendas import order
from motions.agendas.services import numbering, ordering, releasing
from motions.models import Motion, Release


def make_agenda(conference: Conference, *, by: User, at: dt.datetime) -> None:
    """A preliminary agenda with everything published, and the order paper of the first session."""
    release(conference, Release.Kind.PRELIMINARY, by=by, at=at)
    make_order(conference, by=by, at=at)


def release(conference: Conference, kind: str, *, by: User, at: dt.datetime) -> None:
    """Everything published is numbered and printed."""
    motions = numbering.on_the_agenda(conference)
    amendments = numbering.amendments_on_the_agenda(motions)
    every = [*motions, *(one for some in amendments.values() for one in some)]
    moving = [one.pk for one in every if not numbering.stands(one)]
    numbering.number(by=by, conference=conference, order=moving, at=at)
    releasing.release(by=by, conference=conference, kind=kind, at=at)


def make_order(conference: Conference, *, by: User, at: dt.datetime) -> None:
    """The order paper of the first session, with every motion."""
    session = order.sessions_of(conference)[0]
    ordering.add_words(
        by=by,
        session=session,
        words="Report of the Conference Arrangements Committee",
        minutes=10,
        at=at,
    )
    for motion in Motion.objects.for_conference(conference).published():
        ordering.add_motion(by=by, session=session, motion=motion, at=at)
    ordering.publish(by=by, session=session, at=at)
