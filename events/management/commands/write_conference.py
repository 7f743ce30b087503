"""`manage.py write_conference SLUG`: a conference as a file, without loss."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.files.writing import write_conference
from events.models import Conference


class Command(BaseCommand):
    """Writes to standard output; last year's file is next year's start."""

    help = "Write a conference as a file (docs/conference-files.md)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("slug")

    def handle(self, *args: Any, **options: Any) -> None:
        conference = Conference.objects.filter(slug=options["slug"]).first()
        if conference is None:
            slugs = ", ".join(Conference.objects.values_list("slug", flat=True))
            raise CommandError(f"There is no conference {options['slug']}. There are: {slugs}.")
        self.stdout.write(write_conference(conference), ending="")
