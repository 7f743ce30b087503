"""Receipts: proof of what was sent in or withdrawn, numbered through one conference."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

SUBJECTS = ("motion", "nomination", "award_nomination", "policy_submission")


class ReceiptBook(models.Model):
    """The last number given at a conference; its row is locked while a number is taken."""

    conference = models.OneToOneField(
        "events.Conference", models.PROTECT, related_name="receipt_book"
    )
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"Receipts of {self.conference}"


class Receipt(models.Model):
    """One receipt with number, instant and full text, as it was mailed. Never changed."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", "sent in"
        AWAITING = "awaiting", "sent in, an officer still has to confirm"
        CONFIRMED = "confirmed", "confirmed by an officer"
        LATE = "late", "put on the late list"
        WITHDRAWN = "withdrawn", "withdrawn"

    conference = models.ForeignKey("events.Conference", models.PROTECT, related_name="receipts")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, null=True, blank=True, related_name="receipts"
    )
    motion = models.ForeignKey(
        "motions.Motion", models.PROTECT, null=True, blank=True, related_name="receipts"
    )
    nomination = models.ForeignKey(
        "motions.Nomination", models.PROTECT, null=True, blank=True, related_name="receipts"
    )
    award_nomination = models.ForeignKey(
        "motions.AwardNomination", models.PROTECT, null=True, blank=True, related_name="receipts"
    )
    policy_submission = models.ForeignKey(
        "motions.PolicySubmission", models.PROTECT, null=True, blank=True, related_name="receipts"
    )
    at = models.DateTimeField("instant that counts")
    given_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(max_length=200)
    text = models.TextField("full text")
    idempotency_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["conference", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "number"],
                name="motions_receipt_number_once_a_conference",
                violation_error_message="This receipt number is taken.",
            ),
            models.CheckConstraint(
                condition=Q(
                    motion__isnull=False,
                    nomination__isnull=True,
                    award_nomination__isnull=True,
                    policy_submission__isnull=True,
                )
                | Q(
                    motion__isnull=True,
                    nomination__isnull=False,
                    award_nomination__isnull=True,
                    policy_submission__isnull=True,
                )
                | Q(
                    motion__isnull=True,
                    nomination__isnull=True,
                    award_nomination__isnull=False,
                    policy_submission__isnull=True,
                )
                | Q(
                    motion__isnull=True,
                    nomination__isnull=True,
                    award_nomination__isnull=True,
                    policy_submission__isnull=False,
                ),
                name="motions_receipt_for_one_thing",
                violation_error_message="A receipt is for exactly one thing.",
            ),
            models.CheckConstraint(
                condition=Q(given_to__isnull=False) | Q(policy_submission__isnull=False),
                name="motions_receipt_given_to_somebody",
                violation_error_message="Only the public answers without a sign-in.",
            ),
        ]

    def __str__(self) -> str:
        return f"Receipt {self.number}, {self.conference}"
