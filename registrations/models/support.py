"""Access support and bursaries: asked for in confidence, decided by the access officer, given as codes.

What people write is read by the access officer alone and deleted on the stated day. A code names a
conference and what it is good for, never why it was given.
"""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q


class SupportFund(models.Model):
    """What a conference can give altogether, in pounds."""

    conference = models.OneToOneField(
        "events.Conference", models.PROTECT, related_name="support_fund"
    )
    budget = models.DecimalField("budget (£)", max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = "budget for support"
        verbose_name_plural = "budgets for support"
        constraints = [
            models.CheckConstraint(
                condition=Q(budget__gte=Decimal(0)),
                name="registrations_fund_not_negative",
                violation_error_message="A budget is nothing or more.",
            ),
        ]

    def __str__(self) -> str:
        return f"£{self.budget} for {self.conference}"


class SupportRequest(models.Model):
    """One person's request, in their own words. `granted` is in pounds, whichever way it is given."""

    class Purpose(models.TextChoices):
        TRAVEL = "travel", "travel"
        ROOM = "room", "a room"
        CHILDCARE = "childcare", "childcare"
        ASSISTANT = "assistant", "a carer or personal assistant"
        FEE = "fee", "the fee"
        OTHER = "other", "something else"

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        GRANTED = "granted", "granted"
        REFUSED = "refused", "refused"

    conference = models.ForeignKey(
        "events.Conference", models.PROTECT, related_name="support_requests"
    )
    name = models.CharField(max_length=150)
    email = models.EmailField("e-mail address", db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    purposes = models.CharField("for", max_length=80, blank=True)
    rough_cost = models.DecimalField(
        "roughly (£)", max_digits=8, decimal_places=2, null=True, blank=True
    )
    words = models.TextField("in their own words", max_length=2000, blank=True)
    asked_at = models.DateTimeField("asked")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    granted = models.DecimalField(
        "granted (£)", max_digits=8, decimal_places=2, null=True, blank=True
    )
    answer = models.TextField("what we wrote", max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("decided", null=True, blank=True)
    purge_on = models.DateField("deleted on")
    idempotency_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = "request for support"
        verbose_name_plural = "requests for support"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True, granted__isnull=True)
                | Q(state="refused", decided_at__isnull=False, granted__isnull=True)
                | Q(state="granted", decided_at__isnull=False, granted__gt=Decimal(0)),
                name="registrations_support_decided_with_its_time",
                violation_error_message="Something is granted, or refused, at a time.",
            ),
            models.UniqueConstraint(
                fields=["conference", "email"],
                condition=Q(state="waiting"),
                name="registrations_support_one_waits_a_person",
                violation_error_message="A request from this address waits already.",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"

    @property
    def purposes_in_words(self) -> str:
        """'travel, a room'; empty once it is deleted."""
        labels = dict(self.Purpose.choices)
        return ", ".join(labels.get(one, one) for one in self.purposes.split(",") if one)


class ReductionCode(models.Model):
    """A single-use code that takes an amount or a share off named things. Only its hash is stored."""

    conference = models.ForeignKey(
        "events.Conference", models.PROTECT, related_name="reduction_codes"
    )
    request = models.OneToOneField(SupportRequest, models.PROTECT, related_name="code")
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    percent = models.DecimalField(
        "per cent off", max_digits=5, decimal_places=2, null=True, blank=True
    )
    amount = models.DecimalField("£ off", max_digits=8, decimal_places=2, null=True, blank=True)
    pass_types = models.ManyToManyField("registrations.PassType", blank=True, related_name="+")
    extras = models.ManyToManyField("registrations.Extra", blank=True, related_name="+")
    nominal_code = models.CharField(max_length=20, blank=True)
    expires_at = models.DateTimeField("good until")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "code for a reduction"
        verbose_name_plural = "codes for reductions"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gt=Decimal(0), percent__lte=Decimal(100), amount__isnull=True)
                | Q(percent__isnull=True, amount__gt=Decimal(0)),
                name="registrations_reduction_share_or_amount",
                violation_error_message="A code takes off a share or an amount, not both.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")),
                name="registrations_reduction_expires_later",
                violation_error_message="A code must last for a while.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent.normalize():f}% off" if self.percent else f"£{self.amount} off"


class CodeUse(models.Model):
    """A code was used for a place. One use stands at a time; staff may give it back."""

    code = models.ForeignKey(ReductionCode, models.PROTECT, related_name="uses")
    place = models.ForeignKey("registrations.Place", models.PROTECT, related_name="code_uses")
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    used_at = models.DateTimeField("used")
    given_back_at = models.DateTimeField("given back", null=True, blank=True)
    given_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "use of a code"
        verbose_name_plural = "uses of codes"
        ordering = ["-used_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(given_back_at__isnull=True),
                name="registrations_code_used_once",
                violation_error_message="This code was used already.",
            ),
        ]

    def __str__(self) -> str:
        return f"use {self.pk}"
