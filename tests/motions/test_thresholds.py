"""When a vote is carried: exact, and never by nobody."""

import pytest

from motions.thresholds import Threshold, in_words, is_carried, least_for

#: (for, against) -> (simple, two thirds)
TABLE = {
    (0, 0): (False, False),
    (0, 1): (False, False),
    (1, 0): (True, True),
    (1, 1): (False, False),
    (2, 1): (True, True),
    (3, 2): (True, False),
    (199, 100): (True, False),
    (200, 100): (True, True),
    (201, 100): (True, True),
    (32_176, 32_175): (True, False),
    # sums at which a float or a rounded percentage is wrong
    (2 * 10**17, 10**17): (True, True),
    (2 * 10**17 - 1, 10**17): (True, False),
}


@pytest.mark.parametrize(("votes", "carried"), TABLE.items())
def test_carried_by_votes_follows_the_table(votes, carried):
    votes_for, votes_against = votes
    assert carried == tuple(
        is_carried(threshold, votes_for=votes_for, votes_against=votes_against)
        for threshold in Threshold
    )


@pytest.mark.parametrize("threshold", Threshold)
def test_least_for_is_the_first_number_that_carries(threshold):
    for votes in range(200):
        carries = [
            n
            for n in range(max(votes, 1) + 1)
            if is_carried(threshold, votes_for=n, votes_against=max(votes, 1) - n)
        ]
        assert least_for(threshold, votes=votes) == carries[0]


@pytest.mark.parametrize("votes", [(-1, 0), (0, -1)])
def test_votes_below_zero_are_refused(votes):
    with pytest.raises(ValueError, match="counted from 0"):
        is_carried(Threshold.SIMPLE, votes_for=votes[0], votes_against=votes[1])


def test_threshold_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="three_quarters"):
        is_carried("three_quarters", votes_for=1, votes_against=0)


def test_threshold_in_words_is_what_a_chair_reads_out():
    assert in_words("two_thirds") == "at least two thirds of the votes for and against"
