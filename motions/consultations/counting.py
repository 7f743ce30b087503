"""Counts of what was sent: exact for the committee, rounded for everybody (decision 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count

from members.models import Region
from motions.consultations.charts import Chart, chart
from motions.consultations.models import (
    Coding,
    Consultation,
    ConsultationAnswer,
    PolicySubmission,
    Question,
)
from registrations import disclosure

Say = Callable[[int, int], tuple[int, str]]
ROUNDED = (
    "To the nearest five. Where fewer than five said something the number is not told, so that "
    "nobody can be found out."
)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many were sent, how many of them late; these are exact everywhere."""

    sent: int
    late: int


def exact(number: int, among: int) -> tuple[int, str]:
    """(size of the bar, words) for the committee."""
    return number, str(number)


def rounded(number: int, among: int) -> tuple[int, str]:
    """The same for everybody: the bar is no longer than the words."""
    words = disclosure.in_words(number, among=among)
    if words in {disclosure.TOO_FEW, disclosure.SMALL}:
        return 0, words
    step = disclosure.STEP
    return (number + step // 2) // step * step, words


def totals(consultation: Consultation) -> Totals:
    """Of what stands as sent in. One query."""
    rows = consultation.submissions.sent().order_by().values_list("is_late", flat=True)
    found = list(rows)
    return Totals(len(found), sum(found))


def charts_for_everybody(consultation: Consultation, found: Totals) -> list[Chart]:
    """The same rounded; none at all among so few that nothing could be said."""
    if found.sent < disclosure.FEWEST_PEOPLE:
        return []
    return charts(consultation, rounded)


def charts(consultation: Consultation, say: Say) -> list[Chart]:
    """Who sent something, from where, about what; and the answers that can be counted.

    Seven queries and one for each question that is counted.
    """
    note = ROUNDED if say is rounded else ""
    sent = consultation.submissions.sent().order_by()
    kinds = dict(sent.values_list("kind").annotate(n=Count("pk")))
    among = sum(kinds.values())
    labels = {"body": "Bodies", "member": "Members", "public": "Members of the public"}
    who = [(labels[kind], kinds.get(kind, 0)) for kind in labels if _asks(consultation, kind)]
    where = _where(dict(sent.values_list("region__name").annotate(n=Count("pk"))), say)
    about = list(
        Coding.objects.filter(
            theme__consultation=consultation, submission__state=PolicySubmission.State.SUBMITTED
        )
        .values_list("theme__name")
        .annotate(n=Count("submission", distinct=True))
        .order_by("-n", "theme__name")
    )
    found = [
        _chart("who", "From whom", who, among, say, note),
        _chart("where", "From where", where, among, say, note),
        _chart("about", "Themes", about, among, say, note),
    ]
    found += [
        _question(question, say, note)
        for question in consultation.questions.all()
        if question.kind != Question.Kind.TEXT
    ]
    return [one for one in found if one.bars]


def _where(counted: dict[str | None, int], say: Say) -> list[tuple[str, int]]:
    """By region in their order. For everybody all of them: one left out would tell of nought."""
    names = list(Region.objects.values_list("name", flat=True))
    if say is not rounded:
        names = [name for name in names if name in counted]
    rows = [(name, counted.get(name, 0)) for name in names]
    return [*rows, ("Not said", counted.get(None, 0))] if None in counted else rows


def _asks(consultation: Consultation, kind: str) -> bool:
    asked = {
        "body": bool(consultation.sender_kinds),
        "member": consultation.from_members or consultation.from_public,
        "public": consultation.from_public,
    }
    return asked[kind]


def _question(question: Question, say: Say, note: str) -> Chart:
    rows = ConsultationAnswer.objects.filter(
        question=question, submission__state=PolicySubmission.State.SUBMITTED
    ).order_by()
    if question.kind == Question.Kind.CHOICE:
        given = dict(rows.values_list("choice").annotate(n=Count("pk")))
        counted = [(one, given.get(one, 0)) for one in question.offered]
    else:
        given = dict(rows.values_list("number").annotate(n=Count("pk")))
        counted = [(words, given.get(number, 0)) for number, words in question.steps]
    among = sum(given.values())
    return _chart(f"question-{question.pk}", question.text, counted, among, say, note)


def _chart(
    key: str, title: str, counted: Iterable[tuple[str, int]], among: int, say: Say, note: str
) -> Chart:
    rows = [(label, *say(number, among)) for label, number in counted]
    return chart(key, title, rows, note=note)
