"""What the pages of an amendment's working copy show beside the text that is typed."""

from __future__ import annotations

from motions.amendments import amending, showing
from motions.models import Motion, Rebasing


def edit_facts(amendment: Motion) -> dict[str, object]:
    """The motion and its present text, why it cannot be amended, and where it was sent back."""
    return {
        "amended": amendment.amends,
        "base": amendment.base,
        "base_blocks": amendment.base.blocks.all(),
        "cannot": amending.why_not(amendment.amends),
        "sent_back": waiting(amendment),
    }


def preview_facts(amendment: Motion) -> dict[str, object]:
    """What was understood, in words and word by word."""
    return {
        "amended": amendment.amends,
        "cannot": amending.why_not(amendment.amends),
        "shown": showing.of_draft(amendment),
        "sent_back": waiting(amendment),
    }


def waiting(amendment: Motion) -> Rebasing | None:
    """The places for which new wording is asked, if it is."""
    return amendment.rebasings.waiting().select_related("new").first()
