"""The response report: themes with what became of each, counts, and who agreed to be named.

Of a sender who did not agree nothing stands here, no number and no theme: where few are late, or few
come from a region, a line would give them away. They find what became of theirs on their own page.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.text import slugify

from clock.words import closing_words, date_words
from events.imprints import imprint_for
from motions.consultations import counting
from motions.consultations.charts import Chart
from motions.consultations.models import (
    Coding,
    Consultation,
    PolicySubmission,
    ResponseReport,
    Theme,
)
from papers import typesetting


@dataclass(frozen=True, slots=True)
class Line:
    """One submission whose sender agreed to be named: its number, its themes."""

    number: int | None
    name: str
    is_late: bool
    themes: tuple[str, ...]
    reply: bool


@dataclass(frozen=True, slots=True)
class Response:
    """The whole report as plain data."""

    introduction: str
    totals: counting.Totals
    themes: list[Theme]
    charts: list[Chart]
    lines: list[Line]
    unnamed: int


def of(consultation: Consultation) -> Response:
    """The report as it stands. About ten queries, however many sent something."""
    lines = _lines(consultation)
    totals = counting.totals(consultation)
    report = ResponseReport.objects.filter(consultation=consultation).first()
    return Response(
        introduction=report.introduction if report else "",
        totals=totals,
        themes=list(consultation.themes.all()),
        charts=counting.charts_for_everybody(consultation, totals),
        lines=lines,
        unnamed=totals.sent - len(lines),
    )


def _lines(consultation: Consultation) -> list[Line]:
    themes: dict[int, list[str]] = defaultdict(list)
    coded = Coding.objects.filter(theme__consultation=consultation).order_by(
        "theme__position", "theme__name", "pk"
    )
    for submission, name in coded.values_list("submission", "theme__name"):
        if name not in themes[submission]:
            themes[submission].append(name)
    rows = consultation.submissions.sent().filter(names_consent=True)
    rows = rows.select_related("organisation").order_by("number", "pk")
    return [_line(row, themes[row.pk]) for row in rows]


def _line(row: PolicySubmission, themes: list[str]) -> Line:
    return Line(row.number, row.public_sender, row.is_late, tuple(themes), bool(row.reply))


def as_pdf(consultation: Consultation, at: dt.datetime) -> HttpResponse:
    """The report as a tagged PDF, to download."""
    made = typesetting.pdf("motions/papers/response.typ", _for_typst(consultation, at))
    answer = HttpResponse(made, content_type="application/pdf")
    name = slugify(f"response {consultation.title}")[:80] or "response"
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def _for_typst(consultation: Consultation, at: dt.datetime) -> dict[str, object]:
    found = of(consultation)
    report = ResponseReport.objects.filter(consultation=consultation).first()
    published = report.published_at if report else None
    closing = consultation.deadline.closing
    return {
        "title": f"Response: {consultation.title}",
        "imprint": imprint_for(consultation.conference, at),
        "conference": consultation.conference.title,
        "published": f"Published on {date_words(published)}" if published else "Not published yet",
        "closed": f"It closed at {closing_words(closing)}." if closing else "",
        "introduction": _paragraphs(found.introduction),
        "sent": found.totals.sent,
        "late": found.totals.late,
        "themes": [
            {
                "name": theme.name,
                "description": theme.description,
                "outcome": theme.get_outcome_display(),
                "response": _paragraphs(theme.response),
            }
            for theme in found.themes
        ],
        "charts": [
            {
                "title": one.title,
                "note": one.note,
                "rows": [[bar.label, bar.words, bar.width] for bar in one.bars],
            }
            for one in found.charts
        ],
        "lines": [
            [
                str(line.number or ""),
                f"{line.name} (late)" if line.is_late else line.name,
                _about(line),
            ]
            for line in found.lines
        ],
        "unnamed": found.unnamed,
    }


def _about(line: Line) -> str:
    said = "; ".join(line.themes)
    if not line.reply:
        return said
    return f"{said}; a reply of its own" if said else "A reply of its own"


def _paragraphs(words: str) -> list[str]:
    return [part.strip() for part in words.split("\n\n") if part.strip()]
