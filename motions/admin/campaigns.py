"""Model motions as staff enter them for campaigns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from events.services.public_pages import mark_changed
from members.staff import RoleAdmin
from motions.admin.rules import EDITORS, READERS
from motions.models import ModelMotion
from motions.texts.cleaning import TextTooLong, clean


class ModelMotionForm(forms.ModelForm):
    """The wording is cleaned as that of every motion is."""

    class Meta:
        model = ModelMotion
        fields = ("campaign", "title", "text", "conference", "offered_from", "offered_until")

    def clean_text(self) -> str:
        """The text in the one form that motions have."""
        try:
            return clean(self.cleaned_data["text"]).text
        except TextTooLong as error:
            raise forms.ValidationError(str(error)) from error


@admin.register(ModelMotion)
class ModelMotionAdmin(RoleAdmin):
    """What campaigns offer, for which conference and until when; how often it was taken."""

    editors = EDITORS
    readers = READERS
    form = ModelMotionForm
    list_display = ("title", "campaign", "conference", "offered_from", "offered_until", "taken")
    list_filter = ("campaign", "conference")
    list_select_related = ("conference",)
    search_fields = ("title", "campaign")
    fields = (
        ("campaign", "conference"),
        "title",
        "text",
        ("offered_from", "offered_until"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ModelMotion]:
        """With how many motions began from each."""
        return super().get_queryset(request).annotate(times=Count("motions"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A wording that was taken stays, so that what bodies changed can be shown."""
        if obj is not None and obj.motions.exists():
            return ("campaign", "title", "text", "conference")
        return ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Public pages show it: kept copies of them are no longer good."""
        super().save_model(request, obj, form, change)
        mark_changed()

    @admin.display(description="taken", ordering="times")
    def taken(self, model: ModelMotion) -> int:
        return model.times
