"""The bodies of the party: branches, party councils, subscribing societies."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Sets of bodies."""

    def active(self) -> OrganisationQuerySet:
        """Bodies that exist now."""
        return self.filter(is_active=True)

    def senders(self) -> OrganisationQuerySet:
        """Bodies that send delegates and business: party councils and societies, not branches."""
        return self.active().filter(
            kind__in=[Organisation.Kind.PARTY_COUNCIL, Organisation.Kind.SOCIETY]
        )


class Organisation(models.Model):
    """A party council ("local party"), a branch of one, or a subscribing society or affiliate."""

    class Kind(models.TextChoices):
        PARTY_COUNCIL = "party_council", "party council"
        BRANCH = "branch", "branch"
        SOCIETY = "society", "society"

    name = models.CharField(max_length=150, unique=True)
    slug = models.SlugField(max_length=150, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    region = models.ForeignKey(
        "members.Region", models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="A branch's party council.",
    )
    postal_address = models.TextField("postal address for invoices", blank=True)
    contact_email = models.EmailField("shared mailbox", blank=True)
    register_number = models.CharField(
        "number in the party's register", max_length=30, blank=True, db_index=True
    )
    is_active = models.BooleanField("exists now", default=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="members_organisation_not_its_own_parent",
                violation_error_message="A body cannot be part of itself.",
            ),
            models.CheckConstraint(
                condition=Q(kind="branch") | Q(parent__isnull=True),
                name="members_organisation_only_branches_have_a_parent",
                violation_error_message="Only a branch belongs to a party council.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
