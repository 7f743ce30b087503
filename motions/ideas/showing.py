"""How ideas are shown: by question, on a campaign's page, with what takes them up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from events.calendar import DoorState
from events.models import Campaign
from events.panels import Panel
from motions.ideas.forms import ANY
from motions.models import CallForIdeas, Idea


def grouped(call: CallForIdeas) -> list[dict[str, object]]:
    """The published ideas under each question, the most supported first."""
    ideas = Idea.objects.published().with_support().filter(call=call)
    ideas = list(ideas.select_related("call").order_by("-support", "-decided_at", "pk"))
    heads: list[tuple[int | None, str]] = [(one.pk, one.text) for one in call.questions.all()]
    if call.takes_any or any(idea.question_id is None for idea in ideas):
        heads.append((None, ANY if len(heads) else "Ideas"))
    return [
        {"head": head, "ideas": [idea for idea in ideas if idea.question_id == pk]}
        for pk, head in heads
    ]


def taken_up(idea: Idea) -> list[dict[str, str]]:
    """What takes it up, with the way there; a motion only while everybody may read it."""
    rows: Iterable = idea.taken_up.select_related(
        "consultation__deadline__conference", "motion__conference", "motion__current_version"
    )
    found = []
    for row in rows:
        if row.consultation is not None:
            asked = row.consultation
            found.append({"title": str(asked), "url": asked.get_absolute_url()})
        elif row.motion.is_public:
            found.append({"title": str(row.motion), "url": row.motion.get_absolute_url()})
    return found


def panel(campaign: Campaign, at: dt.datetime) -> Panel | None:
    """The calls of a campaign, each with what it asks and whether it takes ideas now."""
    calls = list(campaign.calls_for_ideas.prefetch_related("questions"))
    if not calls:
        return None
    facts = {
        "calls": [
            {
                "call": call,
                "questions": list(call.questions.all()),
                "is_open": call.state(at) is DoorState.OPEN,
                "is_early": call.state(at) is DoorState.NOT_YET,
            }
            for call in calls
        ]
    }
    changes = [change for call in calls if (change := call.next_change(at))]
    title = "Call for ideas" if len(calls) == 1 else "Calls for ideas"
    template = "motions/ideas/panel.html"
    return Panel(title, template, facts, min(changes, default=None), anchor="ideas")
