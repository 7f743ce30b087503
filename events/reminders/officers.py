"""The officers who answer for bodies: the audience most deadlines share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet

import clock
from events.reminders.audiences import Asked, Recipient
from members.models import Officeholding, Organisation
from members.rules import Deed


def officers_of(
    bodies: QuerySet[Organisation],
    *,
    deed: Deed,
    asked: Asked,
    at: dt.datetime,
    why: str,
    path: str,
) -> Iterator[Recipient]:
    """The officers in force of these bodies whose office allows the deed, one line a body.

    `why` may hold `{body}`, the body's name; `path` may hold `{slug}`, its short name.
    """
    held = (
        Officeholding.objects.in_force(clock.in_london(at).date())
        .filter(**{f"office__{deed}": True}, organisation__in=bodies, user__is_active=True)
        .select_related("user", "organisation")
        .order_by("user__email", "organisation_id")
    )
    if asked.organisation is not None:
        held = held.filter(organisation=asked.organisation)
    if asked.address:
        held = held.filter(user__email=asked.address)
    for holding in held.iterator(chunk_size=2000):
        body = holding.organisation
        yield Recipient(
            address=holding.user.email,
            name=holding.user.name,
            why=why.replace("{body}", body.name),
            path=path.replace("{slug}", body.slug),
            organisation_id=body.pk,
        )
