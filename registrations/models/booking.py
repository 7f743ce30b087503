"""A booking: who booked, for which body, when it counted, and what is owed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import (
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce
from django.urls import reverse

from registrations.account import Account
from registrations.models.ledger import CreditMove, Refund, WriteOff
from registrations.models.payment import Payment
from registrations.models.place import CHARGE, MONEY, Line, Place


def _total(rows: models.QuerySet, *, booking: str = "booking", of: Any = "amount") -> Coalesce:
    """The sum of the rows' amounts for the outer booking, nought when there are none."""
    rows = rows.filter(**{booking: OuterRef("pk")}).order_by()
    sums = rows.values(booking).annotate(total=Sum(of, output_field=MONEY)).values("total")
    return Coalesce(Subquery(sums, output_field=MONEY), Value(Decimal(0), output_field=MONEY))


def _pence(amount: Decimal | None) -> Decimal:
    """A sum with its two places: SQLite drops trailing noughts."""
    return (amount or Decimal(0)).quantize(Decimal("0.01"))


class BookingQuerySet(models.QuerySet["Booking"]):
    """Sets of bookings."""

    def submitted(self) -> BookingQuerySet:
        """Those that hold places."""
        return self.filter(state=Booking.State.SUBMITTED)

    def with_money(self) -> BookingQuerySet:
        """With the sums of an `Account`: `due` (charged), `paid`, what else counts, and `owing`."""
        payments = Payment.objects.counting()
        return self.annotate(
            due=_total(Line.objects.all(), of=CHARGE),
            paid=_total(payments),
            cleared=_total(payments.filter(state=Payment.State.CLEARED)),
            refunded=_total(Refund.objects.all()),
            written_off=_total(WriteOff.objects.all()),
            moved_in=_total(CreditMove.objects.all(), booking="target"),
            moved_out=_total(CreditMove.objects.all(), booking="source"),
        ).annotate(
            owing=F("due")
            - F("paid")
            + F("refunded")
            - F("written_off")
            - F("moved_in")
            + F("moved_out")
        )

    def unpaid(self) -> BookingQuerySet:
        """Something is still owed; a cancelled booking of which something is kept owes it too."""
        return self.exclude(state=Booking.State.DRAFT).with_money().filter(owing__gt=0)

    def unanswered(self) -> BookingQuerySet:
        """Of a postponed conference, and nobody has said whether the places are kept."""
        return self.submitted().filter(conference__status="postponed", kept_at__isnull=True)

    def with_unnamed_places(self) -> BookingQuerySet:
        """Submitted and at least one place has no name yet."""
        places = Place.objects.unnamed().filter(booking=OuterRef("pk"))
        return self.submitted().filter(Exists(places))


