"""The section `call_for_ideas` of a campaign's file."""

from __future__ import annotations

import datetime as dt

from events.files.node import Node
from events.models import Campaign
from motions.models import CallForIdeas, IdeaQuestion

FIELDS = ("slug", "title", "introduction", "questions", "any_other", "opens", "last_day", "over")


def load_call(campaign: Campaign, node: Node, at: dt.datetime) -> bool:
    """Make the campaign's call what the file says; questions it does not name stay."""
    node.only(*FIELDS)
    for field in ("slug", "title"):
        node.require(field)
    facts = {
        "title": node.text("title", longest=200),
        "introduction": node.text("introduction"),
        "takes_any": node.flag("any_other", default=True),
        "opens_at": node.instant("opens"),
        "closes_on": node.date("last_day"),
        "is_over": node.flag("over"),
    }
    questions = node.texts("questions", longest=200)
    row = CallForIdeas.objects.filter(slug=node.text("slug", longest=80)).first()
    if row is not None and row.campaign_id != campaign.pk:
        node.problem("Another campaign has a call of this slug. Choose another.", "slug")
    if node.problems:
        return False
    row = row or CallForIdeas(campaign=campaign, slug=node.text("slug"))
    changed = row.pk is None or any(getattr(row, name) != value for name, value in facts.items())
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    for position, text in enumerate(questions):
        known = {"call": row, "text": text}
        _, is_new = IdeaQuestion.objects.update_or_create(**known, defaults={"position": position})
        changed = changed or is_new
    return changed
