"""`manage.py load_demo`: a demo year around today. Development only; the second time it is quick."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

import clock
from coopconf.demo import awarding, cast, conferences, last_annual, story
from coopconf.demo.dates import DemoDates
from events.models import Conference


class Command(BaseCommand):
    """Makes people, bodies, conferences and some business, all or nothing."""

    help = "Load a made-up conference year dated around today (development only)."

    def handle(self, *args: Any, **options: Any) -> None:
        if Conference.objects.filter(slug=conferences.ANNUAL).exists():
            self.stdout.write("The demo year is there.")
            return
        at = clock.now()
        dates = DemoDates(clock.in_london(at).date())
        try:
            with transaction.atomic():
                self._load(dates, at)
        except Exception as error:
            raise CommandError(f"The demo year could not be loaded: {error}") from error
        self.stdout.write("The demo year is loaded.")

    def _load(self, dates: DemoDates, at: Any) -> None:
        bodies = cast.make_bodies()
        administrator = cast.make_staff()
        members = cast.make_members(at)
        cast.make_officers(bodies, by=administrator, at=at)
        annual = conferences.make_annual(dates)
        cast.make_lay(annual, by=administrator, at=at)
        conferences.make_regional(dates)
        conferences.make_others(dates)
        last = conferences.make_last_annual(dates)
        cast.make_lay(last, by=administrator, at=at - dt.timedelta(days=200))
        last_annual.tell(last, bodies=bodies)
        story.tell(annual, bodies=bodies, members=members, by=administrator, at=at)
        awarding.tell(annual, bodies=bodies, by=administrator, at=at)
