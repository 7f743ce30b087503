"""The committee's response: to each theme, and the report that everybody who sent something gets."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from events import doors
from events.calendar import DoorState
from events.services.public_pages import mark_changed
from members import audit
from members.models import User
from motions.consultations import emails
from motions.consultations.models import (
    Consultation,
    PolicySubmission,
    ResponseReport,
    Theme,
)
from motions.consultations.services.sending import is_answered
from motions.texts.cleaning import clean


@transaction.atomic
def respond(*, by: User, theme: Theme, outcome: str, words: str, at: dt.datetime) -> Theme:
    """What the committee answers to a theme, and what became of it.

    Raises ValidationError: fields, or `answered` once the report is published.
    """
    row = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    _open(row.consultation)
    text = clean(words).text.strip()
    if not text:
        raise ValidationError({"response": "Write the response, in plain words."})
    if outcome not in Theme.Outcome.values:
        raise ValidationError({"outcome": "Say what became of it."})
    row.outcome, row.response = outcome, text
    row.responded_by, row.responded_at = by, at
    row.save()
    audit.record(by=by, action="theme.responded", on=row, at=at, after={"outcome": outcome})
    return row


@transaction.atomic
def introduce(*, by: User, consultation: Consultation, words: str, at: dt.datetime) -> None:
    """The first words of the report. Raises ValidationError (`answered`)."""
    _open(consultation)
    report, _ = ResponseReport.objects.get_or_create(consultation=consultation)
    report.introduction = clean(words).text.strip()
    report.save(update_fields=["introduction"])
    audit.record(by=by, action="response_report.introduced", on=report, at=at)


def unready(consultation: Consultation, at: dt.datetime) -> list[str]:
    """What keeps the report from being published, in sentences; empty when nothing does."""
    found = []
    if consultation.deadline.window.state(at) is not DoorState.CLOSED:
        closing = consultation.deadline.closing
        when = f" until {doors.closing_in_words(closing)}" if closing else ""
        found.append(f"The consultation is open{when}: what still comes would go unanswered.")
    unanswered = consultation.themes.filter(response="").count()
    if unanswered:
        noun = "theme has" if unanswered == 1 else "themes have"
        found.append(f"{unanswered} {noun} no response yet.")
    uncoded = _unanswered(consultation).count()
    if uncoded:
        noun = "submission has" if uncoded == 1 else "submissions have"
        found.append(
            f"{uncoded} {noun} neither a theme nor a reply: their senders would find nothing."
        )
    return found


def _unanswered(consultation: Consultation):
    """What was sent in and has neither a theme nor a reply."""
    rows = PolicySubmission.objects.sent().filter(consultation=consultation)
    return rows.filter(Q(codings__isnull=True), reply="").distinct()


@transaction.atomic
def publish(*, by: User, consultation: Consultation, at: dt.datetime) -> ResponseReport:
    """Publish the report, and tell every sender where they find what became of theirs.

    Nothing is sent, coded or answered afterwards. Raises ValidationError (`unready`, `answered`).
    """
    deadline = doors.lock(consultation.deadline)
    consultation = Consultation.objects.with_their_door().get(pk=consultation.pk)
    consultation.deadline = deadline
    ResponseReport.objects.get_or_create(consultation=consultation)
    report = ResponseReport.objects.select_for_update().get(consultation=consultation)
    if report.published_at is not None:
        raise ValidationError("The response is published already.", code="answered")
    if reasons := unready(consultation, at):
        raise ValidationError(reasons, code="unready")
    report.consultation = consultation
    report.published_by, report.published_at = by, at
    report.save(update_fields=["published_by", "published_at"])
    told = emails.published(report, at=at)
    audit.record(by=by, action="response_report.published", on=report, at=at, after={"mails": told})
    mark_changed()
    return report


def _open(consultation: Consultation) -> None:
    if is_answered(consultation):
        raise ValidationError(
            "The response is published and stays as senders have read it.", code="answered"
        )
