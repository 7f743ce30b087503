"""What the checklist says of a delegation, over the table of what can be."""

from __future__ import annotations

import datetime as dt

import pytest

from registrations import checklist
from registrations.checklist import Facts, Level, Person, Rules, State, Step

AT = dt.datetime(2016, 5, 3, 12, tzinfo=dt.UTC)
CLOSES = AT + dt.timedelta(days=30)
PRIVATE = {"woman", "women", "man", "men", "Ann", "over_30", "lapsed"}


def people(genders: str, **facts) -> tuple[Person, ...]:
    """'wm?-' is a woman, a man, one who has not answered and one who prefers not to say."""
    words = {"w": "woman", "m": "man", "a": "another", "-": "undisclosed", "?": ""}
    return tuple(Person(gender=words[one], **facts) for one in genders)


def found(facts: Facts, code: str, rules: Rules | None = None, at: dt.datetime = AT):
    return next(
        (one for one in checklist.findings(facts, rules or Rules(), at) if one.code == code), None
    )


@pytest.mark.parametrize(
    ("genders", "odd", "strict"),
    [
        ("mmmm", Level.WARNING, Level.WARNING),
        ("wwww", Level.WARNING, Level.WARNING),
        ("wwwm", Level.WARNING, Level.WARNING),
        ("wwmm", Level.OK, Level.OK),
        ("wwwmm", Level.OK, Level.WARNING),
        ("wwwwm", Level.WARNING, Level.WARNING),
        ("wm", Level.OK, Level.OK),
        ("ww", Level.WARNING, Level.WARNING),
        ("wwa", Level.OK, Level.WARNING),
        ("waam", Level.OK, Level.OK),
        ("w?", Level.OPEN, Level.OPEN),
        ("mm?", Level.OPEN, Level.WARNING),
        ("mmm?", Level.WARNING, Level.WARNING),
        ("w-", Level.OK, Level.OK),
        ("--", Level.OK, Level.OK),
        ("??", Level.OPEN, Level.OPEN),
        ("-?", Level.OPEN, Level.OPEN),
    ],
)
def test_balance_of_a_delegation_is_half_and_guesses_nothing(genders, odd, strict):
    facts = Facts(people=people(genders))
    assert found(facts, checklist.BALANCE).level is odd
    assert found(facts, checklist.BALANCE, Rules(odd_may_differ=False)).level is strict


def test_balance_of_one_delegate_is_not_asked_about():
    assert found(Facts(people=people("m")), checklist.BALANCE) is None


def test_imbalance_blocks_only_where_staff_choose_so():
    facts = Facts(people=people("mmmm"))
    assert found(facts, checklist.BALANCE, Rules(imbalance_blocks=True)).level is Level.BLOCKING


def test_balance_that_cannot_be_reached_any_more_is_not_called_unknown():
    assert found(Facts(people=people("www?")), checklist.BALANCE).level is Level.WARNING


def test_sentence_does_not_tell_who_has_not_answered_from_who_will_not_say():
    seen = {
        found(Facts(people=people(genders)), checklist.BALANCE).sentence
        for genders in ("wm??", "wm?-", "wm-?")
    }
    assert seen == {"Balance is not known yet: 2 answers are missing."}


@pytest.mark.parametrize("genders", ["mmmm", "wwww", "wm??", "wwmm", "----"])
def test_sentences_about_balance_bear_no_private_answer(genders):
    sentence = found(Facts(people=people(genders)), checklist.BALANCE).sentence
    told = sentence.replace("half women and half men", "")
    assert not PRIVATE & set(told.replace(".", "").split())


@pytest.mark.parametrize(
    ("used", "allocated", "asked", "level", "step", "sentence"),
    [
        (0, None, 0, "open", "book", "No places booked."),
        (0, 5, 0, "open", "book", "0 of 5 places used."),
        (0, 0, 0, "ok", "more", "0 of 0 places used."),
        (3, 5, 0, "ok", "book", "3 of 5 places used."),
        (3, None, 0, "ok", "book", "3 places booked."),
        (5, 5, 0, "ok", "more", "5 of 5 places used."),
        (
            5,
            5,
            2,
            "ok",
            "more",
            "5 of 5 places used. Your request for 2 more waits for our answer.",
        ),
        (
            *(6, 5, 0, "blocking", "more"),
            "1 place more is booked than allocated. Ask for more, or cancel what is too much.",
        ),
        (
            *(7, 5, 2, "blocking", ""),
            "2 places more are booked than allocated. Your request waits for our answer.",
        ),
    ],
)
def test_places_used_of_allocated_lead_to_one_step(used, allocated, asked, level, step, sentence):
    limits = {"standard": allocated, "youth": None if allocated is None else 0}
    facts = Facts(people=(Person(),) * used, allocated=limits, asked_for=asked)
    one = found(facts, checklist.PLACES)
    assert (one.level, one.step, one.sentence) == (Level(level), Step(step), sentence)


def test_youth_places_are_counted_by_themselves():
    crowd = (Person(kind="youth"), Person(kind="youth"), Person())
    one = found(Facts(people=crowd, allocated={"standard": 4, "youth": 1}), checklist.PLACES)
    assert (one.level, one.sentence[:16]) == (Level.BLOCKING, "1 place more is ")


