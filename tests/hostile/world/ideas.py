"""A call for ideas with ideas in every state, their support, and what takes one up."""

from __future__ import annotations

import hashlib

from motions.models import Consultation, Idea, IdeaTakenUp
from tests.hostile.world.rows import AT, World
from tests.motions.ideas.make import make_call_for_ideas, make_idea, make_idea_support


def _key(token: str) -> dict[str, str]:
    return {"key_hash": hashlib.sha256(token.encode()).hexdigest()}


def make_ideas(world: World) -> None:
    """After the business of conference, which takes one up."""
    call = make_call_for_ideas(("One",), campaign=world.campaign, introduction="Say what you think")
    question = call.questions.first()
    published = make_idea(call, question=question, may_name=True, **_key("idea-token"))
    found = [published, *(make_idea(call, state) for state in (Idea.State.WAITING, "declined"))]
    found.append(make_idea(call, Idea.State.SENT, **_key("idea-sent-token")))
    make_idea_support(published, **_key("support-token"))
    IdeaTakenUp.objects.create(
        idea=published,
        consultation=Consultation.objects.first(),
        linked_by=world.people["everything"],
        linked_at=AT,
    )
    world.rows |= {"ideas": found}
