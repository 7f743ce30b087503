"""The committee's queue as one member sees it: where each motion stands, and what waits for them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum

from events.models import Conference
from members.models import User
from motions import rules
from motions.committee.models import Appeal, CommitteeRules, Opinion
from motions.committee.wordings import Alike, beside
from motions.models import Motion


class Stage(StrEnum):
    """Where a motion stands for one member; the value is what the address says."""

    MINE = "mine"
    APPEAL = "appeal"
    DIFFER = "differ"
    SECOND = "second"
    OTHERS = "others"
    BODY = "body"
    REFERRED = "referred"
    RULED = "ruled"
    WITHDRAWN = "withdrawn"


LATE, EMERGENCY, ALL = "late", "emergency", "all"
#: What may be asked for, in the order of the page.
FILTERS = {
    Stage.MINE: "Waiting for you",
    Stage.APPEAL: "Appeals",
    Stage.DIFFER: "Two members differ",
    Stage.SECOND: "Waiting for a second member",
    Stage.OTHERS: "Kept from you",
    LATE: "Late list",
    EMERGENCY: "Emergencies",
    Stage.BODY: "With the body",
    Stage.REFERRED: "Referred",
    Stage.RULED: "Ruled on",
    ALL: "All",
}
WAITING = frozenset({Motion.State.SUBMITTED, Motion.State.LATE})
_STAGES = {
    Motion.State.CLARIFICATION: Stage.BODY,
    Motion.State.REWORDING: Stage.BODY,
    Motion.State.AWAITING_CONFIRMATION: Stage.BODY,
    Motion.State.REFERRED: Stage.REFERRED,
    Motion.State.IN_ORDER: Stage.RULED,
    Motion.State.NOT_IN_ORDER: Stage.RULED,
    Motion.State.PUBLISHED: Stage.RULED,
    Motion.State.COMPOSITED: Stage.RULED,
    Motion.State.WITHDRAWN: Stage.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One motion in the queue."""

    motion: Motion
    stage: Stage
    kept: str
    looked: int
    from_body: int
    alike: list[Alike]

    @property
    def state_in_words(self) -> str:
        """The state, or how far the committee has looked."""
        if self.stage is Stage.APPEAL:
            return "The body has appealed"
        if self.stage is Stage.DIFFER:
            return "Two members differ"
        if self.looked:
            return "Looked at by one member"
        words = self.motion.state_in_words
        return words[:1].upper() + words[1:]

    @property
    def tone(self) -> str:
        """How the words are coloured."""
        return "soon" if self.stage in {Stage.DIFFER, Stage.APPEAL} else self.motion.tone

    @property
    def entitlement(self) -> str:
        """'2 of at most 3', '2, no limit': what this body has sent to the call."""
        limit = self.motion.call.per_body_limit
        return f"{self.from_body} of at most {limit}" if limit else f"{self.from_body}, no limit"

    @property
    def closest(self) -> list[Alike]:
        """The two most alike: a model motion may have come from every body there is."""
        return self.alike[:2]

    @property
    def is_beyond(self) -> bool:
        """Has the body sent more than its call allows? (Paper may.)"""
        limit = self.motion.call.per_body_limit
        return bool(limit and self.from_body > limit)


@dataclass(frozen=True, slots=True)
class Queue:
    """Every motion of a conference that was sent in, oldest first, for one member."""

    rows: list[Row]
    rules: CommitteeRules

    def shown(self, what: str) -> list[Row]:
        """The rows of a filter."""
        if what == ALL:
            return self.rows
        if what == LATE:
            return [row for row in self.rows if row.motion.state == Motion.State.LATE]
        if what == EMERGENCY:
            return [row for row in self.rows if row.motion.call.is_emergency]
        return [row for row in self.rows if row.stage == what]

    def waiting(self) -> list[Row]:
        """What is still to be ruled on, by whomever."""
        return [row for row in self.rows if row.motion.state in WAITING]

    def filters(self) -> list[dict[str, object]]:
        """The filters that show something, each with its number; 'all' and 'mine' always."""
        found = [
            {"value": str(value), "label": label, "count": len(self.shown(value))}
            for value, label in FILTERS.items()
        ]
        return [row for row in found if row["count"] or row["value"] in {ALL, Stage.MINE}]

    def first(self) -> str:
        """What is shown to somebody who asked for nothing: their own work, if there is any."""
        return Stage.MINE if self.shown(Stage.MINE) else ALL

    def after(self, motion: Motion) -> Motion | None:
        """The next one that waits for this member."""
        others = [row.motion for row in self.shown(Stage.MINE) if row.motion.pk != motion.pk]
        later = [one for one in others if (one.submitted_at, one.pk) > _place(motion)]
        return (later or others or [None])[0]


def queue(user: User, conference: Conference) -> Queue:
    """The queue of a member. About ten queries, however long it is."""
    motions = list(
        Motion.and_amendments.for_conference(conference)
        .with_the_cac()
        .with_words()
        .order_by("submitted_at", "pk")
    )
    kept = rules.kept_from(user, conference)
    found = CommitteeRules.of(conference)
    alike = beside(motions)
    opinions = defaultdict(list)
    rows = Opinion.objects.open().filter(motion__conference=conference).order_by()
    for pk, member in rows.values_list("motion", "member"):
        opinions[pk].append(member)
    waiting = Appeal.objects.waiting().filter(motion__conference=conference)
    appealed = frozenset(waiting.values_list("motion", flat=True))
    counted = Counter(
        (motion.call_id, motion.organisation_id)
        for motion in motions
        if motion.state != Motion.State.WITHDRAWN and not motion.is_composite
    )
    return Queue(
        [
            Row(
                motion=motion,
                stage=Stage.APPEAL
                if motion.pk in appealed
                else _stage(motion, user, kept.why(motion), opinions[motion.pk], found.readers),
                kept=kept.why(motion),
                looked=len(opinions[motion.pk]),
                from_body=counted[motion.call_id, motion.organisation_id],
                alike=alike[motion.pk],
            )
            for motion in motions
        ],
        found,
    )


def _stage(motion: Motion, user: User, kept: str, members: list[int], needed: int) -> Stage:
    is_looked_at = bool(members) and motion.is_rulable
    if motion.state not in WAITING and not is_looked_at:
        return _STAGES[Motion.State(motion.state)]
    if kept:
        return Stage.OTHERS
    if needed > 1 and len(members) >= needed:
        return Stage.DIFFER
    return Stage.SECOND if user.pk in members else Stage.MINE


def _place(motion: Motion) -> tuple[object, int]:
    return (motion.submitted_at, motion.pk)
