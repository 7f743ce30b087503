"""`manage.py merge_amendments`: tries the text engine on files, without a database."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motions.texts import plain_files
from motions.texts.blocks import rendered
from motions.texts.merging import Merged, merge
from motions.texts.report import report

WRONG_FILE = 2
"""Exit code when a file cannot be read. Collisions are no failure: 0."""


class Command(BaseCommand):
    """Merges full texts of amendments into their base and says what collides.

    JSON: ``merged`` is the list of blocks; each of ``collisions`` has ``kind``, ``paragraph``
    (counting the base's blocks from 1), ``amendments``, ``base`` and ``texts`` (one for each of the
    amendments, '' where it deletes). What is to be said of reading the files goes to stderr.
    """

    help = (
        "Merge amendments into a text. Each file holds a full text: the base, then the base as "
        "each amendment would have it. Paragraphs are parted by empty lines; a line that begins "
        "with '- ' is a block of its own. No database is needed."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("base", metavar="BASE.txt")
        parser.add_argument("amendments", metavar="A.txt", nargs="*")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        # the same file named twice is one amendment
        paths = list(dict.fromkeys(map(os.path.normpath, options["amendments"])))
        if len(paths) > plain_files.MAX_FILES:
            raise CommandError(
                f"These are {len(paths)} amendments; {plain_files.MAX_FILES} are the most that "
                "are merged at once.",
                returncode=WRONG_FILE,
            )
        base = self._read(options["base"], Path(options["base"]).name)
        named = dict(zip(plain_files.names(paths), paths, strict=True))
        proposals = {name: self._read(path, name).blocks for name, path in named.items()}
        merged = merge(base.blocks, proposals)
        if options["format"] == "json":
            self.stdout.write(_json(merged, getattr(sys.stdout, "encoding", None)))
        else:
            self.stdout.write(report(base.blocks, proposals, merged))

    def _read(self, path: str, name: str) -> plain_files.PlainFile:
        """The file, with what is to be said of it said."""
        try:
            with Path(path).open("rb") as file:
                found = plain_files.read(file.read(plain_files.MAX_BYTES + 1))
        except OSError as error:
            why = (
                "there is no such file" if isinstance(error, FileNotFoundError) else error.strerror
            )
            raise CommandError(f"{path} cannot be read: {why}.", returncode=WRONG_FILE) from error
        except plain_files.FileUnreadable as error:
            raise CommandError(f"{path} cannot be read: {error}", returncode=WRONG_FILE) from error
        for note in found.notes:
            self.stderr.write(f"{name}: {note}.")
        return found


def _json(merged: Merged, encoding: str | None) -> str:
    data = {
        "merged": [rendered(block) for block in merged.blocks],
        "collisions": [
            {
                "kind": collision.kind.value,
                "paragraph": collision.paragraph,
                "amendments": list(collision.amendments),
                "base": collision.base,
                "texts": list(collision.texts),
            }
            for collision in merged.collisions
        ],
    }
    is_utf8 = (encoding or "").lower().replace("-", "") == "utf8"
    return json.dumps(data, ensure_ascii=not is_utf8, indent=2)
