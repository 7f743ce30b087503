"""A campaign, a taskforce: what it is about, who leads it, whom to ask. It has no dates to come to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Sets of campaigns."""

    def public(self) -> CampaignQuerySet:
        """Those that everybody may see."""
        return self.filter(is_public=True)


class Campaign(models.Model):
    """One page for what is no conference: publications and calls for ideas may belong to it.

    Facts nobody published stay empty.
    """

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    people = models.TextField("who leads it", blank=True, help_text="One a line, with their part.")
    supporters = models.CharField("supported by", max_length=200, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    imprint = models.ForeignKey(
        "events.Imprint",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
        help_text="Empty: the imprint in force.",
    )
    is_public = models.BooleanField("shown to everybody", default=False)
    file_digest = models.CharField(
        "the shipped file it was loaded from", max_length=64, blank=True, editable=False
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="events_campaign_has_a_title",
                violation_error_message="A campaign has a title.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:campaign", args=[self.slug])

    @property
    def people_listed(self) -> list[str]:
        """Who leads it, one by one."""
        return [line.strip() for line in self.people.splitlines() if line.strip()]
