"""The nations and regions bodies and members belong to."""

from __future__ import annotations

from django.db import models


class Region(models.Model):
    """A nation or region by the party's names; never told by postcode (North Cumbria)."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    is_nation = models.BooleanField(
        "a nation, not an English region",
        default=False,
    )
    position = models.PositiveSmallIntegerField("order in lists", default=0, db_index=True)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
