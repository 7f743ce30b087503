"""One motion on the committee's desk: the text, what is known of it, opinions, interests, notes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from members.second_factor import second_factor_required
from motions import rules
from motions.amendments.on_the_page import desk_facts
from motions.campaigns import showing as campaigns
from motions.committee.emergencies import when
from motions.committee.forms import (
    CategoryForm,
    DecisionForm,
    HearForm,
    InterestForm,
    NoteForm,
    OpinionForm,
    WithdrawForm,
)
from motions.committee.models import CommitteeRules, DeclaredInterest
from motions.committee.ordinary import ordinary_closing
from motions.committee.queue import queue
from motions.committee.services import appeals, interests, notes, opinions
from motions.committee.wordings import earlier
from motions.forms import add_errors
from motions.models import Motion
from motions.reading.wording import numbered
from motions.services.categorising import categorise
from motions.services.sending import full_text
from motions.texts import words
from motions.views import fetch
from motions.views.kept import keeps_typing, take


@keeps_typing
@second_factor_required
@require_http_methods(["GET", "POST"])
def motion(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Read it, and act: `act` says whether an opinion, a decision, a note or an interest is sent."""
    motion = fetch.motion_for_cac(request, slug, pk)
    act = request.POST.get("act", "opinion")
    if act not in ACTS:
        raise Http404
    sheet = _forms(request, motion, act)
    form = sheet[FORM_OF[act]]
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, ACTS[act](request, motion, form))
            return redirect("motions:cac-motion", slug, pk)
        except ValidationError as refusal:
            add_errors(form, refusal)
    return render(
        request, "motions/cac/motion.html", _facts(request, motion) | sheet | {"sent": form}
    )


def _opinion(request: HttpRequest, motion: Motion, form: OpinionForm) -> str:
    made = opinions.give(
        by=request.user,
        motion=motion,
        version=_version(motion, form),
        judgement=form.judgement,
        at=request.at,
    )
    if made is None:
        return "Your opinion is kept. Nothing goes to the body until the committee has ruled."
    if made.also_by:
        return "Two members agree: the ruling is recorded, and the body is told by mail."
    return "Your ruling is recorded, and the body is told by mail."


def _decision(request: HttpRequest, motion: Motion, form: OpinionForm) -> str:
    opinions.decide(
        by=request.user,
        motion=motion,
        version=_version(motion, form),
        judgement=form.judgement,
        at=request.at,
    )
    return "Your decision is recorded, and the body is told by mail."


def _hear(request: HttpRequest, motion: Motion, form: HearForm) -> str:
    waiting = motion.appeals.waiting().first()
    if waiting is None:
        raise ValidationError("No appeal waits to be heard any more.", code="state")
    appeals.hear(by=request.user, appeal=waiting, at=request.at, **form.cleaned_data)
    return "The outcome is recorded, and the body is told by mail."


def _note(request: HttpRequest, motion: Motion, form: NoteForm) -> str:
    notes.add(by=request.user, motion=motion, text=form.cleaned_data["text"], at=request.at)
    return "Your note is kept."


def _categorise(request: HttpRequest, motion: Motion, form: CategoryForm) -> str:
    chosen = form.cleaned_data["category"]
    categorise(by=request.user, motion=motion, category=chosen, at=request.at)
    return f"It stands under “{chosen}” now." if chosen else "It stands under no category now."


def _declare(request: HttpRequest, motion: Motion, form: InterestForm) -> str:
    interests.declare(
        by=request.user,
        motion=motion,
        words=form.cleaned_data["words"],
        whole_body=form.cleaned_data["covers"] == "body",
        at=request.at,
    )
    return f"Your interest is declared. Another member rules on this {motion.noun}."


def _withdraw(request: HttpRequest, motion: Motion, form: WithdrawForm) -> str:
    mine = _interests(motion).filter(member=request.user)
    found = mine.filter(pk=form.cleaned_data["interest"]).first()
    if found is None:
        raise Http404
    interests.withdraw(by=request.user, interest=found, at=request.at)
    return "Your interest is withdrawn; that it was declared stays in the record."


ACTS = {
    "opinion": _opinion,
    "decision": _decision,
    "hear": _hear,
    "note": _note,
    "category": _categorise,
    "declare": _declare,
    "withdraw": _withdraw,
}
FORM_OF = {
    "opinion": "form",
    "decision": "form",
    "hear": "hear_form",
    "note": "note_form",
    "category": "category_form",
    "declare": "interest_form",
    "withdraw": "withdraw_form",
}


