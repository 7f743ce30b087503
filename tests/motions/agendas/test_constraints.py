"""Each named constraint of agendas, order papers, outcomes and decisions, refused by the database."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from motions.models import (
    DebateRules,
    Decision,
    DecisionReport,
    OrderItem,
    OrderPaper,
    Outcome,
    Print,
    Release,
    ReleaseEntry,
    Slip,
    VotePart,
)
from tests.factories import AT, make_conference, make_user
from tests.motions.make import make_motion, make_order_paper, make_release

pytestmark = pytest.mark.django_db

MODELS = (
    *(DebateRules, Decision, DecisionReport, OrderItem, OrderPaper, Outcome),
    *(Print, Release, ReleaseEntry, Slip, VotePart),
)


def _motion(number="1"):
    return make_motion(state="published", number=number)


def _release(**fields):
    facts = {"kind": "final", "edition": 1, "content": {}, "released_at": AT}
    facts |= {"conference": make_conference(), "released_by": make_user()}
    return Release(**{**facts, **fields})


def _same_edition():
    first = make_release(_motion())
    return _release(conference=first.conference, kind=first.kind, edition=first.edition)


def _entry(**fields):
    motion = _motion()
    release = make_release(motion)
    other = make_motion(motion.call, state="published")
    facts = {"motion": other, "version": other.current_version, "number": "2"}
    return ReleaseEntry(**{**facts, "release": release, **fields})


def _same_motion():
    made = _entry()
    made.motion = made.release.entries.get().motion
    return made


def _print_again():
    release = make_release(_motion())
    facts = {"release": release, "form": "pdf", "made": b"x", "made_at": AT}
    Print.objects.create(**facts)
    return Print(**facts)


def _slip(**fields):
    release = fields.pop("release", None) or make_release(_motion())
    facts = {"kind": "correction", "number": 1, "text": "x", "issued_at": AT}
    return Slip(**{**facts, "release": release, "issued_by": make_user(), **fields})


def _slip_again():
    first = _slip()
    first.save()
    return _slip(release=first.release)


def _item(**fields):
    paper = make_order_paper(_motion())
    return OrderItem(**{"paper": paper, "position": 2, "words": "x", "minutes": 1, **fields})


def _part(motion=None, **fields):
    facts = {"motion": motion or _motion(), "position": 1, "keys": ["k"], "words": "paragraph 1"}
    return VotePart(**{**facts, **fields})


def _part_again():
    first = _part()
    first.save()
    return _part(first.motion)


def _outcome(motion=None, **fields):
    motion = motion or _motion()
    facts = {"motion": motion, "version": motion.current_version, "threshold": "simple"}
    facts |= {"result": "carried", "entered_by": make_user(), "entered_at": AT}
    return Outcome(**{**facts, **fields})


def _outcome_again(with_part=False):
    motion = _motion()
    part = None
    if with_part:
        part = _part(motion)
        part.save()
    _outcome(motion, part=part).save()
    return _outcome(motion, part=part)


def _fell_and_carried():
    first = _outcome()
    first.save()
    return _outcome(make_motion(first.motion.call, state="published"), because=first)


def _decision(**fields):
    by = make_user()
    return Decision(**{"motion": _motion(), "given_by": by, "given_at": AT, **fields})


def _report():
    decision = _decision(owner="NEC")
    decision.save()
    by = decision.given_by
    return DecisionReport(decision=decision, state="open", reported_by=by, reported_at=AT)


def _votes(votes_for, votes_against, **fields):
    return _outcome(votes_for=votes_for, votes_against=votes_against, **fields)


BROKEN = {
    "motions_debaterules_a_minute_at_least": lambda: DebateRules(
        conference=make_conference(), mover=0
    ),
    "motions_release_one_of_an_edition": _same_edition,
    "motions_release_counted_from_one": lambda: _release(edition=0),
    "motions_releaseentry_motion_once": _same_motion,
    "motions_releaseentry_number_once": lambda: _entry(number="1"),
    "motions_releaseentry_has_a_number": lambda: _entry(number=""),
    "motions_print_once_a_form": _print_again,
    "motions_slip_numbered_once": _slip_again,
    "motions_slip_counted_from_one": lambda: _slip(number=0),
    "motions_slip_says_what": lambda: _slip(text=""),
    "motions_slip_about_a_motion": lambda: _slip(kind="gone"),
    "motions_orderpaper_published_by_somebody": lambda: OrderPaper(
        session=make_order_paper(_motion()).session, published_at=AT
    ),
    "motions_orderitem_one_a_place": lambda: _item(position=1),
    "motions_orderitem_motion_or_words": lambda: _item(words=""),
    "motions_orderitem_words_have_minutes": lambda: _item(minutes=None),
    "motions_orderitem_a_minute_at_least": lambda: _item(minutes=0),
    "motions_votepart_one_a_place": _part_again,
    "motions_votepart_counted_from_one": lambda: _part(position=0),
    "motions_votepart_says_which": lambda: _part(words=""),
    "motions_outcome_one_of_a_motion": _outcome_again,
    "motions_outcome_one_of_a_part": lambda: _outcome_again(with_part=True),
    "motions_outcome_for_and_against": lambda: _outcome(votes_for=1),
    "motions_outcome_counted_in_full": lambda: _outcome(spoilt=1),
    "motions_outcome_votes_carry_or_lose": lambda: _votes(2, 1, result="fell"),
    "motions_outcome_carried_by_enough": lambda: _votes(0, 0),
    "motions_outcome_lost_by_too_few": lambda: _votes(2, 1, threshold="two_thirds", result="lost"),
    "motions_outcome_correction_says_why": lambda: _outcome(correction="Why"),
    "motions_outcome_only_what_fell_fell_because": _fell_and_carried,
    "motions_outcome_taken_back_no_longer_stands": lambda: _outcome(taken_back="Why"),
    "motions_decision_has_an_owner": lambda: _decision(owner=""),
    "motions_decisionreport_says_something": _report,
}


def test_every_constraint_of_agendas_has_a_row_that_breaks_it_and_words_for_people():
    constraints = [one for model in MODELS for one in model._meta.constraints]
    assert {one.name for one in constraints} == set(BROKEN)
    default = "Constraint “%(name)s” is violated."
    assert all(one.violation_error_message != default for one in constraints)


@pytest.mark.parametrize("name", BROKEN)
def test_row_that_breaks_a_constraint_of_agendas_is_refused_by_the_database(name):
    row = BROKEN[name]()
    is_new = name != "motions_orderpaper_published_by_somebody"
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save(force_insert=is_new)
    [fields] = [
        getattr(one, "fields", ()) for one in type(row)._meta.constraints if one.name == name
    ]
    said = str(refused.value)
    assert name in said or (fields and all(field in said for field in fields))
