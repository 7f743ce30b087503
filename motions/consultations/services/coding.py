"""The committee reads: marks what it has read, makes themes, codes with them, replies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from members import audit
from members.models import User
from motions.consultations.models import (
    Coding,
    Consultation,
    ConsultationAnswer,
    PolicySubmission,
    ReadBy,
    Theme,
)
from motions.consultations.services.sending import is_answered
from motions.texts.cleaning import clean


@transaction.atomic
def mark_read(*, by: User, submission: PolicySubmission, at: dt.datetime) -> None:
    """This member has read it. Twice is once."""
    ReadBy.objects.get_or_create(submission=submission, reader=by, defaults={"read_at": at})


@transaction.atomic
def save_theme(
    *,
    by: User,
    consultation: Consultation,
    name: str,
    description: str,
    position: int,
    at: dt.datetime,
    theme: Theme | None = None,
) -> Theme:
    """Make a theme, or change its name. Raises ValidationError: fields, or `answered`."""
    _open(consultation)
    words = " ".join(clean(name).text.split())[:120]
    if not words:
        raise ValidationError({"name": "Give the theme a name."})
    others = Theme.objects.filter(consultation=consultation, name__iexact=words)
    if theme is not None:
        others = others.exclude(pk=theme.pk)
    if others.exists():
        raise ValidationError({"name": "There is a theme of that name already."})
    row = theme or Theme(consultation=consultation)
    row.name, row.position = words, position
    row.description = " ".join(clean(description).text.split())[:300]
    row.save()
    audit.record(
        by=by,
        action="theme.changed" if theme else "theme.made",
        on=row,
        at=at,
        after={"name": row.name},
    )
    return row


@transaction.atomic
def remove_theme(*, by: User, theme: Theme, at: dt.datetime) -> None:
    """Take away a theme that nothing is coded with. Raises ValidationError (`coded`)."""
    _open(theme.consultation)
    if theme.codings.exists():
        raise ValidationError(
            "Submissions are coded with this theme. Take it off them first, or rename it.",
            code="coded",
        )
    audit.record(by=by, action="theme.removed", on=theme, at=at, before={"name": theme.name})
    theme.delete()


@transaction.atomic
def code(
    *,
    by: User,
    submission: PolicySubmission,
    themes: Iterable[Theme],
    at: dt.datetime,
    answers: dict[int, Iterable[Theme]] | None = None,
) -> None:
    """Say what a submission is about, as a whole and answer by answer; and that it was read.

    What is given takes the place of what was there; an answer that is not named keeps its themes.
    Raises ValidationError (`answered`, `theme`).
    """
    row = PolicySubmission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    _open(submission.consultation)
    if row.state != PolicySubmission.State.SUBMITTED:
        raise ValidationError("This submission was withdrawn.", code="state")
    wanted: dict[int | None, set[int]] = {None: {theme.pk for theme in themes}}
    own = {answer.pk: answer for answer in row.answers.all()}
    for pk, given in (answers or {}).items():
        if pk in own:
            wanted[pk] = {theme.pk for theme in given}
    known = set(submission.consultation.themes.values_list("pk", flat=True))
    if not set().union(*wanted.values()) <= known:
        raise ValidationError("This theme belongs to another consultation.", code="theme")
    changed = [_coded(by, row, own.get(pk), given, at) for pk, given in wanted.items()]
    mark_read(by=by, submission=row, at=at)
    if any(changed):
        audit.record(
            by=by,
            action="policy_submission.coded",
            on=row,
            at=at,
            organisation=row.organisation,
            after={"themes": sorted(set().union(*wanted.values()))},
        )


def _coded(
    by: User,
    row: PolicySubmission,
    answer: ConsultationAnswer | None,
    wanted: set[int],
    at: dt.datetime,
) -> bool:
    there = Coding.objects.filter(submission=row, answer=answer)
    had = set(there.values_list("theme", flat=True))
    there.exclude(theme__in=wanted).delete()
    Coding.objects.bulk_create(
        Coding(submission=row, answer=answer, theme_id=pk, coded_by=by, coded_at=at)
        for pk in sorted(wanted - had)
    )
    return had != wanted


@transaction.atomic
def reply(*, by: User, submission: PolicySubmission, words: str, at: dt.datetime) -> None:
    """The committee's own words to one submission, shown to its sender with the response.

    Raises ValidationError (`answered`).
    """
    row = PolicySubmission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    _open(submission.consultation)
    row.reply = clean(words).text.strip()
    row.save(update_fields=["reply"])
    audit.record(
        by=by,
        action="policy_submission.replied_to",
        on=row,
        at=at,
        organisation=row.organisation,
        after={"has_reply": bool(row.reply)},
    )


def _open(consultation: Consultation) -> None:
    """Refuse once the response is published: senders have read what became of theirs."""
    if is_answered(consultation):
        raise ValidationError(
            "The response is published. Themes and replies stay as senders have read them.",
            code="answered",
        )
