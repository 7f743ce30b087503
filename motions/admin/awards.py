"""Award nominations and how they are judged, for the few who prepare the panel's work.

Of what the panel does with them nothing stands here, and no table of it is registered: the admin
would tell by a list, a count, a history or an address what is sealed until the presentation.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from events.admin.base import WALL_CLOCK
from events.models import LayAppointment
from members.roles import Role
from members.staff import RoleAdmin, RoleInline
from motions.admin.desk import SentAdmin
from motions.admin.paper import PaperAwardForm, entering
from motions.admin.rules import EDITORS
from motions.awards.services import hour
from motions.models import AwardCriterion, AwardNomination, AwardRules


@admin.register(AwardNomination)
class AwardNominationAdmin(SentAdmin):
    """In confidence: programme editors, administrators and the auditor read it, nobody else."""

    readers = frozenset({Role.PROGRAMME_EDITOR})
    enter = entering(
        PaperAwardForm,
        "Enter an award nomination from paper",
        "admin:motions_awardnomination_changelist",
    )
    list_display = ("nominee_name", "category", "organisation", "state", "submitted_at", "channel")
    list_filter = ("state", "category", "category__deadline__conference", "channel")
    list_select_related = ("category__deadline__conference", "organisation")
    search_fields = ("nominee_name", "organisation__name", "citation")
    exclude = ("scan", "nominee")
    readonly_fields = ("file_link",)


class RulesForm(forms.ModelForm):
    """Refuses an hour that would let somebody look before it; `at` is the instant of the request."""

    at: Any

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        conference = given.get("conference") or getattr(self.instance, "conference", None)
        if conference is not None and "presented_at" in given:
            before = self.initial.get("presented_at")
            hour.require_of_staff(conference, before, given["presented_at"], self.at)
        return given


class CriterionInline(RoleInline):
    """By what nominees are scored; as it stands when nominations close, and not changed after."""

    model = AwardCriterion
    editors = EDITORS
    fields = ("position", "name", "words", "weight")
    verbose_name_plural = "criteria by which nominees are scored"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_still(request, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_still(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_still(request, obj) and super().has_delete_permission(request, obj)

    def _may_still(self, request: HttpRequest, obj: Any) -> bool:
        return obj is None or not hour.judging_may_have_begun(obj.conference, request.at)


@admin.register(AwardRules)
class AwardRulesAdmin(RoleAdmin):
    """When the awards are presented, who chairs the panel, by which criteria it scores."""

    form = RulesForm
    editors = EDITORS
    formfield_overrides = WALL_CLOCK
    inlines = (CriterionInline,)
    list_display = ("conference", "presented_at", "chair", "least_scores")
    list_select_related = ("conference", "chair")
    fields = (
        "conference",
        "presented_at",
        "chair",
        ("least_scores", "most_points"),
        "basis",
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A set of rules stays with its conference; how is scored stays once scoring may begin."""
        if obj is None:
            return ()
        judged = hour.judging_may_have_begun(obj.conference, request.at)
        return ("conference", *(("least_scores", "most_points") if judged else ()))

    def get_form(self, request: HttpRequest, *args: Any, **given: Any) -> type[forms.ModelForm]:
        form = super().get_form(request, *args, **given)
        form.at = request.at  # this class was made for this request alone
        return form

    def formfield_for_foreignkey(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        found = super().formfield_for_foreignkey(field, request, **kwargs)
        if found is not None and field.name == "chair":
            found.queryset = found.queryset.filter(
                appointments__task=LayAppointment.Task.JUDGE,
                appointments__ended_at__isnull=True,
            ).distinct()
        return found
