"""The panel's desk as one judge sees it: what waits for them, and how far each award has come."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from events.models import Conference
from members.models import User
from motions.awards import embargo, rules
from motions.awards.models import (
    AwardCategory,
    AwardDecision,
    AwardNomination,
    AwardNominee,
    AwardRules,
    AwardScore,
)
from motions.awards.rules import Bench
from motions.awards.services import scoring


class Stage(StrEnum):
    """Where a nominee stands for one judge."""

    TO_SCORE = "to_score"
    STALE = "stale"
    SCORED = "scored"
    KEPT = "kept"


WORDS = {
    Stage.TO_SCORE: ("Waits for your score", "soon"),
    Stage.STALE: ("A further citation has come since you scored", "soon"),
    Stage.SCORED: ("Scored by you", "good"),
    Stage.KEPT: ("Kept from you", "quiet"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One nominee on the desk."""

    nominee: AwardNominee
    stage: Stage
    why: str
    citations: int
    scored: int
    may_score: int

    @property
    def words(self) -> str:
        """The stage in words."""
        return WORDS[self.stage][0]

    @property
    def tone(self) -> str:
        """How they are coloured."""
        return WORDS[self.stage][1]


@dataclass(frozen=True, slots=True)
class Award:
    """One award on the desk."""

    category: AwardCategory
    rows: list[Row]
    closes_at: dt.datetime | None
    is_open: bool
    decision: AwardDecision | None
    decides: bool
    is_ready: bool

    @property
    def waiting(self) -> int:
        """How many nominees wait for this judge."""
        stages = (Stage.TO_SCORE, Stage.STALE)
        return 0 if self.is_open or self.decision else sum(r.stage in stages for r in self.rows)

    @property
    def state(self) -> tuple[str, str]:
        """(words, tone): where it stands for this judge."""
        if self.decision is not None:
            return "Decided", "good"
        if self.is_open:
            return "Nominations still come in", "info"
        if self.waiting:
            noun = "nominee waits" if self.waiting == 1 else "nominees wait"
            return f"{self.waiting} {noun} for you", "soon"
        if self.decides and self.is_ready:
            return "Ready for your decision", "soon"
        if not self.rows:
            return "Nobody is before you", "quiet"
        return "Waits for the chair" if self.is_ready else "Waits for other judges", "quiet"


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything of a conference for one judge."""

    conference: Conference
    rules: AwardRules
    awards: list[Award]
    is_presented: bool
    is_hour_in_its_days: bool

    @property
    def waiting(self) -> int:
        """What waits for this judge, in all."""
        return sum(award.waiting for award in self.awards)

    @property
    def to_decide(self) -> int:
        """How many awards wait for this judge's decision."""
        return sum(a.decides and a.is_ready and a.decision is None for a in self.awards)


def desk(user: User, conference: Conference, at: dt.datetime) -> Desk:
    """The desk. Some fifteen queries, however many awards and nominees there are."""
    found = AwardRules.of(conference)
    categories = list(
        AwardCategory.objects.filter(deadline__conference=conference).select_related(
            "deadline__conference"
        )
    )
    seats = rules.bench(conference, at)
    facts = _Facts(
        tallies=scoring.tallies_of_each(categories, found, seats),
        decisions=_decisions(conference),
        mine=_scored_by(user, conference),
        citations=_citations(conference),
    )
    hour = found.presented_at
    return Desk(
        conference=conference,
        rules=found,
        awards=[_award(user, category, found, seats, facts, at) for category in categories],
        is_presented=embargo.is_over(found, at),
        is_hour_in_its_days=hour is not None and embargo.is_in_its_days(conference, hour),
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is asked once for all awards."""

    tallies: dict[int, list[scoring.Tally]]
    decisions: dict[int, AwardDecision]
    mine: dict[int, dt.datetime]
    citations: dict[int, list[dt.datetime]]


def _award(
    user: User,
    category: AwardCategory,
    found: AwardRules,
    seats: Bench,
    facts: _Facts,
    at: dt.datetime,
) -> Award:
    tallies, kept = facts.tallies[category.pk], seats.kept[user.pk]
    closes_at = category.deadline.closing
    seen = [one for one in tallies if not kept.is_self(one.nominee)]
    return Award(
        category=category,
        rows=[
            _row(one, kept.why(one.nominee), facts)
            for one in sorted(seen, key=lambda one: (one.nominee.name.casefold(), one.nominee.pk))
        ],
        closes_at=closes_at,
        is_open=closes_at is None or at < closes_at,
        # whoever may be honoured here is told at the presentation, like everybody
        decision=facts.decisions.get(category.pk) if len(seen) == len(tallies) else None,
        decides=rules.may_decide(user, found, [one.nominee for one in tallies], seats),
        is_ready=bool(tallies) and all(one.is_enough for one in tallies),
    )


def _row(tally: scoring.Tally, why: str, facts: _Facts) -> Row:
    nominee = tally.nominee.pk
    came, given_at = facts.citations[nominee], facts.mine.get(nominee)
    stage = Stage.TO_SCORE
    if why:
        stage = Stage.KEPT
    elif given_at is not None:
        stage = Stage.STALE if max(came) > given_at else Stage.SCORED
    return Row(
        nominee=tally.nominee,
        stage=stage,
        why=why,
        citations=len(came),
        scored=len(tally.scores),
        may_score=tally.may_score,
    )


def _decisions(conference: Conference) -> dict[int, AwardDecision]:
    """By category: what stands decided."""
    rows = AwardDecision.objects.filter(
        category__deadline__conference=conference, ended_at__isnull=True
    )
    return {row.category_id: row for row in rows}


def _scored_by(user: User, conference: Conference) -> dict[int, dt.datetime]:
    """By nominee: when this judge scored them."""
    rows = AwardScore.objects.filter(
        judge=user, nominee__category__deadline__conference=conference, ended_at__isnull=True
    )
    return dict(rows.order_by().values_list("nominee", "given_at"))


def _citations(conference: Conference) -> dict[int, list[dt.datetime]]:
    """By nominee: when each standing citation came to the panel."""
    found: dict[int, list[dt.datetime]] = {}
    rows = AwardNomination.objects.filter(
        category__deadline__conference=conference, state=AwardNomination.State.SUBMITTED
    ).order_by()
    for nominee, came_at in rows.values_list("nominee", "created_at"):
        found.setdefault(nominee, []).append(came_at)
    return found
