"""What reports of conferences hold of people."""

from __future__ import annotations

from django.db.models import Q

from events.models import ConferenceReport, Notes, NotesSave, Rapporteur
from members.periods import after_the_day
from members.personal_data import Delete, Keep, Person, declare

RECORD = "with the record of the conference"


def _acted(field: str):
    """Rows on which the person acted, by this field."""

    def found_by(person: Person) -> Q | None:
        return Q(**{field: person.user}) if person.user else None

    return found_by


declare(
    ConferenceReport,
    personal=("published_by",),
    why="who published the report of a conference",
    kept=RECORD,
    found_by=_acted("published_by"),
    erasure=Keep("a published report is a record; the name goes with the sign-in"),
    stays="a published report is a record",
)
declare(
    Notes,
    personal=("speakers", "points", "links", "actions", "saved_by"),
    why="what was said in a session, by whom, and who wrote it down",
    kept=RECORD,
    found_by=_acted("saved_by"),
    erasure=Keep("a published report is a record; an editor blanks a name when a speaker asks"),
    stays="a published report is a record",
    secret=("form_key",),
)
declare(
    NotesSave,
    personal=("speakers", "points", "links", "actions", "saved_by"),
    why="so that nothing a rapporteur wrote is lost",
    kept="a year after the conference",
    found_by=_acted("saved_by"),
    erasure=Delete("the notes themselves stay"),
    ends=(after_the_day("notes__report__conference__ends_on", years=1),),
)
declare(
    Rapporteur,
    personal=("user", "assigned_by"),
    why="who was asked to write which notes",
    kept=RECORD,
    found_by=_acted("user"),
    erasure=Keep("the record rests on who wrote it; the name goes with the sign-in"),
    stays="the record rests on who wrote it",
)
