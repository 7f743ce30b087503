"""`manage.py load_conference FILE… [--check]`: make conferences of files, all of them or none."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

import clock
from events.files.loading import FileRefused, load


class Command(BaseCommand):
    """Loads conference files (docs/conference-files.md). An error names file, line and field."""

    help = "Load conference files: all of them, or none when one is wrong."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--check", action="store_true", help="say what is wrong, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.arrival()
        lines, refused = [], []
        with transaction.atomic():
            for path in options["files"]:
                try:
                    loaded = load(by=None, text=read(path), at=at)
                except FileRefused as error:
                    refused += [f"{path}: {problem}" for problem in error.problems]
                else:
                    lines.append(f"{path}: {in_words(loaded.is_new, loaded.has_changed)}")
            if refused or options["check"]:
                transaction.set_rollback(True)
        if refused:
            raise CommandError("\n".join(["Nothing was loaded.", *refused]))
        for line in lines:
            self.stdout.write(line)
        if options["check"]:
            self.stdout.write("Checked only: nothing was kept.")


def read(path: Path) -> str:
    """The file's text; a sentence when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}.") from error


def in_words(is_new: bool, has_changed: bool) -> str:
    """What loading did."""
    if is_new:
        return "new"
    return "changed" if has_changed else "unchanged"
