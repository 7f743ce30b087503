"""The amendments beside a motion's text: each one, where they meet, and what of them is one edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from motions.amendments import amending, showing
from motions.amendments.models import FallsIf, InsertionOrder, MoversAnswer
from motions.amendments.showing import Shown
from motions.models import Amendment, Motion
from motions.services.versions import as_parsed
from motions.texts.agreement import agreements
from motions.texts.blocks import Block
from motions.texts.collisions import Collision, CollisionKind
from motions.texts.merging import Merged
from motions.texts.ordering import Order, in_row, merge_in_order

_SAID = {
    CollisionKind.OVERLAP: "change the same words in different ways",
    CollisionKind.DELETE_VS_CHANGE: "meet: what is deleted here is changed there",
    CollisionKind.DOUBLE_INSERT: "insert at the same point: which comes first is still to be decided",
    CollisionKind.REPLACE_ALL: "meet: the whole text is replaced",
}


@dataclass(frozen=True, slots=True)
class Meeting:
    """Amendments that cannot all be carried as they stand, named for people."""

    kind: CollisionKind
    paragraph: int
    amendments: list[Amendment]
    base: str
    texts: list[tuple[str, str]]

    @property
    def names(self) -> str:
        """'Amendment 4.1 and Amendment 4.2'."""
        return _listed(amending.label(one) for one in self.amendments)

    @property
    def said(self) -> str:
        """What happens between them."""
        return _SAID[self.kind]

    @property
    def pair(self) -> list[Amendment]:
        """The two whose order can be decided; empty for any other collision."""
        asks = self.kind is CollisionKind.DOUBLE_INSERT and len(self.amendments) == 2
        return self.amendments if asks else []


@dataclass(frozen=True, slots=True)
class Row:
    """One amendment beside the text."""

    amendment: Amendment
    shown: Shown
    answer: MoversAnswer | None
    falls: list[str]
    is_stale: bool

    @property
    def label(self) -> str:
        """'Amendment 4.2'."""
        return amending.label(self.amendment)


@dataclass(frozen=True)
class Beside:
    """The amendments of one motion, compared with each other; `falls`: with what the motion falls."""

    motion: Motion
    rows: list[Row]
    orders: list[InsertionOrder]
    falls: Sequence[str] = ()

    @cached_property
    def _live(self) -> dict[str, Amendment]:
        """Those to the present text, by the name the engine knows them by."""
        return {str(row.amendment.pk): row.amendment for row in self.rows if not row.is_stale}

    @cached_property
    def _base(self) -> list[Block]:
        return as_parsed(self.motion.current_version)

    @cached_property
    def _texts(self) -> dict[str, list[Block]]:
        return {name: as_parsed(one.current_version) for name, one in self._live.items()}

    @cached_property
    def _pairs(self) -> list[Order]:
        return [(str(order.first_id), str(order.second_id)) for order in self.orders]

    @cached_property
    def merged(self) -> Merged:
        """The text with all of them, as far as they do not collide."""
        return merge_in_order(self._base, self._texts, self._pairs)

    @property
    def meetings(self) -> list[Meeting]:
        """The collisions, in the order of the text."""
        return [self._meeting(one) for one in self.merged.collisions]

    def _meeting(self, found: Collision) -> Meeting:
        every = [self._live[name] for name in found.amendments]
        texts = zip(map(amending.label, every), found.texts, strict=True)
        return Meeting(found.kind, found.paragraph, every, found.base, list(texts))

    @property
    def hints(self) -> list[dict[str, object]]:
        """What merges cleanly and still wants reading."""
        return [
            {
                "paragraph": hint.paragraph,
                "names": self._named(hint.amendments),
                "text": hint.text,
                "why": hint.why,
            }
            for hint in self.merged.hints
        ]

    @property
    def same(self) -> list[dict[str, object]]:
        """Equal edits by several bodies, which are one edit."""
        return [
            {"paragraph": one.paragraph, "names": self._named(one.amendments)}
            for one in agreements(self._base, self._texts)
        ]

    @property
    def decided(self) -> list[dict[str, object]]:
        """Insertions at one point whose order is decided."""
        return [
            {
                "first": amending.label(self._live[str(order.first_id)]),
                "second": amending.label(self._live[str(order.second_id)]),
            }
            for order in self.orders
            if {str(order.first_id), str(order.second_id)} <= self._live.keys()
        ]

    def _named(self, names: Iterable[str]) -> str:
        return _listed(amending.label(self._live[name]) for name in names)


def beside(motion: Motion, amendments: Iterable[Amendment] | None = None) -> Beside:
    """Everything about the amendments of a motion that everybody may read, or about these.

    About eight queries, however many there are.
    """
    if amendments is None:
        amendments = Amendment.objects.to(motion).shown().with_wording()
    every = list(amendments)
    keys = [one.pk for one in every]
    answers = MoversAnswer.objects.filter(amendment__in=keys, ended_at__isnull=True)
    by_amendment = {answer.amendment_id: answer for answer in answers}
    falls = falling([motion.pk, *keys])
    rows = []
    for one in every:
        one.amends, one.conference = motion, motion.conference
        stale = one.is_stale or one.state == Motion.State.REWORDING
        found = showing.of_version(one.current_version)
        rows.append(Row(one, found, by_amendment.get(one.pk), falls.get(one.pk, []), stale))
    orders = InsertionOrder.objects.standing().filter(base=motion.current_version_id)
    return Beside(motion, rows, list(orders), falls.get(motion.pk, ()))


def falling(keys: Sequence[int]) -> dict[int, list[str]]:
    """For each of these motions and amendments: 'Falls if amendment 4.1 is carried'."""
    rows = FallsIf.objects.standing().filter(item__in=keys)
    found: dict[int, list[str]] = {}
    known = ("carried__organisation", "carried__current_version", "carried__amends")
    for row in rows.select_related(*known):
        name = amending.label(row.carried)
        name = name[:1].lower() + name[1:] if row.carried.is_amendment else name
        found.setdefault(row.item_id, []).append(f"Falls if {name} is carried")
    return found


def accepted(motion: Motion) -> Merged:
    """The text with every amendment that the mover has accepted: what is put to one vote.

    An accepted amendment never collides with another accepted one.
    """
    found = beside(motion)
    rows = [
        row
        for row in found.rows
        if not row.is_stale and row.answer and row.answer.answer == MoversAnswer.Answer.ACCEPTED
    ]
    return Beside(motion, rows, found.orders).merged


def undecided_pairs(found: Beside) -> list[list[Amendment]]:
    """The pairs of amendments whose order is to be decided, in the order of the text."""
    pairs: list[list[Amendment]] = []
    for meeting in found.meetings:
        if meeting.kind is not CollisionKind.DOUBLE_INSERT:
            continue
        for one, other in combinations(meeting.amendments, 2):
            if in_row([str(one.pk), str(other.pk)], found._pairs) is None:
                pairs.append([one, other])
    return pairs


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
