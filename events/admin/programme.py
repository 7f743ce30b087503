"""Days, sessions and speakers."""

from __future__ import annotations

from typing import Any

from adminsortable2.admin import SortableAdminBase, SortableInlineAdminMixin
from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from events.admin.base import EventsAdmin, EventsInline
from events.models import Day, Session, SessionSpeaker, Speaker


class DaySessionForm(forms.ModelForm):
    """A session as a line of its day; only rooms and tracks of the day's conference are offered."""

    class Meta:
        model = Session
        fields = ("title", "kind", "starts_at", "ends_at", "room", "position")


class SessionInline(SortableInlineAdminMixin, EventsInline):
    """A day's sessions in one place, moved by dragging or with the buttons."""

    model = Session
    form = DaySessionForm
    template = "adminsortable2/edit_inline/tabular-django-5.2.html"
    fields = ("title", "kind", "starts_at", "ends_at", "room", "position")
    show_change_link = True

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **given: Any) -> Any:
        if db_field.name == "room":
            given["queryset"] = _of_the_day(request, db_field.related_model)
        return super().formfield_for_foreignkey(db_field, request, **given)


def _of_the_day(request: HttpRequest, model: Any) -> QuerySet[Any]:
    """Rooms of the conference whose day is being edited."""
    day = request.resolver_match.kwargs.get("object_id")
    return model.objects.filter(conference__days=day if day and day.isdecimal() else None)


@admin.register(Day)
class DayAdmin(SortableAdminBase, EventsAdmin):
    """One day and its sessions. A day is added and removed on its conference's page."""

    may_add = False
    change_form_template = "admin/events/conference/change_form.html"
    fields = ("conference", "date", "title")
    readonly_fields = ("conference",)
    inlines = (SessionInline,)
    list_display = ("__str__", "conference", "title", "sessions_now")
    list_filter = (("conference", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("conference",)
    search_fields = ("title", "conference__title")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Day]:
        return super().get_queryset(request).annotate(session_count=Count("sessions"))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **given: Any):
        day = given.get("obj") or context.get("original")
        page = reverse("admin:events_conference_programme", args=[day.conference_id])
        context["links"] = [("Programme, ordered by keyboard", page)]
        return super().render_change_form(request, context, *args, **given)

    @admin.display(description="sessions", ordering="session_count")
    def sessions_now(self, day: Day) -> int:
        return day.session_count

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A new line belongs to the day's conference; a changed one counts its change."""
        for one in formset.forms:
            if isinstance(one, DaySessionForm) and one.has_changed():
                one.instance.conference_id = form.instance.conference_id
                if one.instance.pk and set(one.changed_data) - {"position"}:
                    one.instance.revision += 1
        super().save_formset(request, form, formset, change)


class PartInline(EventsInline):
    """Who speaks, in which part; words for somebody not named yet."""

    model = SessionSpeaker
    fields = ("speaker", "placeholder", "part", "talk", "position")
    autocomplete_fields = ("speaker",)


class KnownFilter(admin.SimpleListFilter):
    """What is still to be announced."""

    title = "to be announced"
    parameter_name = "unknown"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [
            ("time", "has no time"),
            ("room", "has no room"),
            ("day", "has no day"),
            ("speakers", "has no speakers"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> QuerySet[Session]:
        columns = {"time": "starts_at", "room": "room", "day": "day", "speakers": "parts"}
        column = columns.get(self.value())
        return queryset.filter(**{f"{column}__isnull": True}) if column else queryset


class SessionForm(forms.ModelForm):
    """Only days, rooms and tracks of the session's own conference are offered."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for name in ("day", "room", "track"):
            if name in self.fields:
                rows = self.fields[name].queryset
                self.fields[name].queryset = rows.filter(conference=self.instance.conference_id)


@admin.register(Session)
class SessionAdmin(EventsAdmin):
    """One session with its speakers. Sessions are added on the programme page."""

    form = SessionForm
    may_add = False
    may_delete = True
    fields = (
        "conference",
        "title",
        ("kind", "is_delegates_only"),
        ("day", "room", "track"),
        ("starts_at", "ends_at"),
        "description",
    )
    readonly_fields = ("conference",)
    inlines = (PartInline,)
    list_display = ("title", "conference", "day", "starts_at", "room", "kind")
    list_filter = (KnownFilter, "kind", ("conference", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("conference", "day", "room")
    ordering = ("-conference__starts_on", "conference", "day__date", "starts_at", "position", "pk")
    search_fields = ("title", "parts__speaker__name")

    def save_model(self, request: HttpRequest, obj: Session, form: Any, change: bool) -> None:
        if form.changed_data:
            obj.revision += 1  # calendars show the change only when its number rises
        super().save_model(request, obj, form, change)


@admin.register(Speaker)
class SpeakerAdmin(EventsAdmin):
    """People who speak, at one conference or many."""

    list_display = ("name", "description", "note")
    search_fields = ("name", "description")
