"""The page of a month end: aged debt and totals by nominal code, on screen and as spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

import clock
from events.models import Conference
from registrations import books, documents, exports, rules
from registrations.models import Booking

DEBT_HEADS = (
    "Reference",
    "Conference",
    "Payer",
    "Contact's e-mail",
    "Since",
    "Days",
    "Age",
    "Owing",
)
CODE_HEADS = ("Conference", "Month", "Nominal code", "Charged")
FORMATS = {"csv": exports.as_csv, "xlsx": exports.as_xlsx}


def show(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """For one conference or for all of them together."""
    if not rules.may_record_payments(request.user):
        raise Http404
    conference = _chosen(request)
    debts = books.debts(conference, on=clock.in_london(request.at).date())
    codes = books.by_code(conference)
    form = FORMATS.get(request.GET.get("as", ""))
    if form is not None and request.GET.get("table") == "codes":
        return form("nominal-codes", CODE_HEADS, codes)
    if form is not None:
        return form("aged-debt", DEBT_HEADS, _debt_rows(debts))
    context = {
        **site.each_context(request),
        "title": "Month end",
        "opts": Booking._meta,
        "conferences": Conference.objects.filter(bookings__isnull=False).distinct(),
        "chosen": conference,
        "debts": [(debt, documents.pounds(debt.owing)) for debt in debts],
        "ages": [(age, documents.pounds(sum_)) for age, sum_ in books.by_age(debts).items()],
        "codes": [(*key, documents.pounds(amount)) for *key, amount in codes],
    }
    return TemplateResponse(request, "admin/registrations/books.html", context)


def _chosen(request: HttpRequest) -> Conference | None:
    slug = request.GET.get("conference", "")
    return get_object_or_404(Conference, slug=slug) if slug else None


def _debt_rows(debts: Iterable[books.Debt]) -> Iterable[list[exports.Cell]]:
    for debt in debts:
        booking = debt.booking
        payer = booking.organisation.name if booking.organisation else booking.contact_name
        yield [
            booking.reference,
            booking.conference.title,
            payer,
            booking.contact_email,
            f"{debt.since:%Y-%m-%d}",
            debt.days,
            debt.age,
            debt.owing,
        ]
