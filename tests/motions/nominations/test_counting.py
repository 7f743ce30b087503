"""From figures to places: rank, terms, regions and lots. No database."""

import itertools

import pytest

from motions.nominations.counting import LotNeeded, Placing, placings

ANN, BEN, CAT, DAN = 1, 2, 3, 4
ALL_APART = {ANN: "Wales", BEN: "London", CAT: "Scotland", DAN: "North West"}


def result(votes, *, terms, regions=ALL_APART, one_per_region=True, lots=()):
    made = placings(votes, regions=regions, terms=terms, one_per_region=one_per_region, lots=lots)
    return [(one.candidate, one.is_elected, one.years) for one in made]


def test_figures_of_2018_give_three_years_to_the_first_and_one_to_the_second():
    made = placings(
        {BEN: 83, CAT: 65, ANN: 88}, regions=ALL_APART, terms=[3, 1], one_per_region=True
    )
    assert made == [
        Placing(ANN, 88, True, 3),
        Placing(BEN, 83, True, 1),
        Placing(CAT, 65, False),
    ]


def test_second_of_a_region_gives_way_to_the_next_and_is_told_why():
    regions = {**ALL_APART, BEN: "Wales"}
    made = placings({ANN: 88, BEN: 83, CAT: 65}, regions=regions, terms=[3, 1], one_per_region=True)
    assert [(one.candidate, one.years) for one in made if one.is_elected] == [(ANN, 3), (CAT, 1)]
    assert made[1].why_not == "Wales is represented by a member with more votes"
    assert result({ANN: 88, BEN: 83, CAT: 65}, terms=[3, 1], regions=regions, one_per_region=False)[
        :2
    ] == [(ANN, True, 3), (BEN, True, 1)]


@pytest.mark.parametrize(
    ("votes", "terms", "regions", "needs"),
    [
        # a tie for the last place
        ({ANN: 9, BEN: 5, CAT: 5}, [1, 1], ALL_APART, (BEN, CAT)),
        # a tie for the longer term
        ({ANN: 9, BEN: 9, CAT: 5}, [3, 1], ALL_APART, (ANN, BEN)),
        # the same term for both: nothing to decide
        ({ANN: 9, BEN: 9, CAT: 5}, [1, 1], ALL_APART, None),
        ({ANN: 9, BEN: 9, CAT: 5}, [None, None], ALL_APART, None),
        # a tie below the last place
        ({ANN: 9, BEN: 5, CAT: 5}, [1], ALL_APART, None),
        # places enough, but both from one region
        ({ANN: 9, BEN: 9, CAT: 5}, [1, 1], {**ALL_APART, BEN: "Wales"}, (ANN, BEN)),
        # a tie with somebody whose region is taken decides nothing
        ({ANN: 9, BEN: 5, CAT: 5}, [1, 1], {**ALL_APART, BEN: "Wales"}, None),
        # three tied for two places
        ({ANN: 5, BEN: 5, CAT: 5}, [1, 1], ALL_APART, (ANN, BEN, CAT)),
        # nobody voted: terms by lot
        ({ANN: None, BEN: None}, [3, 1], ALL_APART, (ANN, BEN)),
        ({ANN: None, BEN: None}, [2, 2], ALL_APART, None),
        ({ANN: None}, [3, 1], ALL_APART, None),
    ],
)
def test_lot_is_asked_for_only_where_it_decides(votes, terms, regions, needs):
    if needs is None:
        assert len(result(votes, terms=terms, regions=regions)) == len(votes)
        return
    with pytest.raises(LotNeeded) as asked:
        result(votes, terms=terms, regions=regions)
    assert asked.value.candidates == needs


@pytest.mark.parametrize("drawn", list(itertools.permutations([ANN, BEN, CAT])))
def test_lot_of_three_for_two_places_follows_the_order_drawn(drawn):
    made = result({ANN: 5, BEN: 5, CAT: 5}, terms=[3, 1], lots=[drawn])
    assert made == [(drawn[0], True, 3), (drawn[1], True, 1), (drawn[2], False, None)]


def test_lot_drawn_again_counts_before_the_one_before_it():
    made = result({ANN: 5, BEN: 5}, terms=[1], lots=[[ANN, BEN], [BEN, ANN]])
    assert made[0] == (BEN, True, 1)


def test_elected_are_never_more_than_places_nor_two_of_a_region():
    """Every figure from 0 to 2 for four candidates of two regions: 81 cases."""
    regions = {ANN: "Wales", BEN: "Wales", CAT: "London", DAN: "London"}
    lots = [[CAT, ANN, DAN, BEN]]
    for figures in itertools.product(range(3), repeat=4):
        votes = dict(zip((ANN, BEN, CAT, DAN), figures, strict=True))
        made = placings(votes, regions=regions, terms=[3, 2, 1], one_per_region=True, lots=lots)
        elected = [one for one in made if one.is_elected]
        assert [one.years for one in elected] == [3, 2]
        assert {regions[one.candidate] for one in elected} == {"Wales", "London"}
        for one in made:
            higher = [two for two in elected if (two.votes or 0) > (one.votes or 0)]
            same = [two for two in elected if regions[two.candidate] == regions[one.candidate]]
            assert one.is_elected or same or len(higher) >= 2
