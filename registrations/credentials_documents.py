"""The credentials report to hand in: a tagged PDF, and a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils.text import capfirst

import clock
from clock.words import date_words, instant_words, time_words
from events.imprints import imprint_for
from events.models import Conference
from papers import typesetting
from registrations import disclosure
from registrations.credentials_report import Report, Tally
from registrations.exports import Cell
from registrations.presence import Day
from registrations.presence_chart import chart

HEADS = ("Table", "Row", "Allocated", "Places", "Named", "Came", "In", "Lead delegate")


def pdf(conference: Conference, report: Report, day: Day) -> bytes:
    """The whole report, with the day as a drawing and by the hour."""
    data = {
        "title": f"Credentials report: {conference.title}",
        "imprint": imprint_for(conference, report.at),
        "as_of": instant_words(report.at),
        "gone": date_words(report.scans_gone) if report.scans_gone else "",
        "facts": _facts(report),
        "bodies": [
            [body.tally.label, _limit(body.allocated), *_numbers(body.tally), body.lead_in_words]
            for body in report.bodies
        ],
        "total": _numbers(report.total),
        "groups": [
            [title, [[capfirst(row.label), *_numbers(row)] for row in rows]]
            for title, rows in [*report.groups, ("Besides the delegations", report.others)]
            if rows
        ],
        "guarded": [
            [one.title, [[capfirst(label), *words] for label, *words in one.rows]]
            for one in report.guarded
        ],
        "guarded_words": guarded_words(report),
        "chart": drawn(day, report.quorum),
        "chart_words": summary(day),
        "hours": [[time_words(step.at), str(step.inside)] for step in day.hours]
        if day.steps
        else [],
    }
    return typesetting.pdf("registrations/papers/credentials_report.typ", data)


def rows(report: Report) -> Iterator[list[Cell]]:
    """A row for each line of each table, the counts told in confidence as words."""
    for body in report.bodies:
        tally = body.tally
        counts = [tally.places, tally.named, tally.came, tally.inside]
        yield ["By body", tally.label, body.allocated, *counts, body.lead_in_words]
    for title, tallies in [*report.groups, ("Besides the delegations", report.others)]:
        for row in tallies:
            yield [title, row.label, None, row.places, row.named, row.came, row.inside, ""]
    total = report.total
    yield ["All", total.label, None, total.places, total.named, total.came, total.inside, ""]
    for table in report.guarded:
        for label, named, came in table.rows:
            yield [table.title, label, None, None, named, came, None, ""]


def drawn(day: Day, quorum: int | None) -> str:
    """The day as a picture in SVG; empty when nobody came or went."""
    made = chart(day, quorum)
    if made is None:
        return ""
    context = {"chart": made, "label": summary(day)}
    return render_to_string("registrations/presence.svg", context).strip()


def summary(day: Day) -> str:
    """What the drawing says, in words."""
    if day.most is None:
        return ""
    most, now = day.most, day.inside(day.until)
    return (
        f"Delegates in on {date_words(day.until)}: most at {time_words(most.at)}, {most.inside}; "
        f"{now} at {time_words(day.until)} UK time."
    )


def guarded_words(report: Report) -> str:
    """How the counts by gender and age are made safe, and whom they count."""
    return (
        "Gender and age were told in confidence. They are shown to the nearest "
        f"{disclosure.STEP}, never below {disclosure.SMALLEST}, not at all among fewer than "
        f"{disclosure.FEWEST_PEOPLE} people, and never by body or region. Who came is counted "
        f"until {report.guarded_time} UK time, the full hour."
    )


def _facts(report: Report) -> list[list[str]]:
    quorum = "not set"
    if report.quorum is not None:
        reached = "reached" if report.is_quorate else "not reached"
        quorum = f"{report.quorum}: {reached}"
    bodies = len(report.bodies)
    return [
        ["Bodies", str(bodies)],
        ["Places", str(report.total.places)],
        ["Delegates who came", str(report.total.came)],
        ["Delegates in", str(report.total.inside)],
        ["Lead delegates", f"{report.leads_named} named of {bodies}, {report.leads_inside} in"],
        ["Quorum", quorum],
    ]


def _numbers(tally: Tally) -> list[str]:
    return [str(n) for n in (tally.places, tally.named, tally.came, tally.inside)]


def _limit(allocated: int | None) -> str:
    return "no limit" if allocated is None else str(allocated)


def file_name(conference: Conference, report: Report) -> str:
    """'credentials-annual-2016-20160909-1030', by London's clock."""
    return f"credentials-{conference.slug}-{clock.in_london(report.at):%Y%m%d-%H%M}"
