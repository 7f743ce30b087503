"""What a person has kept about motions, for the pages that show it to them alone."""

from __future__ import annotations

from django.db.models import Q

from events.models import Conference
from mailing.models import Suppression
from mailing.policy import SCOPE_ALL, SCOPE_FOLLOWING
from members.models import User
from motions.models import Follow, Motion, PrivateNote, ReadingMark
from motions.models.motion_states import for_everybody


def on_the_page(user: User, motion: Motion) -> dict[str, object]:
    """Mark, note and follow of one motion. Three questions of the database."""
    if not user.is_authenticated or not motion.is_public:
        return {}
    mark = ReadingMark.objects.filter(reader=user, motion=motion).first()
    return {
        "keeps": True,
        "mark": mark.mark if mark else "",
        "note": PrivateNote.objects.filter(writer=user, motion=motion).first(),
        "follows": Follow.objects.filter(follower=user, motion=motion).exists(),
    }


def follows(user: User, conference: Conference) -> object:
    """What they follow at a conference, single motions with their titles."""
    rows = Follow.objects.of(user, conference)
    return rows.select_related("category", "motion__current_version", "motion__conference")


def page_facts(user: User, conference: Conference, rows: list[Follow]) -> dict[str, object]:
    """Reading list, notes and followed motions; only of what everybody may still read."""
    shown = for_everybody("motion__") & Q(motion__conference=conference)
    titles = (
        *("motion__current_version", "motion__organisation", "motion__conference"),
        "motion__category",
    )
    marks = list(
        ReadingMark.objects.filter(shown, reader=user).select_related(*titles).order_by("pk")
    )
    notes = PrivateNote.objects.filter(shown, writer=user).select_related(*titles)
    return {
        "to_read": [row.motion for row in marks if row.mark == ReadingMark.Mark.TO_READ],
        "read": [row.motion for row in marks if row.mark == ReadingMark.Mark.READ],
        "notes": notes.order_by("written_at", "pk"),
        "followed": [row.motion for row in rows if row.motion and row.motion.is_public],
        "is_spared": bool({SCOPE_ALL, SCOPE_FOLLOWING} & Suppression.objects.scopes_of(user.email))
        and bool(rows),
    }
