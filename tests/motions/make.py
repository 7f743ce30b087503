"""Rows of the business of conference, for tests."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from events.models import Conference, Session
from members.models import User
from motions.agendas.services import releasing
from motions.amendments.services.drafting import columns_of
from motions.models import (
    Amendment,
    AwardCategory,
    Call,
    Consultation,
    Motion,
    MotionVersion,
    OrderItem,
    OrderPaper,
    Post,
    Release,
)
from motions.services.versions import make_version
from tests.factories import (
    AT,
    make_conference,
    make_deadline,
    make_officer,
    make_region,
    make_society,
)

LAST_MOMENT = dt.datetime(2016, 4, 4, 22, 59, 59, 999999, tzinfo=dt.UTC)
CLOSED = dt.datetime(2016, 4, 4, 23, 0, tzinfo=dt.UTC)
SESSION = dt.datetime(2016, 9, 10, 9, 0, tzinfo=dt.UTC)
TEXT = "Conference notes that co-operation works.\n\nConference resolves to say so."
PAST_DRAFT = {
    Motion.State.SUBMITTED,
    Motion.State.AWAITING_CONFIRMATION,
    Motion.State.CLARIFICATION,
    Motion.State.REFERRED,
    Motion.State.REWORDING,
    Motion.State.LATE,
    Motion.State.IN_ORDER,
    Motion.State.NOT_IN_ORDER,
    Motion.State.PUBLISHED,
    Motion.State.COMPOSITED,
}


def make_call(**fields: Any) -> Call:
    """A call for organisational motions of at most 300 words by 4 April 2016."""
    conference = fields.pop("conference", None)
    if "deadline" not in fields:
        fields["deadline"] = make_deadline(conference or make_conference())
    return Call.objects.create(**{"max_words": 300, **fields})


def make_motion(
    call: Call | None = None,
    *,
    state: str = Motion.State.DRAFT,
    by: User | None = None,
    **fields: Any,
) -> Motion:
    """A motion of a society in any state, with a version when it was sent in."""
    call = call or make_call()
    organisation = fields.pop("organisation", None) or make_society()
    by = by or make_officer(organisation)
    motion = Motion.objects.create(
        call=call,
        organisation=organisation,
        created_by=by,
        created_at=AT,
        draft_saved_by=by,
        draft_saved_at=AT,
        **{
            "conference": call.conference,
            "title": "On co-operation",
            "draft_text": TEXT,
            **fields,
        },
    )
    if state == Motion.State.DRAFT:
        return motion
    if state in PAST_DRAFT:
        make_version(by=by, motion=motion, origin=MotionVersion.Origin.SUBMISSION, at=AT)
        motion.submitted_by, motion.submitted_at = by, AT
    if state in {Motion.State.PUBLISHED, Motion.State.REWORDING, Motion.State.COMPOSITED}:
        motion.published_at = AT
    if state == Motion.State.COMPOSITED:
        motion.composited_into = make_motion(call, state=Motion.State.PUBLISHED)
    if state == Motion.State.WITHDRAWN:
        motion.withdrawn_by, motion.withdrawn_at = by, AT
    motion.state = state
    motion.save()
    return motion


AMENDED = "Conference notes that co-operation works well.\n\nConference resolves to say so."
AMENDMENTS_CLOSE = dt.date(2016, 8, 1)


def make_amendments_call(conference: Conference, **fields: Any) -> Call:
    """The call for amendments of a conference, by 1 August 2016, as long as one likes."""
    found = Call.objects.filter(kind=Call.Kind.AMENDMENT, deadline__conference=conference).first()
    if found is not None and not fields:
        return found
    if "deadline" not in fields:
        closes = {"closes_on": AMENDMENTS_CLOSE}
        fields["deadline"] = make_deadline(conference, "amendments", **closes)
    return Call.objects.create(kind=Call.Kind.AMENDMENT, **fields)


def make_amendment(
    motion: Motion | None = None, *, text: str = AMENDED, state: str = "draft", **fields: Any
) -> Amendment:
    """An amendment of another society to a published motion, in any state."""
    motion = motion or make_motion(state=Motion.State.PUBLISHED)
    call = fields.pop("call", None) or make_amendments_call(motion.conference)
    base = motion.current_version
    made = make_motion(
        call,
        state=state,
        draft_text=text,
        **columns_of(motion, base),
        **fields,
    )
    return Amendment.objects.get(pk=made.pk)


def make_release(motion: Motion, *, kind: str = Release.Kind.PRELIMINARY) -> Release:
    """An agenda with everything published at the motion's conference; this one is number 1."""
    Motion.objects.filter(pk=motion.pk, number="").update(number="1")
    others = Motion.and_amendments.filter(conference=motion.conference, state="published")
    for n, pk in enumerate(others.filter(number="").values_list("pk", flat=True), start=1):
        Motion.and_amendments.filter(pk=pk).update(number=f"9{n:03}")
    return releasing.release(by=motion.created_by, conference=motion.conference, kind=kind, at=AT)


def make_order_paper(motion: Motion, **fields: Any) -> OrderPaper:
    """The order paper of a business session of an hour with this motion on it."""
    session = Session.objects.create(
        conference=motion.conference,
        title="Motions",
        kind=Session.Kind.BUSINESS,
        starts_at=SESSION,
        ends_at=SESSION + dt.timedelta(hours=1),
    )
    paper = OrderPaper.objects.create(session=session, **fields)
    OrderItem.objects.create(paper=paper, position=1, motion=motion)
    return paper


def words(count: int) -> str:
    """A text of exactly so many words."""
    return " ".join(f"word{n}" for n in range(count))


def key() -> uuid.UUID:
    """A fresh idempotency key."""
    return uuid.uuid4()


def make_post(**fields: Any) -> Post:
    """The CAC post of 2016: two vacancies, by 1 August, two regions barred."""
    conference = fields.pop("conference", None) or make_conference()
    fields.setdefault(
        "deadline",
        make_deadline(conference, "cac_nominations", closes_on=dt.date(2016, 8, 1)),
    )
    post = Post.objects.create(**{"title": "CAC member", "vacancies": 2, **fields})
    for name in ("West Midlands", "North East & North Cumbria"):
        post.bars.create(
            region=make_region(name), reason="the region is already represented on the committee."
        )
    return post


def make_category(**fields: Any) -> AwardCategory:
    """The award for a member, by 1 August 2016."""
    fields.setdefault(
        "deadline",
        make_deadline(make_conference(), "recognition_awards", closes_on=dt.date(2016, 8, 1)),
    )
    return AwardCategory.objects.create(**{"name": "Member", "honours": "person", **fields})


def make_consultation(**fields: Any) -> Consultation:
    """Policy submissions by 1 August 2016."""
    fields.setdefault(
        "deadline",
        make_deadline(make_conference(), "policy_submissions", closes_on=dt.date(2016, 8, 1)),
    )
    return Consultation.objects.create(**{"title": "Policy submissions", **fields})
