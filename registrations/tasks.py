"""Registrations' periodic work: the truth is in the database, Celery only wakes it."""

from __future__ import annotations

from celery import shared_task

import clock
from registrations.services import scanning


@shared_task
def purge_scans() -> None:
    """Delete what doors saw, on the day that was stated."""
    scanning.purge(at=clock.now())
