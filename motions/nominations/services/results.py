"""What the figures, the lots and the rules come to; declared by the returning officer."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from events.services.public_pages import mark_changed
from members import audit
from members.models import User
from motions.nominations import counting, emails, rules
from motions.nominations.counting import LotNeeded, Placing
from motions.nominations.models import Candidate, Contest, Post, Seat
from motions.nominations.services import contests

State = Candidate.State
Kind = Contest.Kind


def outcome(contest: Contest) -> list[Placing]:
    """Everybody who stands, in the order of the result.

    Raises LotNeeded for a tie that decides something; ValidationError (code `figures`) while the
    figures of a contest are missing.
    """
    post = contest.post
    standing = contests.standing_for(post)
    votes: dict[int, int | None] = {one.pk: None for one in standing}
    if is_voted_on(contest):
        count = contest.counts.in_force().first()
        if count is None:
            raise ValidationError("The tellers' figures are not entered yet.", code="figures")
        counted = dict(count.lines.values_list("candidate", "votes"))
        votes = {pk: counted.get(pk, 0) for pk in votes}
    return counting.placings(
        votes,
        regions={one.pk: one.region.name for one in standing},
        terms=post.places,
        one_per_region=post.one_per_region,
        lots=[
            [one.candidate_id for one in lot.places.all()]
            for lot in contest.lots.in_force().prefetch_related("places")
        ],
    )


def is_voted_on(contest: Contest) -> bool:
    """Does the order come from votes?"""
    return contest.kind == Kind.CONTESTED


def lot_needed(contest: Contest) -> tuple[int, ...]:
    """Between whom a lot has to be drawn next; empty where none decides anything."""
    try:
        outcome(contest)
    except LotNeeded as needed:
        return needed.candidates
    except ValidationError:
        return ()
    return ()


def obstacles(contest: Contest) -> list[str]:
    """What still has to happen before the result can be declared; empty when it can."""
    post = contest.post
    found = []
    if needs_region_rule(post):
        found.append(
            "Two or more candidates are from the same region. Staff first confirm, at the post in "
            "the admin, whether a region may have more than one member."
        )
    try:
        outcome(contest)
    except LotNeeded as needed:
        names = [one.name for one in contests.standing_for(post) if one.pk in needed.candidates]
        found.append(f"A lot has to be drawn between {' and '.join(names)}.")
    except ValidationError as refusal:
        found += refusal.messages
    return found


def needs_region_rule(post: Post) -> bool:
    """Do regions decide who is elected, and has nobody confirmed that they may?"""
    if not post.one_per_region or post.region_rule_confirmed_at is not None:
        return False
    regions = [one.region_id for one in contests.standing_for(post)]
    return len(set(regions)) < len(regions)


@transaction.atomic
def declare(*, by: User, contest: Contest, at: dt.datetime) -> Contest:
    """Declare who is elected, for how long; candidates and their bodies are told.

    Where nobody stands, those whose term ends now carry on until the next conference. Raises
    ValidationError: code `own`, `early` with every obstacle. Declared again changes nothing.
    """
    post = contests.lock_post(contest.post)
    if refusal := rules.why_kept_from(by, post):
        raise ValidationError(refusal, code="own")
    row = contests.contest_of(post)
    if row is None:
        raise ValidationError("The list of candidates is not settled yet.", code="early")
    if row.declared_at is not None:
        return row
    if found := obstacles(row):
        raise ValidationError(found, code="early")
    made = outcome(row)
    people = {one.pk: one for one in contests.standing_for(post)}
    for placing in made:
        _declared(people[placing.candidate], placing, post)
    carried_on = _carry_on(post) if row.kind == Kind.VACANT else 0
    row.declared_by, row.declared_at = by, at
    row.save(update_fields=["declared_by", "declared_at"])
    audit.record(
        by=by,
        action="contest.declared",
        on=row,
        at=at,
        after={
            "elected": [one.candidate for one in made if one.is_elected],
            "years": [one.years for one in made if one.is_elected],
            "carried_on": carried_on,
        },
    )
    for placing in made:
        emails.result(people[placing.candidate], placing, at)
    mark_changed()
    return row


@transaction.atomic
def take_back(*, by: User, contest: Contest, reason: str, at: dt.datetime) -> Contest:
    """A result that was declared wrongly stands no longer; everybody told of it is told so.

    Raises ValidationError: code `own`, `state` when none is declared, a dict without a reason.
    """
    post = contests.lock_post(contest.post)
    if refusal := rules.why_kept_from(by, post):
        raise ValidationError(refusal, code="own")
    row = contests.contest_of(post)
    if not reason.strip():
        raise ValidationError({"reason": "Say why: the candidates and the bodies are told."})
    if row is None or row.declared_at is None:
        raise ValidationError("No result is declared.", code="state")
    people = list(post.candidates.filter(state__in=Candidate.DECLARED).with_their_post())
    Seat.objects.filter(candidate__in=people).delete()
    for candidate in people:
        candidate.state, candidate.years = State.CONSENTED, None
        candidate.save(update_fields=["state", "years"])
        emails.result_taken_back(candidate, reason.strip(), at)
    if row.kind == Kind.VACANT:
        _carry_on(post, by=-1)
    row.declared_by = row.declared_at = None
    row.save(update_fields=["declared_by", "declared_at"])
    audit.record(by=by, action="contest.taken_back", on=row, at=at, reason=reason.strip())
    mark_changed()
    return row


def _declared(candidate: Candidate, placing: Placing, post: Post) -> None:
    candidate.state = State.ELECTED if placing.is_elected else State.NOT_ELECTED
    candidate.years = placing.years
    candidate.save(update_fields=["state", "years"])
    if placing.is_elected and post.fills is not None and post.year is not None:
        Seat.objects.create(
            committee=post.fills,
            candidate=candidate,
            name=candidate.name,
            email=candidate.email,
            region=candidate.region,
            from_year=post.year,
            until_year=post.year + placing.years if placing.years else None,
            basis=f"Declared at {post.conference}"[:200],
        )


def _carry_on(post: Post, by: int = 1) -> int:
    """Those whose term ends with this conference carry on to the next one; how many they are."""
    if post.fills is None or post.year is None:
        return 0
    rows = Seat.objects.filter(committee=post.fills, given_up_on__isnull=True)
    if by > 0:
        ending = rows.filter(until_year=post.year, from_year__lt=post.year)
    else:
        ending = rows.filter(until_year=post.year + 1, years_carried_on__gt=0)
    return ending.update(
        until_year=F("until_year") + by, years_carried_on=F("years_carried_on") + by
    )
