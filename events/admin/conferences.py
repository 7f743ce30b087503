"""A conference with its dates and prices on one screen; its status moves by acts that tell people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse

from events import rules
from events.admin.base import EventsAdmin, EventsInline, TypedAdmin, TypedFormSet
from events.admin.deadline_forms import DeadlineForm
from events.admin.programme_page import ProgrammePage
from events.models import (
    Conference,
    ConferenceSeries,
    Day,
    Deadline,
    DeadlineChange,
    Reminder,
    Room,
    StepRun,
    Track,
    Venue,
)
from events.services import conferences, deadlines
from members.staff import Act


class StatusForm(forms.Form):
    """The statuses that may follow, and what everybody will read beside it."""

    status = forms.ChoiceField(label="New status")
    note = forms.CharField(
        label="Note for everybody",
        max_length=300,
        required=False,
        help_text="Needed to postpone or cancel: why, and what happens next.",
    )

    def __init__(self, *args: Any, row: Conference, at: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        allowed = Conference.MOVES[Conference.Status(row.status)]
        self.fields["status"].choices = [
            each for each in Conference.Status.choices if each[0] in allowed
        ]
        self.fields["note"].initial = row.status_note


def _change_status(request: HttpRequest, row: Conference, given: dict[str, Any]) -> str:
    changed = conferences.change_status(by=request.user, conference=row, at=request.at, **given)
    return f"{changed} is now {changed.get_status_display()}."


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 60})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        text = value if isinstance(value, str) else "\n".join(value or [])
        return [line.strip() for line in text.splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class BasisField(LinesField):
    """Reasons, one a line: 'first_day: stated in an article'."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return "\n".join(f"{field}: {reason}" for field, reason in value.items())

    def to_python(self, value: Any) -> dict[str, str]:
        if isinstance(value, dict):
            return value
        pairs = (line.partition(":") for line in super().to_python(value))
        basis = {field.strip(): reason.strip() for field, _, reason in pairs}
        if not all(basis.values()):
            raise ValidationError("Write each as ‘field: how it is known’.", code="basis")
        return basis


class ConferenceForm(forms.ModelForm):
    """Lists are typed one a line."""

    other_names = LinesField(required=False, help_text="One a line.")
    strands = LinesField(required=False, help_text="One a line.")
    basis = BasisField(
        required=False,
        label="How inferred facts are known",
        help_text="One a line: ‘first_day: an article of that week says this Saturday’.",
    )


class DeadlineInline(EventsInline):
    """The dates of the conference with their ladders, on one screen."""

    model = Deadline
    form = DeadlineForm
    formset = TypedFormSet
    fields = ("kind", "audience", "opens_at", "closes_on", "closes_at", "ladder")
    show_change_link = True
    may_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deadline]:
        rows = super().get_queryset(request).select_related("conference").prefetch_related("steps")
        told = [
            Exists(model.objects.filter(deadline=OuterRef("pk")))
            for model in (Reminder, DeadlineChange, StepRun)
        ]
        return rows.annotate(is_told=told[0] | told[1] | told[2])


class RoomInline(EventsInline):
    """The rooms of the conference."""

    model = Room
    fields = ("name", "capacity", "is_step_free", "position")


class TrackInline(EventsInline):
    """The tracks of the conference."""

    model = Track
    fields = ("name", "position")


class DayInline(EventsInline):
    """The days; a day's sessions stand on the day's own page and on the programme page."""

    model = Day
    fields = ("date", "title")
    show_change_link = True


#: Lower apps put their part of the one screen here: prices belong beside the dates they depend on.
_inlines: list[type[EventsInline]] = []


def register_inline(inline: type[Any]) -> None:
    """Show an inline of a lower app on the conference's page, below its dates."""
    if inline not in _inlines:
        _inlines.append(inline)


@admin.register(Conference)
class ConferenceAdmin(ProgrammePage, TypedAdmin):
    """Everything staff decide about a conference. It is never deleted."""

    form = ConferenceForm
    change_form_template = "admin/events/conference/change_form.html"
    list_display = ("title", "kind", "starts_on", "ends_on", "status", "attendance")
    list_filter = ("status", "kind", "mode", "series", "regions")
    search_fields = ("title", "slug", "theme")
    date_hierarchy = "starts_on"
    ordering = ("-starts_on", "title")
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("venue", "regions", "series")
    inlines = (DeadlineInline, DayInline, RoomInline, TrackInline)
    fieldsets = (
        (None, {"fields": ("title", "slug", "kind", "series", "regions", "mode", "attendance")}),
        ("When", {"fields": (("starts_on", "ends_on"), ("starts_at", "ends_at"))}),
        (
            "Where",
            {"fields": ("venue", "venue_public_from", "platform", "join_url", "join_from")},
        ),
        ("What", {"fields": ("theme", "strands", "summary", "audience", "other_names")}),
        ("Contact", {"fields": (("contact_name", "contact_email", "contact_phone"), "imprint")}),
        ("Rules", {"fields": ("officer_confirms",)}),
        ("Afterwards", {"fields": ("record", "basis"), "classes": ("collapse",)}),
    )
    acts = (
        Act(
            "status",
            "Change its status",
            "People who are concerned are told when a conference is postponed or cancelled.",
            _change_status,
            may=rules.may_edit_programme,
            applies=lambda row: bool(Conference.MOVES[Conference.Status(row.status)]),
            form=StatusForm,
            wants_row=True,
        ),
    )

    def get_inlines(self, request: HttpRequest, obj: Conference | None) -> list[type[Any]]:
        if obj is None:
            return []
        first, *rest = self.inlines
        return [first, *_inlines, *rest]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return self.prepopulated_fields if obj is None else {}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        is_public = obj is not None and obj.status != Conference.Status.DRAFT
        return ("slug",) if is_public else ()  # its address is in mails and calendars by now

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        for one in formset.forms:
            if isinstance(one, DeadlineForm) and "ladder" in one.changed_data:
                deadlines.set_ladder(one.instance, one.steps())

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.programme_view)
        name = "events_conference_programme"
        return [path("<int:pk>/programme/", view, name=name), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **given: Any):
        row = given.get("obj") or context.get("original")
        if row is not None and row.pk:
            context["links"] = [
                ("Programme", reverse("admin:events_conference_programme", args=[row.pk])),
                ("See it as the public does", row.get_absolute_url()),
                ("Desk of its report", reverse("events:report-desk", args=[row.slug])),
                (
                    "Dry run of its reminders",
                    reverse("admin:events_reminder_dry_run", args=[row.slug]),
                ),
            ]
        return super().render_change_form(request, context, *args, **given)


@admin.register(ConferenceSeries)
class ConferenceSeriesAdmin(EventsAdmin):
    """What conferences are part of."""

    list_display = ("name", "theme")
    search_fields = ("name", "theme")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Venue)
class VenueAdmin(EventsAdmin):
    """Places, shared between conferences."""

    list_display = ("name", "town")
    search_fields = ("name", "town")
