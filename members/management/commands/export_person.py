"""Writes everything the register of personal data knows of one person to a file or the screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

import clock
from members.personal_data import Person
from members.services.personal_data import export_person


class Command(BaseCommand):
    help = "What we hold of one person, by e-mail address, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="the person's e-mail address")
        parser.add_argument("--to", type=Path, help="a file to write; nothing: the screen")

    def handle(self, *, address: str, to: Path | None, **options: Any) -> None:
        facts = export_person(by=None, person=Person.at_address(address), at=clock.now())
        text = json.dumps(facts, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
        if to is None:
            self.stdout.write(text)
            return
        to.write_text(text, encoding="utf-8")
        self.stdout.write(f"{len(facts['tables'])} tables written.")
