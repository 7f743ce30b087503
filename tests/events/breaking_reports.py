"""A row that breaks each constraint of reports."""

from __future__ import annotations

from events.models import ConferenceReport, Notes, NotesSave, Rapporteur, Session
from tests.factories import AT, make_conference, make_user


def report() -> ConferenceReport:
    return ConferenceReport.objects.create(conference=make_conference())


def notes(**fields) -> Notes:
    return Notes(report=report(), **{"heading": "Thanks", **fields})


def second_of_a_session() -> Notes:
    first = report()
    session = Session.objects.create(conference=first.conference, title="Talk")
    Notes.objects.create(report=first, session=session)
    return Notes(report=first, session=session)


def second_save() -> NotesSave:
    row = notes()
    row.save()
    facts = {"notes": row, "version": 2, "saved_by": make_user(), "saved_at": AT}
    NotesSave.objects.create(**facts)
    return NotesSave(**facts)


def second_rapporteur() -> Rapporteur:
    row = notes()
    row.save()
    person = make_user()
    facts = {"notes": row, "user": person, "assigned_by": person, "assigned_at": AT}
    Rapporteur.objects.create(**facts)
    return Rapporteur(**facts)


BROKEN = {
    "events_report_published_by_and_when": lambda: ConferenceReport(
        conference=make_conference(), published_at=AT
    ),
    "events_notes_once_a_session": second_of_a_session,
    "events_notes_of_a_session_or_under_a_heading": lambda: notes(heading=""),
    "events_notes_saved_by_and_when": lambda: notes(saved_by=make_user()),
    "events_notes_save_once_a_version": second_save,
    "events_rapporteur_once_each": second_rapporteur,
}
