"""The nominee's own acts, by their personal link: the answer, the statement, withdrawing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from events import doors
from events.models import Deadline
from events.services.public_pages import mark_changed
from members import audit
from members.models import User
from motions.nominations import eligibility, emails, links, rules
from motions.nominations.models import Candidate
from motions.nominations.services import contests
from motions.texts import words
from motions.texts.cleaning import TextTooLong, clean

State = Candidate.State
MOST_WORDS_OF_INTERESTS = 300


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What a nominee says of themself. `photo` None: as it was; `without_photo` takes it away."""

    statement: str
    interests: str = ""
    photo: ContentFile | None = None
    without_photo: bool = False


class Overtaken(ValidationError):
    """The statement was saved elsewhere meanwhile; `stored` is what stands."""

    def __init__(self, stored: Candidate) -> None:
        super().__init__(
            "This was saved in another window meanwhile. What you typed is below, what is stored "
            "beside it: put together what you want, and save again.",
            code="overtaken",
        )
        self.stored = stored


@transaction.atomic
def answer(*, candidate: Candidate, accepts: bool, at: dt.datetime) -> Candidate:
    """The nominee agrees to stand or does not, by their personal link; nominators are told.

    Raises ValidationError: code `struck_out` when they cannot stand any more, `settled`, `state`, or
    those of the door.
    """
    candidate = _locked(candidate)
    target = State.CONSENTED if accepts else State.DECLINED
    if candidate.state == target:
        return candidate
    _require_here(candidate)
    _require_open(candidate, candidate.post.answers_deadline, at)
    candidate.require_move(target)
    _moved(candidate, target, "candidate.answered", at)
    emails.told_bodies(candidate, at, key=f"answer:{target}:{at.isoformat()}", template="answered")
    return candidate


@transaction.atomic
def agreed_on_paper(*, by: User, candidate: Candidate, reason: str, at: dt.datetime) -> Candidate:
    """Somebody saw the nominee's signature: they agree to stand as if they had answered here.

    `reason` says where it stands ('the form received on 30 July'). Raises ValidationError: a dict
    without it, code `own`, `struck_out`, `state`, `settled`.
    """
    candidate = _locked(candidate)
    if refusal := rules.why_kept_from(by, candidate.post):
        raise ValidationError(refusal, code="own")
    if not reason.strip():
        raise ValidationError({"reason": "Say where they signed."})
    _require_here(candidate)
    _require_open(candidate, None, at)
    candidate.require_move(State.CONSENTED)
    _moved(
        candidate, State.CONSENTED, "candidate.agreed_on_paper", at, by=by, reason=reason.strip()
    )
    emails.told_bodies(candidate, at, key=f"answer:paper:{at.isoformat()}", template="answered")
    return candidate


@transaction.atomic
def save_statement(
    *, candidate: Candidate, version: int, wording: Wording, at: dt.datetime
) -> Candidate:
    """The nominee's statement, interests and photo, with a receipt by mail.

    Raises ValidationError: a dict of fields beyond the limit of words, `Overtaken` when another
    window saved meanwhile, code `state` before they have agreed, `settled`, or those of the door.
    """
    candidate = _locked(candidate)
    _require_here(candidate)
    _require_open(candidate, candidate.post.answers_deadline, at)
    if candidate.state != State.CONSENTED:
        raise ValidationError("First say that you agree to stand.", code="state")
    statement, counted = _cleaned(
        "statement", wording.statement, candidate.post.statement_max_words
    )
    interests, _ = _cleaned("interests", wording.interests, MOST_WORDS_OF_INTERESTS)
    is_same = (statement, interests) == (candidate.statement, candidate.interests)
    if is_same and wording.photo is None and not (wording.without_photo and candidate.photo):
        return candidate
    if candidate.wording_version != version:
        raise Overtaken(candidate)
    candidate.statement, candidate.interests = statement, interests
    candidate.wording_version += 1
    candidate.written_at = at
    _keep_photo(candidate, wording)
    candidate.save()
    audit.record(
        by=None,
        action="candidate.wrote",
        on=candidate,
        at=at,
        after={"words": counted, "photo": bool(candidate.photo)},
    )
    emails.kept_statement(candidate, counted, at)
    mark_changed()
    return candidate


