"""Wakes the pump after a commit, so that a receipt leaves in a second rather than in five.

Only a kindness: the periodic pump finds the mail anyway. So a broker that is gone must cost the
request nothing, neither an error nor the seconds a client takes to give up: a thread of its own
does the asking.
"""

from __future__ import annotations

import logging
import threading
import time

from django.db import transaction

from mailing import tasks

logger = logging.getLogger(__name__)

_EVERY = 1.0
_AFTER_FAILURE = 30.0
_quiet_until = 0.0


def after_commit() -> None:
    """Wake the pump once the caller's transaction has committed (at once outside of one)."""
    transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    global _quiet_until
    now = time.monotonic()
    if now < _quiet_until:
        return
    _quiet_until = now + _EVERY
    threading.Thread(target=_ask, name="wake-mail-pump", daemon=True).start()


def _ask() -> None:
    global _quiet_until
    try:
        tasks.pump.apply_async(kwargs={"woken": True}, retry=False)
    except Exception as error:  # a broker can fail in as many ways as it has clients
        _quiet_until = time.monotonic() + _AFTER_FAILURE
        logger.warning("mail pump not woken, the periodic run will send: %s", type(error).__name__)
