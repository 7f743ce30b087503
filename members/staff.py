"""The admin's doors: who may read and who may edit which table, by role, and what staff may do.

Asked of plain roles, not of Django's permission table, so that the whole answer stands in code,
is seen at the admin class, and is tested in the access matrix. Whatever staff change here leaves
its entry in the audit trail; acts of consequence are services behind a page that asks first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from mailing.lookups import OfferedLookups
from members import audit, import_pages
from members.imports.plan import Kind
from members.models import AuditEntry, User
from members.roles import Role, has_role


class NothingToAsk(forms.Form):
    """An act that needs nothing but a yes."""


@dataclass(frozen=True)
class Act:
    """One thing staff may do to one row: a page explains it, asks, and calls a service.

    `do(request, row, answers)` calls the service and returns the sentence shown afterwards, or a
    whole response (a download). `may` asks the person's role, `applies` the row's state. `form` may
    take `row=` and `at=` when `wants_row` is set.
    """

    name: str
    label: str
    explain: str
    do: Callable[[HttpRequest, Any, dict[str, Any]], str | HttpResponse]
    may: Callable[[User], bool]
    applies: Callable[[Any], bool] = lambda row: True
    form: type[forms.Form] = NothingToAsk
    wants_row: bool = False
    is_grave: bool = False


def _that_can_be_keys(values: Sequence[Any]) -> list[Any]:
    return [
        one for one in values if str(one).isascii() and str(one).isdigit() and len(str(one)) < 19
    ]


class SearchedChoice(AutocompleteSelect):
    """A choice by search that draws a refused form again whatever was sent; Django's falls over."""

    def optgroups(self, name: str, value: Sequence[Any], attr: Any = None) -> list[Any]:
        return super().optgroups(name, _that_can_be_keys(value), attr)


class SearchedChoices(AutocompleteSelectMultiple):
    """Several of them."""

    def optgroups(self, name: str, value: Sequence[Any], attr: Any = None) -> list[Any]:
        return super().optgroups(name, _that_can_be_keys(value), attr)


