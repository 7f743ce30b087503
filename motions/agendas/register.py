"""The register of decisions: what conference decided that somebody has to see to, and what was done."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from events.models import Conference
from motions.models import Decision, DecisionReport, Motion, Outcome


@dataclass(frozen=True, slots=True)
class Row:
    """One decision: the motion, what became of it, whose task it is (None: nobody's yet)."""

    motion: Motion
    outcome: Outcome
    decision: Decision | None


def register(conference: Conference) -> list[Row]:
    """What was carried, remitted or referred back, in the order of the agenda. Four queries."""
    outcomes = Outcome.objects.in_force().filter(
        part__isnull=True, result__in=Outcome.FOLLOWED_UP, motion__conference=conference
    )
    rows = {one.motion_id: one for one in outcomes.filter(motion__amends__isnull=True)}
    motions = Motion.objects.filter(pk__in=rows).in_agenda_order()
    motions = motions.select_related("current_version", "organisation", "conference", "decision")
    reports = DecisionReport.objects.order_by("-reported_at", "-pk")
    motions = motions.prefetch_related(Prefetch("decision__reports", reports))
    return [Row(motion, rows[motion.pk], getattr(motion, "decision", None)) for motion in motions]


def is_followed(motion: Motion) -> bool:
    """Did conference decide something here that somebody has to see to?"""
    rows = Outcome.objects.in_force().filter(motion=motion, part__isnull=True)
    return rows.filter(result__in=Outcome.FOLLOWED_UP).exists()


def with_the_last(conference: Conference) -> QuerySet[Motion]:
    """The published motions of a conference and, in the same query, what the last one of its kind
    decided: rows of another conference are those."""
    own = Q(conference=conference, state=Motion.State.PUBLISHED)
    if conference.starts_on is None:
        return Motion.objects.filter(own)
    decided = Outcome.objects.in_force().filter(
        motion=OuterRef("pk"), part__isnull=True, result__in=Outcome.FOLLOWED_UP
    )
    anything = Outcome.objects.in_force().filter(
        motion__conference=OuterRef("pk"), part__isnull=True, result__in=Outcome.FOLLOWED_UP
    )
    before = Conference.objects.public().filter(
        kind=conference.kind, series=conference.series_id, starts_on__lt=conference.starts_on
    )
    if conference.series_id is None:
        before = Conference.objects.public().filter(
            kind=conference.kind, series__isnull=True, starts_on__lt=conference.starts_on
        )
    last = before.filter(Exists(anything)).order_by("-starts_on", "-pk").values("pk")[:1]
    rows = Motion.objects.filter(own | (Q(conference=Subquery(last)) & Exists(decided)))
    return rows.annotate(decided_as=Subquery(decided.values("result")[:1])).annotate(
        conference_title=F("conference__title"), conference_slug=F("conference__slug")
    )
