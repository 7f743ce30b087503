"""The committee numbers what is published; what was printed never moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef

from events.models import Conference
from events.services.public_pages import mark_changed
from members import audit
from members.models import User
from motions.agendas import numbering
from motions.agendas.content import COMPOSITE
from motions.agendas.numbering import Numbered
from motions.models import Amendment, CommitteeRules, Motion, ReleaseEntry


def on_the_agenda(conference: Conference) -> list[Motion]:
    """The published motions in the order of their numbers, each with `is_frozen`.

    What has no number yet comes last: by category where the conference numbers so, then by the
    instant at which it came in.
    """
    printed = ReleaseEntry.objects.filter(motion=OuterRef("pk"))
    rows = Motion.objects.for_conference(conference).published().annotate(is_frozen=Exists(printed))
    motions = list(rows.select_related("current_version", "organisation", "call", "category"))
    by_category = CommitteeRules.of(conference).is_numbered_by_category

    def place(motion: Motion) -> tuple:
        category = _rank(motion) if by_category else (False, 0, "")
        return (*numbering.sort_key(motion.number), category, motion.judged_at, motion.pk)

    return sorted(motions, key=place)


def amendments_on_the_agenda(motions: Sequence[Motion]) -> dict[int, list[Amendment]]:
    """The published amendments to these motions in the order of their numbers, by motion."""
    printed = ReleaseEntry.objects.filter(motion=OuterRef("pk"))
    rows = Amendment.objects.filter(amends__in=[motion.pk for motion in motions]).published()
    rows = rows.annotate(is_frozen=Exists(printed))
    found: dict[int, list[Amendment]] = {}
    for row in rows.select_related("current_version", "organisation"):
        found.setdefault(row.amends_id, []).append(row)
    for some in found.values():
        some.sort(key=lambda one: (numbering.sort_key(one.number), one.judged_at, one.pk))
    return found


@transaction.atomic
def number(
    *, by: User, conference: Conference, order: Sequence[int], at: dt.datetime
) -> list[Motion]:
    """Number everything published, what is not yet printed in the order given by its keys.

    Amendments are numbered within their motion and follow it. Raises ValidationError: code `stale`
    when what still moves is not what `order` holds (another member has printed or published
    meanwhile), `full` when a category has no number left.
    """
    Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    motions = on_the_agenda(conference)
    amendments = amendments_on_the_agenda(motions)
    every = [*motions, *(one for some in amendments.values() for one in some)]
    moving = {one.pk: one for one in every if not stands(one)}
    if sorted(order) != sorted(moving):
        raise ValidationError(
            "What can be numbered has changed since you opened this page. Look at the list again.",
            code="stale",
        )
    places = {pk: place for place, pk in enumerate(order)}

    def wanted(one: Motion) -> int:
        return places.get(one.pk, -1)

    found = _numbers(conference, sorted(motions, key=wanted))
    for motion, some in amendments.items():
        plain = [Numbered(one.pk, one.number, stands(one)) for one in sorted(some, key=wanted)]
        gone = _numbers_gone(motion, some)
        found |= numbering.amendment_numbers(found[motion], plain, taken=gone)
    changed = [one for one in moving.values() if one.number != found[one.pk]]
    # cleared first, so that no two bear the same number on the way
    Motion.and_amendments.filter(pk__in=[one.pk for one in changed]).update(number="")
    for one in changed:
        _give(one, found[one.pk], by, at)
    if changed:
        mark_changed()
    return changed


def _numbers_gone(motion: int, amendments: Sequence[Amendment]) -> list[str]:
    """The numbers of amendments to it that were withdrawn or are back with their bodies."""
    here = [one.pk for one in amendments]
    rows = Amendment.objects.filter(amends=motion).exclude(number="").exclude(pk__in=here)
    return list(rows.values_list("number", flat=True))


def _give(one: Motion, new: str, by: User, at: dt.datetime) -> None:
    before, one.number = one.number, new
    one.save(update_fields=["number"])
    audit.record(
        by=by,
        action=f"{one.noun}.numbered",
        on=one,
        at=at,
        organisation=one.organisation,
        before={"number": before},
        after={"number": new},
    )


def stands(motion: Motion) -> bool:
    """A printed number, or one that a composite was published with."""
    return motion.is_frozen or motion.number.startswith(COMPOSITE)


def _numbers(conference: Conference, motions: Sequence[Motion]) -> dict[int, str]:
    taken = Motion.objects.for_conference(conference).exclude(number="")
    taken = taken.exclude(pk__in=[motion.pk for motion in motions])
    ranks = {key: n for n, key in enumerate(sorted({_rank(motion) for motion in motions}), 1)}
    plain = [
        Numbered(
            key=motion.pk,
            number=motion.number,
            is_frozen=stands(motion),
            category=ranks[_rank(motion)],
            is_emergency=motion.call.is_emergency,
        )
        for motion in motions
    ]
    try:
        return numbering.assign(
            plain,
            by_category=CommitteeRules.of(conference).is_numbered_by_category,
            taken=taken.values_list("number", flat=True),
        )
    except numbering.CategoryFull as full:
        raise ValidationError(
            f"A category has more than {numbering.MOST_IN_A_CATEGORY} motions: number them one "
            "after the other instead.",
            code="full",
        ) from full


def _rank(motion: Motion) -> tuple[bool, int, str]:
    """Where a motion's category stands; those without one come last."""
    if motion.category is None:
        return (True, 0, "")
    return (False, motion.category.position, motion.category.name)
