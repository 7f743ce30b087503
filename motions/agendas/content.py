"""An agenda as plain data: every word, number and line as it stands at one moment.

A release keeps this, and the page and all papers are made of it. It names bodies, never persons:
who moves and seconds stands on the order paper, which follows changes until the session.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

import clock
from clock.words import date_range_words, date_words
from events.imprints import imprint_for
from events.models import Conference
from motions.agendas.numbering import sort_key
from motions.agendas.wordings import printed_blocks
from motions.amendments.amending import kept_number
from motions.models import Amendment, CommitteeRules, Motion, MoversAnswer
from motions.services.versions import as_parsed
from motions.texts.comparing import compare
from motions.texts.spoken import sentences

#: Of the content's shape. A reader of a new one keeps reading the old ones.
FORMAT = 1
COMPOSITE, EMERGENCY = "C", "E"
Item = dict[str, Any]


def agenda(
    conference: Conference,
    name: str,
    motions: Sequence[Motion],
    amendments: Sequence[Amendment],
    at: dt.datetime,
) -> Item:
    """The content of an agenda of this name with these motions and amendments, in their order.

    All are numbered, and come as `motions.agendas.services.releasing.now_on_it` reads them.
    """
    by_category = CommitteeRules.of(conference).is_numbered_by_category
    items = [(motion, item(motion, amendments)) for motion in motions]
    items.sort(key=lambda pair: sort_key(pair[1]["number"]))
    groups: list[Item] = []
    for motion, one in items:
        heading = group_name(motion, by_category=by_category)
        if not groups or groups[-1]["name"] != heading:
            groups.append({"name": heading, "items": []})
        groups[-1]["items"].append(one)
    return {
        "format": FORMAT,
        "name": name,
        "title": f"{name}, {conference.title}",
        "conference": conference.title,
        "dates": (
            date_range_words(conference.starts_on, conference.ends_on or conference.starts_on)
            if conference.starts_on
            else ""
        ),
        "released": date_words(clock.in_london(at).date()),
        "imprint": imprint_for(conference, at),
        "groups": groups,
    }


def group_name(motion: Motion, *, by_category: bool) -> str:
    """The heading under which a motion stands: composites and emergencies have their own."""
    if motion.number.startswith(EMERGENCY):
        return "Emergency motions"
    if motion.number.startswith(COMPOSITE):
        return "Composite motions"
    if not by_category:
        return "Motions"
    return motion.category.name if motion.category else "Other motions"


def item(motion: Motion, amendments: Iterable[Amendment] = ()) -> Item:
    """One motion as it is printed, with those of the amendments that are to it."""
    version = motion.current_version
    own = [one for one in amendments if one.amends_id == motion.pk]
    for one in own:
        one.amends = motion
    return {
        "key": motion.pk,
        "version": version.pk,
        "number": motion.number,
        "title": version.title,
        "kind": motion.call.label,
        "category": motion.category.name if motion.category else "",
        "body": str(motion.organisation),
        "language": motion.language,
        "threshold": motion.call.threshold_in_words,
        "status": made_of(motion),
        "words": version.words,
        "line_algorithm": version.line_algorithm,
        "blocks": printed_blocks(as_parsed(version), version.line_algorithm),
        "amendments": sorted(map(amendment, own), key=lambda one: sort_key(one["number"])),
    }


def made_of(motion: Motion) -> str:
    """'Made of motions 4 and 7', for a composite; '' for any other motion."""
    numbers = [one.number for one in motion.composited_from.all() if one.number]
    numbers.sort(key=sort_key)
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"Made of motion {numbers[0]}"
    return f"Made of motions {', '.join(numbers[:-1])} and {numbers[-1]}"


def amendment(one: Amendment) -> Item:
    """One amendment as it is printed: the sentences a chair reads out, and the text compared."""
    version = one.current_version
    base, proposal = as_parsed(version.base), as_parsed(version)
    return {
        "key": one.pk,
        "version": version.pk,
        "number": one.number,
        "title": "",
        "kind": "Amendment",
        "body": str(one.organisation),
        "status": ". ".join(filter(None, [kept_number(one), answer_in_words(one)])),
        "sentences": sentences(base, proposal),
        "rows": [
            {
                "state": str(row.state),
                "kind": str((row.new or row.old).kind),
                "segments": [[str(part.state), part.text] for part in row.segments],
            }
            for row in compare(base, proposal)
        ],
        "blocks": [],
    }


def answer_in_words(one: Amendment) -> str:
    """'Accepted by the mover'; '' where the mover's body has not answered."""
    standing = [given for given in one.movers_answers.all() if given.ended_at is None]
    return MoversAnswer.Answer(standing[0].answer).label.capitalize() if standing else ""


def seal(content: Item) -> str:
    """sha256 of the content, in hexadecimal."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def items_of(content: Item) -> list[Item]:
    """The motions and amendments of stored content, each amendment after its motion."""
    motions = [one for group in content["groups"] for one in group["items"]]
    return with_amendments(motions)


def with_amendments(motions: Iterable[Item]) -> list[Item]:
    """The same with each one's amendments after it."""
    return [each for one in motions for each in (one, *one["amendments"])]


def as_corrected(content: Item, slips: Iterable[Any]) -> dict[int, Item | None]:
    """What a reader has in hand with all slips in it: by motion its item, None for one that is gone."""
    found: dict[int, Item | None] = {one["key"]: one for one in items_of(content)}
    for slip in slips:
        if slip.motion_id is not None:
            found[slip.motion_id] = slip.item
    return found
