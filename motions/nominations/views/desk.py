"""The returning officer's desk: lists of candidates, lots, the tellers' figures, results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from members.second_factor import second_factor_required
from motions.forms import add_errors
from motions.nominations import eligibility, rules, showing
from motions.nominations.criteria import Standing
from motions.nominations.desk_forms import (
    AgreedForm,
    CandidateReasonForm,
    ConfirmForm,
    FiguresForm,
    LotForm,
    ReasonForm,
    TakeBackLotForm,
)
from motions.nominations.models import Candidate, Contest, Post
from motions.nominations.services import (
    answering,
    confirming,
    contests,
    counts,
    lots,
    results,
    settling,
    striking,
)
from motions.nominations.views import fetch

#: What each finding is called at the desk, and its colour.
TONES = {
    Standing.MET: "good",
    Standing.NOT_MET: "bad",
    Standing.OPEN: "soon",
    Standing.UNKNOWN: "soon",
}


@require_safe
@second_factor_required
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """The posts of a conference, with what each of them waits for."""
    conference, tasks = fetch.desk_conference(request, slug)
    is_officer = rules.Task.RETURNING_OFFICER in tasks
    posts = [post for post in fetch.posts_of(conference) if is_officer or hasattr(post, "contest")]
    rows = [{"post": post, **_stage(post), "url_pk": post.pk} for post in posts]
    facts = {"conference": conference, "rows": rows, "at": request.at, "is_officer": is_officer}
    return render(request, "motions/nominations/desk.html", facts)


@second_factor_required
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One post; `act` says what is done."""
    post, tasks = fetch.desk_post(request, slug, pk)
    act, form = request.POST.get("act", ""), None
    if request.method == "POST":
        if act not in ACTS or (act not in TELLERS_ACTS and _is_teller_only(tasks)):
            raise Http404
        form = _form(request, act, post)
        if form.is_valid():
            try:
                messages.success(request, ACTS[act](request, post, form))
                return redirect("nominations:desk-post", slug, pk)
            except ValidationError as refusal:
                add_errors(form, refusal)
    facts = _facts(request, post, tasks, act, form)
    return render(request, "motions/nominations/desk_post.html", facts)


def _is_teller_only(tasks: set[str]) -> bool:
    return rules.Task.RETURNING_OFFICER not in tasks


def _contest(post: Post) -> Contest:
    if not hasattr(post, "contest"):
        raise ValidationError("The list of candidates is not settled yet.", code="contest")
    return post.contest


def _settle(request: HttpRequest, post: Post, form: forms.Form) -> str:
    contest = settling.settle(by=request.user, post=post, at=request.at)
    return f"The list of candidates is settled: {contest.get_kind_display()}."


def _open_again(request: HttpRequest, post: Post, form: ReasonForm) -> str:
    reason = form.cleaned_data["reason"]
    settling.open_again(by=request.user, contest=_contest(post), reason=reason, at=request.at)
    return "The list of candidates is open again."


def _candidate(post: Post, form: CandidateReasonForm) -> Candidate:
    return get_object_or_404(post.candidates, pk=form.cleaned_data["candidate"])


def _strike_out(request: HttpRequest, post: Post, form: CandidateReasonForm) -> str:
    candidate = _candidate(post, form)
    reason = form.cleaned_data["reason"]
    striking.strike_out(by=request.user, candidate=candidate, reason=reason, at=request.at)
    return f"{candidate} is struck out; they and the nominating bodies are told why."


def _reinstate(request: HttpRequest, post: Post, form: CandidateReasonForm) -> str:
    candidate = _candidate(post, form)
    reason = form.cleaned_data["reason"]
    striking.reinstate(by=request.user, candidate=candidate, reason=reason, at=request.at)
    return f"{candidate} stands as before; they and the nominating bodies are told."


def _confirm(request: HttpRequest, post: Post, form: ConfirmForm) -> str:
    candidate = _candidate(post, form)
    reason = form.cleaned_data["reason"]
    confirming.confirm(by=request.user, candidate=candidate, reason=reason, at=request.at)
    return f"{candidate} is confirmed as a delegate; they and the nominating bodies are told."


