"""A month end: aged debt and totals by nominal code, and the statement of a body."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

import clock
from events.models import Conference
from members.models import Organisation
from registrations import books, documents, exports, rules
from registrations.models import Booking
from registrations.views.papers import statement_of

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
GIFT_HEADS = ("Conference", "Payer", "What for", "Charged", "Cost", "Above cost", "To check")
CODE_HEADS = ("Conference", "Month", "Nominal code", "Charged")
FORMATS = {"csv": exports.as_csv, "xlsx": exports.as_xlsx}


def show(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """For one conference or for all of them together."""
    if not rules.may_record_payments(request.user):
        raise Http404
    conference = _chosen(request)
    debts = books.debts(conference, on=clock.in_london(request.at).date())
    codes = books.by_code(conference)
    gifts = books.above_cost(conference)
    form = FORMATS.get(request.GET.get("as", ""))
    if form is not None and request.GET.get("table") == "gifts":
        return form("above-cost", GIFT_HEADS, _gift_rows(gifts))
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
        "account": [(what, documents.pounds(sum_)) for what, sum_ in books.balance(conference)],
        "gifts": [(one, *map(documents.pounds, _sums(one))) for one in gifts],
        "codes": [(*key, documents.pounds(amount)) for *key, amount in codes],
    }
    return TemplateResponse(request, "admin/registrations/books.html", context)


def statement(request: HttpRequest, conference: int, body: int) -> HttpResponse:
    """A body's account for a conference, as its own officers can download it."""
    if not rules.may_read_money(request.user):
        raise PermissionDenied
    organisation = get_object_or_404(Organisation, pk=body)
    held = get_object_or_404(Conference, pk=conference)
    made = organisation.bookings.exclude(state=Booking.State.DRAFT)
    if not made.filter(conference=held).exists():
        raise Http404
    return statement_of(organisation, held, at=request.at)


def _chosen(request: HttpRequest) -> Conference | None:
    slug = request.GET.get("conference", "")
    if "\x00" in slug:  # PostgreSQL takes none in a question
        raise Http404
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


def _sums(one: books.AboveCost) -> tuple[Decimal, Decimal, Decimal]:
    return one.charged, one.cost, one.above


def _gift_rows(gifts: Iterable[books.AboveCost]) -> Iterable[list[exports.Cell]]:
    for one in gifts:
        check = "yes" if one.is_to_check else ""
        yield [one.conference, one.payer, one.what, *_sums(one), check]
