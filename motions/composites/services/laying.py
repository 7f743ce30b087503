"""The committee lays a draft before the bodies: from then on it can be signed."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from events import doors
from members import audit
from members.models import User
from motions.committee.models import CommitteeRules
from motions.composites import emails
from motions.composites.models import Composite, CompositeVersion
from motions.composites.services.drafting import newest_of
from motions.composites.services.grouping import open_for
from motions.composites.standings import FEWEST, Standing, standing_of
from motions.models import Call


@transaction.atomic
def lay(*, by: User, composite: Composite, version: int, at: dt.datetime) -> CompositeVersion:
    """Lay draft number `version`, which was read, before the bodies, and tell each what became of
    its clauses, and what has changed since it signed.

    Signatures under an earlier draft do not count for it. Raises ValidationError: code `own_body`,
    `state`, `stale` when another draft was saved since, `closed` after the date, `few` when fewer
    than two bodies are left, `reworded`, `unfinished`, `words`.
    """
    composite = open_for(by, composite)
    composite.require_move(Composite.State.SIGNING)
    newest = newest_of(composite)
    if newest is None or newest.number != version:
        raise ValidationError(
            "Another draft was saved since you looked. Read it, then lay it before the bodies.",
            code="stale",
        )
    if composite.laid_id == newest.pk:
        return newest
    doors.require_open(composite.deadline, at=at)
    standing = standing_of(composite)
    _require_whole(composite, newest, standing)
    newest.laid_by, newest.laid_at = by, at
    newest.save(update_fields=["laid_by", "laid_at"])
    before, composite.state = composite.state, Composite.State.SIGNING
    composite.laid = newest
    composite.save(update_fields=["state", "laid"])
    audit.record(
        by=by,
        action="composite.laid",
        on=composite,
        at=at,
        before={"state": before},
        after={"state": composite.state, "version": newest.number},
    )
    emails.laid(composite, at)
    return newest


def missing(composite: Composite, version: CompositeVersion) -> list[str]:
    """What a draft lacks before it can be laid before the bodies, in sentences."""
    found = []
    if not version.title:
        found.append("Give it a title.")
    if version.moved_by_id is None:
        found.append("Say which body moves it.")
    if version.seconded_by_id is None and composite.call.kind != Call.Kind.RULE_CHANGE:
        found.append("Say which body seconds it.")
    limit = CommitteeRules.of(composite.conference).composite_max_words
    if limit and version.words > limit:
        found.append(f"It has {version.words} words; a composite has at most {limit}.")
    return found


def _require_whole(composite: Composite, version: CompositeVersion, standing: Standing) -> None:
    if lacks := missing(composite, version):
        raise ValidationError([ValidationError(one, code="unfinished") for one in lacks])
    inside = {place.part.pk: place.part.motion for place in standing.inside}
    if len({motion.organisation_id for motion in inside.values()}) < FEWEST:
        raise ValidationError(
            "Fewer than two bodies are left in it: end it, the motions stand alone.", code="few"
        )
    for part_id in filter(None, (version.moved_by_id, version.seconded_by_id)):
        if part_id not in inside:
            body = standing.of(part_id).part.motion.organisation
            raise ValidationError(
                f"{body} is not part of it any more: another body moves or seconds it.",
                code="unfinished",
            )
    for place in standing.inside:
        if place.part.version_id != place.part.motion.current_version_id:
            raise ValidationError(
                f"The wording of “{place.part.motion}” has changed: save the draft again.",
                code="reworded",
            )