def _agreed(request: HttpRequest, post: Post, form: AgreedForm) -> str:
    candidate = _candidate(post, form)
    reason = form.cleaned_data["reason"]
    answering.agreed_on_paper(by=request.user, candidate=candidate, reason=reason, at=request.at)
    return f"{candidate} has agreed to stand; the nominating bodies are told."


def _send_link(request: HttpRequest, post: Post, form: forms.Form) -> str:
    candidate = get_object_or_404(post.candidates, pk=form.cleaned_data["candidate"])
    answering.send_link(by=request.user, candidate=candidate, at=request.at)
    return f"A new link is on its way to {candidate}; the one before it no longer works."


def _figures(request: HttpRequest, post: Post, form: FiguresForm) -> str:
    counts.enter(
        by=request.user,
        contest=_contest(post),
        figures=form.figures,
        correction=form.cleaned_data.get("correction", ""),
        at=request.at,
    )
    return "The figures are kept."


def _lot(request: HttpRequest, post: Post, form: LotForm) -> str:
    lots.record(by=request.user, contest=_contest(post), draw=form.draw, at=request.at)
    return "The lot is kept."


def _take_back_lot(request: HttpRequest, post: Post, form: TakeBackLotForm) -> str:
    data = form.cleaned_data
    lots.take_back(by=request.user, lot=data["lot"], reason=data["reason"], at=request.at)
    return "The lot stands no longer."


def _declare(request: HttpRequest, post: Post, form: forms.Form) -> str:
    results.declare(by=request.user, contest=_contest(post), at=request.at)
    return "The result is declared; candidates and bodies are told."


def _take_back(request: HttpRequest, post: Post, form: ReasonForm) -> str:
    reason = form.cleaned_data["reason"]
    results.take_back(by=request.user, contest=_contest(post), reason=reason, at=request.at)
    return "The result stands no longer; candidates and bodies are told."


class CandidateForm(forms.Form):
    """Which candidate."""

    candidate = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


ACTS: dict[str, Callable[..., str]] = {
    "settle": _settle,
    "open_again": _open_again,
    "strike_out": _strike_out,
    "reinstate": _reinstate,
    "confirm": _confirm,
    "agreed": _agreed,
    "send_link": _send_link,
    "figures": _figures,
    "lot": _lot,
    "take_back_lot": _take_back_lot,
    "declare": _declare,
    "take_back": _take_back,
}
TELLERS_ACTS = {"figures"}
FORMS: dict[str, type[forms.Form]] = {
    "settle": forms.Form,
    "declare": forms.Form,
    "open_again": ReasonForm,
    "take_back": ReasonForm,
    "strike_out": CandidateReasonForm,
    "reinstate": CandidateReasonForm,
    "confirm": ConfirmForm,
    "agreed": AgreedForm,
    "send_link": CandidateForm,
}


def _form(request: HttpRequest, act: str, post: Post) -> forms.Form:
    """What was posted; ids by act, since several forms stand on the page."""
    facts: dict[str, Any] = {"data": request.POST, "auto_id": f"{act}-%s"}
    if act in FORMS:
        if issubclass(FORMS[act], CandidateReasonForm):
            facts["auto_id"] = f"{act}-{request.POST.get('candidate', '')[:12]}-%s"
        return FORMS[act](**facts)
    contest = getattr(post, "contest", None)
    if contest is None:
        raise Http404
    if act == "figures":
        count = showing.count_of(contest)
        return FiguresForm(candidates=contests.standing_for(post), count=count, **facts)
    if act == "lot":
        return LotForm(candidates=_to_draw(contest), **facts)
    return TakeBackLotForm(lots=contest.lots.in_force(), **facts)


def _to_draw(contest: Contest) -> list[Candidate]:
    needed = results.lot_needed(contest)
    return [one for one in contests.standing_for(contest.post) if one.pk in needed]


def _stage(post: Post) -> dict[str, Any]:
    """What has become of a post, in a word."""
    contest = getattr(post, "contest", None)
    if contest is None:
        return {"word": "nominations", "tone": "info", "contest": None}
    if contest.declared_at is not None:
        return {"word": "declared", "tone": "good", "contest": contest}
    return {"word": contest.get_kind_display(), "tone": "soon", "contest": contest}


