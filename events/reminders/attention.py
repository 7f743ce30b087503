"""What the admin's start page says about reminders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from mailing import health
from mailing.models import Mail
from members.attention import Item
from members.models import User
from members.roles import Role, has_role

WHO = (Role.PROGRAMME_EDITOR, Role.REGISTRATIONS_OFFICER)


def waiting(user: User, at: dt.datetime) -> Iterator[Item]:
    """Mail that does not go out, was refused, or whose fate is not known."""
    if not has_role(user, *WHO):
        return
    state = health.state(at)
    url = reverse("admin:events_reminder_health")
    if state.minutes_behind:
        yield Item("Mail is behind (minutes)", state.minutes_behind, url, is_urgent=True)
    yield Item("Mails refused by the mail server", state.counts[Mail.State.FAILED], url)
    yield Item("Mails a person must decide about", state.held, url, is_urgent=True)
