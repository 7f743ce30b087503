"""Consultations of the demo year: one open with answers and a draft, one that was answered."""

from __future__ import annotations

import datetime as dt
import uuid

from events.models import Conference, Deadline
from members.models import Organisation, Region, User
from motions.consultations.services import coding, late, responding, sending
from motions.consultations.services.drafting import (
    Contribution,
    ask_for_link,
    save_submission,
    start_own,
    start_submission,
)
from motions.models import Consultation, PolicySubmission, Question, Stage

SETTING = "Made up for the demo year."
FIRST, SECOND, THIRD = (
    "What should a co-operative care service do that others do not?",
    "What should come first?",
    "How much time should go into it?",
)


def open_one(conference: Conference, door: Deadline) -> Consultation:
    """The consultation of the annual conference, with questions: bodies, members and everybody."""
    found = Consultation.objects.create(
        deadline=door,
        title="Care that people own",
        introduction="What should a co-operative care service look like where you live?",
        from_members=True,
        from_public=True,
        takes_late=True,
        basis=SETTING,
    )
    _ask(found)
    return found


def _ask(consultation: Consultation) -> None:
    Question.objects.create(
        consultation=consultation, position=1, text=FIRST, is_optional=False, max_words=300
    )
    Question.objects.create(
        consultation=consultation,
        position=2,
        text=SECOND,
        kind=Question.Kind.CHOICE,
        choices=["Pay of carers", "A say for people who need care", "Care close to home"],
    )
    Question.objects.create(
        consultation=consultation,
        position=3,
        text=THIRD,
        kind=Question.Kind.SCALE,
        low_words="a little",
        high_words="a lot",
    )


def tell(
    consultation: Consultation,
    *,
    bodies: dict[str, Organisation],
    members: dict[str, User],
    at: dt.datetime,
) -> None:
    """A society has answered, a member too, another is still writing, a body will be late."""
    society = bodies["Everyday Co-operative Society"]
    _answer(
        _of_body(consultation, society, _user("priya"), at),
        by=_user("priya"),
        at=at - dt.timedelta(days=2),
        title="Shared ownership of care",
        words="Carers and those they care for should both hold shares, and both sit on the board.",
        choice="A say for people who need care",
        number=4,
        consent=True,
    )
    _answer(
        start_own(by=members["vera"], consultation=consultation, at=at, key=uuid.uuid4()),
        by=members["vera"],
        at=at - dt.timedelta(days=1),
        title="",
        words="Pay first. Nobody stays otherwise.",
        choice="Pay of carers",
        number=5,
        consent=False,
    )
    _not_sent(consultation, bodies, members, at)
    coding.save_theme(
        by=_user("nora"),
        consultation=consultation,
        name="Who owns care",
        description="Shares and seats on the board.",
        position=1,
        at=at,
    )


def _not_sent(
    consultation: Consultation,
    bodies: dict[str, Organisation],
    members: dict[str, User],
    at: dt.datetime,
) -> None:
    """A draft, a stranger who asked for a link, and a body that will be late."""
    draft = start_own(by=members["umar"], consultation=consultation, at=at, key=uuid.uuid4())
    save_submission(
        by=members["umar"],
        submission=draft,
        version=draft.draft_version,
        contribution=Contribution(title="", text="Still thinking about", name="Umar"),
    )
    ask_for_link(
        consultation=consultation,
        name="Pat Public",
        email="pat@example.org",
        at=at - dt.timedelta(hours=3),
        key=uuid.uuid4(),
    )
    late.announce(
        by=_user("quentin"),
        consultation=consultation,
        organisation=bodies["Northmoor Party Council"],
        reason="We do not meet in the summer.",
        expected_on=consultation.deadline.closes_on + dt.timedelta(days=5),
        at=at,
    )


