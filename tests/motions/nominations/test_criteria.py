"""Truth tables of every rule by which somebody may stand. No database."""

import datetime as dt
import itertools

import pytest

from motions.nominations import criteria
from motions.nominations.criteria import Consent, Nominee, Rules, Standing

MET, NOT_MET, OPEN, UNKNOWN = Standing.MET, Standing.NOT_MET, Standing.OPEN, Standing.UNKNOWN
BECAUSE = "the region is already represented on the committee."
WEST, NORTH, WALES = "West Midlands", "North East & North Cumbria", "Wales"
CLOSES = dt.date(2016, 8, 1)


def nominee(region=WALES, **facts):
    return Nominee(region=region, **facts)


def found(rule, rules, person):
    one = rule(rules, person)
    return one.standing if one else None


@pytest.mark.parametrize(
    ("barred", "region", "stands"),
    [
        ({}, WALES, None),
        ({WEST: BECAUSE}, WALES, MET),
        ({WEST: BECAUSE}, WEST, NOT_MET),
        ({WEST: BECAUSE, NORTH: BECAUSE}, NORTH, NOT_MET),
        ({WEST: BECAUSE, NORTH: BECAUSE}, WALES, MET),
    ],
)
def test_region_barred_by_staff_follows_the_table(barred, region, stands):
    assert found(criteria.region_not_barred, Rules(barred=barred), nominee(region)) is stands


@pytest.mark.parametrize(
    ("represented", "region", "stands"),
    [
        ({}, WALES, None),
        ({WEST: 2018}, WALES, MET),
        ({WEST: 2018}, WEST, NOT_MET),
    ],
)
def test_region_represented_by_who_carries_on_follows_the_table(represented, region, stands):
    rules = Rules(represented=represented)
    assert found(criteria.region_not_represented, rules, nominee(region)) is stands


@pytest.mark.parametrize(
    ("only", "region", "stands"),
    [("", WALES, None), (WALES, WALES, MET), (WALES, WEST, NOT_MET)],
)
def test_region_of_the_post_follows_the_table(only, region, stands):
    assert found(criteria.region_is_the_posts, Rules(only_region=only), nominee(region)) is stands


@pytest.mark.parametrize(
    ("months", "in_register", "lapsed", "joined_on", "stands"),
    [
        (None, False, False, None, None),
        (None, True, True, None, None),
        (0, False, False, None, UNKNOWN),
        (0, True, False, None, MET),
        (0, True, True, None, NOT_MET),
        (12, False, False, None, UNKNOWN),
        (12, True, True, dt.date(2000, 1, 1), NOT_MET),
        (12, True, False, None, UNKNOWN),
        (12, True, False, dt.date(2015, 7, 31), MET),
        (12, True, False, dt.date(2015, 8, 1), MET),
        (12, True, False, dt.date(2015, 8, 2), NOT_MET),
        (1, True, False, dt.date(2016, 7, 1), MET),
        (1, True, False, dt.date(2016, 7, 2), NOT_MET),
    ],
)
def test_membership_follows_the_table(months, in_register, lapsed, joined_on, stands):
    person = nominee(is_in_register=in_register, is_lapsed=lapsed, joined_on=joined_on)
    rules = Rules(member_months=months, judged_on=CLOSES)
    assert found(criteria.member_long_enough, rules, person) is stands


def test_membership_without_a_day_that_counts_is_not_known():
    person = nominee(is_in_register=True, joined_on=CLOSES)
    assert found(criteria.member_long_enough, Rules(member_months=1), person) is UNKNOWN


DELEGATE = {
    # (must be one, is one, has a namesake) → what is found
    **{(False, *more): None for more in itertools.product((True, False, None), (True, False))},
    (True, True, False): MET,
    (True, True, True): MET,
    (True, None, False): OPEN,
    (True, None, True): UNKNOWN,
    (True, False, False): NOT_MET,
    (True, False, True): UNKNOWN,
}


@pytest.mark.parametrize(("facts", "stands"), list(DELEGATE.items()))
def test_delegate_follows_the_table(facts, stands):
    must, is_one, namesake = facts
    person = nominee(is_delegate=is_one, has_namesake=namesake)
    assert found(criteria.delegate, Rules(must_be_delegate=must), person) is stands


@pytest.mark.parametrize(
    ("needed", "has", "stands"),
    [(1, 0, OPEN), (1, 1, MET), (1, 2, MET), (3, 2, OPEN), (3, 3, MET), (3, 4, MET)],
)
def test_nominations_follow_the_table(needed, has, stands):
    rules = Rules(nominations_needed=needed)
    assert found(criteria.nominated_often_enough, rules, nominee(nominations=has)) is stands


@pytest.mark.parametrize(
    ("consent", "stands"),
    [(Consent.ASKED, OPEN), (Consent.GIVEN, MET), (Consent.REFUSED, NOT_MET)],
)
def test_consent_follows_the_table(consent, stands):
    assert found(criteria.consented, Rules(), nominee(consent=consent)) is stands


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (
            Rules(year=2016, barred={WEST: BECAUSE}),
            "A member from West Midlands cannot stand in 2016: the region is already represented "
            "on the committee.",
        ),
        (
            Rules(barred={WEST: "it has two."}),
            "A member from West Midlands cannot stand this time: it has two.",
        ),
        (
            Rules(year=2017, represented={WEST: 2018}),
            "A member from West Midlands cannot stand in 2017: the region is already represented, "
            "until the conference of 2018.",
        ),
        (
            Rules(year=2017, only_region=WALES),
            "A member from West Midlands cannot stand in 2017: it is for members from Wales.",
        ),
    ],
)
def test_refusal_names_the_region_the_year_and_the_reason(rules, sentence):
    assert criteria.refusals(rules, nominee(WEST)) == [sentence]


def test_door_never_says_what_a_register_knows():
    """Whoever types a number would learn of a stranger whether and since when they are a member."""
    rules = Rules(member_months=12, judged_on=CLOSES, must_be_delegate=True, nominations_needed=2)
    for facts in ({"is_in_register": True, "is_lapsed": True}, {"is_in_register": True}, {}):
        assert criteria.refusals(rules, nominee(is_delegate=False, **facts)) == []


def test_every_rule_is_asked_at_the_door_or_at_the_desk():
    rules = Rules(
        barred={WEST: BECAUSE},
        represented={NORTH: 2018},
        only_region=WALES,
        member_months=0,
        must_be_delegate=True,
    )
    asked = criteria.findings(rules, nominee(is_in_register=True, is_delegate=True))
    names = ["region", "represented", "own region", "membership", "delegate", "nominations"]
    assert [one.rule for one in asked] == [*names, "consent"]
    assert [one.standing for one in asked] == [MET] * 6 + [OPEN]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2015, 8, 1), 12, dt.date(2016, 8, 1)),
        (dt.date(2016, 1, 31), 1, dt.date(2016, 2, 29)),
        (dt.date(2015, 11, 30), 3, dt.date(2016, 2, 29)),
        (dt.date(2016, 2, 29), 12, dt.date(2017, 2, 28)),
        (dt.date(2016, 12, 31), 1, dt.date(2017, 1, 31)),
        (dt.date(2016, 10, 31), 2, dt.date(2016, 12, 31)),
        (dt.date(2016, 11, 30), 1, dt.date(2016, 12, 30)),
    ],
)
def test_months_later_ends_within_the_month(day, months, later):
    assert criteria.months_later(day, months) == later
