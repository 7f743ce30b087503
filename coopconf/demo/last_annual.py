"""The annual conference that is over: motions, a composite, amendments, and what became of each."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from coopconf.demo import agenda, amending, composing, reading
from coopconf.demo.sending import rule, send
from events.calendar import london_instant
from events.models import Conference, Deadline
from members.models import Organisation, User
from motions.agendas.services import following, outcomes
from motions.agendas.services.outcomes import Entry
from motions.amendments.services import answering, relations
from motions.composites.services import publishing
from motions.models import (
    Amendment,
    Call,
    CommitteeRules,
    Decision,
    Motion,
    MoversAnswer,
    Release,
    Ruling,
)
from motions.services.ruling import publish
from motions.services.withdrawing import withdraw

SETTING = "Made up for the demo year."
THEME = "Energy that we own"

TAX = """Conference notes that councils spend one pound in ten with firms that pay no tax here.

Conference believes that whoever takes public money should pay their share.

Conference calls on councils that we run to buy from firms with the Fair Tax Mark."""
ROOFS = """Conference notes that the roofs of co-operative shops could power ten thousand homes.

Conference calls on the National Executive Committee:
- to publish a guide to panels on shops."""
GRID = """Conference notes that small generators wait seven years for the grid.

Conference calls on the National Executive Committee:
- to press for a place in the queue for community energy."""
HOME_CARE = """Conference notes that half of all home carers leave within a year.