def answered_one(*, bodies: dict[str, Organisation], by: User, at: dt.datetime) -> None:
    """A plan that went round in the spring: closed, with one late submission, and answered."""
    closed = at - dt.timedelta(days=50)
    conference, plan = _plan(at, closed)
    sent = []
    for name, who, days, reason in (
        ("Everyday Co-operative Society", "priya", 60, ""),
        ("Lakeland and Border Party Council", "rosa", 55, ""),
        ("Northmoor Party Council", "quentin", 44, "We met after the close."),
    ):
        when = at - dt.timedelta(days=days)
        row = _of_body(plan, bodies[name], _user(who), when)
        sent.append(_answer(row, by=_user(who), at=when, reason=reason, **_VIEWS[name]))
    after = at - dt.timedelta(days=30)
    theme = coding.save_theme(
        by=by,
        consultation=plan,
        name="Help for small branches",
        description="Money and people for branches without an office.",
        position=1,
        at=after,
    )
    for row in sent:
        coding.code(by=by, submission=row, themes=[theme], at=after)
    responding.respond(
        by=by,
        theme=theme,
        outcome="taken_up",
        words="The revised plan sets money aside for branches without an office of their own.",
        at=after,
    )
    responding.introduce(
        by=by,
        consultation=plan,
        words="Thank you to every body that answered. This is what you said and what we did.",
        at=after,
    )
    responding.publish(by=by, consultation=plan, at=after)
    Conference.objects.filter(pk=conference.pk).update(status=Conference.Status.OVER)


_VIEWS = {
    "Everyday Co-operative Society": {
        "title": "On the plan as a whole",
        "words": "The plan is sound. Branches need help to do their part.",
        "choice": "",
        "number": None,
        "consent": True,
    },
    "Lakeland and Border Party Council": {
        "title": "Small branches",
        "words": "Our branches have no office and no money for post.",
        "choice": "",
        "number": None,
        "consent": True,
    },
    "Northmoor Party Council": {
        "title": "Late but heartfelt",
        "words": "What is said of branches is too little.",
        "choice": "",
        "number": None,
        "consent": False,
    },
}


def _plan(at: dt.datetime, closed: dt.datetime) -> tuple[Conference, Consultation]:
    """A consultation that belongs to no conference, with its own calendar."""
    conference = Conference.objects.create(
        slug="demo-plan",
        title="Consultation on the plan for branches",
        kind=Conference.Kind.CONSULTATION,
        status=Conference.Status.OPEN,
        attendance=Conference.Attendance.NONE,
        starts_on=(at - dt.timedelta(days=90)).date(),
        ends_on=(at - dt.timedelta(days=20)).date(),
        summary=SETTING,
    )
    days = {"audience": Deadline.Audience.BODIES, "is_reminded": False, "conference": conference}
    door = Deadline.objects.create(kind=Deadline.Kind.CONSULTATION, closes_on=closed.date(), **days)
    plan = Consultation.objects.create(
        deadline=door,
        title="Plan for branches",
        introduction="How should the party help its branches over the next three years?",
        takes_late=True,
        basis=SETTING,
    )
    for position, (kind, name, before) in enumerate(
        (
            (Stage.Kind.CIRCULATED, "Circulated", 90),
            (Stage.Kind.REVISED, "Revised draft", 35),
            (Stage.Kind.AGREED, "Agreed", 20),
        )
    ):
        on = (at - dt.timedelta(days=before)).date()
        day = Deadline.objects.create(kind=Deadline.Kind.STAGE, name=name, closes_on=on, **days)
        Stage.objects.create(consultation=plan, kind=kind, deadline=day, position=position)
    return conference, plan


def _user(first_name: str) -> User:
    return User.objects.get(email=f"{first_name}@example.org")


def _of_body(
    consultation: Consultation, body: Organisation, by: User, at: dt.datetime
) -> PolicySubmission:
    return start_submission(
        by=by, consultation=consultation, organisation=body, at=at, key=uuid.uuid4()
    )


def _answer(
    row: PolicySubmission,
    *,
    by: User,
    at: dt.datetime,
    title: str,
    words: str,
    choice: str,
    number: int | None,
    consent: bool,
    reason: str = "",
) -> PolicySubmission:
    """Written and sent in; where there are questions, the words answer the first."""
    questions = list(row.consultation.questions.all())
    given = dict(zip([one.pk for one in questions], (words, choice, number), strict=False))
    saved = save_submission(
        by=by,
        submission=row,
        version=row.draft_version,
        contribution=Contribution(
            title=title,
            text="" if questions else words,
            names_consent=consent,
            answers=given,
            name=row.name,
            region=row.region or Region.objects.filter(name="South West").first(),
        ),
    )
    sending.send_submission(
        by=by,
        submission=saved,
        version=saved.draft_version,
        late_reason=reason,
        at=at,
        key=uuid.uuid4(),
    )
    saved.refresh_from_db()
    return saved
