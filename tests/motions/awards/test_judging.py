"""Interests, scores and decisions of the panel."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from motions.awards import rules
from motions.awards.services import deciding, hour, interests, scoring
from motions.models import (
    AwardDecision,
    AwardHonour,
    AwardInterest,
    AwardNominee,
    AwardRules,
    AwardScore,
)
from tests.conftest import instant
from tests.factories import AT, make_member, make_officer, make_society, make_user
from tests.motions.awards.make import (
    AFTER,
    BEFORE,
    CLOSED,
    COMMENDED,
    HOUR,
    WINNER,
    Panel,
    make_nomination,
    make_nominee,
    make_proposed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel():
    return Panel()


def refused(call, **given):
    with pytest.raises(ValidationError) as refusal:
        call(**given)
    return refusal.value


# What a judge is kept from


def test_judge_is_kept_from_what_their_own_body_proposes_or_is(panel):
    body = make_society()
    make_officer(body, user=panel.second)
    proposed = make_nominee(panel.category)
    make_nomination(proposed, organisation=body)
    other = make_proposed(panel.category, "Other Person")
    kept = rules.kept_from(panel.second, panel.conference)
    assert "A body you belong to" in kept.why(proposed)
    assert kept.why(other) == ""
    assert refused(scoring.score, by=panel.second, nominee=proposed, points={}, at=CLOSED).code == (
        "kept"
    )


def test_judge_is_kept_from_whom_they_proposed_themself(panel):
    nominee = make_nominee(panel.category)
    make_nomination(nominee, by=panel.third)
    assert (
        rules.kept_from(panel.third, panel.conference).why(nominee) == "You proposed this nominee."
    )


def test_judge_who_typed_in_a_paper_did_not_propose_it(panel):
    nominee = make_nominee(panel.category)
    make_nomination(nominee, by=panel.third, channel="post", received_at=AT, entered_by=panel.third)
    assert rules.kept_from(panel.third, panel.conference).why(nominee) == ""


@pytest.mark.parametrize("known_by", ["email", "name", "membership"])
def test_judge_who_is_the_nominee_is_kept_and_told_nothing_of_it(panel, known_by):
    facts = {
        "email": {"email": panel.second.email.upper(), "name": "S. S."},
        "name": {"name": "Cllr Sid SECOND"},
        "membership": {"name": "Sidney Arthur Second"},
    }
    make_member(panel.second, given_names="Sidney Arthur", surname="Second")
    nominee = make_proposed(panel.category, **facts[known_by])
    kept = rules.kept_from(panel.second, panel.conference)
    assert kept.is_self(nominee)
    assert "nominated" not in kept.why(nominee)
    assert not rules.kept_from(panel.third, panel.conference).is_self(nominee)


def test_judge_declares_an_interest_in_a_nominee_and_withdraws_it(panel):
    nominee = make_proposed(panel.category)
    panel.score(panel.second, nominee, 3)
    found = interests.declare(by=panel.second, nominee=nominee, words="My sister", at=CLOSED)
    again = interests.declare(by=panel.second, nominee=nominee, words="My sister", at=CLOSED)
    assert found == again
    assert rules.kept_from(panel.second, panel.conference).why(nominee)
    assert not AwardScore.objects.filter(ended_at__isnull=True).exists()
    interests.withdraw(by=panel.second, interest=found, nominee=nominee, at=CLOSED)
    assert not rules.kept_from(panel.second, panel.conference).why(nominee)
    assert AwardInterest.objects.count() == 1


def test_judge_declares_an_interest_in_all_that_a_body_proposes(panel):
    body = make_society()
    first, second = make_proposed(panel.category), make_nominee(panel.category, "Other")
    for nominee in (first, second):
        make_nomination(nominee, organisation=body)
    interests.declare(by=panel.second, nominee=first, words="My firm", body=body, at=AT)
    kept = rules.kept_from(panel.second, panel.conference)
    assert kept.why(first)
    assert kept.why(second)


def test_interest_without_words_or_from_outside_the_panel_is_refused(panel):
    nominee = make_proposed(panel.category)
    assert (
        "words"
        in refused(
            interests.declare, by=panel.second, nominee=nominee, words=" ", at=AT
        ).message_dict
    )
    assert refused(interests.declare, by=make_user(), nominee=nominee, words="x", at=AT).code == (
        "judge"
    )


# Scores


def test_same_score_and_same_decision_once_more_are_the_ones_there_are(panel):
    nominee = make_proposed(panel.category)
    for _ in range(2):
        panel.score_all(nominee)
    assert AwardScore.objects.count() == 3
    assert panel.decide((nominee, WINNER)) == panel.decide((nominee, WINNER))
    assert AwardDecision.objects.count() == 1


def test_score_twice_is_the_later_and_the_earlier_stays(panel):
    nominee = make_proposed(panel.category)
    panel.score(panel.second, nominee, 1)
    panel.score(panel.second, nominee, 5, 3)
    assert AwardScore.objects.count() == 2
    [standing] = AwardScore.objects.filter(ended_at__isnull=True)
    assert [one.points for one in standing.points.order_by("criterion__position")] == [5, 3]


@pytest.mark.parametrize("points", [{}, {0: 3}, {0: 3, 1: 6}, {0: -1, 1: 3}])
def test_score_names_the_criterion_without_points_or_with_too_many(panel, points):
    nominee = make_proposed(panel.category)
    criteria = scoring.criteria_of(panel.conference)
    given = {criteria[place].pk: value for place, value in points.items()}
    fault = refused(scoring.score, by=panel.second, nominee=nominee, points=given, at=CLOSED)
    assert all(name.startswith("criterion-") for name in fault.message_dict)
    assert not AwardScore.objects.exists()


def test_score_before_nominations_close_and_after_the_hour_is_refused(panel):
    nominee = make_proposed(panel.category)
    facts = {"by": panel.second, "nominee": nominee, "points": {}}
    assert refused(scoring.score, **facts, at=AT).code == "open"
    assert refused(scoring.score, **facts, at=AFTER).code == "presented"
    assert refused(scoring.score, **facts | {"by": make_user()}, at=CLOSED).code == "judge"


def test_score_without_stated_criteria_is_refused(panel):
    panel.rules.criteria.all().delete()
    nominee = make_proposed(panel.category)
    fault = refused(scoring.score, by=panel.second, nominee=nominee, points={}, at=CLOSED)
    assert fault.code == "criteria"


def test_figures_are_seen_only_when_enough_have_scored(panel):
    nominee = make_proposed(panel.category)
    panel.score(panel.second, nominee, 5, 2)
    [tally] = scoring.tallies(panel.category, CLOSED)
    assert (tally.is_enough, tally.average, tally.seen) == (False, None, ())
    panel.score(panel.third, nominee, 4)
    [tally] = scoring.tallies(panel.category, CLOSED)
    assert (tally.is_enough, tally.average) == (True, Decimal("3.75"))
    assert [figure for _, figure in tally.seen] == [Decimal("3.50"), Decimal("4.00")]


def test_figure_counts_a_criterion_as_often_as_it_weighs(panel):
    panel.rules.criteria.filter(position=0).update(weight=3)
    nominee = make_proposed(panel.category)
    row = panel.score(panel.second, nominee, 5, 1)
    assert scoring.figure(row, scoring.criteria_of(panel.conference)) == Decimal("4.00")


def test_enough_is_all_who_may_score_where_fewer_may(panel):
    nominee = make_proposed(panel.category)
    for judge in (panel.second, panel.third):
        interests.declare(by=judge, nominee=nominee, words="My sister", at=CLOSED)
    panel.score(panel.chair, nominee, 4)
    [tally] = scoring.tallies(panel.category, CLOSED)
    assert (tally.may_score, tally.needed, tally.is_enough) == (1, 1, True)


def test_nominee_from_whom_every_judge_is_kept_is_never_scored_enough(panel):
    nominee = make_proposed(panel.category)
    for judge in panel.judges:
        interests.declare(by=judge, nominee=nominee, words="My sister", at=CLOSED)
    [tally] = scoring.tallies(panel.category, CLOSED)
    assert not tally.is_enough


def test_withdrawn_nominee_is_no_longer_before_the_panel(panel):
    nominee = make_proposed(panel.category)
    sent = nominee.nominations.get()
    sent.state, sent.withdrawn_at, sent.withdrawn_by = "withdrawn", AT, sent.submitted_by
    sent.save()
    assert scoring.tallies(panel.category, CLOSED) == []


# Decisions


def test_chair_decides_winner_and_commended_with_a_reason(panel):
    first, second = (make_proposed(panel.category, name) for name in ("Ann Lee", "Bo Day"))
    panel.score_all(first, second)
    made = panel.decide((first, WINNER), (second, COMMENDED))
    assert dict(made.honours.values_list("nominee", "result")) == {
        first.pk: WINNER,
        second.pk: COMMENDED,
    }
    assert (made.decided_by, made.reason) == (panel.chair, "The panel was of one mind.")


def test_decision_is_made_anew_until_the_hour_and_the_earlier_stays(panel):
    first, second = (make_proposed(panel.category, name) for name in ("Ann Lee", "Bo Day"))
    panel.score_all(first, second)
    panel.decide((first, WINNER))
    panel.decide((second, WINNER), at=BEFORE)
    assert [row.nominee for row in AwardHonour.objects.standing(panel.conference)] == [second]
    assert AwardDecision.objects.count() == 2
    with pytest.raises(ValidationError) as refusal:
        panel.decide((first, WINNER), at=AFTER)
    assert refusal.value.code == "presented"


def test_award_left_open_at_the_hour_can_still_be_decided(panel):
    nominee = make_proposed(panel.category)
    panel.score_all(nominee)
    assert panel.decide((nominee, WINNER), at=AFTER).honours.count() == 1


def test_award_is_not_given_when_nobody_is_chosen_and_says_why(panel):
    made_proposed = make_proposed(panel.category)
    assert panel.decide(reason="Nobody this year.").honours.count() == 0
    assert AwardNominee.objects.get() == made_proposed
    with pytest.raises(ValidationError) as refusal:
        panel.decide(reason="  ")
    assert "reason" in refusal.value.message_dict


@pytest.mark.parametrize("who", ["second", "outsider"])
def test_nobody_but_the_chair_decides(panel, who):
    make_proposed(panel.category)
    by = panel.second if who == "second" else make_user()
    with pytest.raises(ValidationError) as refusal:
        panel.decide(by=by)
    assert refusal.value.code == ("decider" if who == "second" else "judge")


def test_chair_with_an_interest_leaves_the_decision_to_a_judge_without(panel):
    nominee = make_proposed(panel.category)
    interests.declare(by=panel.chair, nominee=nominee, words="My sister", at=CLOSED)
    for judge in (panel.second, panel.third):
        panel.score(judge, nominee, 4)
    with pytest.raises(ValidationError) as refusal:
        panel.decide((nominee, WINNER))
    assert refusal.value.code == "decider"
    assert panel.decide((nominee, WINNER), by=panel.third).decided_by == panel.third


def test_too_many_winners_or_too_few_scores_are_refused(panel):
    first, second = (make_proposed(panel.category, name) for name in ("Ann Lee", "Bo Day"))
    panel.score_all(first)
    with pytest.raises(ValidationError) as refusal:
        panel.decide((second, COMMENDED))
    assert refusal.value.code == "scores"
    panel.score_all(second)
    with pytest.raises(ValidationError) as refusal:
        panel.decide((first, WINNER), (second, WINNER))
    assert refusal.value.code == "winners"


def test_score_once_decided_is_refused(panel):
    nominee = make_proposed(panel.category)
    panel.score_all(nominee)
    panel.decide((nominee, WINNER))
    with pytest.raises(ValidationError) as refusal:
        panel.score(panel.second, nominee, 1)
    assert refusal.value.code == "decided"


# The hour


def test_chair_moves_the_hour_and_nobody_else_and_never_into_the_past(panel):
    later = instant("2016-09-10 21:00")
    moved = hour.move(by=panel.chair, conference=panel.conference, to=later, at=CLOSED)
    assert moved.presented_at == later
    facts = {"conference": panel.conference, "at": CLOSED}
    assert refused(hour.move, by=panel.second, to=later, **facts).code == "decider"
    for to in (CLOSED, instant("2016-09-20 20:00")):
        fault = refused(hour.move, by=panel.chair, to=to, **facts)
        assert "presented_at" in fault.message_dict
    late = facts | {"at": later}
    assert refused(hour.move, by=panel.chair, to=instant("2016-09-11 10:00"), **late).code == (
        "presented"
    )


@pytest.mark.parametrize(
    ("before", "to", "when", "is_taken"),
    [
        (None, HOUR, AT, True),
        (HOUR, instant("2016-09-09 20:00"), AT, True),
        (HOUR, None, AT, True),
        (HOUR, HOUR, CLOSED, True),
        (HOUR, instant("2016-09-10 21:00"), CLOSED, True),
        (HOUR, instant("2016-09-09 20:00"), CLOSED, False),
        (HOUR, None, CLOSED, False),
        (None, HOUR, CLOSED, True),
        (None, instant("2016-10-10 20:00"), AT, False),
        (HOUR, instant("2016-03-01 20:00"), AT, False),
    ],
)
def test_staff_cannot_bring_the_hour_forward_once_judging_may_have_begun(
    panel, before, to, when, is_taken
):
    given = (panel.conference, before, to, when)
    if is_taken:
        hour.require_of_staff(*given)
    else:
        with pytest.raises(ValidationError):
            hour.require_of_staff(*given)


def test_morning_after_the_presentation_is_when_people_are_told(panel):
    assert panel.rules.told_from == instant("2016-09-11 09:00")
    assert AwardRules(conference=panel.conference).told_from is None


def test_decide_refuses_a_nominee_of_another_award(panel):
    other = make_proposed(Panel().category)
    with pytest.raises(ValidationError) as refusal:
        deciding.decide(
            by=panel.chair,
            category=panel.category,
            choices=[deciding.Choice(nominee=other.pk, result=WINNER, words="")],
            reason="So.",
            at=CLOSED,
        )
    assert refusal.value.code == "gone"
