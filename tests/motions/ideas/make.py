"""Calls for ideas and ideas as rows."""

from __future__ import annotations

import datetime as dt

from motions.models import CallForIdeas, Idea, IdeaQuestion, IdeaSupport
from tests.events.publications.make import make_campaign
from tests.factories import AT, number

QUESTIONS = ("Community wealth building", "The right to food", "A carbon-neutral region")


def make_call_for_ideas(questions: tuple[str, ...] = QUESTIONS, **fields: object) -> CallForIdeas:
    """An open call of a campaign with the taskforce's three questions, or others."""
    if "campaign" not in fields:
        fields["campaign"] = make_campaign()
    facts = {"title": "Call for ideas", "slug": f"ideas-{number()}"}
    call = CallForIdeas.objects.create(**facts | fields)
    for position, text in enumerate(questions):
        IdeaQuestion.objects.create(call=call, text=text, position=position)
    return call


def make_idea(
    call: CallForIdeas | None = None, state: str = Idea.State.PUBLISHED, **fields: object
) -> Idea:
    """An idea in a state, published unless said otherwise."""
    n = number()
    facts = {
        "title": f"Idea {n}",
        "text": "Buy the shop together.",
        "name": "Sue Porter",
        "email": f"sue{n}@people.example",
        "sent_at": AT,
        "confirmed_at": None if state == Idea.State.SENT else AT,
        "decided_at": AT if state in (Idea.State.PUBLISHED, Idea.State.DECLINED) else None,
        "reason": "Not about it." if state == Idea.State.DECLINED else "",
        "key_hash": f"{n:064}",
    }
    call = call or make_call_for_ideas()
    return Idea.objects.create(call=call, state=state, **facts | fields)


def make_idea_support(idea: Idea, **fields: object) -> IdeaSupport:
    """Confirmed support."""
    n = number()
    facts = {
        "email": f"ron{n}@people.example",
        "asked_at": AT,
        "confirmed_at": AT + dt.timedelta(minutes=1),
        "key_hash": f"{n:064}",
    }
    return IdeaSupport.objects.create(idea=idea, **facts | fields)
