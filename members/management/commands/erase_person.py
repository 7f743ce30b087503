"""Erases one person as the register of personal data says, or everybody in the journal again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

import clock
from members.personal_data import Person
from members.services.personal_data import erase_person, replay_erasures


class Command(BaseCommand):
    help = (
        "Erase a person: erase_person ADDRESS --reason '…' --yes. "
        "After a restore: erase_person --replay JOURNAL."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", nargs="?", help="the person's e-mail address")
        parser.add_argument("--reason", default="", help="why, for the journal")
        parser.add_argument("--yes", action="store_true", help="do it; without it nothing is done")
        parser.add_argument("--replay", type=Path, help="the journal's file, after a restore")

    def handle(self, *, address: str | None, replay: Path | None, **options: Any) -> None:
        if replay is not None:
            return self._replay(replay)
        if not address or not options["yes"]:
            raise CommandError("Give an address, --reason and --yes. It cannot be taken back.")
        try:
            counts = erase_person(
                by=None,
                person=Person.at_address(address),
                reason=options["reason"],
                at=clock.now(),
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        for table, deed in counts.items():
            self.stdout.write(f"{table}: {deed}")
        return None

    def _replay(self, journal: Path) -> None:
        with journal.open(encoding="utf-8") as lines:
            done = replay_erasures(lines=lines, at=clock.now())
        self.stdout.write(f"{len(done)} people were back and are erased again.")
