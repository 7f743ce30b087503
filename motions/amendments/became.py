"""What became of a motion or an amendment that everybody could read and is no longer before conference.

Told in sentences that a reader who has kept its address understands. Bodies are named, persons never.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from clock.words import instant_words
from motions.amendments import amending
from motions.models import Amendment, Motion


@dataclass(frozen=True, slots=True)
class Became:
    """An amendment that is not voted on, and why."""

    amendment: Amendment
    sentence: str

    @property
    def label(self) -> str:
        """'Amendment 4.2'."""
        return amending.label(self.amendment)


def withdrawal(motion: Motion) -> str:
    """'Withdrawn by Severn Food on Friday 2 May 2025, 14:30 UK time'; '' if it was not."""
    if not motion.was_withdrawn:
        return ""
    return f"Withdrawn by {motion.organisation} on {instant_words(motion.withdrawn_at)}"


def sentence(amendment: Motion) -> str:
    """What became of one amendment; '' while it is before conference."""
    states, amended = Motion.State, amendment.amends
    if amendment.was_withdrawn:
        return f"{withdrawal(amendment)}."
    if amendment.state == states.COMPOSITED:
        return f"{_capital(amendment.state_in_words)}."
    if amended.was_withdrawn:
        return "No vote is taken on it: its motion was withdrawn."
    if amendment.state == states.NOT_IN_ORDER:
        return "Its new wording was ruled not in order: no vote is taken on it."
    if not amendment.is_shown and amendment.published_at is not None:
        return "Its body has worded it anew. The new wording is before the committee."
    return ""


def of_motion(motion: Motion) -> list[Became]:
    """The amendments that everybody could read and on which conference does not vote as they stood:
    withdrawn, ended, worded anew, or now to the composite that the motion is part of."""
    mine = Q(amends=motion) | Q(composite_decision__original=motion)
    rows = Amendment.objects.filter(mine, published_at__isnull=False).in_agenda_order()
    found = []
    for row in rows.select_related("organisation", "conference", "composited_into", "amends"):
        if said := _moved(row) if row.amends_id != motion.pk else sentence(row):
            found.append(Became(row, said))
    return found


def _moved(amendment: Motion) -> str:
    """Of one that is to a composite now."""
    now = f"It is to motion {amendment.amends.number} now"
    if amendment.state == Motion.State.REWORDING:
        return f"{now}, and with its body for new wording."
    return f"{now}. {sentence(amendment)}".strip()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
