"""`manage.py doctor`: names what is misconfigured here, and how to mend it."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from coopconf import diagnosis


class Command(BaseCommand):
    """Looks at every part the site needs. Exit code 1 when something is wrong."""

    help = "Say what is misconfigured here and how to mend it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = diagnosis.examine()
        is_well = all(finding.is_well for finding in findings)
        if options["json"]:
            told = {"is_well": is_well, "findings": [found.as_dict() for found in findings]}
            self.stdout.write(json.dumps(told, indent=2))
        else:
            for found in findings:
                self.stdout.write(
                    f"{'well ' if found.is_well else 'WRONG'}  {found.part}: {found.seen}"
                )
                if found.mend:
                    self.stdout.write(f"       {found.mend}")
            self.stdout.write("Everything is well." if is_well else "Something is wrong.")
        if not is_well:
            sys.exit(1)
