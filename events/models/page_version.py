"""How often what strangers see has changed: the key under which copies of pages are kept."""

from __future__ import annotations

from django.db import models


class PageVersion(models.Model):
    """One row. Raised in the transaction of every change that a public page shows.

    It lives in the database rather than in the cache, so that a copy can never outlive the facts it
    shows, whatever happens to the cache and on however many machines the site runs.
    """

    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="events_pageversion_is_one_row",
                violation_error_message="There is one page version.",
            )
        ]

    def __str__(self) -> str:
        return str(self.number)
