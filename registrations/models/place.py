"""A person's place in a booking, and the priced lines that hold it."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class PlaceQuerySet(models.QuerySet["Place"]):
    """Sets of places."""

    def active(self) -> PlaceQuerySet:
        """Not cancelled, in a booking that was submitted."""
        return self.filter(cancelled_at__isnull=True, booking__state="submitted")

    def unnamed(self) -> PlaceQuerySet:
        """Active, and we do not know yet who comes."""
        return self.active().filter(name="")


class Place(models.Model):
    """One person who comes. A blank name is legitimate: 'name not yet known'."""

    booking = models.ForeignKey("registrations.Booking", models.CASCADE, related_name="places")
    pass_type = models.ForeignKey(
        "registrations.PassType", models.PROTECT, related_name="places", verbose_name="pass"
    )
    name = models.CharField(max_length=150, blank=True, help_text="Empty: not yet known.")
    email = models.EmailField("e-mail address", blank=True, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="places",
        verbose_name="sign-in",
    )
    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="places"
    )
    region = models.ForeignKey(
        "members.Region", models.PROTECT, null=True, blank=True, related_name="places"
    )
    named_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["booking", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "position"],
                name="registrations_place_position_once",
                violation_error_message="Two places of a booking cannot have the same number.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or "name not yet known"

    @property
    def costs(self) -> Decimal:
        """What its lines not cancelled come to, in pounds."""
        lines = self.lines.filter(cancelled_at__isnull=True).exclude(amount=None)
        return sum((line.amount for line in lines), Decimal("0.00"))


class LineQuerySet(models.QuerySet["Line"]):
    """Sets of lines."""

    def holding(self) -> LineQuerySet:
        """Those that count against a capacity: priced (so submitted) and not cancelled."""
        return self.filter(priced_at__isnull=False, cancelled_at__isnull=True)

    def unbilled(self) -> LineQuerySet:
        """Those that are charged for and stand on no invoice."""
        charged = Q(cancelled_at__isnull=True, amount__gt=0) | Q(kept__gt=0)
        return self.filter(charged, invoice_line__isnull=True, priced_at__isnull=False)


class Line(models.Model):
    """What a place was charged for. Priced once, when submitted, with its band; never again.

    In a draft a line is a choice without a price.
    """

    booking = models.ForeignKey("registrations.Booking", models.CASCADE, related_name="lines")
    place = models.ForeignKey(Place, models.CASCADE, related_name="lines")
    pass_type = models.ForeignKey(
        "registrations.PassType", models.PROTECT, null=True, blank=True, related_name="lines"
    )
    extra = models.ForeignKey(
        "registrations.Extra", models.PROTECT, null=True, blank=True, related_name="lines"
    )
    description = models.CharField(max_length=200)
    band = models.CharField("price band", max_length=60, blank=True)
    amount = models.DecimalField(
        "amount (£)", max_digits=8, decimal_places=2, null=True, blank=True
    )
    priced_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    kept = models.DecimalField(
        "kept when cancelled (£)", max_digits=8, decimal_places=2, default=Decimal("0.00")
    )
    invoice_line = models.ForeignKey(
        "registrations.InvoiceLine",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="billed",
        help_text="Where it stands billed. Empty: nowhere, or credited.",
    )

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["booking", "place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pass_type__isnull=False, extra__isnull=True)
                | Q(pass_type__isnull=True, extra__isnull=False),
                name="registrations_line_pass_or_extra",
                violation_error_message="A line is for a pass or for an extra.",
            ),
            models.CheckConstraint(
                condition=Q(priced_at__isnull=True, amount__isnull=True, band="")
                | (Q(priced_at__isnull=False, amount__isnull=False) & ~Q(band="")),
                name="registrations_line_priced_with_its_band",
                violation_error_message="A price comes with its band and its time.",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=Decimal(0)),
                name="registrations_line_amount_not_negative",
                violation_error_message="A line cannot cost less than nothing.",
            ),
            models.CheckConstraint(
                condition=Q(kept=Decimal(0))
                | Q(
                    cancelled_at__isnull=False,
                    kept__gt=Decimal(0),
                    kept__lte=F("amount"),
                ),
                name="registrations_line_keeps_part_of_its_price",
                violation_error_message="Only of what is cancelled is part of the price kept.",
            ),
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(pass_type__isnull=False, cancelled_at__isnull=True),
                name="registrations_line_one_pass_a_place",
                violation_error_message="A place has one pass.",
            ),
            models.UniqueConstraint(
                fields=["place", "extra"],
                condition=Q(extra__isnull=False, cancelled_at__isnull=True),
                name="registrations_line_extra_once_a_place",
                violation_error_message="This place already has that extra.",
            ),
        ]
        indexes = [
            # serves: the recount of a pass under its lock
            models.Index(
                fields=["pass_type"],
                condition=Q(priced_at__isnull=False, cancelled_at__isnull=True),
                name="reg_line_pass_holding",
            ),
            # serves: the recount of an extra under its lock
            models.Index(
                fields=["extra"],
                condition=Q(priced_at__isnull=False, cancelled_at__isnull=True),
                name="reg_line_extra_holding",
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def charge(self) -> Decimal:
        """What it costs as things stand, in pounds: its price, or what is kept of it."""
        counts = self.amount if self.cancelled_at is None else self.kept
        return counts or Decimal("0.00")
