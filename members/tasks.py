"""Periodic work about people. Safe to run twice: the truth is in the database."""

from __future__ import annotations

from celery import shared_task

import clock
from members.services import retention


@shared_task
def enforce_retention() -> None:
    """Delete and blank what has been kept as long as the register of personal data says."""
    retention.enforce(at=clock.now())
