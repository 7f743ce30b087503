"""The returning officer settles the list of candidates when nominations have closed."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from events import doors
from events.models import DeadlineChange
from events.services.public_pages import mark_changed
from members import audit
from members.models import User
from motions.nominations import eligibility, rules
from motions.nominations.criteria import Finding, Standing
from motions.nominations.models import Candidate, Contest, Post
from motions.nominations.services import contests, striking

SEEN_TO = ("consent", "nominations")
NOT_ANSWERED = "They had not agreed to stand when the list of candidates was settled."


def obstacles(post: Post, at: dt.datetime) -> list[str]:
    """What still has to happen before the list can be settled, in sentences; empty when it can."""
    found = []
    closes = _closes_for_the_last(post)
    if closes is None:
        found.append("The closing date for nominations has not been announced yet.")
    elif at < closes:
        found.append(f"Nominations close at {doors.closing_in_words(closes)}.")
    if post.answers_until is not None and at < post.answers_until:
        found.append(
            f"Nominees answer and write until {doors.closing_in_words(post.answers_until)}."
        )
    people = _in_play(post)
    known = eligibility.findings(post, people, at)
    for candidate in people:
        found += _about(candidate, known[candidate.pk])
    return found


@transaction.atomic
def settle(*, by: User, post: Post, at: dt.datetime) -> Contest:
    """Settle the list: who has not agreed, or has too few nominations, is struck out and told.

    Raises ValidationError: code `own`, `halted`, `settled`, or `early` with every obstacle.
    """
    post = contests.lock_post(post)
    if refusal := rules.why_kept_from(by, post):
        raise ValidationError(refusal, code="own")
    doors.require_not_halted(post.conference)
    contests.require_unsettled(post)
    if found := obstacles(post, at):
        raise ValidationError(found, code="early")
    for candidate in _in_play(post):
        if reason := _lacks(candidate, eligibility.standing(candidate).count()):
            striking.strike_out(by=None, candidate=candidate, reason=reason, at=at)
    contest = Contest.objects.create(
        post=post, kind=contests.kind_of(post), settled_by=by, settled_at=at
    )
    audit.record(
        by=by,
        action="contest.settled",
        on=contest,
        at=at,
        after={"kind": contest.kind, "candidates": len(contests.standing_for(post))},
    )
    mark_changed()
    return contest


@transaction.atomic
def open_again(*, by: User, contest: Contest, reason: str, at: dt.datetime) -> None:
    """The list was settled too early: it is a list of nominations again. Who was struck out stays so.

    Raises ValidationError: code `own`, `declared`, `entered` once figures or a lot were entered, or
    a dict of fields without a reason.
    """
    post = contests.lock_post(contest.post)
    if refusal := rules.why_kept_from(by, post):
        raise ValidationError(refusal, code="own")
    row = contests.require_undeclared(post)
    if not reason.strip():
        raise ValidationError({"reason": "Say why the list is opened again."})
    if row is None:
        return
    if row.counts.exists() or row.lots.exists():
        raise ValidationError(
            "Figures or a lot were entered: the list of candidates stays as it is.", code="entered"
        )
    audit.record(by=by, action="contest.opened_again", on=row, at=at, reason=reason.strip())
    row.delete()
    mark_changed()


def _in_play(post: Post) -> list[Candidate]:
    rows = post.candidates.in_play().with_their_post()
    return list(rows.order_by("name", "pk"))


def _closes_for_the_last(post: Post) -> dt.datetime | None:
    """When nominations have closed for every body, those with an extension too."""
    closing = post.deadline.closing
    if closing is None:
        return None
    own = DeadlineChange.objects.filter(deadline=post.deadline, organisation__isnull=False)
    return max([closing, *(change.closing for change in own)])


def _lacks(candidate: Candidate, has: int) -> str:
    """What leads to being struck out when the list is settled, as a reason; '' where nothing does."""
    needed = candidate.post.nominations_needed
    if has < needed:
        were = "1 nomination was" if has == 1 else f"{has} nominations were"
        return (
            f"{needed} needed, and {were} made." if needed > 1 else "No nomination stands any more."
        )
    return NOT_ANSWERED if candidate.state == Candidate.State.ASKED else ""


def _about(candidate: Candidate, found: list[Finding]) -> list[str]:
    """What has to be seen to about one candidate first; who has not answered, or has too few
    nominations, is seen to by settling."""
    if any(one.rule in SEEN_TO and one.standing is not Standing.MET for one in found):
        return []
    sentences = [
        f"{candidate.name}: {one.sentence} Strike them out first."
        for one in found
        if one.standing is Standing.NOT_MET
    ]
    if candidate.post.nominee_is_delegate and candidate.confirmed_at is None:
        sentences.append(f"{candidate.name}: not confirmed as a delegate yet.")
    return sentences
