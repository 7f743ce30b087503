"""Verbs of reports: notes are saved, handed over, assigned, ordered; the report is published."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from events.models import Conference, ConferenceReport, Notes, NotesSave, Rapporteur, Session
from events.reports import emails
from events.reports.models import LONGEST
from events.services.public_pages import mark_changed
from mailing import cleaning
from members import audit
from members.models import User

FIELDS = ("speakers", "points", "links", "actions")


@dataclass(frozen=True, kw_only=True)
class SaveResult:
    """What became of a save. `aside` is the copy kept when somebody else had saved first."""

    notes: Notes
    aside: NotesSave | None = None


@transaction.atomic
def report_of(*, conference: Conference) -> ConferenceReport:
    """The report of a conference, with notes begun for each session that has none.

    Called when the editor opens the desk by its button; twice makes nothing new.
    """
    locked = Conference.objects.select_for_update(no_key=True, of=("self",)).get(pk=conference.pk)
    report, _ = ConferenceReport.objects.get_or_create(conference=locked)
    known = set(report.notes.values_list("session", flat=True))
    sessions = locked.sessions.exclude(kind=Session.Kind.BREAK).exclude(pk__in=known - {None})
    last = report.notes.aggregate(last=Max("position"))["last"] or 0
    new = [
        Notes(report=report, session=session, position=place)
        for place, session in enumerate(sessions.order_by("position", "pk"), start=last + 1)
    ]
    Notes.objects.bulk_create(new)
    return report


@transaction.atomic
def save_notes(
    *,
    by: User,
    notes: Notes,
    version: int,
    words: Mapping[str, str],
    at: dt.datetime,
    is_by_itself: bool = False,
) -> SaveResult:
    """Save over exactly the copy that was opened; an older copy is kept aside instead.

    The comparison and the write are one conditional UPDATE: of two people saving at once one wins
    and the other is shown both. What saves itself while somebody types leaves no row of its own,
    but neither is it ever written over what somebody else saved.
    """
    values = {name: _cleaned(words.get(name, "")) for name in FIELDS}
    changed = Notes.objects.filter(pk=notes.pk, version=version).update(
        **values, version=version + 1, saved_by=by, saved_at=at
    )
    notes = Notes.objects.select_related("report__conference", "session", "saved_by").get(
        pk=notes.pk
    )
    if changed:
        if not is_by_itself:
            _keep(notes, by=by, at=at)
        _show(notes)
        return SaveResult(notes=notes)
    if all(getattr(notes, name) == value for name, value in values.items()):
        return SaveResult(notes=notes)  # the same form twice
    if is_by_itself:
        # nothing is kept of each keystroke: the page says so, and its button keeps the whole
        return SaveResult(notes=notes, aside=NotesSave(notes=notes, version=version, **values))
    aside = NotesSave.objects.create(
        notes=notes,
        outcome=NotesSave.Outcome.ASIDE,
        version=version,
        saved_by=by,
        saved_at=at,
        **values,
    )
    return SaveResult(notes=notes, aside=aside)


def _cleaned(text: str) -> str:
    return cleaning.body(text.replace("\r\n", "\n")).strip()[:LONGEST]


def _keep(notes: Notes, *, by: User, at: dt.datetime) -> None:
    values = {name: getattr(notes, name) for name in FIELDS}
    NotesSave.objects.create(notes=notes, version=notes.version, saved_by=by, saved_at=at, **values)


def _show(notes: Notes) -> None:
    if notes.report.is_published:
        mark_changed()


@transaction.atomic
def hand_over(*, by: User, notes: Notes, is_ready: bool, at: dt.datetime) -> None:
    """The rapporteur says that the notes are ready, or takes them back. Twice is once."""
    row = Notes.objects.select_for_update(of=("self",)).get(pk=notes.pk)
    if row.is_ready == is_ready:
        return
    row.is_ready = is_ready
    row.save(update_fields=["is_ready"])
    action = "notes.handed_over" if is_ready else "notes.taken_back"
    audit.record(by=by, action=action, on=row, at=at)


@transaction.atomic
def add_notes(
    *, by: User, report: ConferenceReport, heading: str, at: dt.datetime, key: uuid.UUID
) -> Notes:
    """Notes under a heading of their own, at the end. The same form twice adds one."""
    ConferenceReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if already := Notes.objects.filter(form_key=key).first():
        return already
    heading = " ".join(cleaning.body(heading).split())
    if not heading:
        raise ValidationError({"heading": "Give these notes a heading."})
    last = report.notes.aggregate(last=Max("position"))["last"] or 0
    notes = Notes.objects.create(
        report=report, heading=heading[:200], position=last + 1, form_key=key
    )
    audit.record(by=by, action="notes.added", on=notes, at=at)
    return notes


@transaction.atomic
def arrange(
    *, by: User, notes: Notes, heading: str, is_left_out: bool, place: int, at: dt.datetime
) -> None:
    """Where notes stand in the report, under which heading, and whether they are in it at all."""
    report = ConferenceReport.objects.select_for_update(of=("self",)).get(pk=notes.report_id)
    rows = list(report.notes.select_for_update(of=("self",)).order_by("position", "pk"))
    row = next(one for one in rows if one.pk == notes.pk)
    heading = " ".join(cleaning.body(heading).split())[:200]
    if not heading and row.session_id is None:
        raise ValidationError({"heading": "Give these notes a heading."})
    before = {"place": rows.index(row) + 1, "left_out": row.is_left_out}
    rows.remove(row)
    rows.insert(max(0, place - 1), row)
    row.heading, row.is_left_out = heading, is_left_out
    for position, one in enumerate(rows, start=1):
        Notes.objects.filter(pk=one.pk).update(position=position)
    Notes.objects.filter(pk=row.pk).update(heading=heading, is_left_out=is_left_out)
    after = {"place": rows.index(row) + 1, "left_out": is_left_out}
    audit.record(by=by, action="notes.arranged", on=row, at=at, before=before, after=after)
    mark_changed()


@transaction.atomic
def assign(*, by: User, notes: Notes, email: str, at: dt.datetime) -> Rapporteur:
    """Let a person write these notes, by address, known to us or not; everybody gets a mail.

    Raises ValidationError for somebody who may not sign in.
    """
    email = email.strip().lower()
    Notes.objects.select_for_update(of=("self",)).get(pk=notes.pk)
    user = User.objects.filter(email=email).first() or _new_person(by, email, at)
    if not user.is_active:
        raise ValidationError({"email": "This person may not sign in. Choose somebody else."})
    given, is_new = Rapporteur.objects.get_or_create(
        notes=notes, user=user, ended_at=None, defaults={"assigned_by": by, "assigned_at": at}
    )
    if is_new:
        after = {"person": user.pk}
        audit.record(by=by, action="rapporteur.assigned", on=given, at=at, after=after)
        emails.assigned(given, at=at)
    return given


def _new_person(by: User, email: str, at: dt.datetime) -> User:
    user = User(email=email, date_joined=at)
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    audit.record(by=by, action="sign-in.made", on=user, at=at)
    return user


@transaction.atomic
def release(*, by: User, rapporteur: Rapporteur, at: dt.datetime) -> None:
    """The person no longer writes these notes; what they wrote stays. Twice changes nothing."""
    row = Rapporteur.objects.select_for_update(of=("self",)).get(pk=rapporteur.pk)
    if row.ended_at is not None:
        return
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    audit.record(by=by, action="rapporteur.released", on=row, at=at, before={"person": row.user_id})


@transaction.atomic
def introduce(
    *, by: User, report: ConferenceReport, introduction: str, source: str, at: dt.datetime
) -> None:
    """The words before the notes, and where the notes come from."""
    row = ConferenceReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    row.introduction = _cleaned(introduction)
    row.source = " ".join(cleaning.body(source).split())[:300]
    row.save(update_fields=["introduction", "source"])
    audit.record(by=by, action="report.introduced", on=row, at=at)
    mark_changed()


@transaction.atomic
def publish(*, by: User, report: ConferenceReport, at: dt.datetime) -> ConferenceReport:
    """Everybody may read it from now on; what is edited afterwards shows at once. Twice is once.

    Raises ValidationError while there is nothing to read.
    """
    row = ConferenceReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if row.is_published:
        return row
    if not any(one.has_words for one in row.notes.filter(is_left_out=False)):
        raise ValidationError("There is nothing to read yet: all notes are empty or left out.")
    row.is_published, row.published_at, row.published_by = True, at, by
    row.save(update_fields=["is_published", "published_at", "published_by"])
    audit.record(by=by, action="report.published", on=row, at=at)
    mark_changed()
    return row


@transaction.atomic
def take_back(*, by: User, report: ConferenceReport, reason: str, at: dt.datetime) -> None:
    """No longer public; the notes stay for the editor. Raises ValidationError without a reason."""
    row = ConferenceReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not row.is_published:
        return
    reason = " ".join(cleaning.body(reason).split())
    if not reason:
        raise ValidationError({"reason": "Say why it is taken back: it stays in the audit trail."})
    row.is_published, row.published_at, row.published_by = False, None, None
    row.save(update_fields=["is_published", "published_at", "published_by"])
    audit.record(by=by, action="report.taken_back", on=row, at=at, reason=reason)
    mark_changed()
