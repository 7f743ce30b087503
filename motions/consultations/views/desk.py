"""The committee's desk: the list, one submission with its themes, counts, tables to take away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members import audit
from members.second_factor import second_factor_required
from motions.consultations import counting, exports, fetch
from motions.consultations import desk as lists
from motions.consultations.desk_forms import CodeForm
from motions.consultations.models import LateNotice
from motions.consultations.previews import preview
from motions.consultations.services import coding
from motions.consultations.services.sending import is_answered
from motions.forms import add_errors
from motions.uploads import as_attachment
from registrations.exports import as_csv, as_xlsx

A_PAGE = 50


@require_safe
@second_factor_required
def desk(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What was sent, as asked for, oldest first."""
    consultation = fetch.consultation_for_committee(request, slug, pk)
    wanted = lists.Wanted.of(request.GET)
    rows = lists.shown(consultation, wanted, request.user)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    facts = {
        "conference": consultation.conference,
        "consultation": consultation,
        "wanted": wanted,
        "offered": lists.offered(consultation),
        "totals": counting.totals(consultation),
        "page_obj": page,
        "query": _query(request),
        "ticks": [
            ("late", "Late ones only", wanted.late),
            ("unread", "Unread by me", wanted.unread),
            ("withdrawn", "Withdrawn ones", wanted.withdrawn),
        ],
        "exports": ("csv", "xlsx"),
        "notices": list(_waited_for(consultation)),
        "is_answered": is_answered(consultation),
        "at": request.at,
    }
    return render(request, "motions/consultations/desk/list.html", facts)


def _waited_for(consultation):
    """Bodies that announced that they will be late and have sent nothing yet."""
    sent = consultation.submissions.sent().exclude(organisation=None)
    return (
        LateNotice.objects.filter(consultation=consultation)
        .exclude(organisation__in=sent.values("organisation"))
        .select_related("organisation")
    )


def _query(request: HttpRequest) -> str:
    """What was asked for, to be carried along; never the page."""
    data = request.GET.copy()
    data.pop("page", None)
    return data.urlencode()


@require_http_methods(["GET", "POST"])
@second_factor_required
def submission(request: HttpRequest, slug: str, pk: int, submission_pk: int) -> HttpResponse:
    """One submission: read it, code it, go on to the next of the list."""
    row = fetch.submission_for_committee(request, slug, pk, submission_pk)
    rows = lists.shown(row.consultation, lists.Wanted.of(request.GET), request.user)
    before, after, place, many = lists.beside(rows, row)
    form = CodeForm(request.POST or None, submission=row)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, row, form)
            onward = after if "next" in request.POST and after else row.pk
            messages.success(request, "Kept, and marked as read.")
            return redirect(_address(request, slug, pk, onward))
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = {
        "conference": row.consultation.conference,
        "consultation": row.consultation,
        "submission": row,
        "form": form,
        "answers": _answers(row, form),
        "preview": preview(row),
        "before": _address(request, slug, pk, before) if before else "",
        "after": _address(request, slug, pk, after) if after else "",
        "place": place,
        "many": many,
        "query": _query(request),
        "is_answered": is_answered(row.consultation),
        "is_read": row.readings.filter(reader=request.user).exists(),
    }
    return render(request, "motions/consultations/desk/submission.html", facts)


def _keep(request: HttpRequest, row, form: CodeForm) -> None:
    coding.code(
        by=request.user,
        submission=row,
        themes=form.cleaned_data["themes"],
        answers=form.by_answer,
        at=request.at,
    )
    if form.cleaned_data["reply"].strip() != row.reply:
        coding.reply(
            by=request.user, submission=row, words=form.cleaned_data["reply"], at=request.at
        )


def _answers(row, form: CodeForm) -> list[dict[str, object]]:
    """Every answer with its question, and the themes it may be coded with."""
    coded = {answer.pk: form.field_of(answer) for answer in form.answers}
    answers = row.answers.select_related("question")
    return [{"answer": answer, "field": coded.get(answer.pk)} for answer in answers]


def _address(request: HttpRequest, slug: str, pk: int, submission_pk: int) -> str:
    url = reverse("consultations:desk-submission", args=[slug, pk, submission_pk])
    query = _query(request)
    return f"{url}?{query}" if query else url


@require_safe
@second_factor_required
def document(request: HttpRequest, slug: str, pk: int, submission_pk: int) -> HttpResponse:
    """The document or the scan of a submission, as a download."""
    row = fetch.submission_for_committee(request, slug, pk, submission_pk)
    if row.document:
        return as_attachment(row.document, row.document_name)
    if row.scan:
        return as_attachment(row.scan, row.scan.name.rpartition("/")[2])
    raise Http404


@require_safe
@second_factor_required
def counts(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Everything that can be counted, exactly, in pictures each with its table."""
    consultation = fetch.consultation_for_committee(request, slug, pk)
    facts = {
        "conference": consultation.conference,
        "consultation": consultation,
        "totals": counting.totals(consultation),
        "charts": counting.charts(consultation, counting.exact),
    }
    return render(request, "motions/consultations/desk/counts.html", facts)


@require_POST
@second_factor_required
def export(request: HttpRequest, slug: str, pk: int, form: str) -> HttpResponse:
    """The list as asked for, as CSV or XLSX; who took how many is in the trail."""
    made = {"csv": as_csv, "xlsx": as_xlsx}.get(form)
    consultation = fetch.consultation_for_committee(request, slug, pk)
    if made is None:
        raise Http404
    rows = list(lists.shown(consultation, lists.Wanted.of(request.GET), request.user))
    audit.record(
        by=request.user,
        action="policy_submission.exported",
        on=consultation,
        at=request.at,
        after={"rows": len(rows)},
    )
    name = slugify(f"submissions {consultation.title}")[:80]
    return made(name, exports.heads(consultation), exports.rows(consultation, rows))