def _forms(request: HttpRequest, motion: Motion, act: str) -> dict[str, forms.Form]:
    """Every form of the page; the one that was sent holds what was typed."""
    kept = take(request)
    posted = request.POST if request.method == "POST" else None

    def given(name: str) -> Any:
        return posted if FORM_OF[act] == name else None

    state = opinions.looked(motion)
    start = {"version": motion.current_version_id}
    decides = opinions.differ(state) and state.of(request.user) is None
    return {
        "form": (DecisionForm if decides else OpinionForm)(
            given("form"),
            rules=CommitteeRules.of(motion.conference),
            mine=state.of(request.user),
            initial=start | kept,
        ),
        "hear_form": HearForm(given("hear_form"), prefix="hear"),
        "note_form": NoteForm(
            given("note_form"), prefix="note", initial={"text": kept.get("note-text", "")}
        ),
        "interest_form": InterestForm(
            given("interest_form"),
            prefix="interest",
            initial={"words": kept.get("interest-words", "")},
        ),
        "category_form": CategoryForm(given("category_form"), motion=motion, prefix="category"),
        "withdraw_form": WithdrawForm(given("withdraw_form")),
    }


def _version(motion: Motion, form: OpinionForm) -> Any:
    asked = motion.versions.filter(pk=form.cleaned_data["version"]).first()
    return asked or motion.current_version


def _interests(motion: Motion) -> Any:
    """What members have declared that touches this motion, withdrawn ones included."""
    in_motion = DeclaredInterest.objects.filter(motion=motion)
    in_body = DeclaredInterest.objects.filter(
        conference=motion.conference, organisation=motion.organisation
    )
    return (in_motion | in_body).select_related("member", "organisation")


def _facts(request: HttpRequest, motion: Motion) -> dict[str, object]:
    kept = rules.kept_from(request.user, motion.conference).why(motion)
    version = motion.current_version
    found = queue(request.user, motion.conference)
    facts = {
        "conference": motion.conference,
        "motion": motion,
        "version": version,
        "numbered": numbered(version),
        "blocks": version.blocks.all(),
        "kept": kept,
        "row": next(row for row in found.rows if row.motion.pk == motion.pk),
        "is_over_limit": motion.is_over_limit,
        "long_words": words.long_words(full_text(motion)),
        "versions": motion.versions.select_related("created_by"),
        "late": getattr(motion, "late_entry", None),
        "others": Motion.and_amendments.counted_for(
            call=motion.call, organisation=motion.organisation
        ).exclude(pk=motion.pk),
        "interests": _interests(motion),
        "next_motion": found.after(motion),
        "earlier": earlier(motion),
        **_emergency(motion),
        **desk_facts(motion),
        **campaigns.facts(motion, version),
    }
    return facts if kept else facts | _deliberation(request, motion)


def _emergency(motion: Motion) -> dict[str, object]:
    """For an emergency motion: where the day of the event lies from the ordinary deadline."""
    if not motion.call.is_emergency:
        return {}
    closes_at = ordinary_closing(motion)
    return {
        "happened": str(when(motion.current_version.event_on, closes_at)),
        "ordinary_closed_at": closes_at,
    }


def _deliberation(request: HttpRequest, motion: Motion) -> dict[str, object]:
    """What only members who are not kept from it see: opinions as far as they may, notes, rulings."""
    user, state = request.user, opinions.looked(motion)
    do_differ = opinions.differ(state)
    mine = state.of(user)
    may_decide = do_differ and opinions.may_decide(user, motion, state, request.at)
    return {
        "rules": CommitteeRules.of(motion.conference),
        "state": state,
        "mine": mine,
        "shown": state.shown_to(user) if do_differ else [],
        "do_differ": do_differ,
        "may_decide": may_decide,
        **_appeal(request, motion),
        "can_rule": motion.is_rulable
        and not motion.appeals.waiting().exists()
        and (not do_differ or may_decide or mine is not None),
        "can_publish": motion.may_move_to(Motion.State.PUBLISHED),
        "notes": motion.committee_notes.select_related("written_by"),
        "rulings": motion.rulings.select_related(
            "reason", "second_reason", "version", "ruled_by", "also_by", "appeal__heard_by"
        ).prefetch_related("opinions__member", "opinions__reason"),
    }


def _appeal(request: HttpRequest, motion: Motion) -> dict[str, object]:
    """The appeal that waits, and why this member does not record its outcome."""
    waiting = motion.appeals.waiting().select_related("ruling", "lodged_by").first()
    if waiting is None:
        return {}
    refusal = appeals.hearing_refusal(request.user, waiting, motion, request.at)
    return {"appeal": waiting, "may_not_hear": refusal.messages[0] if refusal else ""}
