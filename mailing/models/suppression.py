"""Addresses that do not want, or cannot take, our mail."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from mailing import policy


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def in_force(self) -> SuppressionQuerySet:
        """Those nobody has lifted."""
        return self.filter(lifted_at__isnull=True)

    def scopes_of(self, address: str) -> set[str]:
        """The scopes in force for one address."""
        return set(self.in_force().filter(address=address.lower()).values_list("scope", flat=True))


class Suppression(models.Model):
    """One address and the mail it is spared. Lifted, never deleted; personal: the address."""

    class Scope(models.TextChoices):
        ALL = policy.SCOPE_ALL, "everything but sign-in and security mail"
        REMINDERS = policy.SCOPE_REMINDERS, "reminders"
        MARKETING = policy.SCOPE_MARKETING, "news and campaigns"
        FOLLOWING = policy.SCOPE_FOLLOWING, "news of motions they follow"

    class Reason(models.TextChoices):
        BOUNCED = "bounced", "bounced"
        COMPLAINED = "complained", "reported as spam"
        UNSUBSCRIBED = "unsubscribed", "unsubscribed"
        BY_STAFF = "by_staff", "by staff"

    address = models.EmailField("address", max_length=254)
    scope = models.CharField("spared", max_length=12, choices=Scope)
    reason = models.CharField("because", max_length=14, choices=Reason)
    note = models.CharField("note", max_length=300, blank=True)
    added_by = models.CharField("added by", max_length=254, blank=True)
    created_at = models.DateTimeField("since")
    lifted_at = models.DateTimeField("lifted", null=True, blank=True)
    lifted_by = models.CharField("lifted by", max_length=254, blank=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["address", "scope"],
                condition=models.Q(lifted_at__isnull=True),
                name="mailing_suppression_once_in_force",
                violation_error_message="This address is already spared this mail.",
            ),
            models.CheckConstraint(
                condition=models.Q(address=Lower("address")),
                name="mailing_suppression_address_in_lower_case",
                violation_error_message="Addresses are kept in lower case.",
            ),
            models.CheckConstraint(
                condition=models.Q(scope__in=["all", "reminders", "marketing", "following"]),
                name="mailing_suppression_known_scope",
                violation_error_message="Choose what mail the address is spared.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    reason__in=["bounced", "complained", "unsubscribed", "by_staff"]
                ),
                name="mailing_suppression_known_reason",
                violation_error_message="Choose why the address is spared.",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True)
                | models.Q(lifted_at__gte=models.F("created_at")),
                name="mailing_suppression_lifted_after_added",
                violation_error_message="It cannot be lifted before it was added.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.get_scope_display()}"

    @property
    def audit_label(self) -> str:
        """What an audit trail, which cannot forget, calls it: without the address."""
        return f"suppression {self.pk}: {self.get_scope_display()}"
