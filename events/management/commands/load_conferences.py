"""`manage.py load_conferences`: the real conferences that come with the software."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

import clock
from events.files.loading import FileRefused, load
from events.models import Conference, Imprint
from events.services import imprints

SHIPPED = Path(__file__).resolve().parents[2] / "conferences"
FIRST_IMPRINT = (
    "Promoted by Joe Fortune on behalf of the Co-operative Party, both at Unit 13, "
    "83 Crampton Street, London, SE17 3BQ, United Kingdom."
)


class Command(BaseCommand):
    """Loads each shipped file once, and again only when the file itself has changed.

    So what staff edit afterwards stays, and a second start costs one query. Where there is no
    imprint yet, the party's last known one is put in force.
    """

    help = "Load the conferences that come with the software."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.arrival()
        if not Imprint.objects.exists():
            imprints.publish(by=None, text=FIRST_IMPRINT, in_force_from=at, at=at)
        known = set(Conference.objects.values_list("file_digest", flat=True))
        for path in sorted(SHIPPED.glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            digest = hashlib.sha256(text.encode()).hexdigest()
            if digest in known:
                continue
            try:
                load(by=None, text=text, at=at, digest=digest)
            except FileRefused as error:
                lines = [f"{path.name}: {problem}" for problem in error.problems]
                raise CommandError("\n".join(lines)) from error
            self.stdout.write(f"{path.name}: loaded")
