"""Payments by card: what was begun, and the inbox of what the provider says has happened."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q


class CardAttempt(models.Model):
    """Somebody went to pay a booking's balance. It holds nothing and charges nothing."""

    booking = models.ForeignKey(
        "registrations.Booking", models.PROTECT, related_name="card_attempts"
    )
    provider = models.CharField(max_length=30)
    key = models.CharField(max_length=40, unique=True, editable=False)
    amount = models.DecimalField("amount (£)", max_digits=10, decimal_places=2)
    started_at = models.DateTimeField("begun")

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=Decimal(0)),
                name="registrations_cardattempt_is_something",
                violation_error_message="Only something that is owed is paid.",
            ),
        ]

    def __str__(self) -> str:
        return f"£{self.amount} for {self.booking}"


class CardEvent(models.Model):
    """One event of the provider, kept once by its own number, with what became of it."""

    class Outcome(models.TextChoices):
        RECORDED = "recorded", "recorded as a payment"
        HELD = "held", "kept for you to look at"
        SETTLED = "settled", "looked at"

    provider = models.CharField(max_length=30)
    event_id = models.CharField("the provider's number", max_length=120)
    kind = models.CharField(max_length=30)
    attempt = models.ForeignKey(
        CardAttempt, models.PROTECT, null=True, blank=True, related_name="events"
    )
    charge_id = models.CharField("the provider's payment", max_length=120, blank=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3)
    received_at = models.DateTimeField("came")
    outcome = models.CharField(max_length=10, choices=Outcome)
    why = models.CharField(max_length=300, blank=True)
    payment = models.OneToOneField(
        "registrations.Payment", models.PROTECT, null=True, blank=True, related_name="card_event"
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "event of the card provider"
        verbose_name_plural = "events of the card provider"
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "event_id"],
                name="registrations_cardevent_once",
                violation_error_message="This event came already.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="recorded", payment__isnull=False) | ~Q(outcome="recorded"),
                name="registrations_cardevent_recorded_with_its_payment",
                violation_error_message="What is recorded has its payment.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="settled") | (Q(settled_by__isnull=False) & ~Q(why="")),
                name="registrations_cardevent_settled_by_somebody",
                violation_error_message="Say what was done about it.",
            ),
        ]

    def __str__(self) -> str:
        return self.event_id
