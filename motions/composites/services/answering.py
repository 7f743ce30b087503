"""A body signs the version before it, stays out, or withdraws its motion: by the date."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from events import doors
from members import audit
from members.models import User
from motions import rules
from motions.composites import emails
from motions.composites.models import Answer, Composite, CompositePart
from motions.composites.services.grouping import locked as locked_composite
from motions.composites.standings import IN_QUESTION
from motions.models import Motion
from motions.services.sending import locked
from motions.services.withdrawing import withdraw
from motions.texts.cleaning import clean


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a body's form holds. `laid` is the version it shows (None: none was before it)."""

    choice: Answer.Choice
    laid: int | None = None
    speaker: str = ""
    names_consent: bool = False
    words: str = ""


@transaction.atomic
def answer(
    *, by: User, part: CompositePart, reply: Reply, at: dt.datetime, key: uuid.UUID
) -> Answer:
    """Answer for the body of one motion; a later answer takes the place of an earlier one.

    Where an officer confirms what others send, it counts once one has. Withdrawing withdraws the
    motion itself. The same form twice is one answer. Raises ValidationError: code `closed`,
    `halted` (the date), `state`, `stale` when another version was laid since, or a dict of fields.
    """
    if already := Answer.objects.filter(idempotency_key=key, part=part).first():
        return already
    composite, motion = _in_question(part, at)
    if already := Answer.objects.filter(idempotency_key=key, part=part).first():
        return already
    columns = _signed(composite, part, reply) if reply.choice == Answer.Choice.SIGNS else {}
    part.answers.in_force().update(superseded_at=at)
    made = Answer.objects.create(
        part=part,
        version=composite.laid,
        choice=reply.choice,
        words=clean(reply.words).text.strip()[:5000],
        given_by=by,
        given_at=at,
        needs_officer=rules.needs_officer(by, motion, at),
        idempotency_key=key,
        **columns,
    )
    _audited(by, made, motion, "composite.answered", at)
    _take_effect(by, made, composite, motion, at)
    return made


@transaction.atomic
def confirm(*, by: User, given: Answer, at: dt.datetime) -> Answer:
    """An officer of the body confirms what an authorised person answered; by the date, too.

    Raises ValidationError: code `closed`, `halted`, or `state` when it does not wait for it.
    """
    composite, motion = _in_question(given.part, at)
    given = Answer.objects.select_for_update(of=("self",)).select_related("part").get(pk=given.pk)
    if given.counts or given.superseded_at is not None:
        raise ValidationError("This answer does not wait for a confirmation.", code="state")
    if given.choice == Answer.Choice.SIGNS and given.version_id != composite.laid_id:
        raise ValidationError(
            "Another text was laid before you since: read it, then answer.", code="stale"
        )
    given.confirmed_by, given.confirmed_at = by, at
    given.save(update_fields=["confirmed_by", "confirmed_at"])
    _audited(by, given, motion, "composite.answer_confirmed", at)
    _take_effect(by, given, composite, motion, at)
    return given


def _in_question(part: CompositePart, at: dt.datetime) -> tuple[Composite, Motion]:
    """The composite and the motion under their locks, while an answer is still asked of the body."""
    deadline = doors.lock(part.composite.deadline)
    composite = locked_composite(part.composite)
    motion = locked(part.motion)
    if not composite.is_open:
        raise ValidationError(
            f"This composite is “{composite.get_state_display()}”: no answer is asked any more.",
            code="state",
        )
    doors.require_open(deadline, at=at, organisation=motion.organisation)
    if motion.state not in IN_QUESTION:
        raise ValidationError(
            f"Your motion is “{motion.get_state_display()}”, so it is not part of this composite.",
            code="state",
        )
    return composite, motion


def _signed(composite: Composite, part: CompositePart, reply: Reply) -> dict[str, object]:
    """The columns of a signature. Raises ValidationError as `answer` does."""
    laid = composite.laid
    if laid is None:
        raise ValidationError({"choice": "There is no text to sign yet."})
    if reply.laid != laid.pk:
        raise ValidationError(
            "The committee has laid another text before you since you opened this page. It is "
            "shown below: read it, then answer.",
            code="stale",
        )
    speaker = " ".join(clean(reply.speaker).text.split())[:120]
    if part.pk not in (laid.moved_by_id, laid.seconded_by_id):
        return {}
    if not speaker:
        verb = "moves" if part.pk == laid.moved_by_id else "seconds"
        raise ValidationError({"speaker": f"Name the person of your body who {verb} it."})
    return {"speaker": speaker, "names_consent": reply.names_consent}


def _take_effect(
    by: User, given: Answer, composite: Composite, motion: Motion, at: dt.datetime
) -> None:
    """What follows from an answer that counts; of one that does not, its officers are told."""
    if given.counts and given.choice == Answer.Choice.WITHDRAWS:
        withdraw(by=by, motion=motion, at=at, key=given.idempotency_key)
    emails.answered(composite, given, motion, at)


def _audited(by: User, given: Answer, motion: Motion, action: str, at: dt.datetime) -> None:
    version = given.version.number if given.version_id else None
    audit.record(
        by=by,
        action=action,
        on=given.part.composite,
        at=at,
        organisation=motion.organisation,
        after={"answer": given.choice, "version": version, "counts": given.counts},
    )
