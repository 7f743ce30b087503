"""The desk of the Conference Arrangements Committee."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.second_factor import second_factor_required
from motions import rules
from motions.forms import RulingForm, add_errors
from motions.models import Motion
from motions.services import ruling
from motions.services.sending import full_text
from motions.texts import words
from motions.views import fetch
from motions.views.kept import keeps_typing, take


@require_safe
@second_factor_required
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """The queue: what was sent in, oldest first, by state."""
    conference = fetch.conference_for_cac(request, slug)
    motions = Motion.objects.for_conference(conference).with_the_cac()
    state = request.GET.get("state", "")
    counts = dict(motions.values_list("state").annotate(n=Count("pk")).order_by())
    shown = motions.filter(state=state) if state in Motion.State.values else motions
    own = set(rules.own_bodies(request.user, conference).values_list("pk", flat=True))
    page = Paginator(shown.with_words().order_by("submitted_at", "pk"), 50).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "motions/cac/desk.html",
        {
            "conference": conference,
            "page_obj": page,
            "own": own,
            "user_pk": request.user.pk,
            "filters": [
                {"value": value, "label": label, "count": counts.get(value, 0)}
                for value, label in Motion.State.choices
                if counts.get(value)
            ],
            "state": state,
            "total": sum(counts.values()),
            "in_order": counts.get(Motion.State.IN_ORDER, 0),
        },
    )


@keeps_typing
@second_factor_required
@require_http_methods(["GET", "POST"])
def motion(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One motion: its text, its history, the ruling."""
    motion = fetch.motion_for_cac(request, slug, pk)
    initial = {"version": motion.current_version_id, **take(request)}
    form = RulingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _rule(request, motion, form)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, "Your ruling is recorded, and the body is told by mail.")
            return redirect("motions:cac-motion", slug, pk)
    facts = _facts(motion, form) | {"next_motion": _next(request, motion)}
    return render(request, "motions/cac/motion.html", facts)


@require_POST
@second_factor_required
def publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Publish one motion that is in order."""
    motion = fetch.motion_for_cac(request, slug, pk)
    try:
        ruling.publish(by=request.user, motion=motion, at=request.at)
        messages.success(request, "Published. Everybody can read it now.")
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("motions:cac-motion", slug, pk)


@require_POST
@second_factor_required
def publish_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish everything that is in order."""
    conference = fetch.conference_for_cac(request, slug)
    count = ruling.publish_all(by=request.user, conference=conference, at=request.at)
    noun = "motion is" if count == 1 else "motions are"
    messages.success(request, f"{count} {noun} published.")
    return redirect("motions:cac", slug)


def _next(request: HttpRequest, motion: Motion) -> Motion | None:
    """The next motion that waits for a ruling by this member, oldest first."""
    waiting = Motion.objects.for_conference(motion.conference).filter(
        state__in=[Motion.State.SUBMITTED, Motion.State.LATE]
    )
    return (
        waiting.exclude(pk=motion.pk)
        .exclude(organisation__in=rules.own_bodies(request.user, motion.conference))
        .exclude(created_by=request.user)
        .exclude(submitted_by=request.user)
        .select_related("conference")
        .order_by("submitted_at", "pk")
        .first()
    )


def _rule(request: HttpRequest, motion: Motion, form: RulingForm) -> None:
    data = form.cleaned_data
    version = motion.versions.filter(pk=data["version"]).first() or motion.current_version
    ruling.rule(
        by=request.user,
        motion=motion,
        version=version,
        verdict=data["verdict"],
        reason=data["reason"],
        words=data["words"],
        reply_by=data["reply_by"],
        at=request.at,
    )


def _facts(motion: Motion, form: RulingForm) -> dict[str, object]:
    limit = motion.call.max_words
    version = motion.current_version
    return {
        "conference": motion.conference,
        "motion": motion,
        "version": version,
        "blocks": version.blocks.all(),
        "form": form,
        "can_rule": motion.is_rulable,
        "can_publish": motion.may_move_to(Motion.State.PUBLISHED),
        "is_over_limit": bool(limit and version.words > limit),
        "long_words": words.long_words(full_text(motion)),
        "rulings": motion.rulings.select_related("reason", "version", "ruled_by"),
        "versions": motion.versions.select_related("created_by"),
        "late": getattr(motion, "late_entry", None),
        "others": Motion.objects.counted_for(
            call=motion.call, organisation=motion.organisation
        ).exclude(pk=motion.pk),
    }