def _facts(
    request: HttpRequest, post: Post, tasks: set[str], act: str, sent: forms.Form | None
) -> dict[str, Any]:
    contest = getattr(post, "contest", None)
    is_officer = not _is_teller_only(tasks)
    facts: dict[str, Any] = {
        "conference": post.conference,
        "post": post,
        "at": request.at,
        "is_officer": is_officer,
        "sent": sent,
        "act": act,
        "kept_from": rules.why_kept_from(request.user, post),
        **_stage(post),
        "terms": showing.terms_in_words(post),
    }
    if is_officer:
        facts["rows"] = _candidate_rows(post, request, act, sent)
    if contest is None:
        facts["obstacles"] = settling.obstacles(post, request.at)
        return facts
    return facts | _contest_facts(contest, act, sent)


def _candidate_rows(
    post: Post, request: HttpRequest, act: str, sent: forms.Form | None
) -> list[dict[str, Any]]:
    """Every nominee with what each rule says of them, and what may be done."""
    is_over = hasattr(post, "contest") and post.contest.declared_at is not None
    rows = []
    people = post.candidates.with_their_post().prefetch_related("nominations__organisation")
    people = list(people.order_by("name", "pk"))
    known = eligibility.findings(post, [one for one in people if one.is_in_play], request.at)
    for one in people:
        found = known.get(one.pk, [])
        rows.append(
            {
                "candidate": one,
                "bodies": [
                    row.organisation for row in one.nominations.all() if not row.withdrawn_at
                ],
                "findings": [{"one": row, "tone": TONES[row.standing]} for row in found],
                "forms": {} if is_over else _acts_on(one, act, sent),
                "is_sent": sent is not None and sent.data.get("candidate") == str(one.pk),
            }
        )
    return rows


def _acts_on(one: Candidate, act: str, sent: forms.Form | None) -> dict[str, forms.Form]:
    """The forms of what may be done with a candidate; the refused one as it was sent."""
    offered: dict[str, type[forms.Form]] = {}
    if one.is_in_play and one.post.nominee_is_delegate and one.confirmed_at is None:
        offered["confirm"] = ConfirmForm
    if one.state == Candidate.State.ASKED and not hasattr(one.post, "contest"):
        offered["agreed"] = AgreedForm
    if Candidate.State.STRUCK_OUT in one.moves:
        offered["strike_out"] = CandidateReasonForm
    if one.state == Candidate.State.STRUCK_OUT:
        offered["reinstate"] = CandidateReasonForm
    made = {
        name: kind(auto_id=f"{name}-{one.pk}-%s", initial={"candidate": one.pk})
        for name, kind in offered.items()
    }
    if sent is not None and act in made and sent.data.get("candidate") == str(one.pk):
        made[act] = sent
    return made


def _contest_facts(contest: Contest, act: str, sent: forms.Form | None) -> dict[str, Any]:
    """The settled list: figures, lots, and what the result would be or is."""
    standing = contests.standing_for(contest.post)
    count = showing.count_of(contest)
    to_draw = _to_draw(contest) if contest.declared_at is None else []
    figures = FiguresForm(candidates=standing, count=count, auto_id="figures-%s")
    lot = LotForm(candidates=to_draw, auto_id="lot-%s") if to_draw else None
    return {
        "standing": standing,
        "count": count,
        "counts": contest.counts.select_related("entered_by").prefetch_related("lines__candidate"),
        "lots": contest.lots.select_related("entered_by").prefetch_related("places__candidate"),
        "figures_form": sent if act == "figures" and sent is not None else figures,
        "lot_form": sent if act == "lot" and sent is not None else lot,
        "reason_form": ReasonForm(auto_id="reason-%s"),
        "is_voted_on": results.is_voted_on(contest),
        "declare_obstacles": results.obstacles(contest) if contest.declared_at is None else [],
        "preview": [
            {"candidate": one, "placing": placing, "words": _would(placing)}
            for one, placing in showing.preview(contest)
        ]
        if contest.declared_at is None
        else [],
        "result": showing.result_of(contest) if contest.declared_at else [],
        "carrying_on": showing.carrying_on(contest.post),
    }


def _would(placing: Any) -> str:
    if placing.is_elected:
        return showing.term_in_words(placing.years)
    return f"not elected: {placing.why_not}" if placing.why_not else "not elected"
