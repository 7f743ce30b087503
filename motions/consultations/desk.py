"""The committee's list of what was sent: filtered, searched, in order, with the way on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from members.models import Region, User
from motions.consultations.models import Coding, Consultation, PolicySubmission, ReadBy

UNCODED = "none"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: by words, sender, region, late, theme, unread, question."""

    q: str = ""
    kind: str = ""
    region: str = ""
    late: bool = False
    theme: str = ""
    unread: bool = False
    question: str = ""
    withdrawn: bool = False

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Wanted:
        """From an address; what is none of ours asks for nothing."""
        kind = data.get("kind", "")
        return cls(
            q=data.get("q", "").replace("\x00", "").strip()[:200],
            kind=kind if kind in PolicySubmission.Kind.values else "",
            region=_number(data.get("region", "")),
            late=data.get("late") == "1",
            theme=UNCODED if data.get("theme") == UNCODED else _number(data.get("theme", "")),
            unread=data.get("unread") == "1",
            question=_number(data.get("question", "")),
            withdrawn=data.get("withdrawn") == "1",
        )

    @property
    def is_all(self) -> bool:
        """Nothing in particular."""
        return self == Wanted()


def _number(text: str) -> str:
    return text if text.isascii() and text.isdecimal() and len(text) < 10 else ""


def shown(consultation: Consultation, wanted: Wanted, reader: User) -> QuerySet[PolicySubmission]:
    """The submissions that fit, oldest first."""
    states = [PolicySubmission.State.WITHDRAWN if wanted.withdrawn else "submitted"]
    rows = consultation.submissions.filter(state__in=states).exclude(submitted_at=None)
    if wanted.q:
        rows = rows.filter(_says(wanted.q))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.region:
        rows = rows.filter(region=int(wanted.region) or None)
    if wanted.late:
        rows = rows.filter(is_late=True)
    codings = Coding.objects.filter(submission=OuterRef("pk"))
    if wanted.theme == UNCODED:
        rows = rows.filter(~Exists(codings))
    elif wanted.theme:
        rows = rows.filter(Exists(codings.filter(theme=int(wanted.theme))))
    if wanted.unread:
        rows = rows.filter(~Exists(ReadBy.objects.filter(submission=OuterRef("pk"), reader=reader)))
    if wanted.question:
        rows = rows.filter(answers__question=int(wanted.question))
    return rows.for_desk(reader).order_by("submitted_at", "pk")


def _says(words: str) -> Q:
    """In the number, the sender, the title, the text or an answer."""
    found = Q(title__icontains=words) | Q(text__icontains=words) | Q(name__icontains=words)
    found |= Q(organisation__name__icontains=words)
    found |= Q(pk__in=PolicySubmission.objects.filter(answers__text__icontains=words).values("pk"))
    if _number(words):
        found |= Q(number=int(words))
    return found


def offered(consultation: Consultation) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer. Three queries."""
    rows = consultation.submissions.exclude(submitted_at=None).order_by()
    regions = Region.objects.filter(pk__in=rows.values("region"))
    return {
        "kinds": list(PolicySubmission.Kind.choices),
        "regions": [(str(region.pk), region.name) for region in regions],
        "themes": [(UNCODED, "No theme yet")]
        + [(str(theme.pk), theme.name) for theme in consultation.themes.all()],
        "questions": [(str(one.pk), one.text) for one in consultation.questions.all()],
    }


def beside(
    rows: QuerySet[PolicySubmission], submission: PolicySubmission
) -> tuple[int | None, int | None, int, int]:
    """(before, after, place, of how many) of a submission in a list."""
    numbers = list(rows.values_list("pk", flat=True))
    if submission.pk not in numbers:
        return None, numbers[0] if numbers else None, 0, len(numbers)
    place = numbers.index(submission.pk)
    before = numbers[place - 1] if place else None
    after = numbers[place + 1] if place + 1 < len(numbers) else None
    return before, after, place + 1, len(numbers)
