"""Two people saved one draft: the loser sees both texts, block by block, and puts them together."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from motions.amendments.forms import form_for
from motions.forms import MotionForm, with_values
from motions.models import DraftSave, Motion
from motions.services.drafting import SaveResult
from motions.texts import blocks, choosing, words
from motions.texts.choosing import Row, Take
from motions.views import fetch


def both_texts(request: HttpRequest, result: SaveResult, form: MotionForm) -> HttpResponse:
    """What stands and what was typed, beside each other, with what differs; a 409.

    `form` holds what was typed. What can no longer be changed is shown to be copied.
    """
    motion, kept = result.motion, result.kept
    again = form_for(motion)(
        with_values(form.data, {"version": motion.draft_version}), motion=motion
    )
    facts = {
        "conference": motion.conference,
        "motion": motion,
        "kept": kept,
        "is_conflict": result.is_conflict,
        "form": again,
        "theirs": motion.draft_text,
        "words": words.count(kept.text),
        "rows": _rows(motion, kept),
        "titles_differ": kept.title != motion.title,
    }
    return render(request, "motions/conflict.html", facts, status=409)


@require_POST
def together(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The editor with the text that the choices make. Nothing is saved: it is read first."""
    motion = fetch.motion_to_work_on(request, slug, pk)
    kept = get_object_or_404(
        DraftSave.objects.filter(motion=motion, saved_by=request.user),
        pk=_number(request.POST.get("kept")),
    )
    if not motion.is_editable:
        raise Http404
    text = blocks.render_text(choosing.together(_rows(motion, kept), _takes(request)))
    title = kept.title if request.POST.get("take-title") == Take.MINE else motion.title
    values = {"version": motion.draft_version, "title": title, "text": text}
    form = form_for(motion)(with_values(request.POST, values), motion=motion)
    facts = {
        "conference": motion.conference,
        "motion": motion,
        "form": form,
        "words": words.count(text),
    }
    return render(request, "motions/together.html", facts)


def _rows(motion: Motion, kept: DraftSave) -> list[Row]:
    """What differs between the draft as it stands and the copy that was kept aside.

    Both began from the copy of the draft that the kept one was based on.
    """
    base = motion.saves.filter(
        outcome=DraftSave.Outcome.SAVED, draft_version=kept.draft_version
    ).first()
    return choosing.rows(
        blocks.parse(base.text if base else ""),
        blocks.parse(motion.draft_text),
        blocks.parse(kept.text),
    )


def _takes(request: HttpRequest) -> dict[int, Take]:
    """The choices by place; one that is none of ours is left to what is proposed."""
    found = {}
    for name, value in request.POST.items():
        place = _number(name.removeprefix("take-"))
        if name.startswith("take-") and place is not None and value in set(Take):
            found[place] = Take(value)
    return found


def _number(text: str | None) -> int | None:
    """A number as this page writes it; None for all else."""
    if text and text.isascii() and text.isdecimal() and len(text) < 10:
        return int(text)
    return None
