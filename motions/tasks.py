"""Periodic work of the business of conference. Safe to run twice: the truth is in the database."""

from __future__ import annotations

from celery import shared_task

import clock
from motions.awards import sealing
from motions.awards.services import telling as telling_of_awards
from motions.composites.services.ending import end_overdue
from motions.nominations.services.confirming import judge_conditions
from motions.reading.services import telling


@shared_task
def end_composites() -> None:
    """End the composites whose date has passed without agreement."""
    end_overdue(at=clock.arrival())


@shared_task
def tell_followers() -> None:
    """Mail what happened to motions that people follow, once a day."""
    telling.gather(at=clock.arrival())


@shared_task
def judge_nominations() -> None:
    """Confirm or strike out nominees, once delegate registration has closed."""
    judge_conditions(at=clock.arrival())


@shared_task
def open_awards() -> None:
    """Once awards have been presented: the trail, and the morning after the letters."""
    at = clock.arrival()
    sealing.enter_trail(at=at)
    telling_of_awards.tell(at=at)
