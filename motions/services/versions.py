"""Making an immutable version of a motion's wording: blocks with stable keys, and a seal."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

from django.db.models import Max

from members.models import User
from motions.models import Block, Motion, MotionVersion
from motions.texts import blocks as parsing
from motions.texts import lines, words
from motions.texts.alignment import carry_keys

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

    Blocks that were in the version before keep their keys. The caller holds the motion's lock.
    """
    parsed = parsing.parse(motion.draft_text)
    before = motion.current_version
    if before is not None:
        retired = Block.objects.filter(version__motion=motion).values_list("key", flat=True)
        parsed = carry_keys(as_parsed(before), parsed, taken=set(retired))
    rows = [(block.key, block.kind, block.text) for block in parsed]
    version = MotionVersion.objects.create(
        motion=motion,
        # after a correction was given back the current version is not the last one
        number=(motion.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=motion.title,
        origin=origin,
        created_by=by,
        created_at=at,
        words=words.count(motion.draft_text),
        line_algorithm=lines.ALGORITHM,
        sha256=seal(motion.title, rows),
        **{name: getattr(motion, name) for name in SENT_WITH_IT},
    )
    Block.objects.bulk_create(
        Block(version=version, position=position, key=key, kind=kind, text=text)
        for position, (key, kind, text) in enumerate(rows, start=1)
    )
    motion.current_version = version
    return version


def as_parsed(version: MotionVersion) -> list[parsing.Block]:
    """A stored version as the pure blocks of the text engine."""
    return [
        parsing.Block(key=block.key, kind=parsing.Kind(block.kind), text=block.text)
        for block in version.blocks.all()
    ]
