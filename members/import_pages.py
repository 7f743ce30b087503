"""The pages of an import: the file, a preview of every row, one confirmation.

Between preview and confirmation the rows are kept by the page itself (`import_state`): no copy of
people's data waits on the server for its purge, and nothing that was chosen is lost when a session ends.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from members import import_state
from members.imports import columns, reading, templates
from members.imports.cells import Table
from members.imports.plan import Fate, Kind, count, fingerprint
from members.services import imports as services

FORMS = {"csv": templates.as_csv, "xlsx": templates.as_xlsx}
WORDS = {
    Fate.NEW: "new",
    Fate.CHANGED: "changed",
    Fate.UNCHANGED: "unchanged",
    Fate.REFUSED: "refused",
}


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label="File (CSV or XLSX, up to 2 MB and 2,000 rows)",
        widget=forms.FileInput(
            attrs={"accept": ".csv,.xlsx", "aria-describedby": "id_file_helptext"}
        ),
        help_text="Nothing is written before you have seen every row.",
    )

    def clean_file(self) -> Table:
        """The table in it."""
        upload = self.cleaned_data["file"]
        if upload.size > reading.LARGEST:
            raise ValidationError("The file is larger than 2 MB. Split it, or save it as CSV.")
        return reading.read(upload.read())


def routes(admin: ModelAdmin, kind: Kind) -> list[URLPattern]:
    """The addresses of an import under the list of its table."""
    name = f"{admin.opts.app_label}_{admin.opts.model_name}_import"
    view = admin.admin_site.admin_view
    more = {"admin": admin, "kind": kind}
    return [
        path("import/", view(page), more, name),
        path("import/template.<slug:form>", view(template), more, f"{name}_template"),
    ]


def template(request: HttpRequest, admin: ModelAdmin, kind: Kind, form: str) -> HttpResponse:
    """An empty table with the right headings."""
    _require(request, kind)
    if form not in FORMS:
        raise Http404
    return FORMS[form](kind.name, kind.columns)


def page(request: HttpRequest, admin: ModelAdmin, kind: Kind) -> HttpResponse:
    """Asks for the file, shows every row, writes what was shown."""
    _require(request, kind)
    if request.method == "POST" and "state" in request.POST:
        return _confirm(request, admin, kind)
    sent = request.method == "POST"
    upload = UploadForm(request.POST if sent else None, request.FILES if sent else None)
    options = kind.options(request.POST if sent else None) if kind.options else None
    if sent and upload.is_valid() and (options is None or options.is_valid()):
        try:
            table = columns.trimmed(upload.cleaned_data["file"], kind.columns)
            chosen = {} if options is None else options.cleaned_data
            unread = columns.understand(upload.cleaned_data["file"], kind.columns).unread
            return _preview(request, admin, kind, table, chosen, unread=unread)
        except ValidationError as refusal:
            upload.add_error("file", refusal)
    facts = {"title": kind.title, "forms": [form for form in (options, upload) if form]}
    return _show(request, admin, kind, "admin/import_upload.html", facts)


def _require(request: HttpRequest, kind: Kind) -> None:
    if not kind.may(request.user):
        raise PermissionDenied


def _preview(
    request: HttpRequest,
    admin: ModelAdmin,
    kind: Kind,
    table: Table,
    chosen: dict[str, Any],
    *,
    unread: tuple[str, ...] = (),
) -> HttpResponse:
    plan = kind.plan(columns.understand(table, kind.columns).rows, chosen, False)
    found = count(plan)
    facts = {
        "title": f"{kind.title}: look at every row",
        "rows": plan,
        "counts": [(WORDS[fate], number, fate) for fate, number in found.items()],
        "to_write": found[Fate.NEW] + found[Fate.CHANGED],
        "left_out": found[Fate.REFUSED],
        "notes": table.notes,
        "unread": unread,
        "chosen": [(name.replace("_", " ").capitalize(), chosen[name]) for name in chosen],
        "state": import_state.sealed(request, kind.name, table, chosen),
        "shown": fingerprint(plan),
    }
    return _show(request, admin, kind, "admin/import_preview.html", facts)


def _confirm(request: HttpRequest, admin: ModelAdmin, kind: Kind) -> HttpResponse:
    try:
        table, chosen = _opened(request, kind)
    except import_state.UNUSABLE:
        messages.error(request, "This preview is too old. Choose the file once more.")
        return redirect(request.path)
    try:
        found = services.confirm(
            by=request.user,
            kind=kind,
            rows=columns.understand(table, kind.columns).rows,
            options=chosen,
            shown=request.POST.get("shown", ""),
            at=request.at,
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return _preview(request, admin, kind, table, chosen)
    messages.success(
        request,
        f"Written: {found[Fate.NEW]} new, {found[Fate.CHANGED]} changed. "
        f"{found[Fate.UNCHANGED]} were unchanged, {found[Fate.REFUSED]} refused and left out.",
    )
    opts = admin.opts
    return redirect(f"admin:{opts.app_label}_{opts.model_name}_changelist")


def _opened(request: HttpRequest, kind: Kind) -> tuple[Table, dict[str, Any]]:
    """The rows as they were uploaded; what was chosen beside them is asked of the form again."""
    table, kept = import_state.opened(request, kind.name)
    options = kind.options(kept) if kind.options else None
    if options is not None and not options.is_valid():
        raise ValueError("what was chosen is not there any more")
    return table, options.cleaned_data if options else {}


def _show(
    request: HttpRequest, admin: ModelAdmin, kind: Kind, name: str, facts: dict[str, Any]
) -> HttpResponse:
    opts = admin.opts
    base = f"admin:{opts.app_label}_{opts.model_name}"
    context = {
        **admin.admin_site.each_context(request),
        "opts": opts,
        "kind": kind,
        "list_url": f"{base}_changelist",
        "template_url": f"{base}_import_template",
        **facts,
    }
    return TemplateResponse(request, name, context)
