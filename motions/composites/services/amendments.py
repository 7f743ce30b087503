"""What becomes of amendments to motions that are part of a composite: decided one by one."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from events.services.public_pages import mark_changed
from members import audit
from members.models import User
from motions import rules
from motions.amendments.services import moving
from motions.composites import emails
from motions.composites.models import AmendmentDecision, Composite
from motions.composites.services.grouping import locked as locked_composite
from motions.models import Amendment, Motion, Rebasing
from motions.services.sending import audited, locked
from motions.texts.cleaning import clean

Outcome = AmendmentDecision.Outcome
#: What may end here: anything else is ruled on first, or carried over as it stands.
ENDABLE = (Motion.State.IN_ORDER, Motion.State.PUBLISHED)


def undecided(composite: Composite) -> QuerySet[Amendment]:
    """The amendments that were sent in to motions of this composite and still wait for a decision."""
    rows = Amendment.objects.filter(
        amends__composited_into=composite.motion_id,
        state__in=moving.PENDING,
        composite_decision__isnull=True,
    )
    if composite.motion_id is None:
        return rows.none()
    return rows.select_related("amends", "organisation", "conference").order_by("pk")


@transaction.atomic
def decide(
    *,
    by: User,
    composite: Composite,
    amendment: Motion,
    outcome: Outcome,
    words: str,
    at: dt.datetime,
) -> AmendmentDecision:
    """Carry it over to the composite, give it back to its body, or end it; its body is told.

    What cannot be carried over without new wording goes back to its body, with the places marked.
    Decided twice the same way is decided once. Raises ValidationError: code `own_body`, `state`, or
    a dict of fields.
    """
    composite = locked_composite(composite)
    row = locked(amendment)
    if refusal := rules.kept_from(by, composite.conference).why(row):
        raise ValidationError(f"{refusal} Another member decides.", code="own_body")
    earlier = AmendmentDecision.objects.filter(amendment=row).first()
    if earlier is not None and earlier.outcome == outcome:
        return earlier
    if not undecided(composite).filter(pk=row.pk).exists():
        raise ValidationError("This amendment does not wait for a decision.", code="state")
    said, original = clean(words).text.strip()[:5000], row.amends
    if outcome == Outcome.ENDED:
        _end(by, composite, row, said, at)
    else:
        is_back = outcome == Outcome.GIVEN_BACK
        made = moving.carry_to(
            by=by, amendment=row, motion=composite.motion, is_given_back=is_back, at=at
        )
        if made.outcome == Rebasing.Outcome.SENT_BACK:
            outcome = Outcome.GIVEN_BACK
    decision = AmendmentDecision.objects.create(
        composite=composite,
        amendment=row,
        original=original,
        outcome=outcome,
        words=said,
        decided_by=by,
        decided_at=at,
    )
    audit.record(
        by=by,
        action="composite.amendment_decided",
        on=composite,
        at=at,
        organisation=row.organisation,
        after={"amendment": row.pk, "outcome": outcome},
        reason=said,
    )
    emails.amendment_decided(composite, decision, at)
    mark_changed()
    return decision


def move_drafts(*, by: User, composite: Composite, at: dt.datetime) -> list[Motion]:
    """Drafts of amendments to motions of a composite that is published: they become drafts of
    amendments to the composite, and their bodies are told, with until when they can be sent.

    What was never sent is nobody's to decide on. The caller holds the locks of the composite and of
    its motions in its transaction.
    """
    rows = Amendment.objects.filter(
        amends__composited_into=composite.motion, state=Motion.State.DRAFT
    )
    moved = []
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        original = Motion.objects.get(pk=row.amends_id)
        made = moving.carry_draft_to(by=by, amendment=row, motion=composite.motion, at=at)
        moved.append(made.amendment)
        emails.draft_moved(composite, made, original, at)
    return moved


def _end(by: User, composite: Composite, row: Motion, said: str, at: dt.datetime) -> None:
    if not said:
        raise ValidationError({"words": "Say why it ends: it goes to the body."})
    if row.state not in ENDABLE:
        raise ValidationError(
            f"This amendment is “{row.get_state_display()}”: rule on it first, carry it over or "
            "give it back.",
            code="state",
        )
    before, row.state = row.state, Motion.State.COMPOSITED
    row.composited_into = composite.motion
    row.published_at = row.published_at or at
    row.save(update_fields=["state", "composited_into", "published_at"])
    audited(by, row, "amendment.ended", before, at, reason=said, into=composite.motion.number)
