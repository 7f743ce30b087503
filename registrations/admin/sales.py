"""Pass types and extras, each with its price bands on one screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from events.admin.conferences import register_inline
from events.services.public_pages import mark_changed
from members import audit
from members.roles import Role
from members.staff import RoleAdmin, RoleInline
from registrations import selling
from registrations.models import Extra, PassType, PriceBand

EDITORS = frozenset({Role.REGISTRATIONS_OFFICER})


class BandsFormSet(BaseInlineFormSet):
    """Prices run in the order of their ends, belong to this conference, and reach to the door."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data]
        rows = [row for row in rows if not row.get("DELETE")]
        rows.sort(key=lambda row: row["position"])
        for row in rows:
            if row["until"].conference_id != self.instance.conference_id:
                raise ValidationError("A price can only end with a deadline of this conference.")
        known = [row["until"].closing for row in rows if row["until"].closing is not None]
        if known != sorted(known):
            raise ValidationError("Put the prices in the order in which their deadlines close.")
        if rows and rows[-1]["until"].pk != self.instance.deadline_id:
            raise ValidationError("The last price must end with the door itself.")


class BandInline(RoleInline):
    """The prices of a pass or an extra."""

    model = PriceBand
    formset = BandsFormSet
    editors = EDITORS
    fields = ("position", "name", "amount", "until")
    verbose_name_plural = "prices, in order"

    def formfield_for_foreignkey(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        found = super().formfield_for_foreignkey(field, request, **kwargs)
        if field.name == "until" and found is not None:
            _narrow(found, request)
        return found


def _narrow(field: Any, request: HttpRequest) -> None:
    """On the page of an existing row only the deadlines of its own conference are offered."""
    pk = request.resolver_match.kwargs.get("object_id", "")
    model = PassType if "passtype" in (request.resolver_match.url_name or "") else Extra
    row = model.objects.filter(pk=pk).first() if pk.isascii() and pk.isdigit() else None
    if row is not None:
        field.queryset = field.queryset.filter(conference=row.conference_id)
        field.label_from_instance = lambda deadline: f"{deadline.label} ({_day(deadline)})"
    else:
        field.queryset = field.queryset.select_related("conference")
        field.label_from_instance = deadline_label


def _day(deadline: Any) -> object:
    return deadline.closes_on or deadline.closes_at or "to be announced"


def deadline_label(deadline: Any) -> str:
    """A deadline as one chooses it: conference, name, last day."""
    return f"{deadline.conference}: {deadline.label} ({_day(deadline)})"


class SoldForm(forms.ModelForm):
    """The door is one of this conference's."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = cleaned.get("conference")
        conference = chosen.pk if chosen else self.instance.conference_id
        door = cleaned.get("deadline")
        if door is not None and conference and door.conference_id != conference:
            self.add_error("deadline", "Choose a deadline of this conference.")
        return cleaned


class SoldAdmin(RoleAdmin):
    """What passes and extras have in common in the admin."""

    editors = EDITORS
    readers = frozenset({Role.FINANCE})
    form = SoldForm
    inlines = (BandInline,)
    list_filter = ("conference",)
    search_fields = ("name", "code", "conference__title")
    list_select_related = ("conference", "deadline")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        holding = Q(lines__priced_at__isnull=False, lines__cancelled_at__isnull=True)
        rows = super().get_queryset(request).prefetch_related("bands")
        return rows.annotate(number_sold=Count("lines", holding))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("conference", "code") if obj else ()

    def formfield_for_foreignkey(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        found = super().formfield_for_foreignkey(field, request, **kwargs)
        if field.name == "deadline" and found is not None:
            _narrow(found, request)
        return found

    @admin.display(description="sold")
    def sold(self, row: PassType | Extra) -> str:
        return f"{row.number_sold} of {row.capacity or 'any number'}"

    @admin.display(description="prices")
    def prices(self, row: PassType | Extra) -> str:
        return _in_words(row)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """One transaction: the row was locked by its update, so sales wait for new prices."""
        before = _prices_of(form.instance)
        super().save_related(request, form, formsets, change)
        after = _prices_of(form.instance)
        fields = {name: str(form.cleaned_data.get(name)) for name in form.changed_data}
        audit.record(
            by=request.user,
            action=f"{form.instance._meta.model_name}.{'changed' if change else 'added'}",
            on=form.instance,
            at=request.at,
            before={"prices": before},
            after={"prices": after, **fields},
        )
        mark_changed()


def _in_words(row: PassType | Extra) -> str:
    """What it costs, band by band."""
    if selling.is_free(row, for_carer=False):
        return "free"
    return ", ".join(str(band) for band in row.bands.all()) or "not announced"


def _prices_of(row: PassType | Extra) -> list[str]:
    return [f"{band} until {band.until}" for band in row.bands.select_related("until")]


@admin.register(PassType)
class PassTypeAdmin(SoldAdmin):
    """Passes: role, door, capacity and prices."""

    list_display = ("name", "conference", "role", "sold_to", "deadline", "prices", "sold")
    fields = (
        ("conference", "code"),
        ("name", "position"),
        "description",
        ("role", "sold_to"),
        "only_on",
        ("deadline", "capacity"),
        ("vat_rate", "nominal_code"),
        ("membership_required", "is_on_sale"),
    )


@admin.register(Extra)
class ExtraAdmin(SoldAdmin):
    """Extras: dinner, hotel nights, meals."""

    list_display = ("name", "conference", "kind", "on_date", "deadline", "prices", "sold")
    fields = (
        ("conference", "code"),
        ("name", "position"),
        "description",
        ("kind", "on_date"),
        ("deadline", "capacity"),
        ("vat_rate", "nominal_code"),
        ("is_on_sale", "is_free_for_carers"),
        "cost",
    )


class _OnTheConferencePage(RoleInline):
    """What is sold, beside the dates it depends on; prices are changed on its own page."""

    fields = readonly_fields = ("name", "deadline", "prices", "capacity", "is_on_sale")
    show_change_link = True
    may_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("deadline").prefetch_related("bands")

    @admin.display(description="prices")
    def prices(self, row: PassType | Extra) -> str:
        return _in_words(row)


class PassesOnTheConferencePage(_OnTheConferencePage):
    """The passes of a conference."""

    model = PassType
    verbose_name_plural = "passes and their prices"


class ExtrasOnTheConferencePage(_OnTheConferencePage):
    """The extras of a conference."""

    model = Extra
    verbose_name_plural = "extras and their prices"


register_inline(PassesOnTheConferencePage)
register_inline(ExtrasOnTheConferencePage)
