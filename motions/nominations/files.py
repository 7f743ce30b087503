"""The part `posts` of the section `business` of a conference file.

A post's rules, its terms (`terms: [3, 1]`, a number of years for each place), its bars, and its
deadlines for nominees by their names in the file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from events.files.node import Node
from events.models import Deadline
from members.models import Region
from motions.nominations.models import Post, StandingCommittee

POST_FIELDS = (
    *("title", "introduction", "vacancies", "fills", "terms", "nominee_is_delegate"),
    *("member_months", "only_region", "one_per_region", "nominations_needed"),
    *("statement_max_words", "answers_until", "withdrawal_until", "barred"),
)
DEADLINES = {"answers_until": "answers_deadline", "withdrawal_until": "withdrawal_deadline"}


def read_post(item: Node) -> dict[str, Any]:
    """The columns of a post as the file has them."""
    item.require("title")
    committee = item.text("fills", longest=150)
    return {
        "title": item.text("title", longest=150),
        "introduction": item.text("introduction"),
        "vacancies": item.whole("vacancies", least=1) or 1,
        "fills": StandingCommittee.objects.get_or_create(name=committee)[0] if committee else None,
        "nominee_is_delegate": item.flag("nominee_is_delegate", default=True),
        "member_months": item.whole("member_months"),
        "for_region": _region(item, "only_region"),
        "one_per_region": item.flag("one_per_region", default=True),
        "nominations_needed": item.whole("nominations_needed", least=1) or 1,
        "statement_max_words": item.whole("statement_max_words", least=1),
    }


def say_post(post: Post) -> dict[str, Any]:
    """A post as it is written; what is at its default is left out."""
    return {
        "title": post.title,
        "introduction": post.introduction,
        "vacancies": post.vacancies,
        "fills": post.fills.name if post.fills else None,
        "terms": [years for years in post.places if years is not None],
        "nominee_is_delegate": None if post.nominee_is_delegate else False,
        "member_months": post.member_months,
        "only_region": post.for_region.name if post.for_region else None,
        "one_per_region": None if post.one_per_region else False,
        "nominations_needed": post.nominations_needed if post.nominations_needed > 1 else None,
        "statement_max_words": post.statement_max_words,
        **{name: _key(getattr(post, column)) for name, column in DEADLINES.items()},
        "barred": [
            {"region": bar.region.name, "because": bar.reason}
            for bar in post.bars.select_related("region").order_by("region")
        ],
    }


@dataclass(frozen=True, slots=True)
class PostRows:
    """What stands beside a post: its bars as (region, reason), its terms as years → places."""

    bars: list[tuple[int, str]]
    terms: dict[int, int]
    deadlines: dict[str, Deadline | None] = field(default_factory=dict)

    def are_those_of(self, post: Post) -> bool:
        """Does the post have the same?"""
        bars = list(post.bars.order_by("region").values_list("region", "reason"))
        return bars == self.bars and dict(post.terms.values_list("years", "places")) == self.terms

    def save(self, post: Post) -> None:
        """Give the post these and no others."""
        if self.are_those_of(post):
            return
        post.bars.all().delete()
        post.terms.all().delete()
        for region, reason in self.bars:
            post.bars.create(region_id=region, reason=reason)
        for years, places in self.terms.items():
            post.terms.create(years=years, places=places)


def post_rows(item: Node, deadlines: dict[str, Deadline]) -> PostRows:
    """The bars, terms and further deadlines of one post."""
    chosen = {}
    for name, column in DEADLINES.items():
        named = item.text(name)
        if named and named not in deadlines:
            known = ", ".join(sorted(deadlines)) or "none"
            item.problem(f"This conference has no deadline ‘{named}’. It has: {known}.", name)
        chosen[column] = deadlines.get(named)
    return PostRows(_bars(item), _terms(item), chosen)


def _bars(item: Node) -> list[tuple[int, str]]:
    """(region, reason) of each bar, in the order of regions."""
    bars = []
    for child in item.items("barred"):
        child.only("region", "because")
        for name in ("region", "because"):
            child.require(name)
        region = _region(child, "region")
        if region is not None:
            bars.append((region, child.text("because", longest=200)))
    bars.sort(key=lambda bar: (bar[0].position, bar[0].name))
    return [(region.pk, reason) for region, reason in bars]


def _terms(item: Node) -> dict[int, int]:
    said = item.texts("terms") if item.has("terms") else []
    if any(not word.isascii() or not word.isdigit() or not 0 < int(word) < 100 for word in said):
        item.problem("A term is a number of years, for example [3, 1].", "terms")
        return {}
    places = item.whole("vacancies", least=1) or 1
    if said and len(said) != places:
        item.problem(f"There are {places} places and {len(said)} terms: one for each.", "terms")
        return {}
    return dict(Counter(map(int, said)))


def _region(item: Node, name: str) -> Region | None:
    named = item.text(name)
    region = Region.objects.filter(name=named).first() if named else None
    if named and region is None:
        item.problem(f"There is no region ‘{named}’.", name)
    return region


def _key(deadline: Deadline | None) -> str | None:
    if deadline is None:
        return None
    return f"{deadline.kind}/{deadline.name}" if deadline.name else deadline.kind
