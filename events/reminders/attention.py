"""What staff are told about reminders: on the admin's start page, and as an alarm of mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from events.models import AudienceFailure
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
    failing = AudienceFailure.objects.count()
    yield Item("Deadlines whose reminders fail", failing, url, is_urgent=True)


def alarm(at: dt.datetime) -> str:
    """Names the deadlines nobody is reminded of because their audience fails."""
    failures = AudienceFailure.objects.select_related("deadline__conference")
    named = [str(failure) for failure in failures]
    if not named:
        return ""
    count = "One audience" if len(named) == 1 else f"{len(named)} audiences"
    return f"{count} failed: {'; '.join(named)}. Nobody was reminded of it; we ask again."
