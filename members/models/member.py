"""The membership record as the party's register gives it; the register stays the master."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class Member(models.Model):
    """One individual member. A sign-in is matched to it by number and surname or postcode."""

    class Standing(models.TextChoices):
        FULL = "full", "full member"
        PROVISIONAL = "provisional", "provisional (first three months, no vote)"
        LAPSED = "lapsed", "lapsed"

    number = models.CharField("membership number", max_length=30)
    given_names = models.CharField(max_length=100)
    surname = models.CharField(max_length=100)
    postcode = models.CharField(max_length=10, blank=True)
    email = models.EmailField(
        "e-mail address in the register",
        blank=True,
        db_index=True,  # serves: staff's search
    )
    standing = models.CharField(max_length=20, choices=Standing, default=Standing.FULL)
    joined_on = models.DateField(null=True, blank=True)
    lapsed_on = models.DateField(null=True, blank=True)
    region = models.ForeignKey(
        "members.Region", models.PROTECT, null=True, blank=True, related_name="members"
    )
    organisation = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        help_text="The branch or party council this member belongs to.",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="member",
        verbose_name="sign-in",
    )

    class Meta:
        ordering = ["surname", "given_names"]
        constraints = [
            models.UniqueConstraint(
                Lower("number"),
                name="members_member_number_is_unique",
                violation_error_message="There is already a member with this number.",
            ),
            models.CheckConstraint(
                condition=Q(lapsed_on__isnull=True)
                | Q(joined_on__isnull=True)
                | Q(lapsed_on__gte=models.F("joined_on")),
                name="members_member_lapses_after_joining",
                violation_error_message="A membership cannot lapse before it began.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_names} {self.surname}"

    @property
    def audit_label(self) -> str:
        """What the audit trail, which cannot forget, calls this person."""
        return f"membership {self.pk}"
