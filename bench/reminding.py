"""Plans a reminder to very many people, and says how long it took and how much memory."""

from __future__ import annotations

import os
import resource
import sys
import time

import django


def main(count: int) -> None:
    """Prints: seconds to plan, seconds to gather, seconds of a run with nothing to do, MB used."""
    django.setup()
    import clock
    from bench import rows
    from bench.stage import SLUG
    from events.models import Conference, Deadline
    from events.reminders.gathering import gather
    from events.reminders.planning import plan

    rows.many_secretaries(count)
    at = clock.now()
    Conference.objects.exclude(slug=SLUG).update(status=Conference.Status.OVER)
    Deadline.objects.exclude(kind=Deadline.Kind.ORGANISATIONAL_MOTIONS).update(is_reminded=False)
    Deadline.objects.filter(kind=Deadline.Kind.ORGANISATIONAL_MOTIONS).update(
        opens_at=at - clock.dt.timedelta(days=2)
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    told = sum(step.reminders for step in plan(at=at))
    planned = time.perf_counter()
    mails = gather(at=at)
    gathered = time.perf_counter()
    plan(at=at)
    gather(at=at)
    idle = time.perf_counter()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(told, mails, planned - began, gathered - planned, idle - gathered, grown, sep="\t")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    main(int(sys.argv[1]))
