"""Amendments follow their motion to a newer text, or go back to their bodies with the places marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from events import doors
from events.services.public_pages import mark_changed
from mailing import outbox
from mailing.policy import NOTICE
from members.models import User
from motions import rules
from motions.amendments import amending
from motions.models import Amendment, DraftSave, Motion, MotionVersion, MoversAnswer, Rebasing
from motions.services import receipts
from motions.services.drafting import keep
from motions.services.sending import audited, full_text, locked
from motions.services.versions import SENT_WITH_IT, amendment_columns, as_parsed, freeze
from motions.texts import blocks as parsing
from motions.texts import operations
from motions.texts.blocks import Block
from motions.texts.rebasing import Rebased, rebase

#: What has been sent in and still counts; the rest was withdrawn, ruled out or is a draft.
PENDING = (
    Motion.State.AWAITING_CONFIRMATION,
    Motion.State.SUBMITTED,
    Motion.State.CLARIFICATION,
    Motion.State.REFERRED,
    Motion.State.LATE,
    Motion.State.IN_ORDER,
    Motion.State.PUBLISHED,
    Motion.State.REWORDING,
)


def carry_over(
    *,
    by: User,
    motion: Motion,
    old: MotionVersion,
    new: MotionVersion,
    at: dt.datetime,
    mend_by: dt.datetime | None = None,
    settled: Iterable[Motion] = (),
) -> list[Rebasing]:
    """Carry every amendment to this motion over from its old text to the new one.

    One that was ruled out follows only where it does so cleanly, in case an appeal is upheld. The
    caller holds the motion's lock in its transaction.
    """
    kept = [one.pk for one in settled]
    rows = Amendment.objects.to(motion).exclude(pk__in=kept)
    rows = rows.exclude(state=Motion.State.WITHDRAWN)
    found = []
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        row.amends = motion
        if row.state == Motion.State.DRAFT:
            found.append(_move_draft(row, old, new, by, at))
        elif done := _move_sent(row, old, new, by, at, mend_by):
            found.append(done)
    return found


@transaction.atomic
def set_hour(*, by: User, amendment: Motion, mend_by: dt.datetime, at: dt.datetime) -> Rebasing:
    """The committee sets or moves the hour until which the body may send a new wording.

    Raises ValidationError: code `own_body` for a member kept from it, `state` when it does not wait
    for one, or a dict of fields.
    """
    row = locked(amendment)
    if refusal := rules.kept_from(by, row.conference).why(row):
        raise ValidationError(f"{refusal} Another member sets the hour.", code="own_body")
    waiting = row.rebasings.waiting().first()
    if row.state != Motion.State.REWORDING or waiting is None:
        raise ValidationError("This amendment does not wait for new wording.", code="state")
    if mend_by <= at:
        raise ValidationError({"mend_by": "Set an hour that is still to come."})
    waiting.mend_by = mend_by
    waiting.save(update_fields=["mend_by"])
    audited(by, row, "amendment.hour_set", row.state, at, mend_by=mend_by)
    _tell(row, waiting, at, key=f"motions:mend-by:{waiting.pk}:{mend_by.isoformat()}")
    return waiting


@transaction.atomic
def catch_up(*, by: User, amendment: Motion, at: dt.datetime) -> Rebasing:
    """Carry one amendment over to its motion's present text, where it was left behind: ruled not in
    order when the text moved, and now in order on appeal.

    Raises ValidationError: code `own_body` for a member kept from it, `state` when it is to the
    present text already or cannot be carried over.
    """
    row = locked(amendment)
    if refusal := rules.kept_from(by, row.conference).why(row):
        raise ValidationError(f"{refusal} Another member does this.", code="own_body")
    new, sent = row.amends.current_version, row.current_version
    if sent is None or sent.base_id == new.pk or row.state not in PENDING:
        raise ValidationError("This amendment is not left behind by its motion.", code="state")
    made = _move_sent(row, sent.base, new, by, at, None)
    mark_changed()
    return made


def carry_to(
    *, by: User, amendment: Motion, motion: Motion, is_given_back: bool, at: dt.datetime
) -> Rebasing:
    """Make one amendment one to another motion: the composite that its own became part of.

    What follows cleanly stands as it did, unless it is given back on purpose; all else goes back to
    its body with the places marked. What the mover of its old motion said of it no longer counts.
    The caller holds the amendment's lock in its transaction and has asked whether it may.
    """
    row = Amendment.objects.get(pk=amendment.pk)
    if is_given_back and row.state != Motion.State.REWORDING:
        row.require_move(Motion.State.REWORDING)
        row.state = Motion.State.REWORDING
    row.amends = motion
    row.save(update_fields=["amends"])
    MoversAnswer.objects.filter(amendment=row, ended_at__isnull=True).update(ended_at=at)
    return _move_sent(row, row.current_version.base, motion.current_version, by, at, None)


def carry_draft_to(*, by: User, amendment: Motion, motion: Motion, at: dt.datetime) -> Rebasing:
    """Make a draft that was never sent one to another motion: its body goes on from there.

    The working copy follows as far as it can; the places where it cannot are marked, and the wording
    before stays among its saves. The caller holds the draft's lock in its transaction.
    """
    row = Amendment.objects.get(pk=amendment.pk)
    old, new = row.base, motion.current_version
    row.amends, row.title = motion, amending.title_of(new)
    row.save(update_fields=["amends", "title"])
    made = _move_draft(row, old, new, by, at)
    audited(by, row, "amendment.draft_moved", row.state, at, outcome=made.outcome, note=made.note)
    return made


def _move_draft(
    row: Amendment, old: MotionVersion, new: MotionVersion, by: User, at: dt.datetime
) -> Rebasing:
    """A draft that was never sent: its working copy follows as far as it can."""
    found = rebase(as_parsed(old), as_parsed(new), parsing.parse(row.draft_text))
    made = _noted(row, old, new, found, by, at, mend_by=None)
    _save_working_copy(row, new, _as_far_as_it_goes(old, new, row.draft_text, found), at)
    return made


def _move_sent(
    row: Amendment,
    old: MotionVersion,
    new: MotionVersion,
    by: User,
    at: dt.datetime,
    mend_by: dt.datetime | None,
) -> Rebasing | None:
    """One that was sent in: a version against the new text, or back to its body."""
    sent = row.current_version
    written = sent.base
    found = rebase(as_parsed(written), as_parsed(new), as_parsed(sent))
    is_out = row.state == Motion.State.NOT_IN_ORDER
    if is_out and not found.is_clean:
        return None
    text = _working_copy(row, written, new, found)
    before = row.state
    if found.is_clean and before != Motion.State.REWORDING:
        columns = {name: getattr(sent, name) for name in SENT_WITH_IT}
        origin = MotionVersion.Origin.CARRIED_OVER
        wording = amendment_columns(new, parsing.render_text(found.proposal))
        freeze(by=by, motion=row, title=sent.title, origin=origin, at=at, **wording, **columns)
    else:
        if before != Motion.State.REWORDING:
            row.require_move(Motion.State.REWORDING)
        row.state = Motion.State.REWORDING
        MoversAnswer.objects.filter(amendment=row, ended_at__isnull=True).update(ended_at=at)
        mend_by = mend_by or _hour_before(row)
    made = _noted(row, written, new, found, by, at, mend_by=mend_by)
    _save_working_copy(row, new, text, at)
    row.save(update_fields=["state", "current_version"])
    audited(by, row, "amendment.text_moved", before, at, outcome=made.outcome, note=made.note)
    if not is_out:
        _tell(row, made, at, key=f"motions:rebased:{made.pk}")
    return made


def _hour_before(row: Amendment) -> dt.datetime | None:
    """The hour set for an amendment that waited for new wording already."""
    waiting = row.rebasings.waiting().first()
    return waiting.mend_by if waiting else None


def _noted(
    row: Amendment,
    old: MotionVersion,
    new: MotionVersion,
    found: Rebased,
    by: User,
    at: dt.datetime,
    *,
    mend_by: dt.datetime | None,
) -> Rebasing:
    is_back = row.state == Motion.State.REWORDING or not found.is_clean
    row.rebasings.waiting().update(mended_at=at)  # superseded by what follows
    return Rebasing.objects.create(
        amendment=row,
        old=old,
        new=new,
        outcome=Rebasing.Outcome.SENT_BACK if is_back else Rebasing.Outcome.CARRIED_OVER,
        note=found.note,
        places=[
            {
                "kind": place.kind.value,
                "paragraph": place.paragraph,
                "was": place.was,
                "is_now": place.is_now,
                "asked": place.asked,
            }
            for place in found.places
        ],
        caused_by=by,
        at=at,
        mend_by=mend_by if is_back else None,
    )


def _working_copy(
    row: Amendment, written: MotionVersion, new: MotionVersion, found: Rebased
) -> list[Block]:
    """What the body goes on from: what it has changed since it last sent something, if it has."""
    if not row.has_unsent_changes:
        text = parsing.render_text(as_parsed(row.current_version))
        return _as_far_as_it_goes(written, new, text, found)
    own = rebase(as_parsed(row.base), as_parsed(new), parsing.parse(row.draft_text))
    return _as_far_as_it_goes(row.base, new, row.draft_text, own)


def _as_far_as_it_goes(
    old: MotionVersion, new: MotionVersion, text: str, found: Rebased
) -> list[Block]:
    """The working copy on the new text: all of the amendment, or all of it that does not collide."""
    if found.is_clean:
        return list(found.proposal)
    before, now = as_parsed(old), as_parsed(new)
    asked = operations.derive(before, parsing.parse(text))
    clean = [one for one in asked if rebase(before, now, operations.apply([one], before)).is_clean]
    some = rebase(before, now, operations.apply(clean, before))
    return list(some.proposal) if some.is_clean and some.proposal else now


def _save_working_copy(
    row: Amendment, new: MotionVersion, blocks: list[Block], at: dt.datetime
) -> None:
    """A new copy over the old one, which is kept. It stays the save of whoever wrote it last."""
    row.base = new
    row.draft_text = parsing.render_text(blocks)
    row.draft_version += 1
    row.draft_saved_at = at
    row.save(update_fields=["base", "draft_text", "draft_version", "draft_saved_at"])
    writer = row.draft_saved_by or row.created_by
    keep(row, DraftSave.Outcome.SAVED, by=writer, at=at)


def _tell(row: Motion, made: Rebasing, at: dt.datetime, *, key: str) -> None:
    """A mail with the text to everyone who is due one for the body."""
    people = receipts.recipients(
        organisation=row.organisation, author=row.submitted_by or row.created_by, at=at
    )
    is_back = made.outcome == Rebasing.Outcome.SENT_BACK
    what = "Please reword" if is_back else "Carried over to the new text"
    for address, name in people.items():
        outbox.put(
            key=f"{key}:{address}",
            to=address,
            to_name=name,
            subject=f"{what}: {row.title}",
            template="motions/amendment_moved",
            context={
                "motion": row,
                "rebasing": made,
                "is_back": is_back,
                "places": made.places,
                "new_text": parsing.render_text(as_parsed(made.new)),
                "amendment_text": full_text(row),
                "until": doors.closing_in_words(made.mend_by) if made.mend_by else "",
                "conference": row.conference,
            },
            kind=NOTICE,
            at=at,
            conference=row.conference.slug,
        )
