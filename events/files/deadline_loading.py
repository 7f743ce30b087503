"""Making deadlines equal to a conference file, but never behind the backs of those concerned."""

from __future__ import annotations

from django.db.models import ProtectedError

from events.calendar import Step
from events.doors import closing_in_words, in_words
from events.files.node import Node
from events.files.specs import ConferenceSpec, DeadlineSpec
from events.models import Conference, Deadline
from events.services.deadlines import set_ladder, was_told


def load_deadlines(conference: Conference, spec: ConferenceSpec, root: Node) -> None:
    """Create, change and remove deadlines and their ladders.

    A closing that people were told of (reminders, an earlier move) moves only in the admin, with a
    reason; such a deadline is not removed either. The same of an opening that pages have shown.
    """
    rows = {(row.kind, row.name): row for row in conference.deadlines.told()}
    for wanted in spec.deadlines:
        row = rows.pop((wanted.kind, wanted.name), None)
        if row is None:
            row = Deadline(conference=conference, kind=wanted.kind, name=wanted.name)
        elif _closing(wanted) != (row.closes_on, row.closes_at) and was_told(row):
            root.problem(
                f"{row.label} closes at {closing_in_words(row.closing)}, and people were told so. "
                "Move it in the admin, with a reason; they are told again.",
                "deadlines",
            )
            continue
        elif _has_shown_opening(row) and wanted.opens_at != row.opens_at:
            root.problem(
                f"{row.label} opens on {in_words(row.opens_at)}, and its pages say so. Move its "
                "opening in the admin, with a reason.",
                "deadlines",
            )
            continue
        _save(row, wanted)
    for row in rows.values():
        if was_told(row):
            root.problem(
                f"{row.label} is no longer in the file, but people were told of it.", "deadlines"
            )
        else:
            _remove(row, root)


def _remove(row: Deadline, root: Node) -> None:
    try:
        row.delete()
    except ProtectedError:
        root.problem(
            f"{row.label} is no longer in the file, but something still ends with it: a price, a "
            "pass, a refund period or a rule of business. Load the file once with the deadline and "
            "without what needs it, or change that in the admin.",
            "deadlines",
        )


def _closing(spec: DeadlineSpec) -> tuple[object, object]:
    return spec.closes_on, spec.closes_at


def _has_shown_opening(row: Deadline) -> bool:
    return row.opens_at is not None and row.conference.status != Conference.Status.DRAFT


def _save(row: Deadline, spec: DeadlineSpec) -> None:
    row.audience = spec.audience
    row.opens_at = spec.opens_at
    row.closes_on, row.closes_at = spec.closes_on, spec.closes_at
    row.is_reminded = spec.is_reminded
    row.note = spec.note
    row.save()
    set_ladder(row, [Step(step.when, step.days, step.time) for step in spec.steps])
