"""`manage.py load_conferences`: the real conferences and campaigns that come with the software."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

import clock
from events.campaigns.loading import load as load_campaign
from events.files.loading import FileRefused, load
from events.models import Campaign, Conference, Imprint
from events.services import imprints

SHIPPED = Path(__file__).resolve().parents[2] / "conferences"
CAMPAIGNS = Path(__file__).resolve().parents[2] / "campaigns" / "shipped"
FIRST_IMPRINT = (
    "Promoted by Joe Fortune on behalf of the Co-operative Party, both at Unit 13, "
    "83 Crampton Street, London, SE17 3BQ, United Kingdom."
)


class Command(BaseCommand):
    """Loads each shipped file once, and again only when the file itself has changed.

    So what staff edit afterwards stays, and a second start costs two queries. Where there is no
    imprint yet, the party's last known one is put in force.
    """

    help = "Load the conferences that come with the software."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.arrival()
        if not Imprint.objects.exists():
            imprints.publish(by=None, text=FIRST_IMPRINT, in_force_from=at, at=at)
        loaded = Conference.objects.order_by().values_list("file_digest", flat=True)
        known = set(loaded.union(Campaign.objects.order_by().values_list("file_digest", flat=True)))
        files = [(path, load) for path in sorted(SHIPPED.glob("*.yaml"))]
        # a consultation names the sessions that discuss it: their conferences come first
        files += [(path, load) for path in sorted(SHIPPED.glob("consultations/*.yaml"))]
        files += [(path, load_campaign) for path in sorted(CAMPAIGNS.glob("*.yaml"))]
        for path, load_file in files:
            text = path.read_text(encoding="utf-8")
            digest = hashlib.sha256(text.encode()).hexdigest()
            if digest in known:
                continue
            try:
                load_file(by=None, text=text, at=at, digest=digest)
            except FileRefused as error:
                lines = [f"{path.name}: {problem}" for problem in error.problems]
                raise CommandError("\n".join(lines)) from error
            self.stdout.write(f"{path.name}: loaded")
