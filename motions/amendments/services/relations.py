"""What the committee sets between items: which insertion comes first, what falls with what."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from events.models import Conference
from events.services.public_pages import mark_changed
from members.models import User
from motions import rules
from motions.amendments import amending
from motions.amendments.models import FallsIf, InsertionOrder
from motions.models import Motion
from motions.services.sending import audited, locked


@transaction.atomic
def decide_order(*, by: User, first: Motion, second: Motion, at: dt.datetime) -> InsertionOrder:
    """Of two amendments that insert at one point, this one comes first.

    The same again is the one there is; the other way round replaces it. Raises ValidationError: code
    `own_body` for a member kept from either, `state` unless both are to the present text of one
    motion.
    """
    first, second = locked(first), locked(second)
    _require_not_kept(by, first, second)
    base = first.current_version and first.current_version.base
    is_one_text = (
        first.pk != second.pk
        and first.is_amendment
        and first.amends_id == second.amends_id
        and base is not None
        and base == second.current_version.base
        and base.pk == first.amends.current_version_id
    )
    if not is_one_text:
        raise ValidationError(
            "An order is decided between two amendments to the present text of one motion.",
            code="state",
        )
    standing = InsertionOrder.objects.standing().filter(base=base)
    if same := standing.filter(first=first, second=second).first():
        return same
    standing.filter(first=second, second=first).update(ended_at=at)
    made = InsertionOrder.objects.create(
        base=base, first=first, second=second, decided_by=by, decided_at=at
    )
    audited(by, first, "amendment.ordered", first.state, at, before_amendment=second.pk)
    mark_changed()
    return made


@transaction.atomic
def set_falls_if(*, by: User, item: Motion, carried: Motion, at: dt.datetime) -> FallsIf:
    """This item falls if the other is carried. Nothing may come to depend on itself in a circle.

    The same again is the one there is. Raises ValidationError: code `own_body` for a member kept
    from either, `state` unless both are before the same conference, `circle`.
    """
    # one row of the conference is locked, so that two relations at once cannot close a circle
    Conference.objects.select_for_update().get(pk=item.conference_id)
    item, carried = locked(item), locked(carried)
    _require_not_kept(by, item, carried)
    if item.conference_id != carried.conference_id or not (
        item.is_published and carried.is_published
    ):
        raise ValidationError("Both have to be published at the same conference.", code="state")
    standing = FallsIf.objects.standing()
    if same := standing.filter(item=item, carried=carried).first():
        return same
    _require_no_circle(item, carried)
    made = FallsIf.objects.create(item=item, carried=carried, set_by=by, set_at=at)
    audited(by, item, "motion.falls_if_set", item.state, at, carried=carried.pk)
    mark_changed()
    return made


@transaction.atomic
def take_back(*, by: User, relation: FallsIf, at: dt.datetime) -> FallsIf:
    """It no longer falls with the other; that it once did stays in the record.

    Raises ValidationError: code `own_body`, `state` when it was taken back already.
    """
    item = locked(relation.item)
    row = FallsIf.objects.select_for_update(of=("self",)).get(pk=relation.pk)
    _require_not_kept(by, item, row.carried)
    if row.removed_at is not None:
        raise ValidationError("This was taken back already.", code="state")
    row.removed_by, row.removed_at = by, at
    row.save(update_fields=["removed_by", "removed_at"])
    audited(by, item, "motion.falls_if_removed", item.state, at, carried=row.carried_id)
    mark_changed()
    return row


def _require_no_circle(item: Motion, carried: Motion) -> None:
    """Does what is carried fall, however far round, when this item is carried?"""
    rows = FallsIf.objects.standing().filter(item__conference=item.conference)
    falls_by: dict[int, set[int]] = {}
    for falling, by in rows.values_list("item", "carried"):
        falls_by.setdefault(falling, set()).add(by)
    seen, waiting = set(), [carried.pk]
    while waiting:
        key = waiting.pop()
        if key == item.pk:
            raise ValidationError(
                f"{amending.label(carried)} itself falls, at once or by others, if "
                f"{amending.label(item)} is carried: one of the two has to come first.",
                code="circle",
            )
        if key not in seen:
            seen.add(key)
            waiting += falls_by.get(key, ())


def _require_not_kept(by: User, *items: Motion) -> None:
    kept = rules.kept_from(by, items[0].conference)
    for item in items:
        if refusal := kept.why(item):
            raise ValidationError(f"{refusal} Another member does this.", code="own_body")
