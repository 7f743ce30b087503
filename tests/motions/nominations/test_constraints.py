"""Each named constraint of nominations and elections, refused by the database itself."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from motions.models import (
    Candidate,
    Contest,
    Count,
    CountLine,
    Lot,
    LotPlace,
    Post,
    PostTerm,
    Seat,
)
from tests.factories import AT, make_deadline, make_region, make_user
from tests.motions.make import make_post
from tests.motions.nominations.make import make_candidate, make_committee

pytestmark = pytest.mark.django_db
MODELS = (Contest, Count, CountLine, Lot, LotPlace, PostTerm, Seat)
#: Of models with constraints that are older than these tests, those that came with elections.
FURTHER = {
    "motions_post_needs_a_nomination",
    "motions_post_region_rule_confirmed_by_somebody",
    "motions_candidate_withdrew_at_a_time",
    "motions_candidate_term_of_the_elected",
}


def _post(**fields):
    return Post(deadline=make_deadline(), title="Auditor", **fields)


def _candidate(**fields):
    facts = {"post": make_post(), "name": "Nia", "email": "n@example.org", "decided_at": AT}
    return Candidate(**{**facts, "region": make_region(), "token_hash": "0" * 64, **fields})


def _contest(**fields):
    facts = {"kind": "contested", "settled_by": make_user(), "settled_at": AT}
    return Contest(**{"post": make_post(), **facts, **fields})


def _saved(row):
    row.save()
    return row


def _count(contest=None, **fields):
    facts = {"tellers": "Ada", "entered_by": make_user(), "entered_at": AT}
    return Count(**{"contest": contest or _saved(_contest()), **facts, **fields})


def _line(count, candidate):
    return CountLine(count=count, candidate=candidate, votes=1)


def _lot(**fields):
    facts = {"drawn_at": AT, "drawn_by": "R", "witnesses": "W", "entered_at": AT}
    return Lot(**{"contest": _saved(_contest()), "entered_by": make_user(), **facts, **fields})


def _drawn(*, same_candidate):
    lot = _saved(_lot())
    first = make_candidate(lot.contest.post)
    second = first if same_candidate else make_candidate(lot.contest.post)
    _saved(LotPlace(lot=lot, candidate=first, position=1))
    return LotPlace(lot=lot, candidate=second, position=2 if same_candidate else 1)


def _counted_twice():
    count = _saved(_count())
    candidate = make_candidate(count.contest.post)
    _saved(_line(count, candidate))
    return _line(count, candidate)


def _seat(**fields):
    facts = {"name": "Sal", "region": make_region(), "from_year": 2016}
    return Seat(committee=make_committee(), **{**facts, **fields})


def _term_again():
    post = make_post()
    post.terms.create(years=3)
    return PostTerm(post=post, years=3)


BROKEN = {
    "motions_post_needs_a_nomination": lambda: _post(nominations_needed=0),
    "motions_post_region_rule_confirmed_by_somebody": lambda: _post(region_rule_confirmed_at=AT),
    "motions_candidate_withdrew_at_a_time": lambda: _candidate(state="withdrawn"),
    "motions_candidate_term_of_the_elected": lambda: _candidate(years=3),
    "motions_contest_declared_by_somebody": lambda: _contest(declared_at=AT),
    "motions_count_one_of_a_contest": lambda: _count(_saved(_count()).contest),
    "motions_count_has_tellers": lambda: _count(tellers=""),
    "motions_count_correction_says_why": lambda: _count(correction="Misread"),
    "motions_countline_once_a_candidate": _counted_twice,
    "motions_lot_has_people": lambda: _lot(witnesses=""),
    "motions_lot_taken_back_with_a_reason": lambda: _lot(superseded_at=AT),
    "motions_lotplace_once_a_candidate": lambda: _drawn(same_candidate=True),
    "motions_lotplace_once_a_position": lambda: _drawn(same_candidate=False),
    "motions_term_once_a_post": _term_again,
    "motions_term_above_zero": lambda: PostTerm(post=make_post(), years=0),
    "motions_seat_ends_after_it_begins": lambda: _seat(until_year=2016),
    "motions_seat_begins_in_a_year": lambda: _seat(from_year=16),
}


def test_every_constraint_has_a_row_that_breaks_it_and_words_for_people():
    constraints = [one for model in MODELS for one in model._meta.constraints]
    assert {one.name for one in constraints} | FURTHER == set(BROKEN)
    default = "Constraint “%(name)s” is violated."
    assert all(one.violation_error_message != default for one in constraints)


@pytest.mark.parametrize("name", BROKEN)
def test_row_that_breaks_a_constraint_is_refused_by_the_database(name):
    row = BROKEN[name]()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save(force_insert=True)
    [fields] = [
        getattr(one, "fields", ()) for one in type(row)._meta.constraints if one.name == name
    ]
    said = str(refused.value)
    assert name in said or (fields and all(field in said for field in fields))
