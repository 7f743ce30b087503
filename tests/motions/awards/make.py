"""Awards before a panel, for tests: categories, nominees with nominations, judges, decisions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from events.models import Conference, LayAppointment
from members.models import Organisation, User
from motions.awards.names import key_of
from motions.awards.services import deciding, scoring
from motions.awards.services.deciding import Choice
from motions.models import (
    AwardCategory,
    AwardCriterion,
    AwardDecision,
    AwardNomination,
    AwardNominee,
    AwardRules,
)
from tests.conftest import instant
from tests.factories import AT, make_appointment, make_officer, make_society, make_user
from tests.motions.make import make_category

#: Nominations for the award of 2016 close with 1 August; it is presented at the dinner.
CLOSED = instant("2016-08-02 10:00")
HOUR = instant("2016-09-10 20:30")
BEFORE, AFTER = HOUR - dt.timedelta(microseconds=1), HOUR
MORNING_AFTER = instant("2016-09-11 09:00")
WINNER, COMMENDED = "winner", "commended"


def make_rules(conference: Conference, *, criteria: int = 2, **fields: Any) -> AwardRules:
    """Presented on the Saturday evening at 20:30; scored once two judges have."""
    rules = AwardRules.objects.create(
        conference=conference, **{"presented_at": HOUR, "least_scores": 2, **fields}
    )
    for n in range(criteria):
        AwardCriterion.objects.create(rules=rules, name=f"Criterion {n + 1}", position=n)
    return rules


def make_nominee(
    category: AwardCategory, name: str = "Sally Secret", **fields: Any
) -> AwardNominee:
    """A nominee whom nobody has proposed yet."""
    return AwardNominee.objects.create(
        **{"category": category, "name": name, "name_key": key_of(name), **fields}
    )


def make_nomination(
    nominee: AwardNominee,
    *,
    by: User | None = None,
    organisation: Organisation | None = None,
    **fields: Any,
) -> AwardNomination:
    """A body proposes this nominee."""
    organisation = organisation or make_society()
    by = by or make_officer(organisation)
    facts = {
        "category": nominee.category,
        "nominee_name": nominee.name,
        "nominee_body": nominee.body,
        "nominee_email": nominee.email,
        "citation": f"For all that {nominee.name} does.",
        "created_at": AT,
        "created_by": by,
        "submitted_at": AT,
        "submitted_by": by,
    }
    return AwardNomination.objects.create(
        nominee=nominee, organisation=organisation, **{**facts, **fields}
    )


def make_proposed(
    category: AwardCategory, name: str = "Sally Secret", **fields: Any
) -> AwardNominee:
    """A nominee whom one body has proposed."""
    nominee = make_nominee(category, name, **fields)
    make_nomination(nominee)
    return nominee


def make_judge(conference: Conference, name: str = "", **fields: Any) -> User:
    """Somebody on the panel."""
    judge = make_user(name=name, **fields) if name else make_user(**fields)
    make_appointment(judge, conference, LayAppointment.Task.JUDGE)
    return judge


class Panel:
    """A category with its rules, a chair and two more judges."""

    def __init__(self, category: AwardCategory | None = None, **rules: Any) -> None:
        self.category = category or make_category()
        self.conference = self.category.conference
        self.chair, self.second, self.third = (
            make_judge(self.conference, name) for name in ("Cher Chair", "Sid Second", "Thea Third")
        )
        self.rules = make_rules(self.conference, chair=self.chair, **rules)

    @property
    def judges(self) -> list[User]:
        """All three."""
        return [self.chair, self.second, self.third]

    def score(self, judge: User, nominee: AwardNominee, *points: int, at: dt.datetime = CLOSED):
        """This judge gives these points, the last for all further criteria."""
        criteria = scoring.criteria_of(self.conference)
        given = [*points, *[points[-1]] * len(criteria)]
        return scoring.score(
            by=judge,
            nominee=nominee,
            points={one.pk: given[n] for n, one in enumerate(criteria)},
            at=at,
        )

    def score_all(self, *nominees: AwardNominee, points: int = 4) -> None:
        """Everybody scores these alike."""
        for nominee in nominees:
            for judge in self.judges:
                self.score(judge, nominee, points)

    def decide(
        self,
        *chosen: tuple[AwardNominee, str],
        by: User | None = None,
        at: dt.datetime = CLOSED,
        reason: str = "The panel was of one mind.",
    ) -> AwardDecision:
        """The chair decides."""
        return deciding.decide(
            by=by or self.chair,
            category=self.category,
            choices=[
                Choice(nominee=nominee.pk, result=result, words=f"{nominee.name} never tires.")
                for nominee, result in chosen
            ],
            reason=reason,
            at=at,
        )

    def decided(self, name: str = "Sally Secret", **fields: Any) -> AwardDecision:
        """Somebody is proposed, scored and wins."""
        nominee = make_proposed(self.category, name, **fields)
        self.score_all(nominee)
        return self.decide((nominee, WINNER))
