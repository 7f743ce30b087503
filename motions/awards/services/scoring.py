"""A judge scores a nominee by the stated criteria; the chair sees scores when enough are in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from events.models import Conference
from members.models import User
from motions.awards import rules, sealing
from motions.awards.models import (
    AwardCategory,
    AwardCriterion,
    AwardNominee,
    AwardPoints,
    AwardRules,
    AwardScore,
)
from motions.awards.rules import Bench
from motions.awards.services import judging
from motions.texts.cleaning import clean

HUNDREDTH = Decimal("0.01")


@transaction.atomic
def score(
    *,
    by: User,
    nominee: AwardNominee,
    points: Mapping[int, int],
    at: dt.datetime,
    words: str = "",
) -> AwardScore:
    """Score a nominee, or score it anew: {criterion: points} for every criterion.

    An earlier score of this judge is ended and stays; the same once more is the one there is. Raises ValidationError: codes of
    `judging.require_judging`, `presented`, `decided`, `kept`, `gone`, `criteria`, or a dict of
    fields (`criterion-<pk>`).
    """
    category = judging.locked(nominee.category)
    found = judging.require_judging(by, category, at)
    judging.require_before_the_hour(found, at)
    if judging.standing_decision(category) is not None:
        raise ValidationError("This award is decided: scores no longer change.", code="decided")
    nominee = judging.nominee_here(category, nominee.pk)
    if why := rules.kept_from(by, category.conference).why(nominee):
        raise ValidationError(f"{why} The other judges score.", code="kept")
    criteria = criteria_of(category.conference)
    _require_points(criteria, points, found)
    said = clean(words).text.strip()
    had = AwardScore.objects.filter(nominee=nominee, judge=by, ended_at__isnull=True).first()
    if had is not None:
        same = dict(had.points.values_list("criterion", "points"))
        if had.words == said and same == {one.pk: points[one.pk] for one in criteria}:
            return had
        had.ended_at = at
        had.save(update_fields=["ended_at"])
    given = AwardScore.objects.create(nominee=nominee, judge=by, words=said, given_at=at)
    AwardPoints.objects.bulk_create(
        AwardPoints(score=given, criterion=one, points=points[one.pk]) for one in criteria
    )
    # that somebody scored, never what
    sealing.note(by=by, action="award.scored", category=category, at=at, nominee=nominee.pk)
    return given


def criteria_of(conference: Conference) -> list[AwardCriterion]:
    """The criteria in their order."""
    return list(AwardCriterion.objects.filter(rules=conference.pk))


def _require_points(
    criteria: Sequence[AwardCriterion], points: Mapping[int, int], found: AwardRules
) -> None:
    if not criteria:
        raise ValidationError(
            "No criteria are stated yet. Ask the conference office to enter them.", code="criteria"
        )
    most = found.most_points
    faults = {
        f"criterion-{one.pk}": f"Give between 0 and {most} points for “{one.name}”."
        for one in criteria
        if not 0 <= points.get(one.pk, -1) <= most
    }
    if faults:
        raise ValidationError(faults)


@dataclass(frozen=True, slots=True)
class Tally:
    """How one nominee was scored: by how many of how many, and, when enough, what it comes to."""

    nominee: AwardNominee
    scores: tuple[AwardScore, ...]
    may_score: int
    needed: int
    rows: tuple[tuple[AwardScore, Decimal], ...]

    @property
    def is_enough(self) -> bool:
        """Have so many scored that the figures may be seen?"""
        return self.may_score > 0 and len(self.scores) >= self.needed

    @property
    def average(self) -> Decimal | None:
        """Of the judges' weighted averages, to the hundredth; None while not enough have scored."""
        if not self.is_enough:
            return None
        total = sum((figure for _, figure in self.rows), Decimal(0))
        return (total / len(self.rows)).quantize(HUNDREDTH, ROUND_HALF_UP)

    @property
    def seen(self) -> tuple[tuple[AwardScore, Decimal], ...]:
        """Each judge's score and figure, for the chair; nothing while not enough have scored."""
        return self.rows if self.is_enough else ()


def tallies(category: AwardCategory, at: dt.datetime) -> list[Tally]:
    """Every nominee of a category, those with the highest average first; then those not ready."""
    conference = category.conference
    seats = rules.bench(conference, at)
    return tallies_of_each([category], AwardRules.of(conference), seats)[category.pk]


def tallies_of_each(
    categories: Sequence[AwardCategory], found: AwardRules, seats: Bench
) -> dict[int, list[Tally]]:
    """The same for several categories of a conference; four queries, however many they are."""
    criteria = criteria_of(found.conference)
    nominees = judging.before_the_panel(*categories)
    rows = AwardScore.objects.filter(
        nominee__in=nominees, ended_at__isnull=True, judge__in=seats.judges
    ).select_related("judge")
    by_nominee: dict[int, list[AwardScore]] = {one.pk: [] for one in nominees}
    for row in rows.prefetch_related("points"):
        by_nominee[row.nominee_id].append(row)
    made: dict[int, list[Tally]] = {category.pk: [] for category in categories}
    for nominee in nominees:
        tally = _tally(nominee, by_nominee[nominee.pk], seats.free(nominee), criteria, found)
        made[nominee.category_id].append(tally)
    return {category: sorted(rows, key=_place) for category, rows in made.items()}


def _tally(
    nominee: AwardNominee,
    given: Sequence[AwardScore],
    free: Sequence[int],
    criteria: Sequence[AwardCriterion],
    found: AwardRules,
) -> Tally:
    scores = [row for row in given if row.judge_id in free]
    return Tally(
        nominee=nominee,
        scores=tuple(scores),
        may_score=len(free),
        needed=min(found.least_scores, len(free)) or found.least_scores,
        rows=tuple((row, figure(row, criteria)) for row in scores),
    )


def _place(tally: Tally) -> tuple[bool, Decimal | int, int]:
    return (not tally.is_enough, -(tally.average or 0), tally.nominee.pk)


def figure(row: AwardScore, criteria: Sequence[AwardCriterion]) -> Decimal:
    """The weighted average of a score's points, to the hundredth.

    A criterion that was added since counts nothing, so that the figure never falls by it.
    """
    points = {one.criterion_id: one.points for one in row.points.all()}
    given = [one for one in criteria if one.pk in points]
    weight = sum(one.weight for one in given)
    if not weight:
        return Decimal(0)
    total = sum(points[one.pk] * one.weight for one in given)
    return (Decimal(total) / weight).quantize(HUNDREDTH, ROUND_HALF_UP)
