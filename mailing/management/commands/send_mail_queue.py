"""`manage.py send_mail_queue`: what the pump does, without Celery (for cron, or by hand)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

import clock
from mailing.services import delivery


class Command(BaseCommand):
    """Sends everything that is due and says what became of it."""

    help = "Send the mail that is due. Safe to run at any time, also while Celery runs."

    def handle(self, *args: Any, **options: Any) -> None:
        tally = delivery.pump(now=clock.arrival)
        self.stdout.write(
            ", ".join(f"{number} {state}" for state, number in sorted(tally.items()))
            or "Nothing is due."
        )
