"""What a conference sells: pass types and extras, each with its door and its price bands."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q


class PassType(models.Model):
    """A way to come. Its deadline is its door; capacity belongs here, never to a price band."""

    class Role(models.TextChoices):
        DELEGATE = "delegate", "delegate"
        YOUTH_DELEGATE = "youth_delegate", "youth delegate"
        VISITOR = "visitor", "visitor"
        OBSERVER = "observer", "observer"
        EX_OFFICIO = "ex_officio", "ex-officio"
        EXHIBITOR = "exhibitor", "exhibitor"
        CARER = "carer", "carer or personal assistant"

    class SoldTo(models.TextChoices):
        BODIES = "bodies", "party councils and societies"
        MEMBERS = "members", "members, for themselves"
        EVERYBODY = "everybody", "everybody"

    # Roles that make up a body's delegation.
    DELEGATION = (Role.DELEGATE, Role.YOUTH_DELEGATE)
    # Who may be in a session for delegates only; a carer comes in with the person they support.
    AMONG_DELEGATES = (*DELEGATION, Role.EX_OFFICIO, Role.CARER)

    conference = models.ForeignKey("events.Conference", models.PROTECT, related_name="pass_types")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    description = models.CharField("what it includes", max_length=300, blank=True)
    role = models.CharField(max_length=20, choices=Role)
    sold_to = models.CharField(max_length=20, choices=SoldTo)
    deadline = models.ForeignKey(
        "events.Deadline", models.PROTECT, related_name="pass_types", verbose_name="its door"
    )
    capacity = models.PositiveIntegerField(
        "places in all", null=True, blank=True, help_text="Empty: no limit."
    )
    membership_required = models.BooleanField("only for members of the party", default=False)
    only_on = models.DateField(
        "only on", null=True, blank=True, help_text="A day pass. Empty: every day."
    )
    is_on_sale = models.BooleanField("on sale while its door is open", default=True)
    nominal_code = models.CharField(max_length=20, blank=True)
    vat_rate = models.DecimalField(
        "VAT rate (%)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Part of the price. Empty: no VAT charged.",
    )
    position = models.PositiveSmallIntegerField("order", default=0)

    class Meta:
        ordering = ["conference", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "code"],
                name="registrations_passtype_code_once",
                violation_error_message="This conference already has a pass with that code.",
            ),
            models.CheckConstraint(
                condition=Q(vat_rate__isnull=True)
                | Q(vat_rate__gte=Decimal(0), vat_rate__lte=Decimal(100)),
                name="registrations_passtype_vat_rate",
                violation_error_message="A VAT rate lies between nothing and 100 per cent.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_of_carer(self) -> bool:
        """Given, never sold: to whoever supports a person that comes."""
        return self.role == self.Role.CARER


class Extra(models.Model):
    """Something bound to a person's place (dinner, a hotel night), with a door of its own."""

    class Kind(models.TextChoices):
        DINNER = "dinner", "dinner"
        HOTEL_NIGHT = "hotel_night", "hotel night"
        MEAL = "meal", "meal"
        OTHER = "other", "other"

    conference = models.ForeignKey("events.Conference", models.PROTECT, related_name="extras")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    on_date = models.DateField("on", null=True, blank=True)
    deadline = models.ForeignKey(
        "events.Deadline", models.PROTECT, related_name="extras", verbose_name="its door"
    )
    capacity = models.PositiveIntegerField(
        "places in all", null=True, blank=True, help_text="Empty: no limit."
    )
    is_on_sale = models.BooleanField("on sale while its door is open", default=True)
    is_free_for_carers = models.BooleanField(
        "free for a carer",
        default=False,
        help_text="A carer's pass costs nothing anyhow. Unticked: a carer pays the price of this.",
    )
    nominal_code = models.CharField(max_length=20, blank=True)
    vat_rate = models.DecimalField(
        "VAT rate (%)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Part of the price. Empty: no VAT charged.",
    )
    cost = models.DecimalField(
        "what one costs us (£)",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Only for what is sold above it, such as a sponsor's table: the rest may be a "
        "gift to the party, and the month end shows it. Empty: it is not asked.",
    )
    position = models.PositiveSmallIntegerField("order", default=0)

    class Meta:
        ordering = ["conference", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "code"],
                name="registrations_extra_code_once",
                violation_error_message="This conference already has an extra with that code.",
            ),
            models.CheckConstraint(
                condition=Q(vat_rate__isnull=True)
                | Q(vat_rate__gte=Decimal(0), vat_rate__lte=Decimal(100)),
                name="registrations_extra_vat_rate",
                violation_error_message="A VAT rate lies between nothing and 100 per cent.",
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=Decimal(0)),
                name="registrations_extra_cost_not_negative",
                violation_error_message="Nothing costs us less than nothing.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PriceBand(models.Model):
    """A price until a deadline closes. Bands run in order; the last lasts as long as the door."""

    pass_type = models.ForeignKey(
        PassType, models.CASCADE, null=True, blank=True, related_name="bands"
    )
    extra = models.ForeignKey(Extra, models.CASCADE, null=True, blank=True, related_name="bands")
    name = models.CharField(max_length=60)
    amount = models.DecimalField("price (£)", max_digits=8, decimal_places=2)
    until = models.ForeignKey(
        "events.Deadline", models.PROTECT, related_name="bands", verbose_name="ends with"
    )
    position = models.PositiveSmallIntegerField("order", default=0)

    class Meta:
        ordering = ["pass_type", "extra", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pass_type__isnull=False, extra__isnull=True)
                | Q(pass_type__isnull=True, extra__isnull=False),
                name="registrations_band_pass_or_extra",
                violation_error_message="A price belongs to a pass or to an extra.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=Decimal(0)),
                name="registrations_band_amount_not_negative",
                violation_error_message="A price cannot be less than nothing.",
            ),
            models.UniqueConstraint(
                fields=["pass_type", "until"],
                condition=Q(pass_type__isnull=False),
                name="registrations_band_pass_once_until",
                violation_error_message="Two prices of a pass cannot end with one deadline.",
            ),
            models.UniqueConstraint(
                fields=["extra", "until"],
                condition=Q(extra__isnull=False),
                name="registrations_band_extra_once_until",
                violation_error_message="Two prices of an extra cannot end with one deadline.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: £{self.amount}"
