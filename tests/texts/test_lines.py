"""Line numbers that never move: what rule 1 printed once, it prints for ever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motions.texts import lines
from motions.texts.blocks import parse
from motions.texts.cleaning import clean
from tests.texts.strategies import any_text

pytestmark = pytest.mark.drill

TEXT = (
    "Conference notes:\n\n"
    "- that fares on the railways have risen by a quarter since the year 2010, and wages have not\n"
    "- that e\u0301lan counts once\n\n"
    "Conference calls on the National Executive Committee to report to the next Conference."
)


def test_number_by_rule_one_breaks_where_it_always_did():
    assert lines.ALGORITHM == 1
    assert [(line.number, line.text) for line in lines.number(parse(TEXT), algorithm=1)] == [
        (1, "Conference notes:"),
        (2, "that fares on the railways have risen by a quarter since the year 2010, and"),
        (3, "wages have not"),
        (4, "that e\u0301lan counts once"),
        (5, "Conference calls on the National Executive Committee to report to the next"),
        (6, "Conference."),
    ]


def test_number_names_the_block_of_each_line():
    some = parse(TEXT)
    places = [1, 2, 2, 3, 4, 4]
    assert [line.key for line in lines.number(some)] == [some[place - 1].key for place in places]


def test_number_at_another_width_and_start_uses_both():
    numbered = lines.number(parse("one two three"), width=7, first=10)
    assert [(line.number, line.text) for line in numbered] == [(10, "one two"), (11, "three")]


def test_number_by_an_unknown_rule_is_refused():
    with pytest.raises(lines.UnknownAlgorithm):
        lines.number([], algorithm=99)


@given(any_text, st.integers(10, 100))
def test_wrapped_lines_fit_and_hold_the_whole_text(raw, width):
    for block in parse(clean(raw).text):
        wrapped = lines.wrap(block.text, width)
        assert "".join(wrapped).replace(" ", "") == block.text.replace(" ", "")
        assert all(wrapped)
        assert all(len(lines.places(line)) <= width for line in wrapped)
