"""What waits for those who read ideas before they are published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from members.attention import Item
from members.models import User
from motions.ideas.rules import may_moderate
from motions.models import Idea


def attention(user: User, at: dt.datetime) -> Iterable[Item]:
    """Ideas that their senders confirmed and nobody has read."""
    if may_moderate(user):
        url = reverse("admin:motions_idea_changelist") + "?state__exact=waiting"
        yield Item("Ideas to read", Idea.objects.waiting().count(), url)
