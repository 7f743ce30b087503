"""Deleting access and dietary needs on the day that was stated when they were asked for."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

import clock
from registrations.models import PlaceNeeds


@transaction.atomic
def purge(*, at: dt.datetime) -> int:
    """Delete what is due by the London date of the instant; says how many. Safe to run twice."""
    due = PlaceNeeds.objects.filter(purge_on__lte=clock.in_london(at).date())
    return due.delete()[0]
