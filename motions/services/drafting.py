"""Drafting in the name of a body: start, save. No wording is ever lost or silently overwritten."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from members import audit
from members.models import Organisation, User
from motions.campaigns.services import begun_from, offered_now
from motions.models import Call, Category, DraftSave, ModelMotion, Motion
from motions.services import doorkeeping
from motions.services.categorising import require_of_its_conference
from motions.texts.cleaning import clean


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What the form holds of a motion, as typed or pasted."""

    title: str
    text: str
    mover: str = ""
    seconder: str = ""
    names_consent: bool = False
    meeting_name: str = ""
    meeting_on: dt.date | None = None
    event_on: dt.date | None = None
    language: str = Motion.Language.ENGLISH
    category: Category | None = None


@dataclass(frozen=True, kw_only=True)
class SaveResult:
    """What became of a save. `kept` is the copy kept aside when it could not be the draft."""

    motion: Motion
    notices: list[str] = field(default_factory=list)
    kept: DraftSave | None = None

    @property
    def is_conflict(self) -> bool:
        """Somebody else had saved first: show both texts."""
        return self.kept is not None and self.kept.outcome == DraftSave.Outcome.CONFLICT


@transaction.atomic
def start_draft(
    *,
    by: User,
    call: Call,
    organisation: Organisation,
    at: dt.datetime,
    key: uuid.UUID,
    model: ModelMotion | None = None,
) -> Motion:
    """A draft of the body; the same one again when the same form is posted twice.

    It is empty, or begins with the wording of a model motion that is offered now. It may be begun
    before the door opens and after it closed (for the late list). Raises ValidationError when this
    kind of body may not send such motions (code `sender`), or for a model motion that is no longer
    offered.
    """
    if model is not None:
        model = offered_now(model, call, at)
    if refusal := doorkeeping.sender_refusal(call, organisation, "Motions"):
        raise ValidationError(refusal, code="sender")
    motion, is_new = Motion.objects.get_or_create(
        idempotency_key=key,
        created_by=by,
        defaults={
            "conference": call.conference,
            "call": call,
            "organisation": organisation,
            "created_at": at,
            "draft_saved_by": by,
            "draft_saved_at": at,
            **(begun_from(model) if model else {}),
        },
    )
    if is_new:
        keep(motion, DraftSave.Outcome.SAVED, by=by, at=at)
        audit.record(by=by, action="motion.begun", on=motion, at=at, organisation=organisation)
    return motion


@transaction.atomic
def save_draft(
    *, by: User, motion: Motion, version: int, wording: Wording, at: dt.datetime
) -> SaveResult:
    """Save over exactly the copy that was opened (`version`); an older copy is kept aside instead.

    The comparison and the write are one conditional UPDATE, so that of two people saving at once
    one wins and the other is shown both. Never refuses: invisible characters are removed with a
    notice, and what cannot be the draft any more is kept as a save of its own.
    """
    values, notices = cleaned(wording)
    if motion.may_choose_category:
        require_of_its_conference(motion, wording.category)
        values["category"] = wording.category
    changed = Motion.and_amendments.filter(
        pk=motion.pk, draft_version=version, state__in=Motion.EDITABLE, channel="web"
    ).update(**values, draft_version=version + 1, draft_saved_by=by, draft_saved_at=at)
    motion = Motion.and_amendments.with_its_door().get(pk=motion.pk)
    if changed:
        keep(motion, DraftSave.Outcome.SAVED, by=by, at=at)
        return SaveResult(motion=motion, notices=notices)
    if motion.is_editable and _same(motion, values):
        return SaveResult(motion=motion, notices=notices)
    outcome = DraftSave.Outcome.CONFLICT if motion.is_editable else DraftSave.Outcome.REFUSED
    kept = DraftSave.objects.create(
        motion=motion,
        outcome=outcome,
        draft_version=version,
        title=values["title"],
        text=values["draft_text"],
        saved_by=by,
        saved_at=at,
    )
    return SaveResult(motion=motion, notices=notices, kept=kept)


def cleaned(wording: Wording) -> tuple[dict[str, Any], list[str]]:
    """The columns of a motion from what was typed, and what the person should be told."""
    text = clean(wording.text)
    names = {
        name: " ".join(clean(getattr(wording, name)).text.split())
        for name in ("title", "mover", "seconder", "meeting_name")
    }
    return {
        "title": names["title"][:200],
        "draft_text": text.text,
        "mover": names["mover"][:120],
        "seconder": names["seconder"][:120],
        "names_consent": wording.names_consent,
        "meeting_name": names["meeting_name"][:150],
        "meeting_on": wording.meeting_on,
        "event_on": wording.event_on,
        "language": wording.language,
    }, [str(notice) for notice in text.notices]


def _same(motion: Motion, values: dict[str, Any]) -> bool:
    """The stored draft already says exactly this: a form posted twice, not a conflict."""
    return all(getattr(motion, name) == value for name, value in values.items())


def keep(motion: Motion, outcome: DraftSave.Outcome, *, by: User, at: dt.datetime) -> DraftSave:
    """Keep the working copy as it is now as a save of its own."""
    return DraftSave.objects.create(
        motion=motion,
        outcome=outcome,
        draft_version=motion.draft_version,
        title=motion.title,
        text=motion.draft_text,
        saved_by=by,
        saved_at=at,
    )
