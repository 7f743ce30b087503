"""Ends what has been kept long enough, or only says what would go."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

import clock
from members.services.retention import enforce, overdue


class Command(BaseCommand):
    help = (
        "Delete and blank what has been kept as long as the register of personal data says. "
        "The worker does this every night."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="only say how many rows would go"
        )

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        at = clock.now()
        if dry_run:
            counted = [(one, one.rows.count()) for one in overdue(at=at)]
            lines = [one.said(rows) for one, rows in counted if rows]
        else:
            lines = enforce(at=at)
        self.stdout.write("\n".join(lines) or "Nothing has been kept too long.")
