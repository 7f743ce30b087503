"""A person's place in a booking, and the priced lines that hold it."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Case, DecimalField, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

MONEY = DecimalField(max_digits=10, decimal_places=2)
# what a line costs as things stand: `Line.charge` for the database
CHARGE = Case(
    When(cancelled_at__isnull=True, then=F("amount")), default=F("kept"), output_field=MONEY
)


class PlaceQuerySet(models.QuerySet["Place"]):
    """Sets of places."""

    def active(self) -> PlaceQuerySet:
        """Not cancelled, in a booking that was submitted."""
        return self.filter(cancelled_at__isnull=True, booking__state="submitted")

    def ending_with(self, place: Place) -> PlaceQuerySet:
        """A place and its carers', as far as they are in force: what ends when it is cancelled."""
        return self.filter(Q(pk=place.pk) | Q(comes_with=place), cancelled_at__isnull=True)

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
    comes_with = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="carers",
        verbose_name="comes with",
        help_text="A carer or personal assistant comes with somebody. Empty: for themself.",
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
            models.CheckConstraint(
                condition=Q(comes_with__isnull=True) | ~Q(comes_with=F("pk")),
                name="registrations_place_comes_with_another",
                violation_error_message="A carer comes with somebody else.",
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
        """Those of which something is left to charge after reductions, and on no invoice."""
        off = Line.objects.filter(reduces=OuterRef("pk")).order_by().values("reduces")
        off = Subquery(off.annotate(sum=Sum(CHARGE)).values("sum"), output_field=MONEY)
        rows = self.annotate(left=CHARGE + Coalesce(off, Value(Decimal(0), output_field=MONEY)))
        return rows.filter(left__gt=0, invoice_line__isnull=True, priced_at__isnull=False)


class Line(models.Model):
    """What a place was charged for. Priced once, when submitted, with its band; never again.

    In a draft a line is a choice without a price. A reduction is a line of its own, below nought:
    the price it is taken off stays what it was.
    """

    booking = models.ForeignKey("registrations.Booking", models.CASCADE, related_name="lines")
    place = models.ForeignKey(Place, models.CASCADE, related_name="lines")
    pass_type = models.ForeignKey(
        "registrations.PassType", models.PROTECT, null=True, blank=True, related_name="lines"
    )
    extra = models.ForeignKey(
        "registrations.Extra", models.PROTECT, null=True, blank=True, related_name="lines"
    )
    use = models.ForeignKey(
        "registrations.CodeUse", models.PROTECT, null=True, blank=True, related_name="lines"
    )
    reduces = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="reductions"
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
                condition=Q(pass_type__isnull=False, extra__isnull=True, use__isnull=True)
                | Q(pass_type__isnull=True, extra__isnull=False, use__isnull=True)
                | Q(pass_type__isnull=True, extra__isnull=True, use__isnull=False),
                name="registrations_line_pass_or_extra",
                violation_error_message="A line is for a pass, for an extra, or a reduction.",
            ),
            models.CheckConstraint(
                condition=Q(use__isnull=True, reduces__isnull=True)
                | Q(use__isnull=False, reduces__isnull=False, amount__lt=Decimal(0)),
                name="registrations_line_reduces_another",
                violation_error_message="A reduction takes something off another line.",
            ),
            models.UniqueConstraint(
                fields=["reduces"],
                condition=Q(use__isnull=False, cancelled_at__isnull=True),
                name="registrations_line_reduced_once",
                violation_error_message="This has a reduction already.",
            ),
            models.CheckConstraint(
                condition=Q(priced_at__isnull=True, amount__isnull=True, band="")
                | (Q(priced_at__isnull=False, amount__isnull=False) & ~Q(band="")),
                name="registrations_line_priced_with_its_band",
                violation_error_message="A price comes with its band and its time.",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=Decimal(0)) | Q(use__isnull=False),
                name="registrations_line_amount_not_negative",
                violation_error_message="A line cannot cost less than nothing.",
            ),
            models.CheckConstraint(
                condition=Q(kept=Decimal(0))
                | Q(cancelled_at__isnull=False, kept__gt=Decimal(0), kept__lte=F("amount"))
                | Q(cancelled_at__isnull=False, kept__lt=Decimal(0), kept__gte=F("amount")),
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

    @property
    def net_charge(self) -> Decimal:
        """The same after what was taken off it."""
        return self.charge + sum((row.charge for row in self.reductions.all()), Decimal(0))

    @property
    def nominal_code(self) -> str:
        """Under which it is booked: that of the pass, the extra or the code."""
        return (self.pass_type or self.extra or self.use.code).nominal_code

    @property
    def in_pounds(self) -> str:
        """'£90.00', 'free', '−£90.00'."""
        if not self.amount:
            return "free"
        return f"£{self.amount}" if self.amount > 0 else f"\N{MINUS SIGN}£{-self.amount}"
