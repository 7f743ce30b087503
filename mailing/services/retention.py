"""Forgetting mail: its words after thirty days, the row after a year. What we said we keep."""

from __future__ import annotations

import datetime as dt

from mailing.models import Mail

WORDS_KEPT = dt.timedelta(days=30)
ROWS_KEPT = dt.timedelta(days=365)
#: Nothing will happen to these any more; anything else still has a way to go or waits for a person.
OVER = (
    Mail.State.SENT,
    Mail.State.FAILED,
    Mail.State.CANCELLED,
    Mail.State.EXPIRED,
    Mail.State.SUPPRESSED,
)


def forget(*, at: dt.datetime) -> tuple[int, int]:
    """Blank the words of old mail and delete the oldest rows; return how many of each.

    A mail is as old as the instant it was put in the outbox. Run once a day; again changes nothing.
    """
    over = Mail.objects.filter(state__in=OVER)
    deleted, _ = over.filter(created_at__lte=at - ROWS_KEPT).delete()
    blanked = (
        over.filter(created_at__lte=at - WORDS_KEPT)
        .exclude(text="", html="")
        .update(text="", html="", subject="", to_name="")
    )
    return blanked, deleted
