"""`manage.py prepare`: everything a practice copy needs before it can be looked at."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

#: In this order; each is safe to run again.
LOADING = ("load_conferences", "load_demo")


class Command(BaseCommand):
    """Migrates, then loads the real conferences and the demo year around today."""

    help = "Migrate and load the conferences and the demo (development only)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo is for practice copies: ENVIRONMENT must be development.")
        call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write("  database migrated")
        for name in LOADING:
            if name in get_commands():
                call_command(name)
