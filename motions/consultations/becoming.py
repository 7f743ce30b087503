"""What became of one submission: the themes it was coded with, the responses, the reply."""

from __future__ import annotations

from dataclasses import dataclass

from motions.consultations.models import PolicySubmission, Theme
from motions.consultations.services.sending import is_answered


@dataclass(frozen=True, slots=True)
class Became:
    """For its sender, once the response is published."""

    themes: list[Theme]
    reply: str


def of(submission: PolicySubmission) -> Became | None:
    """None while the response is not published, or for what was never sent."""
    if submission.submitted_at is None or not is_answered(submission.consultation):
        return None
    themes = Theme.objects.filter(codings__submission=submission).distinct()
    return Became(list(themes.order_by("position", "name")), submission.reply)
