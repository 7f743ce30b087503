"""Writes mails into the rig's outbox by the real doors: one a transaction, or as a mailing.

python -m tests.mailing.rig.fill RUN NUMBER
"""

from __future__ import annotations

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.mailing.rig.settings"
django.setup()

from django.db import transaction  # noqa: E402

import clock  # noqa: E402
from mailing import outbox  # noqa: E402

SINGLY = 40


def main(run: str, number: int) -> None:
    """The first forty as receipts, each of which wakes the pump; the rest as one mailing."""
    at = clock.now()
    for n in range(min(SINGLY, number)):
        with transaction.atomic():
            outbox.put(
                key=f"{run}:{n}",
                to=f"person{n}@example.org",
                subject="Receipt",
                template="plain",
                context={"body": f"mail {n}"},
                kind="receipt",
                at=at,
            )
    letters = (
        outbox.Letter(
            key=f"{run}:{n}",
            to=f"person{n}@example.org",
            subject="Soon",
            context={"body": f"mail {n}"},
        )
        for n in range(number)
    )
    outbox.put_many(letters, template="plain", kind="reminder", at=at)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
