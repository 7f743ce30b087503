"""The call for ideas of the demo campaign: open, with ideas published and one waiting to be read."""

from __future__ import annotations

import datetime as dt
import uuid

from coopconf.demo.publishing import CAMPAIGN
from events.models import Campaign
from members.models import User
from motions.ideas import services
from motions.models import CallForIdeas, Idea, IdeaQuestion, IdeaSupport

QUESTIONS = ("Energy we own", "Land we own", "Care we own")
#: question, title, text, sender, whether the name may be shown, how many support it
IDEAS = (
    (
        0,
        "Panels on every school roof",
        "Parents and neighbours buy the panels together; the school buys the power at a fair price.",
        "Parveen Akhtar",
        True,
        12,
    ),
    (
        None,
        "A shop that the street owns",
        "When the last shop closes, its regulars should have the first word on what comes next.",
        "Ron Whitfield",
        False,
        1,
    ),
    (2, "Care workers who set their own hours", "Pay for hours on the road, too.", "Sue", False, 0),
)


def tell(*, by: User, at: dt.datetime) -> None:
    """Two are published and supported; the last one waits for somebody to read it."""
    call = CallForIdeas.objects.create(
        campaign=Campaign.objects.get(slug=CAMPAIGN),
        slug="demo-ideas",
        title="What should we own together?",
        introduction="Tell us what works where you live, or what could.",
        closes_on=(at + dt.timedelta(days=40)).date(),
    )
    questions = [
        IdeaQuestion.objects.create(call=call, text=text, position=place)
        for place, text in enumerate(QUESTIONS)
    ]
    for place, (question, title, text, name, may_name, support) in enumerate(IDEAS):
        sent = services.Sent(
            title=title,
            text=text,
            name=name,
            email=f"idea{place}@example.org",
            question=None if question is None else questions[question],
            may_name=may_name,
        )
        services.send(call=call, sent=sent, at=at, key=uuid.uuid4())
        idea = Idea.objects.get(call=call, title=title)
        services.confirm(idea=idea, at=at)
        if support:
            services.publish(by=by, idea=idea, at=at)
            _support(idea, support, at)


def _support(idea: Idea, how_many: int, at: dt.datetime) -> None:
    IdeaSupport.objects.bulk_create(
        IdeaSupport(
            idea=idea,
            email=f"supporter{place}@example.org",
            asked_at=at,
            confirmed_at=at,
            key_hash=services.hashed(f"demo {idea.pk} {place}"),
        )
        for place in range(how_many)
    )