@pytest.mark.parametrize(
    ("at", "level", "step", "by"),
    [
        (AT, Level.OPEN, Step.NAME, CLOSES),
        (CLOSES - dt.timedelta(microseconds=1), Level.OPEN, Step.NAME, CLOSES),
        (CLOSES, Level.BLOCKING, Step.CONTACT, None),
    ],
)
def test_missing_name_blocks_from_the_closing_instant_on(at, level, step, by):
    facts = Facts(people=(Person(is_named=False),), names_close_at=CLOSES)
    one = found(facts, checklist.NAMES, at=at)
    assert (one.level, one.step, one.by) == (level, step, by)


def test_names_without_a_deadline_stay_to_do():
    facts = Facts(people=(Person(is_named=False),))
    assert found(facts, checklist.NAMES).level is Level.OPEN


@pytest.mark.parametrize(
    ("named", "has_lead", "at", "level", "step"),
    [
        (True, True, AT, Level.OK, Step.NONE),
        (True, False, AT, Level.OPEN, Step.LEAD),
        (False, False, AT, Level.OPEN, Step.NAME),
        (True, False, CLOSES, Level.WARNING, Step.LEAD),
        (False, False, CLOSES, Level.WARNING, Step.NAME),
    ],
)
def test_lead_delegate_is_chosen_among_those_named(named, has_lead, at, level, step):
    facts = Facts(people=(Person(is_named=named),), has_lead=has_lead, names_close_at=CLOSES)
    one = found(facts, checklist.LEAD, at=at)
    assert (one.level, one.step) == (level, step)


@pytest.mark.parametrize(
    ("band", "until_26", "until_30"),
    [
        ("under_18", Level.OK, Level.OK),
        ("18_26", Level.OK, Level.OK),
        ("27_30", Level.WARNING, Level.OK),
        ("over_30", Level.WARNING, Level.WARNING),
        ("undisclosed", Level.OPEN, Level.OPEN),
        ("", Level.OPEN, Level.OPEN),
    ],
)
def test_youth_place_needs_a_declared_age(band, until_26, until_30):
    facts = Facts(people=(Person(kind="youth", age_band=band),))
    assert found(facts, checklist.YOUTH, Rules(youth_until=26)).level is until_26
    assert found(facts, checklist.YOUTH, Rules(youth_until=30)).level is until_30


def test_age_of_other_delegates_is_nobodys_business():
    assert found(Facts(people=(Person(age_band="over_30"),)), checklist.YOUTH) is None


@pytest.mark.parametrize(
    ("standings", "level", "sentence"),
    [
        (["full"], Level.OK, "Membership is confirmed for 1 of 1."),
        (
            ["full", ""],
            Level.WITH_US,
            "Membership is confirmed for 1 of 2. We look up the rest ourselves.",
        ),
        ([""], Level.WITH_US, "Membership is not confirmed yet: we look it up ourselves."),
        (
            ["provisional", "full"],
            Level.WARNING,
            "Membership: 1 in the first three months. Ask us before somebody travels in vain.",
        ),
        (
            ["lapsed", "provisional"],
            Level.WARNING,
            "Membership: 1 lapsed and 1 in the first three months. Ask us before somebody travels "
            "in vain.",
        ),
    ],
)
def test_membership_is_counted_and_not_guessed(standings, level, sentence):
    facts = Facts(people=tuple(Person(standing=one) for one in standings))
    one = found(facts, checklist.MEMBERSHIP)
    assert (one.level, one.sentence) == (level, sentence)


def test_somebody_in_two_delegations_blocks():
    facts = Facts(people=(Person(is_elsewhere=True), Person()))
    assert found(facts, checklist.TWICE).level is Level.BLOCKING


def test_waived_rule_is_in_order_and_says_so():
    facts = Facts(people=people("mmmm"), waived=frozenset({"balance"}))
    one = found(facts, checklist.BALANCE, Rules(imbalance_blocks=True))
    assert (one.level, one.is_waived) == (Level.OK, True)
    assert one.sentence.endswith("The party has waived this.")


def test_number_of_places_is_never_waived():
    facts = Facts(
        people=(Person(),) * 2, allocated={"standard": 1, "youth": 0}, waived=frozenset({"places"})
    )
    assert found(facts, checklist.PLACES).level is Level.BLOCKING


@pytest.mark.parametrize(
    ("facts", "state", "words"),
    [
        (Facts(), State.EMPTY, "no places booked"),
        (Facts(allocated={"standard": 5, "youth": 0}), State.EMPTY, "0 of 5 places used"),
        (
            Facts(
                people=(Person(), Person(), Person(is_named=False)),
                allocated={"standard": 5, "youth": 0},
            ),
            State.OPEN,
            "3 of 5 places used, 1 without a name, lead delegate missing",
        ),
        (Facts(people=people("wm"), has_lead=True), State.IN_ORDER, "2 places booked"),
        (
            Facts(people=people("mm"), has_lead=True, waived=frozenset({"balance"})),
            State.WAIVED,
            "2 places booked",
        ),
        (
            Facts(people=people("wm", is_elsewhere=True), has_lead=True),
            State.BLOCKED,
            "2 places booked",
        ),
    ],
)
def test_whole_delegation_is_told_in_a_line(facts, state, words):
    assert checklist.state(checklist.findings(facts, Rules(), AT), facts) is state
    assert checklist.in_words(facts) == words
