"""Categories, a campaign's model motion, and a member who reads, notes and follows."""

from __future__ import annotations

import datetime as dt

from events.models import Conference
from members.models import User
from motions.models import Category, ModelMotion
from motions.reading.services import following, marking

CATEGORIES = ("Economy", "Energy", "Care and health", "How the party works")
MODEL = """Conference notes that one shop in seven on our high streets stands empty.

Conference believes that people who use a place look after it best.

Conference calls on the National Executive Committee:
- to publish a guide for party councils on community right to buy."""


def offer(conference: Conference) -> None:
    """What bodies find when they begin: categories, and the model motion of a campaign."""
    categories(conference)
    ModelMotion.objects.create(
        title="Empty shops", campaign="High street", text=MODEL, conference=conference
    )


def categories(conference: Conference) -> None:
    """Under which motions are listed."""
    for place, name in enumerate(CATEGORIES, start=1):
        Category.objects.create(conference=conference, name=name, position=place)


def read(conference: Conference, *, by: User, at: dt.datetime) -> None:
    """A delegate has the first published motion on the list, notes something and follows it."""
    motion = conference.motions.published().first()
    marking.mark(by=by, motion=motion, as_="to_read", at=at)
    marking.note(by=by, motion=motion, text="Ask who pays in the third year.", seen="", at=at)
    following.follow_motion(by=by, motion=motion, at=at)
