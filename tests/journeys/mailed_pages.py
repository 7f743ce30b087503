"""Pages of publications and ideas behind mailed links, made for the eyes that look at every page."""

from __future__ import annotations

from django.urls import reverse

from events.models import PublicationRequest
from events.publications import services as publications
from motions.ideas import services as ideas
from motions.models import Idea
from tests.access.world import World
from tests.motions.ideas.make import make_idea, make_idea_support

#: Not pages of their own: looked at in `mailed_pages`, or no page at all.
EXCUSED = {
    **dict.fromkeys(
        ("events:publication-link", "ideas:confirm", "ideas:confirm-support"),
        "looked at in other_states",
    ),
    **dict.fromkeys(
        ("events:publication-file", "events:publication-cover"), "a file: tests/events/publications"
    ),
    "events:report-paper": "a tagged PDF: tests/events/test_reports",
    "events:report-notes-back": "a button: POST only",
    "ideas:support": "a button: POST only",
}


def mailed_pages(world: World, app: str) -> list[tuple[str, str]]:
    """What strangers see behind the links: a publication, ideas in each state, support."""
    if app == "events":
        PublicationRequest.objects.update(key_hash=publications.hashed("asked"), wants_news=True)
        return [("stranger", reverse("events:publication-link", args=["asked"]))]
    if app != "other":
        return []
    idea = world.objects["idea"]
    for state in (Idea.State.SENT, Idea.State.WAITING, Idea.State.DECLINED):
        make_idea(idea.call, state, key_hash=ideas.hashed(state))
    make_idea_support(idea, key_hash=ideas.hashed("supported"))
    make_idea_support(idea, key_hash=ideas.hashed("asked"), confirmed_at=None)
    pages = [reverse("ideas:confirm", args=[name]) for name in ("sent", "waiting", "declined")]
    pages += [reverse("ideas:confirm-support", args=[name]) for name in ("supported", "asked")]
    return [("stranger", page) for page in pages]
