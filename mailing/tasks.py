"""What Celery wakes. The truth is in the outbox; every task here may run twice or never."""

from __future__ import annotations

import ctypes
import multiprocessing
from typing import Any

from celery import shared_task
from celery.signals import worker_shutting_down

import clock
from mailing.services import delivery

#: Shared with the pool's child processes and without a lock, so that a killed child cannot block
#: the parent: a worker asked to stop finishes the mail in hand and leaves the rest to the next one.
_stopping = multiprocessing.RawValue(ctypes.c_bool, False)


@worker_shutting_down.connect(weak=False)
def _stop(**_: Any) -> None:
    _stopping.value = True


# A pump nobody got round to within 15 s is dropped: the next tick brings another. The limits leave
# room for one mail to a very slow relay at the end of a budget.
@shared_task(expires=15, soft_time_limit=200, time_limit=240)
def pump(*, woken: bool = False) -> None:
    """Send what is due. `woken` by a commit; otherwise by the timer, which so shows it is alive."""
    delivery.pump(now=clock.arrival, by_timer=not woken, stop=lambda: bool(_stopping.value))
