"""Money received for a booking, as staff recorded it."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Sets of payments."""

    def counting(self) -> PaymentQuerySet:
        """Those that count towards the balance: everything that did not bounce."""
        return self.exclude(state=Payment.State.BOUNCED)


class Payment(models.Model):
    """One payment. Cheques are received, banked, then cleared or bounced; the rest come cleared."""

    class Method(models.TextChoices):
        CHEQUE = "cheque", "cheque"
        BACS = "bacs", "bank transfer"
        GRANT = "grant", "deducted from the grant"
        CARD = "card", "card"
        CASH = "cash", "cash"

    class State(models.TextChoices):
        RECEIVED = "received", "received"
        BANKED = "banked", "banked"
        CLEARED = "cleared", "cleared"
        BOUNCED = "bounced", "bounced"

    MOVES = {
        State.RECEIVED: {State.BANKED, State.CLEARED, State.BOUNCED},
        State.BANKED: {State.CLEARED, State.BOUNCED},
        State.CLEARED: set(),
        State.BOUNCED: set(),
    }

    booking = models.ForeignKey("registrations.Booking", models.PROTECT, related_name="payments")
    method = models.CharField(max_length=10, choices=Method)
    amount = models.DecimalField("amount (£)", max_digits=10, decimal_places=2)
    state = models.CharField(max_length=10, choices=State)
    received_on = models.DateField()
    state_on = models.DateField("in this state since")
    reference = models.CharField("cheque number or reference", max_length=60, blank=True)
    payer = models.CharField("paid by", max_length=150, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: by the card provider.",
    )
    recorded_at = models.DateTimeField()
    idempotency_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=Decimal(0)),
                name="registrations_payment_is_something",
                violation_error_message="A payment is more than nothing.",
            ),
            models.CheckConstraint(
                condition=Q(method="cheque") | Q(state="cleared"),
                name="registrations_payment_only_cheques_wait",
                violation_error_message="Only a cheque waits to be cleared.",
            ),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=False) | Q(method="card"),
                name="registrations_payment_recorded_by_somebody",
                violation_error_message="Somebody records a payment, or the card provider does.",
            ),
            models.CheckConstraint(
                condition=Q(state_on__gte=models.F("received_on")),
                name="registrations_payment_moves_after_receipt",
                violation_error_message="A payment cannot move before it was received.",
            ),
        ]

    def __str__(self) -> str:
        return f"£{self.amount} by {self.get_method_display()}"
