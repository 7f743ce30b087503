"""`manage.py replay CONFERENCE [--format json]`: the calendar walked on a simulated clock."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

import clock
from events.models import Conference
from events.replay import Entry, ReplayDay, as_json, replay


class Command(BaseCommand):
    """Sends nothing and changes nothing: it only reads."""

    help = "Walk a conference's calendar: what opens, closes, changes price or is mailed, by day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("conference", help="its short name, for example annual-2016")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        conference = Conference.objects.filter(slug=options["conference"]).first()
        if conference is None:
            known = ", ".join(Conference.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(
                f"There is no conference {options['conference']!r}. Known: {known or 'none yet'}."
            )
        days = replay(conference)
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_json(conference, days), indent=2, ensure_ascii=False))
            return
        for day in days:
            self._write(day)
        if days and not any(day.mails for day in days):
            self.stdout.write("No mail: on these days it would have concerned nobody who is here.")

    def _write(self, day: ReplayDay) -> None:
        mails = f"  ({day.mails} mail{'s' * (day.mails != 1)})" if day.mails else ""
        self.stdout.write(f"{day.date:%A} {day.date.day} {day.date:%B %Y}{mails}")
        for entry in day.entries:
            self.stdout.write(f"  {_hour(entry)} {_line(entry)}")


def _hour(entry: Entry) -> str:
    return "24:00" if entry.ends_its_day else f"{clock.in_london(entry.at):%H:%M}"


def _line(entry: Entry) -> str:
    if entry.what != "mail":
        return f"{entry.what}: {entry.text}"
    bodies = f" of {len(entry.bodies)} bodies" if entry.bodies else ""
    return f"mail ({entry.step_in_words}): {entry.text}, to {entry.people} people{bodies}"
