"""Does mail go out? For the staff's page and for /readyz.

The measure is the age of the oldest due mail, not whether a process exists: a worker that stopped
taking work looks alive from outside.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q

from mailing import hooks
from mailing.models import Heartbeat, Mail

#: A due mail older than this means that nobody sends.
SLOW = dt.timedelta(minutes=2)
#: Mail that keeps being put off while nothing at all is accepted for this long: the route is down.
ROUTE_DOWN = dt.timedelta(minutes=15)
#: A part not heard of for this long raises the alarm.
SILENT = dt.timedelta(minutes=10)


class Status(enum.StrEnum):
    HEALTHY = "healthy"
    BEHIND = "behind"
    ALARM = "alarm"


@dataclass(frozen=True)
class Health:
    """What staff need to know at a glance. Instants are UTC; None where there is nothing."""

    status: Status
    sentence: str
    minutes_behind: int
    counts: dict[str, int]
    held: int
    oldest_due_at: dt.datetime | None
    last_sent_at: dt.datetime | None
    heartbeats: dict[str, dt.datetime]
    silent: tuple[str, ...]


def state(at: dt.datetime) -> Health:
    """The health of mail at this instant, in five queries however much mail there is.

    Whoever raises an alarm (`hooks.register_alarm`) costs queries of their own.
    """
    heartbeats = dict(Heartbeat.objects.values_list("name", "at"))
    counts = dict.fromkeys(Mail.State.values, 0)
    counts.update(Mail.objects.order_by().values_list("state").annotate(Count("pk")))
    waiting = Mail.objects.filter(state=Mail.State.PENDING).aggregate(
        due=Min("next_try_at", filter=Q(next_try_at__lte=at)),
        put_off=Min("not_before", filter=Q(attempts__gt=0)),
    )
    last_sent = Mail.objects.filter(state=Mail.State.SENT).aggregate(at=Max("sent_at"))["at"]
    # A part that has never been seen is not installed here (cron instead of Celery, say): only the
    # pump is needed everywhere.
    expected = {Heartbeat.PUMP: None} | heartbeats
    silent = tuple(sorted(n for n, seen in expected.items() if seen is None or at - seen >= SILENT))
    minutes = _minutes_behind(at, waiting["due"], waiting["put_off"], last_sent)
    held = Mail.objects.held().count()
    status, sentence = _verdict(minutes, silent, held, hooks.alarms(at))
    return Health(
        status=status,
        sentence=sentence,
        minutes_behind=minutes,
        counts=counts,
        held=held,
        oldest_due_at=waiting["due"],
        last_sent_at=last_sent,
        heartbeats=heartbeats,
        silent=silent,
    )


def _minutes_behind(
    at: dt.datetime,
    due: dt.datetime | None,
    put_off: dt.datetime | None,
    last_sent: dt.datetime | None,
) -> int:
    """How long the mail that waits through no fault of its own has waited; 0 when all is well."""
    ages = [dt.timedelta()]
    if due is not None and at - due > SLOW:
        ages.append(at - due)
    nothing_goes = last_sent is None or at - last_sent > ROUTE_DOWN
    if put_off is not None and nothing_goes and at - put_off > ROUTE_DOWN:
        ages.append(at - put_off)
    return int(max(ages).total_seconds() // 60)


def _verdict(
    minutes: int, silent: tuple[str, ...], held: int, alarms: list[str]
) -> tuple[Status, str]:
    if silent:
        names = ", ".join(silent)
        alarms = [f"Not heard of for ten minutes: {names}. Mail may not be going out.", *alarms]
    if alarms:
        return Status.ALARM, " ".join(alarms)
    if minutes:
        return Status.BEHIND, f"Behind by {minutes} minute{'s' if minutes != 1 else ''}."
    if held:
        return Status.HEALTHY, f"Mail goes out. Waiting for your decision: {held}."
    return Status.HEALTHY, "Mail goes out."
