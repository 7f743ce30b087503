"""May *you* write these notes, join the report, read it before it is published?"""

from __future__ import annotations

import datetime as dt

from events.models import Conference, LayAppointment, Notes
from events.rules import has_task, may_edit_programme, may_preview
from members.models import User

Task = LayAppointment.Task


def may_join(user: User, conference: Conference, at: dt.datetime) -> bool:
    """The editor of the report, and the staff who build the programme."""
    return may_edit_programme(user) or has_task(user, conference, Task.REPORT_EDITOR, at)


def may_write(user: User, notes: Notes, at: dt.datetime) -> bool:
    """Whoever is assigned to them, and whoever joins the report."""
    if not (user.is_authenticated and user.is_active):
        return False
    assigned = notes.rapporteurs.filter(user=user, ended_at__isnull=True)
    return assigned.exists() or may_join(user, notes.report.conference, at)


def may_read_before(user: User, conference: Conference, at: dt.datetime) -> bool:
    """Who sees the report as it will be read, before it is published."""
    return may_preview(user) or may_join(user, conference, at)
