"""What became of motions: exact counts, amendments first, what falls, corrections with a trail."""

import pytest
from django.core.exceptions import ValidationError

from members.models import AuditEntry
from motions.agendas.services import ordering, outcomes, substantive
from motions.agendas.services.outcomes import Entry, enter, take_back
from motions.models import Call, FallsIf, Motion, MoversAnswer, Outcome
from motions.services.versions import as_parsed
from motions.texts.blocks import render_text
from tests.factories import AT, make_user
from tests.motions.make import TEXT, make_amendment, make_call, make_motion

pytestmark = pytest.mark.django_db

WELL = TEXT.replace("works.", "works well.")
SHOUT = TEXT.replace("say so", "shout it")
CARRIED, LOST = Entry(result="carried"), Entry(result="lost")


@pytest.fixture
def chair():
    return make_user("chair@example.org")


@pytest.fixture
def motion():
    return make_motion(state="published", number="4")


def amendment(motion, number, text=WELL, **more):
    return make_amendment(motion, state="published", number=number, text=text, **more)


def say(chair, about, entry, **more):
    return enter(by=chair, about=about, entry=entry, at=AT, **more)


def text_of(motion):
    motion.refresh_from_db()
    return render_text(as_parsed(motion.current_version))


def refused(code, *args, **more):
    with pytest.raises(ValidationError) as refusal:
        say(*args, **more)
    assert refusal.value.code == code
    return refusal.value.messages[0]


@pytest.mark.parametrize(
    ("threshold", "votes", "result"),
    [
        ("simple", (2, 1), "carried"),
        ("simple", (1, 1), "lost"),
        ("simple", (0, 0), "lost"),
        ("two_thirds", (0, 0), "lost"),
        ("two_thirds", (2, 1), "carried"),
        ("two_thirds", (199, 100), "lost"),
        ("two_thirds", (200, 100), "carried"),
    ],
)
def test_count_decides_by_the_threshold_of_the_call(chair, threshold, votes, result):
    motion = make_motion(make_call(threshold=threshold), state="published", number="4")
    entry = Entry(votes_for=votes[0], votes_against=votes[1], abstentions=9, spoilt=3)
    made = say(chair, motion, entry)
    assert (made.result, made.threshold) == (result, threshold)
    assert made.count_in_words == f"{votes[0]} for, {votes[1]} against, 9 abstentions, 3 spoilt"


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry(result="carried", votes_for=1, votes_against=1), "result"),
        (Entry(result="lost", votes_for=2, votes_against=1), "result"),
        (Entry(result="remitted", votes_for=2, votes_against=1), "result"),
        (Entry(votes_for=2), "votes_for"),
        (Entry(result="carried", spoilt=2), "votes_for"),
        (Entry(), "result"),
    ],
)
def test_outcome_that_its_votes_do_not_bear_is_refused(chair, motion, entry, field):
    with pytest.raises(ValidationError) as refusal:
        say(chair, motion, entry)
    assert list(refusal.value.message_dict) == [field]
    assert not Outcome.objects.exists()


def test_amendments_come_first_and_the_carried_one_makes_the_substantive_text(chair, motion):
    one, two = amendment(motion, "4.1"), amendment(motion, "4.2", SHOUT)
    assert refused("order", chair, motion, CARRIED) == "Amendments first: 4.1, 4.2."
    say(chair, one, CARRIED)
    assert text_of(motion) == TEXT
    say(chair, two, LOST)
    assert text_of(motion) == WELL
    made = say(chair, motion, CARRIED)
    assert made.version == motion.current_version
    assert made.version.get_origin_display() == "as amended by conference"
    assert Motion.and_amendments.filter(amends=motion, state="published").count() == 2


def test_two_carried_amendments_are_merged(chair, motion):
    say(chair, amendment(motion, "4.1"), CARRIED)
    two = amendment(motion, "4.2", SHOUT)
    say(chair, two, CARRIED)
    assert text_of(motion) == WELL.replace("say so", "shout it")


def test_carried_amendments_that_collide_wait_for_somebody_who_says_how_the_text_reads(
    chair, motion
):
    one = amendment(motion, "4.1", TEXT.replace("works.", "thrives."))
    two = amendment(motion, "4.2", TEXT.replace("works.", "helps."))
    say(chair, one, CARRIED)
    say(chair, two, CARRIED)
    assert text_of(motion) == TEXT
    refused("wording", chair, motion, CARRIED)
    said = TEXT.replace("works.", "works and helps.")
    substantive.say(by=chair, motion=motion, text=said, at=AT)
    assert text_of(motion) == said
    assert say(chair, motion, CARRIED).version == motion.current_version
    with pytest.raises(ValidationError) as refusal:
        substantive.say(by=chair, motion=motion, text=said, at=AT)
    assert refusal.value.code == "decided"


def test_wording_that_was_said_is_asked_again_when_an_amendment_is_corrected(chair, motion):
    one = amendment(motion, "4.1", TEXT.replace("works.", "thrives."))
    two = amendment(motion, "4.2", TEXT.replace("works.", "helps."))
    three = amendment(motion, "4.3", SHOUT)
    for each in (one, two, three):
        say(chair, each, CARRIED)
    substantive.say(by=chair, motion=motion, text=TEXT.replace("works.", "works, helps."), at=AT)
    say(chair, three, LOST, correction="Miscounted")
    assert text_of(motion) == TEXT
    refused("wording", chair, motion, CARRIED)


