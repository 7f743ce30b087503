"""What the page of a motion says of composites: what it was made of, or what it became part of."""

from __future__ import annotations

from collections.abc import Mapping

from motions.composites import telling
from motions.composites.wordings import wordings_of
from motions.models import Motion, MotionVersion
from motions.services.versions import as_parsed
from motions.texts.composing import Clause


def facts(motion: Motion) -> dict[str, object]:
    """For the page of a motion that is a composite; nothing for any other. Five queries.

    The motions it was made of, and the source of each paragraph. A paragraph that was reworded after
    the bodies signed keeps its source ('reworded from'); one that came in since is new.
    """
    if not motion.is_composite:
        return {}
    found = {"made_of": list(motion.composited_from.with_titles().order_by("pk"))}
    composite = motion.composite
    parts = composite.parts.select_related("motion__organisation", "motion__current_version")
    wordings = wordings_of(parts.order_by("pk"))
    clauses = _as_it_reads(motion.current_version, dict(wordings.keyed(composite.laid)))
    return found | {"lines": telling.lines(clauses, wordings)}


def _as_it_reads(version: MotionVersion, signed: Mapping[str, Clause]) -> list[Clause]:
    """The paragraphs of a text, each with the sources of the clause that it continues."""
    return [
        Clause(block.kind, block.text, signed[block.key].sources if block.key in signed else ())
        for block in as_parsed(version)
    ]
