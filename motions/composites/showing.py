"""What the page of a motion says of composites: what it was made of, or what it became part of."""

from __future__ import annotations

from motions.composites import telling
from motions.composites.wordings import wordings_of
from motions.models import Motion, MotionVersion


def facts(motion: Motion) -> dict[str, object]:
    """For the page of a motion that is a composite; nothing for any other. Four queries.

    The source of each paragraph is told while the text is the one that was signed; the motions it
    was made of always.
    """
    if not motion.is_composite:
        return {}
    found = {"made_of": motion.composited_from.with_titles().order_by("pk")}
    if motion.current_version.origin != MotionVersion.Origin.COMPOSITE:
        return found
    composite = motion.composite
    parts = composite.parts.select_related("motion__organisation", "motion__current_version")
    wordings = wordings_of(parts.order_by("pk"))
    return found | {"lines": telling.lines(wordings.clauses(composite.laid), wordings)}
