"""The committee's reading pack, as a tagged PDF: every motion that waits, with room for notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import clock
from clock.words import date_words, instant_words
from events.imprints import imprint_for
from events.models import Conference
from motions.amendments.showing import of_version
from motions.committee.queue import Row
from motions.services.versions import as_parsed
from motions.texts import lines
from papers import typesetting


def pack(conference: Conference, rows: Iterable[Row], *, at: dt.datetime) -> bytes:
    """The motions of these rows, one to a page, with the numbers of their lines.

    Nothing of what members think stands in it: it may lie on a train's table.
    """
    motions = [_motion(number, row) for number, row in enumerate(rows, start=1)]
    data = {
        "title": f"Reading pack, {conference.title}",
        "imprint": imprint_for(conference, at),
        "reference": date_words(clock.in_london(at).date()),
        "conference": conference.title,
        "motions": motions,
    }
    return typesetting.pdf("motions/papers/pack.typ", data)


def _motion(number: int, row: Row) -> dict[str, object]:
    motion, version = row.motion, row.motion.current_version
    limit = motion.call.max_words
    words = f"{version.words} of at most {limit}" if limit else str(version.words)
    meeting = version.meeting_name
    if version.meeting_on:
        meeting = ", ".join(filter(None, [meeting, date_words(version.meeting_on)]))
    late = getattr(motion, "late_entry", None)
    alike = "; ".join(
        f"{other.motion.current_version.title} ({other.motion.organisation}, {other.percent}%)"
        for other in row.closest
    )
    return {
        "number": number,
        "title": version.title,
        "kind": motion.call.label,
        "body": str(motion.organisation),
        "words": version.words,
        "sentences": of_version(version).sentences if motion.is_amendment else [],
        "blocks": _blocks(motion),
        "facts": [
            ["From", str(motion.organisation)],
            ["Received", instant_words(motion.judged_at)],
            ["Passed by", meeting],
            ["Moved by", version.mover],
            ["Seconded by", version.seconder],
            ["Words", f"{words}{' (too many)' if motion.is_over_limit else ''}"],
            ["From this body", row.entitlement],
            ["It happened", date_words(version.event_on) if version.event_on else ""],
            ["Late because", late.reason if late else ""],
            ["Nearly the same", alike],
            ["Kept from you", row.kept],
        ],
    }


def _blocks(motion) -> list[dict[str, object]]:
    """Each block with its numbered lines, by the rule the version was numbered with."""
    version = motion.current_version
    numbered = lines.by_block(as_parsed(version), algorithm=version.line_algorithm)
    return [
        {"kind": str(block.kind), "lines": [[line.number, line.text] for line in block_lines]}
        for block, block_lines in numbered
    ]
