"""Periodic work of the calendar. Safe to run twice: the truth is in the database."""

from __future__ import annotations

from celery import shared_task

import clock
from events.reminders.gathering import gather
from events.reminders.planning import plan


@shared_task
def plan_reminders() -> None:
    """Plan what is due and not yet told, and put one mail a person in the outbox."""
    at = clock.arrival()
    plan(at=at)
    gather(at=at)
