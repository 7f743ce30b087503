"""The CAC puts a motion under another category than the one its body chose."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from events.services.public_pages import mark_changed
from members import audit
from members.models import User
from motions import rules
from motions.models import Category, Motion
from motions.services.sending import locked


@transaction.atomic
def categorise(*, by: User, motion: Motion, category: Category | None, at: dt.datetime) -> Motion:
    """Put the motion under `category`; None takes it out of all. The wording is not touched.

    Raises ValidationError: code `own_body` for a member kept from it, `category` for a category of
    another conference.
    """
    motion = locked(motion)
    if refusal := rules.kept_from(by, motion.conference).why(motion):
        raise ValidationError(
            f"{refusal} Another member says under which category it stands.", code="own_body"
        )
    require_of_its_conference(motion, category)
    if motion.category == category:
        return motion
    before, motion.category = motion.category, category
    motion.save(update_fields=["category"])
    audit.record(
        by=by,
        action="motion.categorised",
        on=motion,
        at=at,
        organisation=motion.organisation,
        before={"category": str(before or "")},
        after={"category": str(category or "")},
    )
    if motion.state == Motion.State.PUBLISHED:
        mark_changed()
    return motion


def require_of_its_conference(motion: Motion, category: Category | None) -> None:
    """Raises ValidationError (a dict of fields) for a category of another conference."""
    if category is not None and category.conference_id != motion.conference_id:
        raise ValidationError({"category": "Choose a category of this conference."})
