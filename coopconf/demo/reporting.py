"""The report of the demo conference that is over: published, and the next one's begun."""

from __future__ import annotations

import datetime as dt

from events.models import Conference, Notes, Session
from events.reports import services
from members.models import User

WORDS = {
    "speakers": "Harriet Cole, chair\nImran Yousaf",
    "points": (
        "Four councils told how they buy from co-operatives of their own town.\n\n"
        "- Whoever asks early is asked back.\n- A small contract is a start."
    ),
    "actions": "Harriet Cole: writes down what each council did first",
    "links": "The four contracts: https://example.org/contracts",
}


def tell(annual: Conference, *, writer: User, by: User, at: dt.datetime) -> None:
    """A rapporteur with notes to write, and a report to read."""
    over = Conference.objects.get(slug="demo-councillors")
    for place, title in enumerate(("What councils buy", "Neighbourhood budgets")):
        Session.objects.create(conference=over, title=title, position=place)
    report = services.report_of(conference=over)
    for notes in report.notes.all():
        _write(notes, by=by, at=at)
    services.publish(by=by, report=report, at=at)
    coming = services.report_of(conference=annual)
    services.assign(by=by, notes=coming.notes.all()[1], email=writer.email, at=at)


def _write(notes: Notes, *, by: User, at: dt.datetime) -> None:
    services.save_notes(by=by, notes=notes, version=1, words=WORDS, at=at)
    services.hand_over(by=by, notes=notes, is_ready=True, at=at)