@transaction.atomic
def withdraw(*, candidate: Candidate, at: dt.datetime) -> Candidate:
    """Somebody who agreed to stand does so no longer, until the hour stated; they and their bodies
    are told. Raises ValidationError: code `struck_out`, `settled`, `declared`, `state`, or the door's.
    """
    candidate = _locked(candidate)
    if candidate.state == State.WITHDRAWN:
        return candidate
    _require_here(candidate)
    post = candidate.post
    contest = contests.require_undeclared(post)
    if post.withdrawal_deadline is not None:
        doors.require_open(post.withdrawal_deadline, at=at)
    elif contest is not None:
        contests.require_unsettled(post)
    candidate.require_move(State.WITHDRAWN)
    candidate.withdrawn_at = at
    _moved(candidate, State.WITHDRAWN, "candidate.withdrew", at)
    contests.look_again(contest, post)
    emails.told_bodies(candidate, at, key="withdrew", template="answered")
    emails.told_nominee(
        candidate, at, key="you-withdrew", template="you_withdrew", subject="You have withdrawn"
    )
    mark_changed()
    return candidate


@transaction.atomic
def send_link(*, by: User, candidate: Candidate, at: dt.datetime) -> Candidate:
    """Mail the nominee a new link; the one before it leads nowhere any more.

    Raises ValidationError: code `struck_out` or `state` when there is nothing left to answer.
    """
    candidate = _locked(candidate)
    _require_here(candidate)
    if not candidate.is_in_play and candidate.state != State.DECLINED:
        raise ValidationError(f"{candidate.name} {candidate.get_state_display()}.", code="state")
    token = links.fresh()
    candidate.token_hash = links.token_hash(token)
    candidate.links_sent += 1
    candidate.save(update_fields=["token_hash", "links_sent"])
    audit.record(by=by, action="candidate.link_sent", on=candidate, at=at)
    bodies = [row.organisation for row in eligibility.standing(candidate)]
    emails.ask(candidate, bodies, token, at)
    return candidate


def _locked(candidate: Candidate) -> Candidate:
    """The candidate, with the post's deadlines as they stand under their locks."""
    contests.lock_post(candidate.post)
    rows = Candidate.objects.with_their_post().select_for_update(of=("self",))
    return rows.get(pk=candidate.pk)


def _require_here(candidate: Candidate) -> None:
    if candidate.state == State.STRUCK_OUT:
        raise ValidationError("This nomination has been struck out.", code="struck_out")


def _require_open(candidate: Candidate, deadline: Deadline | None, at: dt.datetime) -> None:
    """Their own deadline where there is one; in any case until the list of candidates is settled."""
    doors.require_not_halted(candidate.post.conference)
    contests.require_unsettled(candidate.post)
    if deadline is not None:
        doors.require_open(deadline, at=at)


def _moved(
    candidate: Candidate,
    target: str,
    action: str,
    at: dt.datetime,
    *,
    by: User | None = None,
    reason: str = "",
) -> None:
    before, candidate.state = candidate.state, target
    if target in {State.CONSENTED, State.DECLINED}:
        candidate.decided_at = at
    candidate.save(update_fields=["state", "decided_at", "withdrawn_at"])
    audit.record(
        by=by,
        action=action,
        on=candidate,
        at=at,
        before={"state": before},
        after={"state": candidate.state},
        reason=reason,
    )


def _cleaned(field: str, typed: str, limit: int | None) -> tuple[str, int]:
    """The text fit to store and its words. Raises ValidationError (a dict) beyond the limit."""
    try:
        text = clean(typed).text
    except TextTooLong as error:
        raise ValidationError({field: str(error)}) from error
    counted = words.count(text)
    if limit is not None and counted > limit:
        over = counted - limit
        raise ValidationError(
            {field: f"{counted} words, and {limit} are allowed: please cut {over}."},
            code="too_long",
        )
    return text, counted


def _keep_photo(candidate: Candidate, wording: Wording) -> None:
    """A new file beside the old one, which goes once nothing refers to it any more."""
    old = candidate.photo.name if wording.photo or wording.without_photo else ""
    if wording.photo is not None:
        candidate.photo.save(wording.photo.name, wording.photo, save=False)
    elif wording.without_photo:
        candidate.photo = ""
    if old:
        storage = candidate.photo.storage
        transaction.on_commit(lambda: storage.delete(old))
