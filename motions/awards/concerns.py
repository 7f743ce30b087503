"""What the awards say on the start pages of those who judge or present them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from events.concerns import Concern
from events.models import Conference, LayAppointment
from events.rules import tasks_of
from members.models import User
from motions.awards import panel

Task = LayAppointment.Task


def concerns(user: User, at: dt.datetime) -> list[Concern]:
    """The panel's desk, with how much waits there; for a presenter the running order."""
    rows = [row for row in tasks_of(user, at) if row.conference.status != Conference.Status.OVER]
    judged = {row.conference for row in rows if row.task == Task.JUDGE}
    return [
        *(one for conference in judged for one in _of_a_judge(user, conference, at)),
        *(
            Concern(
                title="You present the recognition awards",
                url=reverse("awards:evening", args=[row.conference.slug]),
                action="Running order",
                conference=row.conference.title,
            )
            for row in rows
            if row.task == Task.PRESENTER and row.conference not in judged
        ),
    ]


def _of_a_judge(user: User, conference: Conference, at: dt.datetime) -> Iterator[Concern]:
    desk = panel.desk(user, conference, at)
    waiting, decisions = desk.waiting, desk.to_decide
    parts = []
    if decisions:
        parts.append(f"{decisions} award{'s' if decisions > 1 else ''} to decide")
    if waiting or not parts:
        parts.append(f"{waiting} nominee{'' if waiting == 1 else 's'} to score")
    yield Concern(
        title=f"Recognition awards: {' and '.join(parts)}",
        url=reverse("awards:panel", args=[conference.slug]),
        action="To the desk",
        conference=conference.title,
        is_done=not (waiting or decisions),
    )
