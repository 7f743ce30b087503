"""Rows of consultations, for tests: one in full, submissions to it, many of them."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from events.models import Session
from members.models import User
from motions.consultations.services.links import hashed
from motions.models import (
    Coding,
    Consultation,
    ConsultationAnswer,
    Discussion,
    LateNotice,
    Paper,
    PolicySubmission,
    Question,
    ReadBy,
    ResponseReport,
    Stage,
    SubmissionLink,
    Theme,
)
from tests.factories import AT, make_deadline, make_officer, make_region, make_society, make_user
from tests.motions.make import make_consultation

REGIONS = ("Wales", "Scotland", "London", "North West", "South West")
PART_TIME = "How much time should it take?"


def make_full(**fields: Any) -> Consultation:
    """One that asks bodies, members and everybody, three questions; late ones of bodies count."""
    fields = {"from_members": True, "from_public": True, "takes_late": True, **fields}
    consultation = make_consultation(**fields)
    Question.objects.create(
        consultation=consultation, position=1, text="What should change?", is_optional=False
    )
    Question.objects.create(
        consultation=consultation,
        position=2,
        text="What comes first?",
        kind=Question.Kind.CHOICE,
        choices=["Housing", "Energy", "Care"],
    )
    Question.objects.create(
        consultation=consultation,
        position=3,
        text=PART_TIME,
        kind=Question.Kind.SCALE,
        low_words="a little",
        high_words="a lot",
    )
    return consultation


def make_sent(consultation: Consultation, **fields: Any) -> PolicySubmission:
    """A submission of a body that was sent in; a person's with `kind` and `email`."""
    kind = fields.setdefault("kind", PolicySubmission.Kind.BODY)
    if kind == PolicySubmission.Kind.BODY:
        body = fields["organisation"] = fields.get("organisation") or make_society()
        fields["created_by"] = fields.get("created_by") or make_officer(body)
        fields.setdefault("region", body.region)
    if kind == PolicySubmission.Kind.MEMBER:
        fields["created_by"] = fields.get("created_by") or make_user()
    return PolicySubmission.objects.create(
        consultation=consultation,
        state=PolicySubmission.State.SUBMITTED,
        created_at=AT,
        submitted_at=AT + dt.timedelta(minutes=fields.pop("submitted_at_minutes", 0)),
        submitted_by=fields.get("created_by"),
        **{"title": "On housing", "text": "More of it.", **fields},
    )


def make_link(submission: PolicySubmission, token: str) -> SubmissionLink:
    """A personal link that is good for 30 days."""
    return SubmissionLink.objects.create(
        submission=submission,
        token_hash=hashed(token),
        made_at=AT,
        expires_at=AT + dt.timedelta(days=30),
    )


def make_by_link(consultation: Consultation, token: str, **fields: Any) -> PolicySubmission:
    """A draft of somebody without a sign-in, and the link to it."""
    own = PolicySubmission.objects.create(
        consultation=consultation,
        kind=PolicySubmission.Kind.PUBLIC,
        name="Pat Public",
        email="pat@example.org",
        created_at=AT,
        **fields,
    )
    make_link(own, token)
    return own


def make_everything(
    consultation: Consultation, submission: PolicySubmission, *, by: User
) -> dict[str, Any]:
    """A row of every kind around a consultation and one submission to it, as a committee leaves it."""
    conference = consultation.conference
    question = consultation.questions.first()
    paper = Paper.objects.create(consultation=consultation, title="The draft", note="A note")
    day = make_deadline(conference, "stage", name="Revised", closes_on=dt.date(2016, 5, 16))
    session = Session.objects.create(
        conference=conference, title="A workshop", kind=Session.Kind.CONSULTATION
    )
    Stage.objects.create(
        consultation=consultation, kind="circulated", name="Sent round", words="early March"
    )
    theme = Theme.objects.create(consultation=consultation, name="Homes", description="To live in")
    in_words = {"text": "More homes."} if question.kind == "text" else {"choice": "Housing"}
    answer = ConsultationAnswer.objects.create(submission=submission, question=question, **in_words)
    rows = {
        "paper": paper,
        "theme": theme,
        "answer": answer,
        "stage": Stage.objects.create(consultation=consultation, kind="revised", deadline=day),
        "discussion": Discussion.objects.create(consultation=consultation, session=session),
        "notice": LateNotice.objects.create(
            consultation=consultation,
            organisation=submission.organisation or make_society(),
            reason="We meet in May.",
            announced_by=by,
            announced_at=AT,
        ),
        "reading": ReadBy.objects.create(submission=submission, reader=by, read_at=AT),
    }
    for coded in (None, answer):
        Coding.objects.create(
            submission=submission, theme=theme, answer=coded, coded_by=by, coded_at=AT
        )
    return rows


def make_answered(
    consultation: Consultation, submission: PolicySubmission, *, by: User
) -> ResponseReport:
    """The response is published: one theme, one submission."""
    theme = Theme.objects.create(
        consultation=consultation,
        name="Trains",
        outcome="taken_up",
        response="There will be more of them.",
        responded_by=by,
        responded_at=AT,
    )
    Coding.objects.create(submission=submission, theme=theme, coded_by=by, coded_at=AT)
    return ResponseReport.objects.create(
        consultation=consultation, introduction="Thank you.", published_by=by, published_at=AT
    )


def make_many(consultation: Consultation, count: int, *, late: int, seed: int = 2016) -> None:
    """So many submissions of every kind and region, some of them late; the same every time.

    Every tenth is a member of the public, every third a member, the rest are bodies.
    """
    dice = random.Random(seed)  # noqa: S311
    regions = [make_region(name) for name in REGIONS]
    question, choice, scale = consultation.questions.order_by("position")
    author = make_user()
    for n in range(count):
        is_late = n < late
        kind = "body" if is_late or n % 3 else "member"
        kind = "public" if n % 10 == 9 and not is_late else kind
        fields: dict[str, Any] = {"kind": kind, "region": regions[n % len(regions)]}
        if kind == "body":
            fields |= {"organisation": make_society(), "created_by": author}
        elif kind == "member":
            fields |= {"name": f"Member {n}", "created_by": make_user()}
        else:
            fields |= {"name": f"Person {n}", "email": f"public{n}@example.org"}
        if is_late:
            fields |= {"is_late": True, "late_reason": "We met in May."}
        row = make_sent(
            consultation,
            number=n + 1,
            title=f"Submission {n + 1}",
            text=f"Text {n + 1} about {dice.choice(['homes', 'trains', 'care'])}.",
            names_consent=n % 2 == 0,
            answered=3,
            submitted_at_minutes=n,
            **fields,
        )
        ConsultationAnswer.objects.bulk_create(
            [
                ConsultationAnswer(submission=row, question=question, text=f"Change {n + 1}."),
                ConsultationAnswer(
                    submission=row, question=choice, choice=dice.choice(choice.offered)
                ),
                ConsultationAnswer(submission=row, question=scale, number=dice.randint(1, 5)),
            ]
        )