class Booking(models.Model):
    """One booking of one or more places. `submitted_at` is the instant that decides price and door.

    For paper it is the instant of receipt. The balance is always derived, never stored.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        SUBMITTED = "submitted", "booked"
        CANCELLED = "cancelled", "cancelled"

    class Channel(models.TextChoices):
        WEB = "web", "on the site"
        POST = "post", "by post"
        EMAIL = "email", "by e-mail"
        STAFF = "staff", "by staff"
        DOOR = "door", "at the door"

    class Method(models.TextChoices):
        INVOICE = "invoice", "invoice"
        BACS = "bacs", "bank transfer"
        CHEQUE = "cheque", "cheque"
        GRANT = "grant", "deduction from the grant"
        CASH = "cash", "cash at the door"
        CARD = "card", "card at the door"
        FREE = "free", "nothing to pay"

    PAPER = (Channel.POST, Channel.EMAIL)

    conference = models.ForeignKey("events.Conference", models.PROTECT, related_name="bookings")
    reference = models.CharField(max_length=12, unique=True, editable=False)
    organisation = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name="for the body",
    )
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bookings",
    )
    contact_name = models.CharField(max_length=150, blank=True)
    contact_email = models.EmailField("contact's e-mail address", blank=True, db_index=True)
    contact_phone = models.CharField("contact's phone", max_length=40, blank=True)
    channel = models.CharField("came", max_length=10, choices=Channel, default=Channel.WEB)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    payment_method = models.CharField(max_length=10, choices=Method, blank=True)
    bill_to = models.TextField("bill to", max_length=500, blank=True)
    purchase_order = models.CharField("purchase order number", max_length=60, blank=True)

    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField("booked", null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    kept_at = models.DateTimeField("kept for the new date", null=True, blank=True, editable=False)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="Empty: by the personal link.",
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(null=True, blank=True)
    scan = models.FileField(upload_to="scans/%Y/%m", blank=True)
    override_reason = models.CharField("why it was let in late", max_length=300, blank=True)
    idempotency_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True, cancelled_at__isnull=True)
                | Q(state="submitted", submitted_at__isnull=False, cancelled_at__isnull=True)
                | Q(state="cancelled", submitted_at__isnull=False, cancelled_at__isnull=False),
                name="registrations_booking_state_has_its_times",
                violation_error_message="A booking's state and its times must agree.",
            ),
            models.CheckConstraint(
                condition=Q(channel="web", entered_by__isnull=True, entered_at__isnull=True)
                | (~Q(channel="web") & Q(entered_by__isnull=False, entered_at__isnull=False)),
                name="registrations_booking_entered_by_somebody",
                violation_error_message="A booking that staff entered says who did and when.",
            ),
            models.CheckConstraint(
                condition=Q(kept_at__isnull=False) | Q(kept_by__isnull=True),
                name="registrations_booking_kept_at_some_time",
                violation_error_message="Who keeps places for a new date said so at some time.",
            ),
            models.CheckConstraint(
                condition=Q(override_reason="") | Q(entered_by__isnull=False),
                name="registrations_booking_only_staff_override",
                violation_error_message="Only staff let a late booking in.",
            ),
            models.CheckConstraint(
                condition=Q(scan="") | Q(channel__in=["post", "email"]),
                name="registrations_booking_scan_of_paper",
                violation_error_message="Only what came by post or e-mail has a scan.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | ~Q(channel="web")
                | (~Q(contact_email="") & ~Q(contact_name="")),
                name="registrations_booking_has_a_contact",
                violation_error_message="Give a contact's name and e-mail address.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(payment_method=""),
                name="registrations_booking_says_how_it_is_paid",
                violation_error_message="Say how the booking will be paid.",
            ),
        ]
        indexes = [
            # serves: the admin's list of one conference, newest first
            models.Index(fields=["conference", "state", "-submitted_at"], name="reg_booking_list"),
            # serves: a body's own bookings
            models.Index(fields=["organisation", "conference"], name="reg_booking_body"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("registrations:booking", args=[self.reference])

    @property
    def is_off_the_grant(self) -> bool:
        """The body asked that it is deducted from its grant: nothing has to be sent."""
        return self.payment_method == self.Method.GRANT

    @property
    def account(self) -> Account:
        """The sums of its rows, asked for now."""
        row = Booking.objects.with_money().get(pk=self.pk)
        return row.account_fetched

    @property
    def account_fetched(self) -> Account:
        """The account of a booking fetched `with_money`."""
        return Account(
            charged=_pence(self.due),
            paid=_pence(self.paid),
            cleared=_pence(self.cleared),
            refunded=_pence(self.refunded),
            written_off=_pence(self.written_off),
            moved_in=_pence(self.moved_in),
            moved_out=_pence(self.moved_out),
        )

    @property
    def total(self) -> Decimal:
        """What its lines come to: their prices, and what is kept of those cancelled."""
        return _pence(self.lines.aggregate(total=Sum(CHARGE))["total"])

    @property
    def received(self) -> Decimal:
        """What has been paid and has not bounced."""
        payments = Payment.objects.counting().filter(booking=self)
        return _pence(payments.aggregate(total=Sum("amount"))["total"])

    @property
    def balance(self) -> Decimal:
        """What is still owed; below nought is owed to the payer."""
        return self.account.balance
