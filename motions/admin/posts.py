"""Posts that conference fills, and the committees whose seats they are, as staff edit them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from events.services.public_pages import mark_changed
from members.roles import Role, has_role
from members.staff import Act, RoleAdmin, RoleInline
from motions.admin.rules import EDITORS, READERS, SENDERS, DoorAdmin
from motions.models import BarredRegion, Post, PostTerm, Seat, StandingCommittee
from motions.nominations.services.regions import confirm_region_rule

#: What may still be changed when the list of candidates is settled.
AFTER_THE_LIST = {"introduction", "basis"}


class RegionRuleForm(forms.Form):
    """Of regions, one or more."""

    one_per_region = forms.TypedChoiceField(
        label="Of those elected, and those who carry on",
        choices=[("yes", "at most one is from a region"), ("no", "several may be from a region")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


def _confirm_regions(request: HttpRequest, post: Post, answers: dict[str, Any]) -> str:
    post = confirm_region_rule(by=request.user, post=post, at=request.at, **answers)
    return "At most one from a region." if post.one_per_region else "Several from a region may be."


class OpenListInline(RoleInline):
    """Rows that stand as they are once the list of candidates is settled."""

    editors = EDITORS

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_add_permission(request, obj) and not is_settled(obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and not is_settled(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_settled(obj)


class TermFormSet(BaseInlineFormSet):
    """Terms for every place, or for none."""

    def clean(self) -> None:
        super().clean()
        rows = [form.cleaned_data for form in self.forms if form.is_valid()]
        places = [row.get("places") or 0 for row in rows if row and not row.get("DELETE")]
        if places and sum(places) != self.instance.vacancies:
            raise ValidationError(
                f"The terms are of {sum(places)} places, and the post has "
                f"{self.instance.vacancies}. Give a term for each place, or for none."
            )


class TermInline(OpenListInline):
    """For how long each place is."""

    model = PostTerm
    formset = TermFormSet
    fields = ("places", "years")
    verbose_name_plural = "terms of office (leave empty where none is stated)"


class BarInline(OpenListInline):
    """Regions whose members cannot stand this time."""

    model = BarredRegion
    fields = ("region", "reason")
    verbose_name_plural = "regions whose members cannot stand"


@admin.register(Post)
class PostAdmin(DoorAdmin):
    """Posts that conference fills, with who may stand."""

    list_display = ("title", "for_conference", "vacancies", "senders", "nominee_is_delegate")
    search_fields = ("title", "deadline__conference__title")
    inlines = (TermInline, BarInline)
    fields = (
        ("title", "vacancies", "fills"),
        ("deadline", "answers_deadline", "withdrawal_deadline"),
        "introduction",
        SENDERS,
        ("nominations_needed", "per_body_limit", "statement_max_words"),
        ("nominee_is_delegate", "member_months", "for_region"),
        ("one_per_region", "region_rule_confirmed_at"),
        "basis",
    )
    acts = (
        Act(
            name="regions",
            label="Confirm the rule of regions",
            explain="No rule says so in writing: somebody has to confirm whether a region may have "
            "more than one member. Who confirmed it, and when, is kept.",
            do=_confirm_regions,
            may=lambda user: has_role(user, Role.PROGRAMME_EDITOR),
            applies=lambda post: not is_declared(post),
            form=RegionRuleForm,
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Post | None = None) -> tuple[str, ...]:
        """The rule of regions changes by its act; a settled list of candidates keeps its rules."""
        own = ("one_per_region", "region_rule_confirmed_at")
        if obj is None or not is_settled(obj):
            return own
        names = [name for row in self.fields for name in ([row] if isinstance(row, str) else row)]
        return tuple(name for name in names if name not in AFTER_THE_LIST)


def is_settled(post: Model | None) -> bool:
    """Does its list of candidates stand?"""
    return post is not None and hasattr(post, "contest")


def is_declared(post: Post) -> bool:
    """Does its result stand?"""
    return is_settled(post) and post.contest.declared_at is not None


@admin.register(StandingCommittee)
class StandingCommitteeAdmin(RoleAdmin):
    """Committees whose seats conference fills."""

    editors = EDITORS
    readers = READERS
    list_display = ("name",)
    search_fields = ("name",)


@admin.register(Seat)
class SeatAdmin(RoleAdmin):
    """Who sits, from when to when, from which region: the next conference's bars follow from it."""

    editors = EDITORS
    readers = READERS
    unaudited = frozenset({"name", "email"})
    list_display = ("name", "committee", "region", "from_year", "until_year", "given_up_on")
    list_filter = ("committee", "region")
    search_fields = ("name",)
    list_select_related = ("committee", "region")
    fields = (
        ("committee", "name", "email"),
        ("region", "from_year", "until_year"),
        "given_up_on",
        "basis",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Seat]:
        return super().get_queryset(request).select_related("committee", "region")

    def save_model(self, request: HttpRequest, obj: Seat, form: Any, change: bool) -> None:
        """What a post says of who may stand follows from it."""
        super().save_model(request, obj, form, change)
        mark_changed()
