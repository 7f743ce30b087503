"""A row that breaks each constraint of calls for ideas."""

from __future__ import annotations

from motions.models import CallForIdeas, Idea, IdeaQuestion, IdeaSupport, IdeaTakenUp
from tests.events.publications.make import make_campaign
from tests.factories import AT, make_user, number
from tests.motions.ideas.make import make_call_for_ideas, make_idea, make_idea_support
from tests.motions.make import make_consultation, make_motion


def idea(**fields) -> Idea:
    facts = {"title": "A", "text": "B", "name": "C", "email": "c@people.example"}
    facts |= {"sent_at": AT, "key_hash": f"{number():064}", "call": make_call_for_ideas()}
    return Idea(**facts | fields)


def support(**fields) -> IdeaSupport:
    facts = {"idea": make_idea(), "email": "c@people.example", "asked_at": AT}
    return IdeaSupport(**facts | {"key_hash": f"{number():064}"} | fields)


def taken_up(**fields) -> IdeaTakenUp:
    return IdeaTakenUp(**{"idea": make_idea(), "linked_by": make_user(), "linked_at": AT} | fields)


def second_support() -> IdeaSupport:
    first = make_idea_support(make_idea())
    return support(idea=first.idea, email=first.email)


def second_question() -> IdeaQuestion:
    call = make_call_for_ideas()
    return IdeaQuestion(call=call, text=call.questions.first().text)


def second_taken(**fields) -> IdeaTakenUp:
    first = taken_up(**fields)
    first.save()
    return taken_up(idea=first.idea, **fields)


BROKEN = {
    "motions_callforideas_says_what": lambda: CallForIdeas(
        campaign=make_campaign(), slug="untitled", title=""
    ),
    "motions_ideaquestion_once_a_call": second_question,
    "motions_idea_confirmed_before_it_is_read": lambda: idea(state="waiting"),
    "motions_idea_decided_at_an_instant": lambda: idea(state="published", confirmed_at=AT),
    "motions_idea_declined_with_a_reason": lambda: idea(
        state="declined", confirmed_at=AT, decided_at=AT
    ),
    "motions_idea_email_in_lower_case": lambda: idea(email="C@people.example"),
    "motions_idea_says_something": lambda: idea(text=""),
    "motions_ideasupport_once_an_address": second_support,
    "motions_ideasupport_email_in_lower_case": lambda: support(email="C@people.example"),
    "motions_ideasupport_confirmed_after_it_was_asked": lambda: support(
        confirmed_at=AT.replace(year=2015)
    ),
    "motions_ideatakenup_by_one": taken_up,
    "motions_ideatakenup_once_a_consultation": lambda: second_taken(
        consultation=make_consultation()
    ),
    "motions_ideatakenup_once_a_motion": lambda: second_taken(motion=make_motion()),
}
