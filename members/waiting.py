"""What of people and bodies waits for staff: claims to offices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from members.attention import Item
from members.models import Officeholding, User
from members.rules import may_decide_claims

_TOO_LONG = dt.timedelta(days=3)


def waiting(user: User, at: dt.datetime) -> Iterator[Item]:
    """Claims, for those who decide them; urgent when one has waited three days."""
    if not may_decide_claims(user):
        return
    claims = Officeholding.objects.claims()
    yield Item(
        text="Claims to an office",
        count=claims.count(),
        url=reverse("admin:members_officeholding_changelist") + "?state__exact=claimed",
        is_urgent=claims.filter(created_at__lte=at - _TOO_LONG).exists(),
    )
