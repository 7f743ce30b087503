"""Each named constraint of the awards' tables, refused by the database itself."""

import pytest
from django.db import IntegrityError, transaction

from motions.models import (
    AwardCategory,
    AwardCriterion,
    AwardDecision,
    AwardHonour,
    AwardInterest,
    AwardNominee,
    AwardPoints,
    AwardRules,
    AwardScore,
)
from tests.factories import AT, make_conference, make_society, make_user
from tests.motions.awards.make import make_nominee, make_rules
from tests.motions.make import make_category

pytestmark = pytest.mark.django_db
MODELS = (
    *(AwardRules, AwardCriterion, AwardNominee, AwardInterest, AwardScore, AwardPoints),
    *(AwardDecision, AwardHonour),
)


def _nominee(**fields):
    return AwardNominee(**{"category": make_category(), "name": "Ann", "name_key": "ann", **fields})


def _saved(row):
    row.save()
    return row


def _body_twice():
    first = _saved(_nominee(body=make_society()))
    return _nominee(category=first.category, body=first.body)


def _into_itself():
    made = _saved(_nominee())
    made.merged_into = made
    return made


def _criterion(**fields):
    return AwardCriterion(**{"rules": make_rules(make_conference(), criteria=1), **fields})


def _interest(**fields):
    nominee = make_nominee(make_category())
    facts = {"conference": nominee.category.conference, "nominee": nominee, "judge": make_user()}
    return AwardInterest(**{**facts, "words": "My firm", "declared_at": AT, **fields})


def _interest_again(**fields):
    first = _saved(_interest(**fields))
    same = {name: getattr(first, name) for name in ("conference", "judge", "nominee")}
    return _interest(**same, organisation=first.organisation)


def _score(**fields):
    facts = {"judge": make_user(), "given_at": AT}
    return AwardScore(**{"nominee": make_nominee(make_category()), **facts, **fields})


def _score_again():
    first = _saved(_score())
    return _score(nominee=first.nominee, judge=first.judge)


def _points_again():
    score = _saved(_score())
    criterion = make_rules(score.nominee.category.conference, criteria=1).criteria.get()
    _saved(AwardPoints(score=score, criterion=criterion, points=1))
    return AwardPoints(score=score, criterion=criterion, points=2)


def _decision(**fields):
    facts = {"reason": "So", "decided_by": make_user(), "decided_at": AT}
    return AwardDecision(**{"category": make_category(), **facts, **fields})


def _honour(**fields):
    decision = fields.pop("decision", None) or _saved(_decision())
    nominee = fields.pop("nominee", None) or make_nominee(decision.category)
    return AwardHonour(decision=decision, nominee=nominee, result="winner", **fields)


def _honour_again():
    first = _saved(_honour())
    return _honour(decision=first.decision, nominee=first.nominee)


def _link_again():
    _saved(_honour(token_hash="a" * 64))
    return _honour(token_hash="a" * 64)


BROKEN = {
    "motions_awardcategory_has_a_winner": lambda: AwardCategory(
        deadline=make_category().deadline, name="None", honours="person", most_winners=0
    ),
    "motions_awardrules_a_score_at_least": lambda: AwardRules(
        conference=make_conference(), least_scores=0
    ),
    "motions_awardrules_a_point_at_least": lambda: AwardRules(
        conference=make_conference(), most_points=0
    ),
    "motions_awardcriterion_once_a_conference": lambda: _criterion(name="Criterion 1"),
    "motions_awardcriterion_counts": lambda: _criterion(name="Reach", weight=0),
    "motions_awardnominee_a_body_once": _body_twice,
    "motions_awardnominee_has_a_name": lambda: _nominee(name=""),
    "motions_awardnominee_not_into_itself": _into_itself,
    "motions_awardinterest_in_one_thing": lambda: _interest(nominee=None),
    "motions_awardinterest_says_what": lambda: _interest(words=""),
    "motions_awardinterest_once_a_nominee": _interest_again,
    "motions_awardinterest_once_a_body": lambda: _interest_again(
        nominee=None, organisation=make_society()
    ),
    "motions_awardscore_one_a_judge": _score_again,
    "motions_awardpoints_once_a_criterion": _points_again,
    "motions_awarddecision_one_a_category": lambda: _decision(
        category=_saved(_decision()).category
    ),
    "motions_awarddecision_says_why": lambda: _decision(reason=""),
    "motions_awarddecision_told_once_it_stands": lambda: _decision(ended_at=AT, told_at=AT),
    "motions_awardhonour_once_each": _honour_again,
    "motions_awardhonour_one_link_each": _link_again,
    "motions_awardhonour_answer_has_a_time": lambda: _honour(consent="refused"),
    "motions_awardhonour_named_as": lambda: _honour(consent="given", answered_at=AT),
}


@pytest.mark.parametrize("name", BROKEN)
def test_database_refuses_what_the_constraint_forbids(name):
    row = BROKEN[name]()
    columns = {
        "motions_awardinterest_once_a_nominee": "judge_id",
        "motions_awardinterest_once_a_body": "judge_id",
        "motions_awardscore_one_a_judge": "judge_id",
        "motions_awardpoints_once_a_criterion": "criterion_id",
        "motions_awardcriterion_once_a_conference": "name",
        "motions_awardnominee_a_body_once": "body_id",
        "motions_awarddecision_one_a_category": "category_id",
        "motions_awardhonour_once_each": "nominee_id",
        "motions_awardhonour_one_link_each": "token_hash",
    }
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        row.save()
    assert name in str(refusal.value) or columns.get(name, "?") in str(refusal.value)


def test_every_constraint_of_these_tables_is_tested():
    named = {one.name for model in MODELS for one in model._meta.constraints}
    assert named <= set(BROKEN)
