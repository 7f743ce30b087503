"""The committee drafts: each save is a version, an older copy never silently overwrites."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from members import audit
from members.models import User
from motions.composites.models import (
    ClauseSource,
    Composite,
    CompositeClause,
    CompositePart,
    CompositeVersion,
)
from motions.composites.services.grouping import open_for
from motions.composites.wordings import Wordings, wordings_of
from motions.services.versions import seal
from motions.texts import blocks as parsing
from motions.texts.alignment import carry_keys
from motions.texts.composing import Clause, attributed

MOST_CLAUSES = 200


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the committee's form holds: the clauses in order, and which bodies move and second."""

    title: str
    clauses: Sequence[Clause]
    moved_by: CompositePart | None = None
    seconded_by: CompositePart | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: the version made, or kept aside because `newer` was saved first."""

    version: CompositeVersion
    newer: CompositeVersion | None = None

    @property
    def is_aside(self) -> bool:
        """Somebody else had saved first: show both."""
        return self.newer is not None


@transaction.atomic
def save(*, by: User, composite: Composite, base: int, draft: Draft, at: dt.datetime) -> Saved:
    """Save the draft over exactly the one that was opened (`base`: its number, 0 for none).

    One based on an older draft is kept aside as a version of its own. Whatever a clause says word
    for word in the words of a motion has that motion as its source, named or not. The same draft
    again changes nothing. Raises ValidationError: code `own_body`, `state`, or a dict of fields.
    """
    composite = open_for(by, composite)
    wordings = _taken_in(composite)
    clauses = attributed(draft.clauses, wordings.texts)
    _require_a_draft(composite, draft, clauses)
    newest = newest_of(composite)
    if newest is not None and _is_same(newest, draft, clauses, wordings):
        return Saved(newest)
    is_aside = (newest.number if newest else 0) != base
    outcome = CompositeVersion.Outcome.ASIDE if is_aside else CompositeVersion.Outcome.SAVED
    version = _written(by, composite, outcome, draft, _keyed(composite, newest, clauses), at)
    _name_sources(version, clauses, wordings)
    audit.record(
        by=by,
        action="composite.drafted",
        on=composite,
        at=at,
        after={"version": version.number, "outcome": outcome},
    )
    return Saved(version, newest if is_aside else None)


def newest_of(composite: Composite) -> CompositeVersion | None:
    """The draft that stands: the last that was saved, not kept aside."""
    saved = composite.versions.filter(outcome=CompositeVersion.Outcome.SAVED)
    return saved.select_related("saved_by", "moved_by", "seconded_by").order_by("-number").first()


def _taken_in(composite: Composite) -> Wordings:
    """The motions' present wordings: a motion may have been reworded since it was grouped."""
    parts = list(
        composite.parts.select_related("motion__current_version", "motion__organisation").order_by(
            "pk"
        )
    )
    for part in parts:
        if part.version_id != part.motion.current_version_id:
            part.version = part.motion.current_version
            part.save(update_fields=["version"])
    return wordings_of(parts)


def _require_a_draft(composite: Composite, draft: Draft, clauses: Sequence[Clause]) -> None:
    if not clauses:
        raise ValidationError("Give at least one clause its place.", code="empty")
    if len(clauses) > MOST_CLAUSES:
        raise ValidationError(f"At most {MOST_CLAUSES} clauses make a composite.", code="long")
    for name in ("moved_by", "seconded_by"):
        part = getattr(draft, name)
        if part is not None and part.composite_id != composite.pk:
            raise ValidationError({name: "Choose a body of this composite."})
    if draft.moved_by and draft.moved_by == draft.seconded_by:
        raise ValidationError({"seconded_by": "Another body seconds it than moves it."})


def _is_same(
    newest: CompositeVersion, draft: Draft, clauses: Sequence[Clause], wordings: Wordings
) -> bool:
    """The form posted twice, or opened and saved unchanged."""
    said = (newest.title, newest.moved_by_id, newest.seconded_by_id)
    moved, seconded = draft.moved_by, draft.seconded_by
    asked = (draft.title, moved.pk if moved else None, seconded.pk if seconded else None)
    return said == asked and wordings.clauses(newest) == list(clauses)


def _keyed(
    composite: Composite, newest: CompositeVersion | None, clauses: Sequence[Clause]
) -> list[parsing.Block]:
    """The clauses as blocks that keep the keys they had in the draft before."""
    blocks = [parsing.Block("", clause.kind, clause.text) for clause in clauses]
    if newest is None:
        return parsing.with_keys(blocks)
    before = [
        parsing.Block(row.key, parsing.Kind(row.kind), row.text)
        for row in newest.clauses.order_by("position")
    ]
    used = CompositeClause.objects.filter(version__composite=composite)
    return carry_keys(before, blocks, taken=set(used.values_list("key", flat=True)))


def _written(
    by: User,
    composite: Composite,
    outcome: CompositeVersion.Outcome,
    draft: Draft,
    blocks: Sequence[parsing.Block],
    at: dt.datetime,
) -> CompositeVersion:
    rows = [(block.key, block.kind, block.text) for block in blocks]
    version = CompositeVersion.objects.create(
        composite=composite,
        number=(composite.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        outcome=outcome,
        title=draft.title,
        moved_by=draft.moved_by,
        seconded_by=draft.seconded_by,
        words=parsing.count(blocks),
        sha256=seal(draft.title, rows),
        saved_by=by,
        saved_at=at,
    )
    CompositeClause.objects.bulk_create(
        CompositeClause(version=version, position=position, key=key, kind=kind, text=text)
        for position, (key, kind, text) in enumerate(rows, 1)
    )
    return version


def _name_sources(version: CompositeVersion, clauses: Sequence[Clause], wordings: Wordings) -> None:
    parts = {part.label: part for part in wordings.parts}
    rows = version.clauses.order_by("position")
    ClauseSource.objects.bulk_create(
        ClauseSource(clause=row, part=parts[source.text], block=wordings.rows[source])
        for row, clause in zip(rows, clauses, strict=True)
        for source in clause.sources
    )
