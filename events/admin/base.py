"""What every page of the conference's admin shares: wall-clock fields, and fresh public pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest

from events.fields import LondonDateTimeField, LondonDateTimeInput
from events.services.public_pages import mark_changed
from members.roles import Role
from members.staff import RoleAdmin, RoleInline

EDITORS = frozenset({Role.PROGRAMME_EDITOR})
READERS = frozenset({Role.REGISTRATIONS_OFFICER, Role.FINANCE})
WALL_CLOCK = {
    models.DateTimeField: {"form_class": LondonDateTimeField, "widget": LondonDateTimeInput},
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "cols": 60})},
    models.DateField: {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})},
}


def typed(form: forms.ModelForm) -> list[str]:
    """The columns that staff typed something new into.

    Only these are saved of a row that acts change as well: an act of somebody else between the
    reading of a row and its saving (a conference cancelled, a deadline moved) is not undone.
    """
    columns = {field.name for field in form._meta.model._meta.concrete_fields}
    return sorted(columns & set(form.changed_data))


class EventsAdmin(RoleAdmin):
    """Edited by programme editors; whatever they save shows on the public pages at once."""

    editors: ClassVar[frozenset[Role]] = EDITORS
    readers: ClassVar[frozenset[Role]] = READERS
    formfield_overrides = WALL_CLOCK

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        mark_changed()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        mark_changed()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        mark_changed()


class TypedAdmin(EventsAdmin):
    """Saves of an existing row only what was typed."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            super().save_model(request, obj, form, change)
        elif form.changed_data:
            obj.save(update_fields=typed(form))
            self._audit_change(request, obj, form, "changed")


class TypedFormSet(forms.BaseInlineFormSet):
    """The same for the lines of an inline."""

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        if commit:
            obj.save(update_fields=typed(form))
        return obj


class EventsInline(RoleInline):
    """A list within such a page."""

    editors: ClassVar[frozenset[Role]] = EDITORS
    formfield_overrides = WALL_CLOCK
