"""Somebody cannot stand: struck out with the reason, told to them and their bodies; or put back."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from events.services.public_pages import mark_changed
from members import audit
from members.models import User
from motions.nominations import eligibility, emails, rules
from motions.nominations.models import Candidate
from motions.nominations.services import contests

State = Candidate.State


@transaction.atomic
def strike_out(*, by: User | None, candidate: Candidate, reason: str, at: dt.datetime) -> Candidate:
    """Somebody cannot stand; they and the nominating bodies are told why.

    `by` None: the rules themselves, when their time had come. Raises ValidationError: `reason` when
    none is given, `state` when struck out already or gone, `own`, `declared`.
    """
    candidate, contest = locked(by, candidate)
    if not reason.strip():
        raise ValidationError({"reason": "Say why: the nominee and the bodies are told."})
    if candidate.state == State.STRUCK_OUT:
        raise ValidationError("This person is struck out already.", code="state")
    candidate.require_move(State.STRUCK_OUT)
    before, candidate.state = candidate.state, State.STRUCK_OUT
    candidate.struck_out_at, candidate.struck_out_by = at, by
    candidate.struck_out_reason = reason.strip()[:300]
    candidate.save(update_fields=["state", "struck_out_at", "struck_out_by", "struck_out_reason"])
    _audited(by, candidate, "candidate.struck_out", before, reason, at)
    contests.look_again(contest, candidate.post)
    emails.told_bodies(candidate, at, key=f"struck-out:{at.isoformat()}", template="struck_out")
    emails.told_nominee(
        candidate,
        at,
        key=f"you-are-struck-out:{at.isoformat()}",
        template="you_are_struck_out",
        subject="You cannot stand",
    )
    mark_changed()
    return candidate


@transaction.atomic
def reinstate(*, by: User, candidate: Candidate, reason: str, at: dt.datetime) -> Candidate:
    """They were struck out in error: they stand as before, and everybody told so is told so.

    Once registration has closed, the condition to be a delegate counts as met: whoever puts them
    back has looked. Raises ValidationError: `reason` when none is given, `state`, `own`, `declared`.
    """
    candidate, contest = locked(by, candidate)
    if not reason.strip():
        raise ValidationError({"reason": "Say why: the nominee and the bodies are told."})
    if candidate.state != State.STRUCK_OUT:
        raise ValidationError("This person is not struck out.", code="state")
    candidate.state = State.CONSENTED if candidate.decided_at else State.ASKED
    candidate.struck_out_at = candidate.struck_out_by = None
    candidate.struck_out_reason = ""
    if candidate.confirmed_at is None and _registration_is_over(candidate, at):
        candidate.confirmed_at = at
    candidate.save()
    _audited(by, candidate, "candidate.reinstated", State.STRUCK_OUT, reason, at)
    contests.look_again(contest, candidate.post)
    emails.told_bodies(candidate, at, key=f"reinstated:{at.isoformat()}", template="reinstated")
    emails.told_nominee(
        candidate,
        at,
        key=f"you-are-reinstated:{at.isoformat()}",
        template="you_are_reinstated",
        subject="You can stand after all",
    )
    mark_changed()
    return candidate


def locked(
    by: User | None, candidate: Candidate, *more: int
) -> tuple[Candidate, contests.Contest | None]:
    """The candidate under the locks of the post's deadlines (and of `more`), nothing declared yet.

    Raises ValidationError: code `own` where somebody would act in a matter of their own, `declared`.
    """
    post = contests.lock_post(candidate.post, *more)
    if by is not None and (refusal := rules.why_kept_from(by, post)):
        raise ValidationError(refusal, code="own")
    contest = contests.require_undeclared(post)
    rows = Candidate.objects.with_their_post().select_for_update(of=("self",))
    return rows.get(pk=candidate.pk), contest


def _registration_is_over(candidate: Candidate, at: dt.datetime) -> bool:
    deadline = eligibility.registration_closes(candidate)
    return deadline is not None and at >= eligibility.tested_from(candidate, deadline)


def _audited(
    by: User | None, candidate: Candidate, action: str, before: str, reason: str, at: dt.datetime
) -> None:
    audit.record(
        by=by,
        action=action,
        on=candidate,
        at=at,
        before={"state": before},
        after={"state": candidate.state},
        reason=reason.strip(),
    )
