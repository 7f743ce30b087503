"""`manage.py plan_reminders`: the planner without Celery, for a cron job or a rehearsal."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

import clock
from events.reminders.gathering import gather
from events.reminders.planning import plan


class Command(BaseCommand):
    """Plans and gathers once; running it again changes nothing."""

    help = "Plan every reminder that is due and not yet told, and queue the mails."

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.arrival()
        for told in plan(at=at):
            self.stdout.write(f"{told.deadline.label} ({told.step}): {told.reminders} reminders")
        self.stdout.write(f"{gather(at=at)} mails queued")