def test_wording_where_nothing_collides_is_nobodys_to_say(chair, motion):
    say(chair, amendment(motion, "4.1"), CARRIED)
    with pytest.raises(ValidationError) as refusal:
        substantive.say(by=chair, motion=motion, text="Something else.", at=AT)
    assert refusal.value.code == "agree"


def test_amendment_the_mover_accepted_goes_in_without_a_vote(chair, motion):
    one = amendment(motion, "4.1")
    MoversAnswer.objects.create(
        amendment=one, version=one.current_version, answer="accepted", given_by=chair, given_at=AT
    )
    refused("accepted", chair, one, CARRIED)
    say(chair, motion, CARRIED)
    assert text_of(motion) == WELL


def test_what_falls_if_another_is_carried_falls_and_rises_again_when_that_is_corrected(
    chair, motion
):
    one, two = amendment(motion, "4.1"), amendment(motion, "4.2", SHOUT)
    other = make_motion(motion.call, state="published", number="5")
    theirs = amendment(other, "5.1")
    for item in (two, other):
        FallsIf.objects.create(item=item, carried=one, set_by=chair, set_at=AT)
    made = say(chair, one, CARRIED)
    for fallen in (two, other, theirs):
        outcome = outcomes.standing(fallen)
        assert (outcome.result, outcome.because) == ("fell", made)
        assert outcome.words == "Amendment 4.1 was carried"
    say(chair, one, LOST, correction="Recount")
    assert [outcomes.standing(fallen) for fallen in (two, other, theirs)] == [None] * 3
    assert text_of(motion) == TEXT


@pytest.mark.parametrize("result", ["remitted", "withdrawn", "not_moved", "next_business", "fell"])
def test_motion_that_is_not_voted_on_takes_its_amendments_along(chair, motion, result):
    one = amendment(motion, "4.1")
    made = say(chair, motion, Entry(result=result))
    assert outcomes.standing(one).result == "fell"
    assert text_of(motion) == TEXT
    take_back(by=chair, outcome=made, reason="It was moved after all", at=AT)
    assert outcomes.standing(one) is None


def test_parts_are_voted_before_the_motion_and_one_that_is_lost_goes_out(chair, motion):
    first, second = (block.key for block in motion.current_version.blocks.all())
    [part] = ordering.vote_in_parts(by=chair, motion=motion, parts=[[first]], at=AT)
    assert part.words == "paragraph 1"
    refused("order", chair, motion, CARRIED)
    say(chair, motion, LOST, part=part)
    assert text_of(motion) == "Conference resolves to say so."
    say(chair, motion, CARRIED, part=part, correction="Carried after all")
    assert text_of(motion) == TEXT
    say(chair, motion, CARRIED)
    with pytest.raises(ValidationError) as refusal:
        ordering.vote_in_parts(by=chair, motion=motion, parts=[[second]], at=AT)
    assert refusal.value.code == "decided"


def test_correction_needs_a_reason_and_leaves_a_trail(chair, motion):
    first = say(chair, motion, Entry(votes_for=10, votes_against=9))
    message = refused("entered", chair, motion, LOST)
    assert message == "It is entered already: carried. Correct it with a reason."
    second = say(chair, motion, Entry(votes_for=9, votes_against=10), correction="Misread")
    first.refresh_from_db()
    assert (first.superseded_at, second.corrects) == (AT, first)
    assert outcomes.standing(motion) == second
    entry = AuditEntry.objects.get(action="outcome.corrected")
    assert (entry.before["result"], entry.after["result"], entry.reason) == (
        "carried",
        "lost",
        "Misread",
    )


def test_same_outcome_twice_is_one(chair, motion):
    entry = Entry(votes_for=10, votes_against=9)
    assert say(chair, motion, entry) == say(chair, motion, entry)
    assert Outcome.objects.count() == 1


def test_amendment_of_a_decided_motion_stays_until_the_motion_is_taken_back(chair, motion):
    one = amendment(motion, "4.1")
    say(chair, one, CARRIED)
    whole = say(chair, motion, CARRIED)
    refused("decided", chair, one, LOST, correction="Miscounted")
    with pytest.raises(ValidationError) as refusal:
        take_back(by=chair, outcome=outcomes.standing(one), reason="Miscounted", at=AT)
    assert refusal.value.code == "decided"
    take_back(by=chair, outcome=whole, reason="Vote again", at=AT)
    say(chair, one, LOST, correction="Miscounted")
    assert text_of(motion) == TEXT
    say(chair, motion, CARRIED)
    assert text_of(motion) == TEXT


def test_outcome_of_what_is_not_before_conference_is_refused(chair):
    refused("state", chair, make_motion(state="withdrawn"), CARRIED)
    rule_change = make_call(kind=Call.Kind.RULE_CHANGE)
    refused("state", chair, make_motion(rule_change, state="in_order"), CARRIED)