class ChoosesBySearch:
    """For admins and inlines alike: their autocomplete fields bear with garbage."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchedChoice(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchedChoices(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class RoleAdmin(ChoosesBySearch, OfferedLookups, admin.ModelAdmin):
    """A ModelAdmin read by `readers` and edited by `editors`; the auditor and administrator read.

    `may_add`, `may_delete` say what editors may do beyond changing; nothing with history is
    deleted, so deletion is off unless a class switches it on. `unaudited` names fields whose values
    never enter the trail (only that they changed). A subclass whose `save_model` calls a service
    does not call up: the service writes the entry.
    """

    readers: ClassVar[frozenset[Role]] = frozenset()
    editors: ClassVar[frozenset[Role]] = frozenset()
    may_add: ClassVar[bool] = True
    may_change: ClassVar[bool] = True
    may_delete: ClassVar[bool] = False
    unaudited: ClassVar[frozenset[str]] = frozenset()
    acts: ClassVar[Sequence[Act]] = ()
    brings: ClassVar[Kind | None] = None  # with change_list_template = "admin/import_list.html"
    change_form_template = "admin/acts_change_form.html"
    show_full_result_count = False

    def get_ordering(self, request: HttpRequest) -> Any:
        """A count beside each row loses the order of the table: searches then come in any order."""
        return super().get_ordering(request) or self.opts.ordering

    # Who may

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return has_role(
            request.user, Role.AUDITOR, Role.ADMINISTRATOR, *self.readers, *self.editors
        )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def _edits(self, request: HttpRequest) -> bool:
        return bool(self.editors) and has_role(request.user, *self.editors)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return self.may_add and self._edits(request)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.may_change and self._edits(request)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.may_delete and self._edits(request)

    # What they changed

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.changed_data or not change:
            self._audit_change(request, obj, form, "changed" if change else "added")

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        changed = {id(one.instance): one for one in formset.forms if one.has_changed()}
        for one in formset.new_objects:
            self._audit_change(request, one, changed.get(id(one)), "added")
        for one, _ in formset.changed_objects:
            self._audit_change(request, one, changed.get(id(one)), "changed")
        for one in formset.deleted_objects:
            self._audit_change(request, one, None, "removed")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._audit_change(request, obj, None, "removed")
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        for obj in queryset:
            self._audit_change(request, obj, None, "removed")
        super().delete_queryset(request, queryset)

    def _audit_change(self, request: HttpRequest, obj: models.Model, form: Any, deed: str) -> None:
        names = form.changed_data if form is not None else []
        before = {n: self._told(n, form.initial.get(n)) for n in names} if deed != "added" else {}
        audit.record(
            by=request.user,
            action=f"{obj._meta.model_name}.{deed}",
            on=obj,
            at=request.at,
            before=before,
            after={name: self._told(name, form.cleaned_data.get(name)) for name in names},
        )

    def _told(self, name: str, value: Any) -> Any:
        """A value as the trail keeps it: plain, short, and never a confidential one."""
        if name in self.unaudited:
            return "not kept here"
        if isinstance(value, models.Model):
            return value.pk
        if isinstance(value, models.QuerySet | list | tuple | set):
            return [self._told(name, one) for one in value]
        return value if isinstance(value, int | bool | None) else str(value)[:500]

    def note_export(self, request: HttpRequest, rows: models.QuerySet[Any]) -> None:
        """Who took how many rows of this table out, before they leave."""
        audit.record(
            by=request.user,
            action=f"{self.opts.model_name}.exported",
            on=self.model,
            at=request.at,
            after={"rows": rows.count()},
        )

    # The one trail takes the place of the admin's own log

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Nothing: `save_model` has written the entry."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Nothing: `save_model` or the service has written the entry."""

    def log_deletion(self, request: HttpRequest, obj: Any, object_repr: str) -> None:
        """Nothing: `delete_model` has written the entry."""

    def log_deletions(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Nothing: `delete_queryset` has written the entries."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the audit trail says of this row."""
        row = self.fetch_row(request, object_id)
        entries = AuditEntry.objects.filter(
            object_type=self.opts.label_lower, object_id=str(row.pk)
        ).select_related("actor", "organisation")
        facts = {"title": f"History of {row}", "entries": entries[:200], "object": row}
        return self.staff_page(request, "admin/audit_history.html", facts)

    # What they may do to a row

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        view = self.admin_site.admin_view(self.act_view)
        brought = import_pages.routes(self, self.brings) if self.brings else []
        act = path("<path:object_id>/act/<slug:act>/", view, name=name)
        return [*brought, act, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """With the way to an import for those who may."""
        more = {}
        if self.brings is not None and self.brings.may(request.user):
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_import"
            more = {"import_url": reverse(name), "import_title": self.brings.title}
        return super().changelist_view(request, {**more, **(extra_context or {})})

    def acts_for(self, request: HttpRequest, row: Any) -> list[Act]:
        """The acts this person may do to this row as it stands."""
        return [act for act in self.acts if act.may(request.user) and act.applies(row)]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any):
        row = kwargs.get("obj") or context.get("original")
        context["acts"] = [
            {"label": act.label, "url": self._act_url(act, row), "is_grave": act.is_grave}
            for act in (self.acts_for(request, row) if row is not None else [])
        ]
        return super().render_change_form(request, context, *args, **kwargs)

    def act_view(self, request: HttpRequest, object_id: str, act: str) -> HttpResponse:
        """Explains an act, asks, and does it."""
        row = self.fetch_row(request, object_id)
        found = next((one for one in self.acts if one.name == act), None)
        if found is None:
            raise Http404
        if not found.may(request.user):
            raise PermissionDenied
        if not found.applies(row):
            messages.warning(request, "This is no longer possible as things stand.")
            return HttpResponseRedirect(self._change_url(row))
        given = {"row": row, "at": request.at} if found.wants_row else {}
        form = found.form(request.POST if request.method == "POST" else None, **given)
        if request.method == "POST" and form.is_valid():
            try:
                answer = found.do(request, row, form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, ValidationError(refusal.messages))
            else:
                return self._act_done(request, row, answer)
        facts = {"title": found.label, "act": found, "form": form, "object": row}
        return self.staff_page(request, "admin/act.html", {**facts, "back": self._change_url(row)})

    def _act_done(self, request: HttpRequest, row: Any, answer: str | HttpResponse) -> HttpResponse:
        if isinstance(answer, HttpResponse):
            return answer
        messages.success(request, answer)
        return HttpResponseRedirect(self._change_url(row))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any | None:
        """The row, or None; also for a number that no row can have.

        Django looks at the size of a number by itself, but not where the key is that of another row.
        """
        number = object_id.removeprefix("-")
        largest = models.BigIntegerField.MAX_BIGINT
        # the length first: Python reads no number of thousands of digits
        if number.isdecimal() and (len(number) > 19 or int(number) > largest):
            return None
        return super().get_object(request, object_id, from_field)

    def fetch_row(self, request: HttpRequest, object_id: str) -> Any:
        """A row for a page of one's own: 403 for those who may not read, 404 when not there."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return row

    def staff_page(
        self, request: HttpRequest, template: str, facts: dict[str, Any]
    ) -> HttpResponse:
        """A page of one's own under the admin, with what every page of it shows."""
        context = {**self.admin_site.each_context(request), "opts": self.opts, **facts}
        return TemplateResponse(request, template, context)

    def _change_url(self, row: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[row.pk])

    def _act_url(self, act: Act, row: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_act"
        return reverse(name, args=[row.pk, act.name])


class RoleInline(ChoosesBySearch, admin.TabularInline):
    """An inline whose doors are its parent's editors; deletion only where history allows it."""

    editors: ClassVar[frozenset[Role]] = frozenset()
    may_delete: ClassVar[bool] = True
    extra = 0

    def get_formset(
        self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any
    ) -> Any:
        """Each control bears its name: a screen reader does not read the heading of its column."""
        formset = super().get_formset(request, obj, **kwargs)
        for name, field in formset.form.base_fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", str(field.label or name))
        return formset

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True  # the parent's page has already asked

    def _edits(self, request: HttpRequest) -> bool:
        return bool(self.editors) and has_role(request.user, *self.editors)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._edits(request)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._edits(request)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.may_delete and self._edits(request)
