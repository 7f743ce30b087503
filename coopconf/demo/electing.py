"""The demo year's posts: one open for nominations, one whose list of candidates is settled."""

from __future__ import annotations

import datetime as dt
import uuid

from coopconf.demo.conferences import make_deadline
from events.models import Conference, Deadline
from members.models import Organisation, Region, User
from motions.models import Candidate, Post, Seat, StandingCommittee
from motions.nominations.services import answering, nominating, settling
from motions.nominations.services.answering import Wording
from motions.nominations.services.nominating import Nominee

OTHER, BODIES = Deadline.Kind.OTHER, Deadline.Audience.BODIES

MINUTES = """I have taken the minutes of my party council for six years, and chaired it for two.

An agenda should let small bodies be heard. I would ask that every motion that is in order reaches
the floor, and that amendments are read out in words."""

READER = """Standing orders are read by those who need them at five to five. I would rewrite ours on
two pages, in plain English, and keep the old ones beside them for a year."""

LISTENER = """I was a delegate for the first time last year and did not dare to speak.

I want a steward beside every newcomer, and a clock that everybody can see."""

INTERESTS = "I work for a housing co-operative that is a subscribing society."


def tell(
    conference: Conference, *, bodies: dict[str, Organisation], basis: str, at: dt.datetime
) -> None:
    """The committee with who sits on it, and the two posts."""
    _arrangements(conference, bodies, basis, at)
    _standing_orders(conference, bodies, basis, at)


def _arrangements(
    conference: Conference, bodies: dict[str, Organisation], basis: str, at: dt.datetime
) -> None:
    """Open: one nominee with a statement who is no delegate yet, one who has not answered."""
    door = conference.deadlines.get(kind=Deadline.Kind.CAC_NOMINATIONS)
    year = conference.starts_on.year
    committee, _ = StandingCommittee.objects.get_or_create(name="Conference Arrangements Committee")
    for name, region, until in (
        ("Ines Ferreira", "West Midlands", year + 1),
        ("Jack Thornley", "South East", year),
        ("Zoë Adeyemi", "London", year),
    ):
        Seat.objects.create(
            committee=committee,
            name=name,
            region=Region.objects.get(name=region),
            from_year=year - 1,
            until_year=until,
            basis=basis,
        )
    post = Post.objects.create(
        deadline=door,
        title="Conference Arrangements Committee",
        introduction="The committee rules on motions, groups them and sets the agenda.",
        vacancies=2,
        fills=committee,
        statement_max_words=250,
        answers_deadline=_deadline(conference, "Nominees' answers and statements", door, days=7),
        withdrawal_deadline=_deadline(conference, "Nominees withdraw", door, days=9),
        basis=basis,
    )
    post.terms.create(years=3, places=1)
    post.terms.create(years=1, places=1)
    tess = _nominate(
        post, bodies["Northmoor Party Council"], "quentin", "Tess Morgan", "South West", at, 6
    )
    _write(tess, MINUTES, "", at - dt.timedelta(days=4))
    society = bodies["Everyday Co-operative Society"]
    _nominate(post, society, "priya", "Hana Novak", "North West", at, 2)


def _standing_orders(
    conference: Conference, bodies: dict[str, Organisation], basis: str, at: dt.datetime
) -> None:
    """Closed and settled: three candidates for a place of three years and one of one year."""
    closed = at.date() - dt.timedelta(days=3)
    door = make_deadline(
        conference,
        OTHER,
        BODIES,
        closed,
        name="Nominations for the Standing Orders Committee",
        opens_at=at - dt.timedelta(days=30),
        is_reminded=False,
    )
    post = Post.objects.create(
        deadline=door,
        title="Standing Orders Committee",
        vacancies=2,
        nominee_is_delegate=False,
        statement_max_words=250,
        basis=basis,
    )
    post.terms.create(years=3, places=1)
    post.terms.create(years=1, places=1)
    for body, officer, name, region, words, interests in (
        ("Severnside Party Council", "nia", "Delyth Rowlands", "Wales", READER, ""),
        ("Northmoor Party Council", "quentin", "Imran Shah", "North West", LISTENER, INTERESTS),
        ("Everyday Co-operative Society", "priya", "Morag Sinclair", "Scotland", MINUTES, ""),
    ):
        candidate = _nominate(post, bodies[body], officer, name, region, at, 9)
        _write(candidate, words, interests, at - dt.timedelta(days=6))
    officer = User.objects.get(email="yusuf@example.org")
    settling.settle(by=officer, post=post, at=at - dt.timedelta(days=1))


def _deadline(conference: Conference, name: str, after: Deadline, *, days: int) -> Deadline:
    closes_on = after.closes_on + dt.timedelta(days=days)
    return make_deadline(conference, OTHER, BODIES, closes_on, name=name, opens_at=after.opens_at)


def _nominate(
    post: Post,
    body: Organisation,
    officer: str,
    name: str,
    region: str,
    at: dt.datetime,
    days_ago: int,
) -> Candidate:
    """A body nominates somebody, so many days before `at`."""
    first, _, last = name.lower().partition(" ")
    receipt = nominating.nominate(
        by=User.objects.get(email=f"{officer}@example.org"),
        post=post,
        organisation=body,
        nominee=Nominee(
            name=name,
            email=f"{first}.{last}@example.org" if first != "tess" else "tess@example.org",
            region=Region.objects.get(name=region),
        ),
        meeting_name="Ordinary meeting",
        at=at - dt.timedelta(days=days_ago),
        key=uuid.uuid4(),
    )
    return receipt.nomination.candidate


def _write(candidate: Candidate, statement: str, interests: str, at: dt.datetime) -> None:
    answering.answer(candidate=candidate, accepts=True, at=at)
    answering.save_statement(
        candidate=candidate,
        version=candidate.wording_version,
        wording=Wording(statement=statement, interests=interests),
        at=at,
    )
