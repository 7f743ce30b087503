"""What composites ask of a person on their start page: to answer, to confirm, to see to one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.urls import reverse

import clock
from events import doors
from events.concerns import Concern
from events.models import LayAppointment
from events.rules import authorities, tasks_of
from members.models import User
from members.rules import Deed, bodies_acted_for
from motions.composites.models import Composite
from motions.composites.standings import Place, Says, Standing, is_past, standings_of


def concerns(user: User, at: dt.datetime) -> list[Concern]:
    """Answers that are asked of one's bodies, and composites that wait for the committee.

    One query while nothing is being composited; none for people who act for nobody.
    """
    offices = {body.pk for body in bodies_acted_for(user, Deed.SUBMIT, clock.in_london(at).date())}
    given = authorities(user)
    seats = {
        row.conference_id
        for row in tasks_of(user, at)
        if row.task == LayAppointment.Task.CAC_MEMBER
    }
    if not (offices or given or seats):
        return []
    rows = Composite.objects.open().filter(state=Composite.State.SIGNING)
    if not rows.exists():
        return []
    found: list[Concern] = []
    for standing in standings_of(rows.with_its_door()):
        found += _of_bodies(standing, offices, given, at)
        if standing.composite.conference_id in seats:
            found += _of_committee(standing, at)
    return found


def _of_bodies(
    standing: Standing, offices: Iterable[int], given: set[tuple[int, int]], at: dt.datetime
) -> Iterator[Concern]:
    composite = standing.composite
    for place in standing.waiting:
        body = place.part.motion.organisation
        is_officer = body.pk in offices
        if not is_officer and (body.pk, composite.conference_id) not in given:
            continue
        if place.says is Says.UNCONFIRMED and not is_officer:
            continue
        closes_at = doors.window_for(composite.deadline, body).closes_at
        if closes_at and at < closes_at:
            yield _asked(composite, place, closes_at)


def _asked(composite: Composite, place: Place, closes_at: dt.datetime) -> Concern:
    is_unconfirmed = place.says is Says.UNCONFIRMED
    what = "an answer waits for an officer" if is_unconfirmed else "your body is asked to sign it"
    return Concern(
        title=f"Composite “{composite.theme}”: {what}",
        url=composite.get_absolute_url(),
        action="Read and confirm" if is_unconfirmed else "Read and answer",
        conference=composite.conference.title,
        body=place.part.motion.organisation.name,
        closes_at=closes_at,
    )


def _of_committee(standing: Standing, at: dt.datetime) -> Iterator[Concern]:
    composite = standing.composite
    if standing.waiting and not is_past(standing, at):
        return
    yield Concern(
        title=f"Composite “{composite.theme}”: all answers are in",
        url=reverse("motions:composite-desk", args=[composite.conference.slug, composite.pk]),
        action="See to it",
        conference=composite.conference.title,
    )
