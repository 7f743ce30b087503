"""Two people changed one text: what is proposed of each difference, and that nothing gets lost."""

import pytest
from hypothesis import given

from motions.texts import choosing
from motions.texts.blocks import parse, render_text
from motions.texts.choosing import Take
from motions.texts.cleaning import clean
from tests.texts.strategies import any_text

BASE = (
    "Conference notes the fares.\n\nConference believes in buses.\n\nConference resolves to ride."
)


def rows(base, theirs, mine):
    return choosing.rows(*(parse(clean(text).text) for text in (base, theirs, mine)))


@pytest.mark.parametrize(
    ("theirs", "mine", "proposed", "text"),
    [
        (BASE, BASE, [], BASE),
        (
            BASE.replace("fares", "high fares"),
            BASE.replace("ride", "ride together"),
            [Take.THEIRS, Take.MINE],
            BASE.replace("fares", "high fares").replace("ride", "ride together"),
        ),
        (
            BASE.replace("in buses", "in blue buses"),
            BASE.replace("in buses", "in red buses"),
            [Take.BOTH],
            BASE.replace(
                "Conference believes in buses.",
                "Conference believes in blue buses.\n\nConference believes in red buses.",
            ),
        ),
        (f"{BASE}\n\nAnd theirs.", BASE, [Take.THEIRS], f"{BASE}\n\nAnd theirs."),
        (BASE, f"{BASE}\n\nAnd mine.", [Take.MINE], f"{BASE}\n\nAnd mine."),
        (
            BASE.replace("Conference notes the fares.\n\n", ""),
            BASE,
            [Take.THEIRS],
            BASE.replace("Conference notes the fares.\n\n", ""),
        ),
        (
            BASE,
            BASE.replace("Conference notes the fares.\n\n", ""),
            [Take.MINE],
            BASE.replace("Conference notes the fares.\n\n", ""),
        ),
    ],
)
def test_proposal_is_of_the_one_who_changed_it_and_of_both_where_both_did(
    theirs, mine, proposed, text
):
    found = rows(BASE, theirs, mine)
    assert [row.proposed for row in found if row.is_choice] == proposed
    assert render_text(choosing.together(found, {})) == text


@given(any_text, any_text, any_text)
def test_taking_all_of_one_is_their_text_and_both_loses_no_block(base, theirs, mine):
    found = rows(base, theirs, mine)
    texts = {Take.THEIRS: parse(clean(theirs).text), Take.MINE: parse(clean(mine).text)}
    for take, blocks in texts.items():
        made = choosing.together(found, dict.fromkeys(range(len(found)), take))
        assert [block.text for block in made] == [block.text for block in blocks]
    both = choosing.together(found, dict.fromkeys(range(len(found)), Take.BOTH))
    kept = {block.text for block in both}
    assert all(block.text in kept for blocks in texts.values() for block in blocks)


@given(any_text, any_text)
def test_what_only_one_changed_is_taken_as_they_have_it(base, changed):
    for theirs, mine in ((base, changed), (changed, base)):
        made = choosing.together(rows(base, theirs, mine), {})
        wanted = parse(clean(changed).text)
        assert {block.text for block in wanted} <= {block.text for block in made}
