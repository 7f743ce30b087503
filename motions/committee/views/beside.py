"""Two motions side by side, with what stands in both marked."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from members.second_factor import second_factor_required
from motions.committee import likeness
from motions.committee.wordings import wordings
from motions.models import Motion
from motions.views import fetch


@require_safe
@second_factor_required
def beside(request: HttpRequest, slug: str, pk: int, other_pk: int) -> HttpResponse:
    """A motion of this conference beside another of it, or beside a published one of any other."""
    motion = fetch.motion_for_cac(request, slug, pk)
    readable = Q(conference=motion.conference) | Q(state=Motion.State.PUBLISHED)
    rows = Motion.and_amendments.with_the_cac().with_words().filter(readable).exclude(pk=pk)
    other = get_object_or_404(rows, pk=other_pk)
    texts = wordings([motion, other])
    facts = {
        "conference": motion.conference,
        "motion": motion,
        "percent": round(100 * likeness.share(texts.get(pk, ""), texts.get(other_pk, ""))),
        "sides": [
            _side(motion, texts.get(other_pk, "")),
            _side(other, texts.get(pk, "")),
        ],
    }
    return render(request, "motions/cac/beside.html", facts)


def _side(motion: Motion, other: str) -> dict[str, object]:
    blocks = motion.current_version.blocks.all()
    return {
        "motion": motion,
        "blocks": [
            {"kind": one.kind, "pieces": likeness.marked(one.text, other)} for one in blocks
        ],
    }
