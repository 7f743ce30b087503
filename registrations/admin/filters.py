"""The questions staff ask of bookings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest

from registrations import rules
from registrations.models import Booking, Line, Place, PlaceNeeds


def _with_twice(rows: QuerySet[Booking]) -> QuerySet[Booking]:
    """Bookings with a place whose address has another active place at the conference."""
    twice = (
        Place.objects.active()
        .exclude(email="")
        .order_by()
        .values("booking__conference", "email")
        .annotate(number=Count("pk"))
        .filter(number__gt=1, booking__conference=OuterRef("booking__conference"))
        .filter(email=OuterRef("email"))
    )
    places = Place.objects.active().filter(Exists(twice), booking=OuterRef("pk"))
    return rows.filter(Exists(places))


class QuestionFilter(admin.SimpleListFilter):
    """Unpaid, no name yet, let in late, booked twice, access needs for those allowed."""

    title = "question"
    parameter_name = "question"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        questions = [
            ("unpaid", "What is unpaid?"),
            ("unnamed", "Which names are missing?"),
            ("late", "What was let in late?"),
            ("twice", "Who may be booked twice?"),
            ("owed", "Whom do we owe?"),
            ("unbilled", "What stands on no invoice?"),
            ("draft", "What was begun and not sent?"),
            ("unanswered", "Postponed: who has not answered?"),
            ("kept", "Postponed: who keeps the places?"),
        ]
        if rules.may_read_needs(request.user):
            questions.append(("needs", "Who has access or dietary needs?"))
        return questions

    def queryset(self, request: HttpRequest, queryset: QuerySet[Booking]) -> QuerySet[Booking]:
        unnamed = Place.objects.unnamed().filter(booking=OuterRef("pk"))
        needs = PlaceNeeds.objects.filter(place__booking=OuterRef("pk"))
        unbilled = Line.objects.unbilled().filter(booking=OuterRef("pk"))
        answers: dict[str, Callable[[], QuerySet[Booking]]] = {
            "unpaid": lambda: queryset.exclude(state="draft").filter(owing__gt=0),
            "unnamed": lambda: queryset.filter(Exists(unnamed)),
            "late": lambda: queryset.exclude(override_reason=""),
            "twice": lambda: _with_twice(queryset),
            "owed": lambda: queryset.exclude(state="draft").filter(owing__lt=0),
            "unbilled": lambda: queryset.filter(Exists(unbilled)),
            "draft": lambda: queryset.filter(state="draft"),
            "unanswered": lambda: queryset.unanswered(),
            "kept": lambda: queryset.submitted().filter(kept_at__isnull=False),
        }
        if rules.may_read_needs(request.user):
            answers["needs"] = lambda: queryset.filter(Exists(needs))
        return answers[self.value()]() if self.value() in answers else queryset


class BandFilter(admin.SimpleListFilter):
    """In which price band something was booked."""

    title = "price band"
    parameter_name = "band"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        bands = Line.objects.exclude(band="").order_by("band").values_list("band", flat=True)
        return [(band, band) for band in bands.distinct()[:30]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Booking]) -> QuerySet[Booking]:
        if not self.value():
            return queryset
        lines = Line.objects.holding().filter(booking=OuterRef("pk"), band=self.value())
        return queryset.filter(Exists(lines))


class PassFilter(admin.SimpleListFilter):
    """Which pass somebody in the booking has; named by conference once one is chosen."""

    title = "pass"
    parameter_name = "pass"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        lines = Line.objects.filter(pass_type__isnull=False)
        chosen = request.GET.get("conference__id__exact", "")
        if chosen.isascii() and chosen.isdigit() and len(chosen) < 10:
            lines = lines.filter(booking__conference=int(chosen))
        names = lines.order_by("pass_type__name").values_list("pass_type__name", flat=True)
        return [(name, name) for name in names.distinct()[:30]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Booking]) -> QuerySet[Booking]:
        if not self.value():
            return queryset
        lines = Line.objects.filter(
            booking=OuterRef("pk"), pass_type__name=self.value(), cancelled_at__isnull=True
        )
        return queryset.filter(Exists(lines))
