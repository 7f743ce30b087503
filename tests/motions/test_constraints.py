"""Each named constraint of these tables, refused by the database itself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from motions.models import (
    Appeal,
    Category,
    CommitteeNote,
    CommitteeRules,
    DeclaredInterest,
    Follow,
    ModelMotion,
    Opinion,
    PrivateNote,
    ReadingMark,
    Ruling,
    RulingReason,
)
from tests.factories import AT, make_conference, make_deadline, make_society, make_user
from tests.motions.make import make_motion

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MODELS = (
    *(Appeal, Category, CommitteeRules, Opinion, DeclaredInterest, CommitteeNote, Ruling),
    *(Follow, ModelMotion, PrivateNote, ReadingMark),
)


def _rules(**fields):
    return CommitteeRules(conference=make_conference(), **fields)


def _motion():
    return make_motion(state="submitted")


def _opinion(motion=None, **fields):
    motion = motion or _motion()
    facts = {"member": make_user(), "position": 1, "verdict": "in_order", "given_at": AT}
    return Opinion(**{**facts, "motion": motion, "version": motion.current_version, **fields})


def _second_opinion(**fields):
    first = _opinion()
    first.save()
    same = {"member": first.member, "position": 2} | fields
    return _opinion(first.motion, **same)


def _interest(**fields):
    motion = _motion()
    facts = {"conference": motion.conference, "motion": motion, "member": make_user()}
    return DeclaredInterest(**{**facts, "words": "My firm", "declared_at": AT, **fields})


def _interest_again(**fields):
    first = _interest(**fields)
    first.save()
    again = {"conference": first.conference, "member": first.member, "motion": first.motion}
    return _interest(**again, organisation=first.organisation)


def _ruling(motion=None, **fields):
    motion = motion or _motion()
    facts = {"motion": motion, "version": motion.current_version, "verdict": "in_order"}
    return Ruling(**{**facts, "ruled_by": make_user(), "ruled_at": AT, **fields})


def _second_ruling():
    first = _ruling()
    first.save()
    return _ruling(first.motion)


def _ruled_and_ended():
    made = _ruling()
    made.save()
    return _opinion(made.motion, ruling=made, ended_at=AT)


def _appeal(ruling=None, **fields):
    if ruling is None:
        ruling = _ruling(verdict="not_in_order", words="No")
        ruling.save()
    facts = {"text": "But", "lodged_by": make_user(), "lodged_at": AT, "closed_at": AT + DAY}
    return Appeal(**{**facts, "ruling": ruling, "motion": ruling.motion, **fields})


def _category(**fields):
    return Category(**{"conference": make_conference(), "name": "Economy", **fields})


def _category_again():
    first = _category()
    first.save()
    return _category(conference=first.conference)


def _mark(**fields):
    facts = {"reader": make_user(), "motion": _motion(), "mark": "read", "marked_at": AT}
    return ReadingMark(**{**facts, **fields})


def _note(**fields):
    facts = {"writer": make_user(), "motion": _motion(), "text": "Hm", "written_at": AT}
    return PrivateNote(**{**facts, **fields})


def _follow(**fields):
    facts = {"follower": make_user(), "conference": make_conference()}
    return Follow(**{**facts, "since": AT, "told_until": AT, **fields})


def _again(first, *names):
    """Another row that says the same of these."""
    first.save()
    same = {name: getattr(first, name) for name in names}
    return {Follow: _follow, PrivateNote: _note, ReadingMark: _mark}[type(first)](**same)


def _own_category():
    made = _category()
    made.save()
    return made


def _model(**fields):
    return ModelMotion(**{"title": "T", "campaign": "C", "text": "Words.", **fields})


BROKEN = {
    "motions_mark_once_a_reader": lambda: _again(_mark(), "reader", "motion"),
    "motions_mark_known": lambda: _mark(mark="burnt"),
    "motions_note_once_a_writer": lambda: _again(_note(), "writer", "motion"),
    "motions_note_has_text": lambda: _note(text=""),
    "motions_follow_one_thing": lambda: _follow(motion=_motion(), category=_own_category()),
    "motions_follow_a_motion_once": lambda: _again(_follow(motion=_motion()), "follower", "motion"),
    "motions_follow_a_category_once": lambda: _again(
        _follow(category=_own_category()), "follower", "category"
    ),
    "motions_follow_all_once": lambda: _again(_follow(), "follower", "conference"),
    "motions_follow_told_after_it_began": lambda: _follow(told_until=AT - DAY),
    "motions_modelmotion_says_what": lambda: _model(campaign=""),
    "motions_modelmotion_ends_after_it_began": lambda: _model(
        offered_from=AT.date(), offered_until=AT.date() - DAY
    ),
    "motions_category_once_a_conference": _category_again,
    "motions_category_has_a_name": lambda: _category(name=""),
    "motions_committeerules_one_reader_or_two": lambda: _rules(readers=3),
    "motions_committeerules_appeals_end": lambda: _rules(appeal_deadline=make_deadline()),
    "motions_committeerules_words_above_zero": lambda: _rules(composite_max_words=0),
    "motions_committeerules_a_day_at_least": lambda: _rules(appeal_days=0),
    "motions_opinion_one_a_member": _second_opinion,
    "motions_opinion_one_a_place": lambda: _second_opinion(member=make_user(), position=1),
    "motions_opinion_of_two_at_most": lambda: _opinion(position=3),
    "motions_opinion_says_why": lambda: _opinion(verdict="not_in_order"),
    "motions_opinion_reply_only_to_a_question": lambda: _opinion(reply_by=AT),
    "motions_opinion_ended_or_ruled": _ruled_and_ended,
    "motions_interest_in_one_thing": lambda: _interest(motion=None),
    "motions_interest_says_what": lambda: _interest(words=""),
    "motions_interest_once_a_motion": _interest_again,
    "motions_interest_once_a_body": lambda: _interest_again(
        motion=None, organisation=make_society()
    ),
    "motions_appeal_says_why": lambda: _appeal(text=""),
    "motions_appeal_in_time": lambda: _appeal(closed_at=AT),
    "motions_appeal_heard_by_somebody": lambda: _appeal(outcome="upheld"),
    "motions_appeal_dismissed_with_a_reason": lambda: _appeal(
        outcome="dismissed", heard_by=make_user(), heard_at=AT
    ),
    "motions_ruling_appeal_against_a_refusal": lambda: _ruling(appeal_by=AT),
    "motions_committeenote_has_text": lambda: CommitteeNote(
        motion=_motion(), written_by=make_user(), written_at=AT
    ),
    "motions_ruling_one_in_force": _second_ruling,
    "motions_ruling_says_why": lambda: _ruling(verdict="referred"),
    "motions_ruling_reply_only_to_a_question": lambda: _ruling(reply_by=AT),
    "motions_ruling_agreed_by_two": lambda: _ruling(basis="agreed"),
    "motions_ruling_second_reason_is_another": lambda: _ruling(
        second_reason=RulingReason.objects.first()
    ),
}


def test_every_constraint_has_a_row_that_breaks_it_and_words_for_people():
    constraints = [one for model in MODELS for one in model._meta.constraints]
    assert {one.name for one in constraints} == set(BROKEN)
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
