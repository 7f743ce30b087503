"""The imprint the law asks for: who promotes what is shown, and from where."""

from __future__ import annotations

import datetime as dt

from django.db import models


class ImprintQuerySet(models.QuerySet["Imprint"]):
    """Versions of the imprint."""

    def in_force(self, at: dt.datetime) -> Imprint | None:
        """The version in force at an instant; None before the first."""
        return self.filter(in_force_from__lte=at).order_by("-in_force_from").first()


class Imprint(models.Model):
    """One version: never edited once in force, followed by the next when the promoter changes.

    Elections Act 2022, Part 6: name and postal address of the promoter and of anyone on whose
    behalf. It stands on every page, mail and document.
    """

    text = models.TextField(
        help_text=(
            "For example: Promoted by NAME on behalf of the Co-operative Party, both at ADDRESS."
        )
    )
    in_force_from = models.DateTimeField(
        unique=True,
        null=True,
        blank=True,
        help_text="Empty: only for conferences that choose it.",
    )
    note = models.CharField(max_length=200, blank=True)

    objects = ImprintQuerySet.as_manager()

    class Meta:
        ordering = ["-in_force_from"]

    def __str__(self) -> str:
        return self.text
