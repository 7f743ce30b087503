"""The corpus of collisions: each case gets the verdict that is written beside it."""

from functools import cache
from itertools import permutations
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from motions.texts.blocks import parse, render_text
from motions.texts.merging import merge


@cache
def corpus():
    return YAML(typ="safe").load(Path(__file__).with_name("collisions.yaml"))


def verdict(case, names):
    proposals = {name: parse(case["amendments"][name]) for name in names}
    return merge(parse(case["base"]), proposals)


@pytest.mark.parametrize("case", corpus(), ids=lambda case: case["name"])
def test_merge_of_a_case_gives_its_verdict_in_any_order(case):
    orders = list(permutations(case["amendments"]))
    merged = verdict(case, orders[0])
    told = [" ".join([c.kind, str(c.paragraph), *c.amendments]) for c in merged.collisions]
    expected = case.get("clean", case.get("merged", case["base"]))
    assert told == case.get("collides", [])
    assert render_text(merged.blocks) == expected
    assert bool(merged.hints) == case.get("hint", False)
    assert all(verdict(case, order) == merged for order in orders[1:])


def test_corpus_has_enough_cases_each_with_its_reason():
    assert len(corpus()) >= 60
    assert len({case["name"] for case in corpus()}) == len(corpus())
    for case in corpus():
        assert case["why"]
        assert ("clean" in case) != ("collides" in case)
