"""Awards that were presented: of a conference in April, with all that its panel did."""

from __future__ import annotations

import datetime as dt

from django.core.files.base import ContentFile

from events.models import LayAppointment
from motions.awards.services.consenting import hash_of
from motions.models import (
    AwardDecision,
    AwardEvidence,
    AwardHonour,
    AwardInterest,
    AwardPoints,
    AwardScore,
)
from tests import factories
from tests.hostile.world.rows import AT, EVER, World
from tests.motions import make
from tests.motions.awards.make import make_nomination, make_nominee, make_rules

HOUR = dt.datetime(2016, 4, 23, 19, 0, tzinfo=dt.UTC)


def make_awards(world: World) -> None:
    """A winner who may be named, scored by the member of the committee, who judges here too."""
    judge = world.people["cac"]
    spring = factories.make_conference(
        "Spring",
        slug="spring",
        starts_on=dt.date(2016, 4, 22),
        ends_on=dt.date(2016, 4, 24),
        status="over",
    )
    for task in (LayAppointment.Task.JUDGE, LayAppointment.Task.PRESENTER):
        factories.make_appointment(judge, spring, task, by=world.people["everything"])
    rules = make_rules(spring, criteria=1, presented_at=HOUR, chair=judge, basis="Rule 9")
    rules.criteria.update(words="Reach")
    door = factories.make_deadline(spring, "recognition_awards", closes_on=dt.date(2016, 4, 1))
    category = make.make_category(deadline=door, introduction="Honour", basis="Rule 8")
    nominee = make_nominee(category, "Wyn Winner", email="wyn@example.org")
    sent = make_nomination(
        nominee,
        by=world.people["member"],
        organisation=world.body,
        citation="Long service",
        evidence="Photos",
    )
    file = AwardEvidence(nomination=sent, name="photo.pdf")
    file.file.save("document.pdf", ContentFile(b"%PDF-1.4"))
    _judge(world, nominee, rules.criteria.get())
    world.rows |= {"spring": spring, "spring_category": category, "spring_nominee": nominee}
    world.rows |= {"spring_nomination": sent, "spring_file": file}


def _judge(world: World, nominee, criterion) -> None:
    judge = world.people["cac"]
    score = AwardScore.objects.create(nominee=nominee, judge=judge, words="Yes", given_at=AT)
    AwardPoints.objects.create(score=score, criterion=criterion, points=4)
    AwardInterest.objects.create(
        conference=nominee.category.conference,
        judge=judge,
        nominee=nominee,
        words="My cousin",
        declared_at=AT - EVER,
        withdrawn_at=AT - EVER,
    )
    decision = AwardDecision.objects.create(
        category=nominee.category, reason="Best", decided_by=judge, decided_at=AT - EVER
    )
    world.rows["honour"] = AwardHonour.objects.create(
        decision=decision,
        nominee=nominee,
        result="winner",
        words="Never tires",
        consent="given",
        public_name="Wyn",
        answered_at=AT,
        token_hash=hash_of("honour-token"),
    )
