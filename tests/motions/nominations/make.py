"""Rows of elections, for tests that need one of each."""

from __future__ import annotations

import itertools
from typing import Any

from events.models import Deadline
from members.models import Region, User
from motions.models import (
    Candidate,
    Contest,
    Count,
    Lot,
    Nomination,
    Post,
    Seat,
    StandingCommittee,
)
from motions.nominations.links import token_hash
from tests.factories import AT, make_deadline, make_officer, make_region, make_society

COMMITTEE = "Conference Arrangements Committee"
_numbers = itertools.count(1)


def make_committee(name: str = COMMITTEE) -> StandingCommittee:
    """The committee whose seats are filled."""
    return StandingCommittee.objects.get_or_create(name=name)[0]


def make_candidate(post: Post, name: str = "Nia Nominee", **fields: Any) -> Candidate:
    """Somebody nominated by one society, who has agreed to stand."""
    n = next(_numbers)
    body = fields.pop("organisation", None) or make_society()
    region = fields.pop("region", "Wales")
    candidate = Candidate.objects.create(
        **{
            "post": post,
            "name": name,
            "email": f"nominee{n}@example.org",
            "region": region if isinstance(region, Region) else make_region(region),
            "state": Candidate.State.CONSENTED,
            "decided_at": AT,
            "token_hash": f"{n:064}",
            **fields,
        }
    )
    officer = make_officer(body)
    Nomination.objects.create(
        candidate=candidate,
        organisation=body,
        created_by=officer,
        created_at=AT,
        submitted_by=officer,
        submitted_at=AT,
    )
    return candidate


def make_election(post: Post, by: User, region: Region | None = None) -> Contest:
    """A declared contest of another post at the same deadline, with figures, a lot and a seat."""
    committee = make_committee()
    region = region or make_region("Wales")
    other = Post.objects.create(
        deadline=_door(post, "lead_delegate"),
        title="National Executive",
        vacancies=2,
        fills=committee,
    )
    other.terms.create(years=3, places=1)
    other.terms.create(years=1, places=1)
    elected = make_candidate(
        other, "Ola Elected", region=region, state="elected", years=3, interests="A mill"
    )
    beaten = make_candidate(other, "Bea Beaten", region=region, state="not_elected")
    when = {"entered_by": by, "entered_at": AT}
    contest = Contest.objects.create(
        post=other, kind="contested", settled_by=by, settled_at=AT, declared_by=by, declared_at=AT
    )
    wrong = Count.objects.create(contest=contest, tellers="T One", superseded_at=AT, **when)
    count = Count.objects.create(
        contest=contest,
        papers=171,
        spoilt=1,
        tellers="T One, T Two",
        corrects=wrong,
        correction="Misread",
        **when,
    )
    lot = Lot.objects.create(
        contest=contest,
        drawn_at=AT,
        drawn_by="R Officer",
        witnesses="T One",
        superseded_at=AT,
        taken_back="Not needed",
        **when,
    )
    for position, (one, votes) in enumerate(((elected, 88), (beaten, 83)), start=1):
        count.lines.create(candidate=one, votes=votes)
        lot.places.create(candidate=one, position=position)
    Seat.objects.create(
        committee=committee,
        candidate=elected,
        name=elected.name,
        email=elected.email,
        region=region,
        from_year=2016,
        until_year=2019,
        basis="Declared",
    )
    return contest


def make_contest(post: Post, by: User, region: Region) -> tuple[Contest, Candidate]:
    """A settled contest that waits for its figures, and one of its three candidates."""
    door = _door(post, "consultation")
    other = Post.objects.create(deadline=door, title="Auditor", statement_max_words=50)
    agreed = make_candidate(
        other,
        "Ag Agreed",
        region=region,
        statement="I add up",
        interests="A bank",
        token_hash=token_hash("agreed-token"),
    )
    make_candidate(other, "Al Also", region=region)
    kind = Contest.Kind.CONTESTED
    return Contest.objects.create(post=other, kind=kind, settled_by=by, settled_at=AT), agreed


def _door(post: Post, kind: str) -> Deadline:
    """A deadline of another kind on the same day: posts of one deadline differ by their titles."""
    own = post.conference.deadlines.filter(kind=kind).first()
    return own or make_deadline(post.conference, kind, closes_on=post.deadline.closes_on)
