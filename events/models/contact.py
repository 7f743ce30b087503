"""Whom to ask when no conference's own people are the ones to ask."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class SiteContact(models.Model):
    """One row: an office and how to reach it, as published on the contact page and in mails.

    What is empty is not shown. An office rather than a person: people change.
    """

    name = models.CharField(
        "who answers", max_length=120, help_text="An office, for example: Conference team."
    )
    email = models.EmailField("e-mail address", blank=True)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(
        "when somebody answers", max_length=120, blank=True, help_text="Monday to Friday, 9 to 5."
    )
    postal_address = models.TextField(
        max_length=300, blank=True, help_text="Where letters go: forms on paper come here."
    )

    class Meta:
        verbose_name = "contact of the site"
        verbose_name_plural = "contact of the site"
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=1),
                name="events_sitecontact_is_one_row",
                violation_error_message="There is one contact of the site: change it.",
            ),
            models.CheckConstraint(
                condition=~Q(email="", phone="", postal_address=""),
                name="events_sitecontact_can_be_reached",
                violation_error_message="Give an e-mail address, a phone number or an address.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
