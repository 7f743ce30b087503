"""The documents of a booking and of a body, as downloads that no cache keeps."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from events.models import Conference
from members.models import Organisation
from registrations import documents
from registrations.models import Booking
from registrations.views import fetch


def as_pdf(made: bytes, name: str) -> HttpResponse:
    """A PDF to keep, never shown inside a page and never cached."""
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["Cache-Control"] = "no-store, private"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@login_not_required
def invoice(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """An invoice or credit note of the booking."""
    booking = fetch.booking(request, reference)
    rows = booking.invoices.select_related("booking", "credits")
    row = get_object_or_404(rows, pk=pk)
    return as_pdf(documents.invoice(row), row.label)


@login_not_required
def receipt(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A receipt for a payment that did not bounce."""
    booking = fetch.booking(request, reference)
    row = get_object_or_404(booking.payments.counting(), pk=pk)
    return as_pdf(documents.receipt(row, at=request.at), f"receipt-{booking.reference}-{row.pk}")


def statement(request: HttpRequest, slug: str, body: str) -> HttpResponse:
    """A body's account for a conference, for those who book for it."""
    conference, found = fetch.conference(request, slug), fetch.body(request, body)
    return statement_of(found, conference, at=request.at)


def statement_of(
    organisation: Organisation, conference: Conference, *, at: dt.datetime
) -> HttpResponse:
    """The same paper for the body and for staff: everything it ever booked, drafts left out."""
    rows = organisation.bookings.filter(conference=conference).exclude(state=Booking.State.DRAFT)
    found = rows.with_money().order_by("submitted_at")
    made = documents.statement(organisation, conference, found, at=at)
    return as_pdf(made, f"statement-{organisation.slug}")
