"""`manage.py measure_reminders NUMBER`: plans a reminder to very many people."""

from __future__ import annotations

import datetime as dt
import json
import resource
import time

from django.core.management.base import BaseCommand, CommandParser

import clock
from bench import rows
from bench.stage import SLUG
from events.models import Conference, Deadline
from events.reminders.gathering import gather
from events.reminders.planning import plan


class Command(BaseCommand):
    """Prints JSON: reminders, mails, seconds to plan, to gather, of an idle run, MB of memory."""

    help = "Time the planner of reminders in a database of the bench's own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("recipients", type=int)

    def handle(self, *args: object, recipients: int, **options: object) -> None:
        rows.many_secretaries(recipients)
        at = clock.now()
        _remind_of_motions_alone(at)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.perf_counter()
        told = sum(step.reminders for step in plan(at=at))
        planned = time.perf_counter()
        mails = gather(at=at)
        gathered = time.perf_counter()
        plan(at=at)
        gather(at=at)
        idle = time.perf_counter()
        facts = {
            "told": told,
            "mails": mails,
            "planned": planned - began,
            "gathered": gathered - planned,
            "idle": idle - gathered,
            "grown": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024,
        }
        self.stdout.write(json.dumps(facts))


def _remind_of_motions_alone(at: dt.datetime) -> None:
    """One step is due: the opening of the door for motions, two days ago."""
    Conference.objects.exclude(slug=SLUG).update(status=Conference.Status.OVER)
    motions = Deadline.objects.filter(kind=Deadline.Kind.ORGANISATIONAL_MOTIONS)
    Deadline.objects.exclude(kind=Deadline.Kind.ORGANISATIONAL_MOTIONS).update(is_reminded=False)
    motions.update(opens_at=at - dt.timedelta(days=2))
