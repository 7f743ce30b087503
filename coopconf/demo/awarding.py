"""The demo year's awards: some being proposed, some before the panel, some on the roll of honour."""

from __future__ import annotations

import datetime as dt
import uuid

from coopconf.demo.cast import make_user
from coopconf.demo.conferences import make_deadline
from coopconf.demo.people import JUDGES, PRESENTER
from events.calendar import london_instant
from events.models import Conference, Deadline, LayAppointment
from members.models import Organisation, User
from motions.awards.services import consenting, deciding, proposing, scoring, telling
from motions.awards.services.deciding import Choice
from motions.awards.services.proposing import Proposal
from motions.models import AwardCategory, AwardCriterion, AwardHonour, AwardNominee, AwardRules

SETTING = "Made up for the demo year."
DAY = dt.timedelta(days=1)
CRITERIA = (
    ("Difference made", "What is there now that would not be without them?", 2),
    ("Co-operative values", "Did others share in deciding and in what came of it?", 1),
    ("Inspires others", "Could another place do the same tomorrow?", 1),
)
CHAMPION = (
    (
        "Everyday Co-operative Society",
        "Cllr Amara Osei",
        "She got four neighbours to buy the last shop in the village, and 212 people followed.",
    ),
    (
        "Northmoor Party Council",
        "Amara Osei",
        "Every party council we know has heard her explain community shares, on a Tuesday night.",
    ),
    (
        "Lakeland and Border Party Council",
        "Tomos Rhydderch",
        "He turned a closed library into a repair café that the people who use it run themselves.",
    ),
)


def tell(annual: Conference, *, bodies: dict[str, Organisation], by: User, at: dt.datetime) -> None:
    """The annual conference takes proposals, the regional one is judged, the last one is over."""
    _panel(annual, by=by, at=at, hour=_evening(annual.starts_on))
    regional = Conference.objects.get(slug="demo-regional")
    _panel(regional, by=by, at=at, hour=_evening(regional.starts_on, dt.time(12, 30)))
    _before_the_panel(regional, bodies, at)
    over = Conference.objects.get(slug="demo-councillors")
    _panel(over, by=by, at=at - 100 * DAY, hour=_evening(over.starts_on))
    # it takes nothing in any more: this happened while it did
    Conference.objects.filter(pk=over.pk).update(status=Conference.Status.OPEN)
    _on_the_roll(over, bodies, at)
    Conference.objects.filter(pk=over.pk).update(status=Conference.Status.OVER)


def _evening(day: dt.date, time: dt.time = dt.time(21)) -> dt.datetime:
    return london_instant(day, time)


def _panel(conference: Conference, *, by: User, at: dt.datetime, hour: dt.datetime) -> None:
    """Three judges, a chair, a presenter and the criteria."""
    judges = [make_user(email, name, second_factor=True) for email, name, _, _ in JUDGES]
    presenter = make_user(PRESENTER[0], PRESENTER[1], second_factor=True)
    tasks = [(one, LayAppointment.Task.JUDGE) for one in judges]
    for person, task in (*tasks, (presenter, LayAppointment.Task.PRESENTER)):
        LayAppointment.objects.create(
            conference=conference, user=person, task=task, appointed_by=by, appointed_at=at
        )
    rules = AwardRules.objects.create(
        conference=conference, presented_at=hour, chair=judges[0], basis=SETTING
    )
    for position, (name, words, weight) in enumerate(CRITERIA):
        AwardCriterion.objects.create(
            rules=rules, name=name, words=words, weight=weight, position=position
        )


def _award(conference: Conference, closes_on: dt.date, **fields: object) -> AwardCategory:
    door = conference.deadlines.filter(kind=Deadline.Kind.RECOGNITION_AWARDS).first()
    return AwardCategory.objects.create(
        deadline=door
        or make_deadline(
            conference, Deadline.Kind.RECOGNITION_AWARDS, Deadline.Audience.BODIES, closes_on
        ),
        basis=SETTING,
        **fields,
    )


def _before_the_panel(
    regional: Conference, bodies: dict[str, Organisation], at: dt.datetime
) -> None:
    """Two nominees, one of them named by two bodies; one judge has scored."""
    category = _award(
        regional,
        at.date() - 2 * DAY,
        name="Community champion",
        honours=AwardCategory.Honours.PERSON,
        introduction="For a member who brought people together to own what they depend on.",
    )
    for body, name, citation in CHAMPION:
        _propose(category, bodies[body], name, citation, at=at - 9 * DAY)
    _score(category, at=at - DAY, judges=JUDGES[1:2])


def _on_the_roll(over: Conference, bodies: dict[str, Organisation], at: dt.datetime) -> None:
    """A winner who may be named and one commended who has not answered."""
    sent = at - 90 * DAY
    category = _award(
        over,
        (at - 80 * DAY).date(),
        name="Councillor of the year",
        honours=AwardCategory.Honours.PERSON,
        introduction="For a councillor who put co-operative ideas to work.",
    )
    for body, name, citation in CHAMPION[1:]:
        _propose(category, bodies[body], name, citation, at=sent)
    judged = at - 75 * DAY
    _score(category, at=judged, judges=JUDGES)
    winner, commended = AwardNominee.objects.filter(category=category).order_by("pk")
    deciding.decide(
        by=_user(JUDGES[0]),
        category=category,
        choices=[
            Choice(
                nominee=winner.pk,
                result=AwardHonour.Result.WINNER,
                words="Because 212 people now own a shop that was about to close, and know how.",
            ),
            Choice(
                nominee=commended.pk,
                result=AwardHonour.Result.COMMENDED,
                words="For a library that mends what others throw away.",
            ),
        ],
        reason="Both lasting; the shop reaches further.",
        at=judged,
    )
    telling.tell(at=at)
    consenting.answer(
        honour=AwardHonour.objects.get(nominee=winner),
        agrees=True,
        is_adult=True,
        public_name="Cllr Amara Osei",
        at=at,
    )


def _propose(
    category: AwardCategory, body: Organisation, name: str, citation: str, *, at: dt.datetime
) -> None:
    holding = body.officeholdings.order_by("pk").first()
    proposing.propose(
        by=holding.user,
        category=category,
        organisation=body,
        proposal=Proposal(name=name, citation=citation),
        at=at,
        key=uuid.uuid4(),
    )


def _score(category: AwardCategory, *, at: dt.datetime, judges: tuple) -> None:
    criteria = scoring.criteria_of(category.conference)
    for place, judge in enumerate(judges):
        for nominee in AwardNominee.objects.filter(category=category).order_by("pk"):
            points = {one.pk: 3 + (place + n) % 3 for n, one in enumerate(criteria)}
            scoring.score(by=_user(judge), nominee=nominee, points=points, at=at)


def _user(person: tuple[str, ...]) -> User:
    return User.objects.get(email=person[0])
