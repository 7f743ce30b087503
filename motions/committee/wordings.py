"""The wordings a motion is compared with: those beside it, and earlier ones on its subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from motions.committee import likeness
from motions.models import Block, Motion

#: As many published motions of other conferences are looked through, the latest first.
LOOKED_THROUGH = 400
TITLE_COUNTS = 3


@dataclass(frozen=True, slots=True)
class Alike:
    """Another motion, and how much of the wording the two share."""

    motion: Motion
    share: float

    @property
    def percent(self) -> int:
        """The share as people say it."""
        return round(100 * self.share)


def wordings(motions: Iterable[Motion]) -> dict[int, str]:
    """The wording before the committee, or published, of each motion; one query."""
    owners = {motion.current_version_id: motion.pk for motion in motions}
    rows = Block.objects.filter(version__in=owners).order_by("version", "position")
    texts: dict[int, list[str]] = defaultdict(list)
    for version, text in rows.values_list("version", "text"):
        texts[owners[version]].append(text)
    return {pk: "\n".join(parts) for pk, parts in texts.items()}


def beside(motions: Iterable[Motion]) -> dict[int, list[Alike]]:
    """For each of these motions the others that are nearly the same, the closest first."""
    by_key = {motion.pk: motion for motion in motions if _is_compared(motion)}
    found: dict[int, list[Alike]] = defaultdict(list)
    for pair in likeness.nearly_the_same(wordings(by_key.values())):
        found[pair.one].append(Alike(by_key[pair.other], pair.share))
        found[pair.other].append(Alike(by_key[pair.one], pair.share))
    return found


def earlier(motion: Motion) -> list[Alike]:
    """Published motions of other conferences on this one's subject, the closest first."""
    if motion.is_amendment:
        return []
    rows = (
        Motion.objects.filter(state=Motion.State.PUBLISHED)
        .exclude(conference=motion.conference)
        .select_related("current_version", "organisation", "conference")
        .order_by("-published_at", "-pk")[:LOOKED_THROUGH]
    )
    by_key = {row.pk: row for row in rows}
    texts = wordings([motion, *by_key.values()])
    asked = _with_title(motion, texts.pop(motion.pk, ""))
    others = {pk: _with_title(by_key[pk], text) for pk, text in texts.items()}
    found = likeness.on_the_subject(asked, others)
    return [Alike(by_key[pk], close) for pk, close in found]


def _is_compared(motion: Motion) -> bool:
    """Amendments are like their motion by nature; what two of them ask alike is said beside it.
    A composite is like the motions it was made of, and nobody rules on it."""
    is_made_of_another = motion.is_amendment or motion.is_composite
    return not is_made_of_another and motion.state != Motion.State.WITHDRAWN


def _with_title(motion: Motion, text: str) -> str:
    return f"{f'{motion.current_version.title} ' * TITLE_COUNTS}\n{text}"
