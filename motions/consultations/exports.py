"""What was sent as a table: for the committee, without formulas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Max

from motions.consultations.models import (
    Coding,
    Consultation,
    ConsultationAnswer,
    PolicySubmission,
)
from registrations.exports import Cell

HEADS = (
    "Number",
    "From",
    "Sender",
    "Region",
    "Sent in (UK time)",
    "Came",
    "Late",
    "Why late",
    "May be named",
    "Title",
    "Text",
    "Document",
    "Themes",
    "Reply",
)


def heads(consultation: Consultation) -> list[str]:
    """The columns, a question each at the end."""
    return [*HEADS, *(question.text for question in consultation.questions.all())]


def rows(
    consultation: Consultation, submissions: Iterable[PolicySubmission]
) -> Iterable[list[Cell]]:
    """A row a submission. Four queries, however many."""
    submissions = list(submissions)
    keys = [row.pk for row in submissions]
    questions = list(consultation.questions.all())
    answers: dict[tuple[int, int], str] = {}
    given = ConsultationAnswer.objects.filter(submission__in=keys).select_related("question")
    for answer in given:
        answers[answer.submission_id, answer.question_id] = answer.in_words
    themes: dict[int, list[str]] = defaultdict(list)
    coded = Coding.objects.filter(submission__in=keys).values_list("submission", "theme__name")
    named = coded.annotate(place=Max("theme__position")).order_by("place", "theme__name")
    for submission, name, _ in named:
        themes[submission].append(name)
    for row in submissions:
        told = [answers.get((row.pk, question.pk), "") for question in questions]
        yield [*_facts(row, themes[row.pk]), *told]


def _facts(row: PolicySubmission, themes: list[str]) -> list[Cell]:
    return [
        row.number,
        row.get_kind_display(),
        row.sender,
        row.region.name if row.region else "",
        row.judged_at,
        row.get_channel_display(),
        "yes" if row.is_late else "no",
        row.late_reason,
        "yes" if row.names_consent else "no",
        row.title,
        row.text,
        row.document_name,
        "; ".join(themes),
        row.reply,
    ]
