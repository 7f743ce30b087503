"""Consultations in a conference file: questions, papers, timetable, the sessions that discuss them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from events.files.node import Node
from events.models import Conference, Deadline, Session
from motions.consultations.models import Consultation, Discussion, Paper, Question, Stage

FIELDS = (
    "title",
    "introduction",
    "max_words",
    "from_members",
    "from_public",
    "documents",
    "takes_late",
    "questions",
    "papers",
    "timetable",
    "discussed_at",
)


def read_consultation(item: Node) -> dict[str, Any]:
    """The consultation's own columns."""
    item.require("title")
    return {
        "title": item.text("title", longest=150),
        "introduction": item.text("introduction"),
        "max_words": item.whole("max_words", least=1),
        "from_members": item.flag("from_members"),
        "from_public": item.flag("from_public"),
        "takes_documents": item.flag("documents", default=True),
        "takes_late": item.flag("takes_late"),
    }


def say_consultation(row: Consultation) -> dict[str, Any]:
    """The same as it would be written."""
    return {
        "title": row.title,
        "introduction": row.introduction,
        "max_words": row.max_words,
        "from_members": row.from_members or None,
        "from_public": row.from_public or None,
        "documents": None if row.takes_documents else False,
        "takes_late": row.takes_late or None,
        "questions": [_say_question(one) for one in row.questions.all()],
        "papers": [_say_paper(one) for one in row.papers.all()],
        "timetable": [_say_stage(one) for one in row.stages.select_related("deadline")],
        "discussed_at": [
            {"conference": one.session.conference.slug, "session": one.session.title}
            for one in row.discussions.select_related("session__conference").order_by("pk")
        ],
    }


def load_parts(row: Consultation, item: Node, deadlines: dict[str, Deadline]) -> bool:
    """Make everything that hangs on a consultation equal to its item; whether anything changed."""
    wanted = [_read_question(one, n) for n, one in enumerate(item.items("questions"))]
    papers = [_read_paper(one, n) for n, one in enumerate(item.items("papers"))]
    stages = [_read_stage(one, n, deadlines) for n, one in enumerate(item.items("timetable"))]
    sessions = [_read_session(one) for one in item.items("discussed_at")]
    if item.problems:
        return False
    return any(
        [
            _equal(item, row, Question, wanted, ("text",), "answers"),
            _equal(item, row, Paper, papers, ("title",), ""),
            _equal(item, row, Stage, stages, ("kind", "name"), ""),
            _sessions(row, sessions),
        ]
    )


def clear(row: Consultation) -> None:
    """Take away what hangs on a consultation that nobody answered, before it goes itself."""
    for rows in (row.questions, row.papers, row.stages, row.discussions, row.late_notices):
        rows.all().delete()


def _equal(
    item: Node,
    row: Consultation,
    model: type,
    wanted: list[dict[str, Any]],
    identity: tuple[str, ...],
    used_by: str,
) -> bool:
    """Rows made, changed and removed until they are as wanted. What was answered is not removed."""
    there = {_identity(one, identity): one for one in model.objects.filter(consultation=row)}
    changed = False
    for values in wanted:
        one = there.pop(tuple(values[name] for name in identity), None) or model(consultation=row)
        if one.pk and all(getattr(one, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(one, name, value)
        try:
            one.full_clean()
            one.save()
        except ValidationError as error:
            for sentence in error.messages:
                item.problem(sentence)
        changed = True
    for one in there.values():
        if (used_by and getattr(one, used_by).exists()) or getattr(one, "file", None):
            item.problem(f"‘{one}’ is no longer in the file, but it is in use.")
        else:
            one.delete()
            changed = True
    return changed


def _identity(row: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _sessions(row: Consultation, wanted: list[Session]) -> bool:
    there = set(row.discussions.values_list("session", flat=True))
    keys = [session.pk for session in wanted]
    if there == set(keys):
        return False
    row.discussions.exclude(session__in=keys).delete()
    for pk in keys:
        if pk not in there:
            Discussion.objects.create(consultation=row, session_id=pk)
    return True


def _read_question(node: Node, position: int) -> dict[str, Any]:
    node.only(
        *("question", "help", "answered", "needed", "choices", "most", "low", "high", "max_words")
    )
    node.require("question")
    return {
        "position": position,
        "text": node.text("question", longest=300),
        "help_text": node.text("help", longest=300),
        "kind": node.choice("answered", Question.Kind, Question.Kind.TEXT),
        "is_optional": not node.flag("needed"),
        "choices": node.texts("choices", longest=200),
        "most": node.whole("most", least=2) or 5,
        "low_words": node.text("low", longest=60),
        "high_words": node.text("high", longest=60),
        "max_words": node.whole("max_words", least=1),
    }


def _say_question(row: Question) -> dict[str, Any]:
    said = {
        "question": row.text,
        "help": row.help_text,
        "answered": None if row.kind == Question.Kind.TEXT else row.kind,
        "needed": None if row.is_optional else True,
        "choices": row.offered,
        "most": None if row.most == 5 else row.most,
        "low": row.low_words,
        "high": row.high_words,
        "max_words": row.max_words,
    }
    return _filled(said)


def _read_paper(node: Node, position: int) -> dict[str, Any]:
    node.only("title", "note", "staff_only")
    node.require("title")
    return {
        "position": position,
        "title": node.text("title", longest=150),
        "note": node.text("note", longest=200),
        "is_for_staff": node.flag("staff_only"),
    }


def _say_paper(row: Paper) -> dict[str, Any]:
    said = {"title": row.title, "note": row.note, "staff_only": row.is_for_staff or None}
    return _filled(said)


def _read_stage(node: Node, position: int, deadlines: dict[str, Deadline]) -> dict[str, Any]:
    node.only("stage", "name", "day", "when")
    node.require("stage")
    named = node.text("day")
    if named and named not in deadlines:
        node.problem(f"There is no deadline ‘{named}’ in this file.", "day")
    if bool(named) == node.has("when"):
        node.problem("Give the ‘day’ in the calendar, or ‘when’ in words where none is known.")
    return {
        "position": position,
        "kind": node.choice("stage", Stage.Kind, Stage.Kind.OTHER),
        "name": node.text("name", longest=120),
        "deadline": deadlines.get(named),
        "words": node.text("when", longest=80),
    }


def _say_stage(row: Stage) -> dict[str, Any]:
    day = row.deadline
    key = f"{day.kind}/{day.name}" if day and day.name else day.kind if day else ""
    said = {"stage": row.kind, "name": row.name, "day": key, "when": row.words}
    return _filled(said)


def _read_session(node: Node) -> Session | None:
    node.only("conference", "session")
    for field in ("conference", "session"):
        node.require(field)
    slug, title = node.text("conference"), node.text("session")
    conference = Conference.objects.filter(slug=slug).first()
    if conference is None:
        node.problem(f"There is no conference ‘{slug}’. Load its file first.", "conference")
        return None
    found = conference.sessions.filter(title=title).first()
    if found is None:
        node.problem(f"{conference} has no session ‘{title}’.", "session")
    return found


def _filled(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in (None, "", [])}
