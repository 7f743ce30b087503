"""What everybody may read of a motion, as text and as numbered lines; which of its texts those are."""

from __future__ import annotations

from dataclasses import dataclass

from motions.models import Motion, MotionVersion, Ruling
from motions.services.versions import as_parsed
from motions.texts import lines
from motions.texts.blocks import render_text


@dataclass(frozen=True, slots=True)
class Line:
    """A line in print; `gap` is the space before the next one, none inside a word that was cut."""

    number: int
    text: str
    gap: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A block with the lines it has in print."""

    kind: str
    lines: list[Line]


def numbered(version: MotionVersion) -> list[Numbered]:
    """The blocks with the numbers of their lines, by the rule the version was numbered with."""
    rows = lines.by_block(as_parsed(version), algorithm=version.line_algorithm)
    return [Numbered(str(block.kind), _with_gaps(block.text, some)) for block, some in rows]


def _with_gaps(text: str, some: list[lines.Line]) -> list[Line]:
    found = []
    for line in some:
        rest = text[len(line.text) :]
        gap = " " if rest.startswith(" ") else ""
        text = rest[len(gap) :]
        found.append(Line(line.number, line.text, gap))
    return found


def public_text(motion: Motion) -> str:
    """The motion as plain text. Who moves it stands there only with their consent."""
    version = motion.current_version
    facts = [("From", str(motion.organisation))]
    if version.names_consent:
        facts += [("Moved by", version.mover), ("Seconded by", version.seconder)]
    tail = "\n".join(f"{label}: {value}" for label, value in facts if value)
    return f"{render_text(as_parsed(version))}\n\n{tail}"


def last_read(amendment: Motion) -> MotionVersion | None:
    """Of an amendment the wording that everybody could read last; None if it was never published.

    It goes on as what it was carried over to. A new wording that its body has sent in since is
    before the committee, and nobody else's.
    """
    if amendment.is_shown:
        return amendment.current_version
    if amendment.published_at is None:
        return None
    ruled = _ruled_in_order(amendment)
    rows = amendment.versions.select_related("base").order_by("number")
    found = None
    for version in rows.prefetch_related("blocks", "base__blocks"):
        is_theirs = version.origin != MotionVersion.Origin.CARRIED_OVER
        if is_theirs and version.created_at > amendment.published_at:
            break
        if not is_theirs or ruled in (None, version.pk):
            found = version
    return found


def public_versions(motion: Motion) -> list[MotionVersion]:
    """The texts that everybody could read, oldest first: what was published, and every later one.

    What a body sent before, and what it answered the committee, is between the two of them.
    """
    if motion.published_at is None or not motion.is_public:
        return []
    versions = list(motion.versions.order_by("number"))
    later = [version for version in versions if version.created_at > motion.published_at]
    ruled = _ruled_in_order(motion)
    before = [version for version in versions if version.created_at <= motion.published_at]
    if ruled is not None:
        before = [version for version in before if version.pk == ruled]
    return [*before[-1:], *later]


def _ruled_in_order(motion: Motion) -> int | None:
    """The wording that the committee found in order before it was published, by its key."""
    ruled = motion.rulings.filter(
        verdict=Ruling.Verdict.IN_ORDER, ruled_at__lte=motion.published_at
    )
    return ruled.order_by("-ruled_at", "-pk").values_list("version", flat=True).first()
