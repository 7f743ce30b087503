"""Making an immutable version of a motion's wording: blocks with stable keys, and a seal."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

from django.db.models import Max

from members.models import User
from motions.models import Block, Motion, MotionVersion
from motions.texts import blocks as parsing
from motions.texts import lines, operations, words
from motions.texts.alignment import carry_keys
from motions.texts.comparing import State, compare

# What is sent with the wording and stands as it was sent.
SENT_WITH_IT = ("mover", "seconder", "names_consent", "meeting_name", "meeting_on", "event_on")


def seal(title: str, blocks: Iterable[tuple[str, str, str]]) -> str:
    """sha256 over the title and every (key, kind, text), in order, in hexadecimal."""
    digest = hashlib.sha256(title.encode())
    for key, kind, text in blocks:
        digest.update(f"\x1e{key}\x1f{kind}\x1f{text}".encode())
    return digest.hexdigest()


def is_intact(version: MotionVersion) -> bool:
    """Does the stored wording still match its seal?"""
    stored = [(block.key, block.kind, block.text) for block in version.blocks.all()]
    return seal(version.title, stored) == version.sha256


def make_version(
    *, by: User, motion: Motion, origin: MotionVersion.Origin, at: dt.datetime
) -> MotionVersion:
    """Freeze the working copy as the motion's next version and make it the current one.

    Blocks that were in the version before keep their keys; those of an amendment have the keys of
    the text it amends, and its operations on that text are kept beside them. The caller holds the
    motion's lock.
    """
    sent = {name: getattr(motion, name) for name in SENT_WITH_IT}
    if motion.is_amendment:
        wording = amendment_columns(motion.base, motion.draft_text)
    else:
        blocks = continued(motion, parsing.parse(motion.draft_text))
        wording = {"blocks": blocks, "words": parsing.count(blocks)}
    return freeze(by=by, motion=motion, title=motion.title, origin=origin, at=at, **wording, **sent)


def freeze(
    *,
    by: User,
    motion: Motion,
    title: str,
    blocks: Iterable[parsing.Block],
    origin: MotionVersion.Origin,
    at: dt.datetime,
    **columns: object,
) -> MotionVersion:
    """Make these blocks, with the keys they have, the motion's next and current version.

    The caller holds the motion's lock and saves the motion.
    """
    rows = [(block.key, block.kind, block.text) for block in blocks]
    version = MotionVersion.objects.create(
        motion=motion,
        # after a correction was given back the current version is not the last one
        number=(motion.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=title,
        origin=origin,
        created_by=by,
        created_at=at,
        line_algorithm=lines.ALGORITHM,
        sha256=seal(title, rows),
        **columns,
    )
    Block.objects.bulk_create(
        Block(version=version, position=position, key=key, kind=kind, text=text)
        for position, (key, kind, text) in enumerate(rows, start=1)
    )
    motion.current_version = version
    return version


def continued(motion: Motion, blocks: list[parsing.Block]) -> list[parsing.Block]:
    """The blocks with the keys of those of the current version that they continue."""
    before = motion.current_version
    if before is None:
        return blocks
    retired = Block.objects.filter(version__motion=motion).values_list("key", flat=True)
    return carry_keys(as_parsed(before), blocks, taken=set(retired))


def amendment_columns(base: MotionVersion, text: str) -> dict[str, object]:
    """Of the full text a body wants: its blocks, the operations that make them, the words it adds."""
    before = as_parsed(base)
    asked = operations.derive(before, parsing.parse(text))
    return {
        "base": base,
        "operations": operations.to_json(asked),
        "blocks": operations.apply(asked, before),
        "words": words_inserted(before, parsing.parse(text)),
    }


def words_inserted(base: list[parsing.Block], proposal: list[parsing.Block]) -> int:
    """How many words an amendment inserts, counted by the one rule."""
    return sum(
        words.count(segment.text)
        for row in compare(base, proposal)
        for segment in row.segments
        if segment.state is State.INSERTED
    )


def as_parsed(version: MotionVersion) -> list[parsing.Block]:
    """A stored version as the pure blocks of the text engine."""
    return [
        parsing.Block(key=block.key, kind=parsing.Kind(block.kind), text=block.text)
        for block in version.blocks.all()
    ]