Conference resolves to work for a fund that lends to carers who start a co-operative."""
ONLINE = """Conference resolves that every meeting of a branch is held online, unless a member asks
for another."""
PARKING = """Conference resolves that delegates park free of charge at every conference."""

#: Body, officer, category, title, text; in the order in which they were sent in.
MOTIONS = (
    ("Severnside Party Council", "nia", "Economy", "Fair tax, fairly bought", TAX),
    ("Northmoor Party Council", "quentin", "Energy", "Panels on our roofs", ROOFS),
    ("Everyday Co-operative Society", "priya", "Energy", "A place in the queue", GRID),
    ("Lakeland and Border Party Council", "rosa", "Care and health", "Carers who own", HOME_CARE),
    ("Everyday Co-operative Society", "priya", "How the party works", "Meetings online", ONLINE),
    ("Severnside Party Council", "nia", "How the party works", "Free parking", PARKING),
)


@dataclass(frozen=True, slots=True)
class Story:
    """The conference, its bodies, and instants counted back from the afternoon of business."""

    conference: Conference
    bodies: dict[str, Organisation]

    @property
    def noon(self) -> dt.datetime:
        """Noon of the day."""
        return london_instant(self.conference.starts_on, dt.time(12, 0))

    def ago(self, days: int) -> dt.datetime:
        """So many days before."""
        return self.noon - dt.timedelta(days=days)

    def motion(self, title: str) -> Motion:
        """One motion by its title."""
        return self.conference.motions.get(title=title)


def tell(conference: Conference, *, bodies: dict[str, Organisation]) -> None:
    """Everything from the call to the report, through the services of production."""
    story = Story(conference, bodies)
    reading.categories(conference)
    call = _calls(conference)
    _motions(story, call)
    _composite(story)
    agenda.release(conference, Release.Kind.PRELIMINARY, by=_user("ines"), at=story.ago(32))
    parking = story.motion("Free parking")
    withdraw(by=_user("nia"), motion=parking, at=story.ago(25), key=uuid.uuid4())
    _amendments(story)
    agenda.release(conference, Release.Kind.FINAL, by=_user("ines"), at=story.ago(10))
    agenda.make_order(conference, by=_user("ines"), at=story.ago(5))
    _debate(story)
    _afterwards(story)
    conference.status = Conference.Status.OVER
    conference.save(update_fields=["status"])


def _calls(conference: Conference) -> Call:
    CommitteeRules.objects.create(
        conference=conference, readers=2, chair=_user("zoe"), basis=SETTING
    )
    doors = {row.kind: row for row in conference.deadlines.all()}
    kinds = Deadline.Kind
    Call.objects.create(deadline=doors[kinds.AMENDMENTS], kind=Call.Kind.AMENDMENT, basis=SETTING)
    return Call.objects.create(
        deadline=doors[kinds.ORGANISATIONAL_MOTIONS], max_words=300, basis=SETTING
    )


def _motions(story: Story, call: Call) -> None:
    for body, name, subject, title, text in MOTIONS:
        sent = send(call, story.bodies[body], _user(name), story.noon, 50, title, subject, text)
        rule(sent, Ruling.Verdict.IN_ORDER, at=story.ago(40))
        publish(by=_user("ines"), motion=sent, at=story.ago(38))


def _composite(story: Story) -> None:
    """Two motions made one, signed by both bodies."""
    parts = [story.motion("Panels on our roofs"), story.motion("A place in the queue")]
    signed_by = ["quentin", "priya"]
    composite = composing.compose(parts, THEME, signed_by=signed_by, at=story.ago(34))
    publishing.publish(by=_user("ines"), composite=composite, at=story.ago(33))


def _amendments(story: Story) -> None:
    """One that the mover accepts, one that is carried, and one that falls with it."""
    motion = story.motion("Fair tax, fairly bought")
    asked = (
        ("Everyday Co-operative Society", "priya", ("one pound in ten", "one pound in nine")),
        ("Northmoor Party Council", "quentin", ("to buy from", "to buy first from")),
        ("Lakeland and Border Party Council", "rosa", ("to buy from", "to buy only from")),
    )
    made = []
    for body, name, change in asked:
        text = motion.draft_text.replace(*change)
        sent = amending.send(motion, story.bodies[body], _user(name), text, story.noon, 24)
        rule(sent, Ruling.Verdict.IN_ORDER, at=story.ago(18))
        publish(by=_user("ines"), motion=sent, at=story.ago(17))
        made.append(Amendment.objects.get(pk=sent.pk))
    accepted, carried, falls = made
    says = MoversAnswer.Answer.ACCEPTED
    answering.answer(by=_user("nia"), amendment=accepted, says=says, at=story.ago(15))
    relations.set_falls_if(by=_user("ines"), item=falls, carried=carried, at=story.ago(15))


def _debate(story: Story) -> None:
    """What the chair entered that afternoon."""
    tax = story.motion("Fair tax, fairly bought")
    carried = Amendment.objects.get(amends=tax, organisation__name="Northmoor Party Council")
    results = (
        (carried, Entry(votes_for=112, votes_against=64, abstentions=5)),
        (tax, Entry(votes_for=171, votes_against=12)),
        (story.motion(THEME), Entry(result="carried", words="on a show of hands, nobody against")),
        (story.motion("Carers who own"), Entry(result="remitted", words="to the NEC")),
        (story.motion("Meetings online"), Entry(votes_for=71, votes_against=119)),
    )
    for minutes, (about, entry) in enumerate(results, start=1):
        at = story.noon + dt.timedelta(minutes=60 + 15 * minutes)
        outcomes.enter(by=_user("keira"), about=about, entry=entry, at=at)


def _afterwards(story: Story) -> None:
    """Whose task each decision is, and a report on one."""
    by, at = _user("ines"), story.ago(-10)
    due_on = story.conference.starts_on + dt.timedelta(days=180)
    given = [
        following.give(by=by, motion=story.motion(title), owner=owner, at=at, due_on=due_on)
        for title, owner in (
            ("Fair tax, fairly bought", "Local government officer"),
            (THEME, "National Executive Committee"),
        )
    ]
    following.report(
        by=by,
        decision=given[1],
        state=Decision.State.IN_HAND,
        text="The guide to panels on shops is written and goes to print in spring.",
        at=story.ago(-60),
    )


def _user(first_name: str) -> User:
    return User.objects.get(email=f"{first_name}@example.org")
