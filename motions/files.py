"""The section `business` of a conference file: committee, categories, calls, posts, awards and more.

Each names its door, a deadline of the file by its kind (or `kind/name` where there are several of
a kind), and who may send: `from: [party_council, society]` unless said otherwise. What somebody
has sent something to is never removed by a file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from events.files.node import Node
from events.models import Conference, Deadline
from members.models import Organisation
from motions.agendas.files import dump_debate, load_debate
from motions.category_files import dump_categories, load_categories
from motions.committee.files import dump_committee, load_committee
from motions.consultations import files as consultations
from motions.models import AwardCategory, Call, Consultation, Post
from motions.nominations.files import POST_FIELDS, PostRows, post_rows, read_post, say_post

SENDERS = {
    Organisation.Kind.PARTY_COUNCIL: "from_party_councils",
    Organisation.Kind.SOCIETY: "from_societies",
    Organisation.Kind.BRANCH: "from_branches",
}
DEFAULT_SENDERS = ["party_council", "society"]
COMMON = ("door", "from", "per_body", "basis")


@dataclass(frozen=True, slots=True)
class Part:
    """One list of the section: its model, its own fields, what identifies a row, how it is said."""

    model: type[models.Model]
    identity: str
    fields: tuple[str, ...]
    read: Callable[[Node], dict[str, Any]]
    say: Callable[[Any], dict[str, Any]]
    sent: str


def _read_call(item: Node) -> dict[str, Any]:
    item.require("kind")
    return {
        "kind": item.choice("kind", Call.Kind, Call.Kind.ORGANISATIONAL),
        "name": item.text("name", longest=120),
        "introduction": item.text("introduction"),
        "max_words": item.whole("max_words", least=1),
        "needs_mover": item.flag("needs_mover"),
        "needs_seconder": item.flag("needs_seconder"),
        "needs_meeting": item.flag("needs_meeting"),
        "takes_late": item.flag("takes_late", default=True),
        "late_test": item.text("late_test"),
        "emergency_test": item.text("emergency_test"),
        "threshold": item.choice("threshold", Call.Threshold, Call.Threshold.SIMPLE),
    }


def _say_call(call: Call) -> dict[str, Any]:
    return {
        "kind": call.kind,
        "name": call.name,
        "introduction": call.introduction,
        "max_words": call.max_words,
        "needs_mover": call.needs_mover or None,
        "needs_seconder": call.needs_seconder or None,
        "needs_meeting": call.needs_meeting or None,
        "takes_late": None if call.takes_late else False,
        "late_test": call.late_test,
        "emergency_test": call.emergency_test,
        "threshold": None if call.threshold == Call.Threshold.SIMPLE else call.threshold,
    }


def _read_award(item: Node) -> dict[str, Any]:
    for field in ("name", "honours"):
        item.require(field)
    return {
        "name": item.text("name", longest=120),
        "honours": item.choice("honours", AwardCategory.Honours),
        "introduction": item.text("introduction"),
        "max_words": item.whole("max_words", least=1),
        "most_winners": item.whole("most_winners", least=1) or 1,
        "position": item.whole("position") or 0,
    }


def _say_award(category: AwardCategory) -> dict[str, Any]:
    return {
        "name": category.name,
        "honours": category.honours,
        "introduction": category.introduction,
        "max_words": category.max_words,
        "most_winners": category.most_winners if category.most_winners > 1 else None,
        "position": category.position or None,
    }


_NEEDS = ("needs_mover", "needs_seconder", "needs_meeting", "takes_late")
_TESTS = ("late_test", "emergency_test", "threshold")
PARTS = {
    "motions": Part(
        Call,
        "kind",
        ("kind", "name", "introduction", "max_words", *_NEEDS, *_TESTS),
        _read_call,
        _say_call,
        "motions",
    ),
    "posts": Part(
        Post,
        "title",
        POST_FIELDS,
        read_post,
        say_post,
        "candidates",
    ),
    "awards": Part(
        AwardCategory,
        "name",
        ("name", "honours", "introduction", "max_words", "most_winners", "position"),
        _read_award,
        _say_award,
        "nominations",
    ),
    "consultations": Part(
        Consultation,
        "title",
        consultations.FIELDS,
        consultations.read_consultation,
        consultations.say_consultation,
        "submissions",
    ),
}


def load_business(conference: Conference, node: Node) -> bool:
    """Make the rules of business equal to the section; says whether anything changed."""
    node.only("committee", "debate", "categories", *PARTS)
    deadlines = {_key(row): row for row in conference.deadlines.told()}
    changes = [_load_part(conference, node, name, part, deadlines) for name, part in PARTS.items()]
    rules = load_committee(conference, node, deadlines)
    debate = load_debate(conference, node)
    return any([rules, debate, load_categories(conference, node), *changes])


def dump_business(conference: Conference) -> dict[str, Any] | None:
    """The section as it would be written; None when the conference has no business."""
    said: dict[str, Any] = {"committee": dump_committee(conference, _key)}
    said["debate"] = dump_debate(conference)
    said["categories"] = dump_categories(conference)
    said |= {name: _dump_part(conference, part) for name, part in PARTS.items()}
    return {name: rows for name, rows in said.items() if rows} or None


def _load_part(
    conference: Conference, node: Node, name: str, part: Part, deadlines: dict[str, Deadline]
) -> bool:
    rows = {
        _identity(part, row): row
        for row in part.model.objects.filter(deadline__conference=conference)
    }
    changed = False
    for item in node.items(name):
        item.only(*part.fields, *COMMON)
        item.require("door")
        door = _deadline(item, deadlines)
        wanted = {**part.read(item), **_common(item), "deadline": door}
        beside = post_rows(item, deadlines) if part.model is Post else None
        if item.problems or door is None:
            continue
        if beside is not None:
            wanted |= beside.deadlines
        probe = part.model(**wanted)
        row = rows.pop(_identity(part, probe), None) or part.model()
        changed = _save(row, wanted, beside, item) or changed
        if isinstance(row, Consultation) and row.pk:
            changed = consultations.load_parts(row, item, deadlines) or changed
    for row in rows.values():
        changed = _remove(row, part, node) or changed
    return changed


def _identity(part: Part, row: Any) -> tuple[Any, ...]:
    """What a row is recognised by: a call by kind and name, all else by its words."""
    more = (row.name,) if isinstance(row, Call) else ()
    return (getattr(row, part.identity), *more)


def _common(item: Node) -> dict[str, Any]:
    named = item.texts("from") if item.has("from") else DEFAULT_SENDERS
    for kind in named:
        if kind not in Organisation.Kind.values:
            known = ", ".join(Organisation.Kind.values)
            item.problem(f"‘{kind}’ is not a kind of body. Known are: {known}.", "from")
    return {
        "per_body_limit": item.whole("per_body", least=1),
        "basis": item.text("basis", longest=200),
        **{field: kind.value in named for kind, field in SENDERS.items()},
    }


def _save(row: Any, wanted: dict[str, Any], beside: PostRows | None, item: Node) -> bool:
    is_new = row.pk is None
    same = not is_new and all(getattr(row, name) == value for name, value in wanted.items())
    if same and (beside is None or beside.are_those_of(row)):
        return False
    if beside is not None and hasattr(row, "contest"):
        item.problem("The list of candidates for this post is settled: it keeps its rules.")
        return False
    for name, value in wanted.items():
        setattr(row, name, value)
    try:
        row.full_clean()
        row.save()
        if beside is not None:
            beside.save(row)
    except ValidationError as error:
        for sentence in error.messages:
            item.problem(sentence)
    return True


def _remove(row: Any, part: Part, node: Node) -> bool:
    if getattr(row, part.sent).exists():
        node.problem(f"‘{row}’ is no longer in the file, but something has been sent to it.")
        return False
    if isinstance(row, Consultation):
        consultations.clear(row)
    row.delete()
    return True


def _deadline(item: Node, deadlines: dict[str, Deadline]) -> Deadline | None:
    named = item.text("door")
    if named and named not in deadlines:
        known = ", ".join(sorted(deadlines)) or "none"
        item.problem(f"This conference has no deadline ‘{named}’. It has: {known}.", "door")
    return deadlines.get(named)


def _key(row: Deadline) -> str:
    return f"{row.kind}/{row.name}" if row.name else row.kind


def _dump_part(conference: Conference, part: Part) -> list[dict[str, Any]]:
    rows = part.model.objects.filter(deadline__conference=conference).select_related("deadline")
    return [_said(row, part) for row in rows.order_by("pk")]


def _said(row: Any, part: Part) -> dict[str, Any]:
    senders = None if row.sender_kinds == DEFAULT_SENDERS else row.sender_kinds
    facts = {
        **part.say(row),
        "door": _key(row.deadline),
        "from": senders,
        "per_body": row.per_body_limit,
        "basis": row.basis,
    }
    return {name: value for name, value in facts.items() if value not in (None, "", [])}
