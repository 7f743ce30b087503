"""How a conference sells: who the supplier is, how and when people pay, what a cancellation costs."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from registrations.models.booking import Booking
from registrations.vat import Rounding

#: The first way to pay of a booking that comes off the body's grant.
OFF_THE_GRANT = (
    "From your grant",
    "we deduct it, as agreed with you; nothing has to be sent. What the grant does not cover can "
    "be paid as follows.",
)


class SaleTerms(models.Model):
    """The supplier, terms and ways to pay that the next invoice of a conference is issued with."""

    class VatRounding(models.TextChoices):
        LINE = Rounding.LINE.value, "for each thing sold"
        DOCUMENT = Rounding.DOCUMENT.value, "once for the whole document"

    conference = models.OneToOneField(
        "events.Conference", models.PROTECT, related_name="sale_terms"
    )
    series = models.ForeignKey(
        "registrations.InvoiceSeries",
        models.PROTECT,
        related_name="terms",
        verbose_name="series of invoices",
        help_text="Conferences may share one.",
    )
    supplier_name = models.CharField(max_length=150)
    supplier_address = models.TextField(max_length=500)
    vat_number = models.CharField(
        "VAT number", max_length=20, blank=True, help_text="Empty: no VAT can be charged."
    )
    vat_rounding = models.CharField(
        "VAT is rounded", max_length=10, choices=VatRounding, default=VatRounding.LINE
    )
    days_to_pay = models.PositiveSmallIntegerField("days to pay", default=30)
    account_name = models.CharField("name of the bank account", max_length=100, blank=True)
    sort_code = models.CharField(max_length=10, blank=True)
    account_number = models.CharField(max_length=12, blank=True)
    cheques_to = models.CharField("cheques are made out to", max_length=150, blank=True)
    cheque_address = models.TextField("and sent to", max_length=500, blank=True)

    class Meta:
        verbose_name = "sale settings"
        verbose_name_plural = "sale settings"
        ordering = ["conference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(account_name="", sort_code="", account_number="")
                | (~Q(account_name="") & ~Q(sort_code="") & ~Q(account_number="")),
                name="registrations_terms_bank_account_whole",
                violation_error_message="Give the bank account's name, sort code and number.",
            ),
        ]

    def __str__(self) -> str:
        return f"Sale settings of {self.conference}"

    @property
    def how_to_pay(self) -> list[tuple[str, str]]:
        """Each way with its words, an address in its lines, as on the site and on invoices."""
        ways = []
        if self.account_number:
            account = f"{self.account_name}, sort code {self.sort_code}"
            ways.append(("By bank transfer", f"{account}, account {self.account_number}"))
        if self.cheques_to:
            posted = self.cheque_address.strip()
            sent = f", sent to:\n{posted}" if posted else ""
            ways.append(("By cheque", f"made out to {self.cheques_to}{sent}"))
        return ways

    def ways_for(self, booking: Booking) -> list[tuple[str, str]]:
        """The same for one booking: what comes off a grant is sent by nobody."""
        return [OFF_THE_GRANT, *self.how_to_pay] if booking.is_off_the_grant else self.how_to_pay


class RefundPeriod(models.Model):
    """Until a deadline closes, so many per cent are kept of what is cancelled. Later: everything."""

    conference = models.ForeignKey(
        "events.Conference", models.CASCADE, related_name="refund_periods"
    )
    until = models.ForeignKey(
        "events.Deadline", models.PROTECT, related_name="refund_periods", verbose_name="ends with"
    )
    percent_kept = models.DecimalField("per cent kept", max_digits=5, decimal_places=2)
    position = models.PositiveSmallIntegerField("order", default=0)

    class Meta:
        ordering = ["conference", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "until"],
                name="registrations_refund_once_until",
                violation_error_message="Two refund periods cannot end with one deadline.",
            ),
            models.CheckConstraint(
                condition=Q(percent_kept__gte=Decimal(0), percent_kept__lte=Decimal(100)),
                name="registrations_refund_percent",
                violation_error_message="Between nothing and 100 per cent can be kept.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent_kept:g}% kept"
