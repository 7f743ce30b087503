"""What a body made of a model motion, as the CAC and everybody see it."""

from __future__ import annotations

from motions.amendments.showing import Shown, shown
from motions.models import Motion, MotionVersion
from motions.services.versions import as_parsed


def facts(motion: Motion, version: MotionVersion | None) -> dict[str, object]:
    """Which model motion it began from, and how its wording differs; nothing for all others."""
    model = motion.begun_from
    if model is None:
        return {}
    changes: Shown | None = None
    if version is not None:
        changes = shown(model.blocks, as_parsed(version))
    return {"model": model, "model_changes": changes}
