"""`manage.py fill_bench`: the rows of the bench; prints what a signed-in secretary asks for."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand

from bench import rows


class Command(BaseCommand):
    """Prints JSON: the key of the secretary's session, a draft and a published motion."""

    help = "Fill a database of the bench's own."

    def handle(self, *args: object, **options: object) -> None:
        rows.conference()
        user, session = rows.person(1)
        draft, published = rows.motions(rows.secretary(user), user)
        self.stdout.write(
            json.dumps({"session": session, "draft": draft.pk, "published": published.pk})
        )
