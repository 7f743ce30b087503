"""Money that left again or was never asked for: refunds, write-offs, credit moved elsewhere."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from registrations.models.payment import Payment


class Refund(models.Model):
    """Money given back: to whom, how and why."""

    booking = models.ForeignKey("registrations.Booking", models.PROTECT, related_name="refunds")
    amount = models.DecimalField("amount (£)", max_digits=10, decimal_places=2)
    method = models.CharField(max_length=10, choices=Payment.Method)
    paid_to = models.CharField(max_length=150)
    reference = models.CharField("cheque number or reference", max_length=60, blank=True)
    reason = models.CharField(max_length=300)
    refunded_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    idempotency_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ["-refunded_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=Decimal(0)),
                name="registrations_refund_is_something",
                violation_error_message="A refund is more than nothing.",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(paid_to=""),
                name="registrations_refund_says_to_whom_and_why",
                violation_error_message="Say to whom the money goes back, and why.",
            ),
        ]

    def __str__(self) -> str:
        return f"£{self.amount} back to {self.paid_to}"


class WriteOff(models.Model):
    """What is owed and will not be asked for any more, with the reason."""

    booking = models.ForeignKey("registrations.Booking", models.PROTECT, related_name="write_offs")
    amount = models.DecimalField("amount (£)", max_digits=10, decimal_places=2)
    reason = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    idempotency_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = "write-off"
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=Decimal(0)) & ~Q(reason=""),
                name="registrations_write_off_something_for_a_reason",
                violation_error_message="A write-off is more than nothing, and has a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"£{self.amount} written off"


class CreditMove(models.Model):
    """What was paid too much for one booking counts for another of the same payer."""

    source = models.ForeignKey(
        "registrations.Booking", models.PROTECT, related_name="credit_out", verbose_name="from"
    )
    target = models.ForeignKey(
        "registrations.Booking", models.PROTECT, related_name="credit_in", verbose_name="to"
    )
    amount = models.DecimalField("amount (£)", max_digits=10, decimal_places=2)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    idempotency_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = "credit moved"
        verbose_name_plural = "credit moved"
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=Decimal(0)) & ~Q(source=F("target")),
                name="registrations_credit_moves_something_elsewhere",
                violation_error_message="Credit moves to another booking.",
            ),
        ]

    def __str__(self) -> str:
        return f"£{self.amount} from {self.source} to {self.target}"
