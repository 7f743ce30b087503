"""The report as a tagged PDF."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clock.words import date_range_words, date_words
from events.imprints import imprint_for
from events.models import ConferenceReport, Notes
from events.reports.lines import blocks_of
from papers import typesetting


def report(row: ConferenceReport, notes: list[Notes], *, at: dt.datetime) -> bytes:
    """The report with these notes. Raises papers.typesetting.Faulty."""
    conference = row.conference
    when = (
        date_range_words(conference.starts_on, conference.ends_on) if conference.starts_on else ""
    )
    data = {
        "title": f"Report: {conference.title}",
        "imprint": imprint_for(conference, at),
        "reference": _reference(row),
        "when": when,
        "introduction": _blocks(row.introduction),
        "source": row.source,
        "notes": [_part(one) for one in notes],
    }
    return typesetting.pdf("events/papers/report.typ", data)


def _reference(row: ConferenceReport) -> str:
    if not row.is_published:
        return "Draft"
    return f"Published {date_words(row.published_at)}" if row.published_at else ""


def _part(notes: Notes) -> dict[str, Any]:
    return {
        "heading": notes.title,
        "speakers": notes.speakers_listed,
        "points": _blocks(notes.points),
        "links": [[one.words, one.address, one.host] for one in notes.links_listed],
        "tasks": [[one.owner, one.what] for one in notes.tasks_listed],
    }


def _blocks(text: str) -> list[dict[str, Any]]:
    return [{"is_list": kind == "list", "words": words} for kind, words in blocks_of(text)]
