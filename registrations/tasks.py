"""Registrations' periodic work: the truth is in the database, Celery only wakes it."""

from __future__ import annotations

from celery import shared_task

import clock
from registrations.services import needs, scanning


@shared_task
def purge_needs() -> None:
    """Delete the needs whose day has come."""
    needs.purge(at=clock.now())


@shared_task
def purge_scans() -> None:
    """Delete what doors saw, on the day that was stated."""
    scanning.purge(at=clock.now())
