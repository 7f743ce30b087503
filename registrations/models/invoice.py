"""Invoices and credit notes: numbered without a gap, whole in themselves, and never changed."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.expressions import CombinedExpression

from registrations.models.terms import SaleTerms

# SQLite keeps sums as floating numbers, so that equal to the penny is equal to a tenth of one
MILL = Decimal("0.001")


def _equals(name: str, sum_: CombinedExpression) -> Q:
    return Q(**{f"{name}__gt": sum_ - Value(MILL), f"{name}__lt": sum_ + Value(MILL)})


class InvoiceSeries(models.Model):
    """The last number given. Its row is locked while a number is taken, so none is lost or doubled."""

    prefix = models.SlugField(max_length=20, unique=True, help_text="For example: CONF-")
    last_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "series of invoices"
        verbose_name_plural = "series of invoices"
        ordering = ["prefix"]

    def __str__(self) -> str:
        return self.prefix


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    """Sets of invoices and credit notes."""

    def standing(self) -> InvoiceQuerySet:
        """Invoices that no credit note has taken back."""
        return self.filter(kind=Invoice.Kind.INVOICE, credit_note__isnull=True)


class Invoice(models.Model):
    """What was billed, as it was billed: every word it needs is in its own rows.

    It is never changed or deleted. A mistake or a change of payer is a credit note, which mirrors its
    invoice to the penny, and a new invoice.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", "invoice"
        CREDIT_NOTE = "credit_note", "credit note"

    series = models.ForeignKey(InvoiceSeries, models.PROTECT, related_name="invoices")
    number = models.PositiveIntegerField()
    label = models.CharField("number", max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    booking = models.ForeignKey("registrations.Booking", models.PROTECT, related_name="invoices")
    credits = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="credit_note"
    )
    reason = models.CharField(max_length=300, blank=True)
    issued_at = models.DateTimeField("issued")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField("to be paid by")

    supplier_name = models.CharField(max_length=150)
    supplier_address = models.TextField()
    vat_number = models.CharField("VAT number", max_length=20, blank=True)
    vat_rounding = models.CharField(max_length=10, choices=SaleTerms.VatRounding)
    payer_name = models.CharField("payer", max_length=150)
    payer_address = models.TextField(blank=True)
    purchase_order = models.CharField("purchase order number", max_length=60, blank=True)
    conference_title = models.CharField(max_length=200)
    how_to_pay = models.JSONField(default=list)
    imprint = models.TextField(blank=True)

    net = models.DecimalField(max_digits=10, decimal_places=2)
    vat = models.DecimalField("VAT", max_digits=10, decimal_places=2)
    gross = models.DecimalField("total", max_digits=10, decimal_places=2)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "invoice or credit note"
        verbose_name_plural = "invoices and credit notes"
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"],
                name="registrations_invoice_number_once",
                violation_error_message="This number is taken.",
            ),
            models.CheckConstraint(
                condition=Q(kind="invoice", credits__isnull=True)
                | Q(kind="credit_note", credits__isnull=False),
                name="registrations_credit_note_of_an_invoice",
                violation_error_message="A credit note, and only that, takes an invoice back.",
            ),
            models.CheckConstraint(
                condition=_equals("gross", F("net") + F("vat")) & Q(gross__gt=Decimal(0)),
                name="registrations_invoice_adds_up",
                violation_error_message="Net and VAT must come to the total.",
            ),
            models.CheckConstraint(
                condition=Q(vat=Decimal(0)) | ~Q(vat_number=""),
                name="registrations_invoice_vat_with_a_number",
                violation_error_message="VAT is charged by a supplier with a VAT number.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class InvoiceLine(models.Model):
    """So many of one thing at one price. `vat_rate` empty: no VAT charged."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    description = models.CharField(max_length=300)
    nominal_code = models.CharField(max_length=20, blank=True)
    quantity = models.PositiveSmallIntegerField()
    price = models.DecimalField(max_digits=8, decimal_places=2)
    vat_rate = models.DecimalField(
        "VAT rate (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    net = models.DecimalField(max_digits=10, decimal_places=2)
    vat = models.DecimalField("VAT", max_digits=10, decimal_places=2)
    gross = models.DecimalField("total", max_digits=10, decimal_places=2)

    class Meta:
        ordering = ["invoice", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "position"],
                name="registrations_invoice_line_position_once",
                violation_error_message="Two lines of an invoice cannot have the same number.",
            ),
            models.CheckConstraint(
                condition=_equals("gross", F("net") + F("vat"))
                & Q(vat__gte=Decimal(0), net__gte=Decimal(0)),
                name="registrations_invoice_line_adds_up",
                violation_error_message="Net and VAT must come to the total.",
            ),
            models.CheckConstraint(
                condition=_equals("gross", F("price") * F("quantity")),
                name="registrations_invoice_line_price_times_quantity",
                violation_error_message="A line comes to its price times its quantity.",
            ),
            models.CheckConstraint(
                condition=Q(vat_rate__isnull=False) | Q(vat=Decimal(0)),
                name="registrations_invoice_line_no_rate_no_vat",
                violation_error_message="Where no VAT is charged there is none.",
            ),
        ]

    def __str__(self) -> str:
        return self.description
