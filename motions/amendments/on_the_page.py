"""What the page of a motion says of its amendments, and of the door through which they come."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from events.key_dates import next_change
from motions.amendments import amending, became, beside, drafted, showing
from motions.models import Amendment, Motion


def facts(motion: Motion) -> dict[str, object]:
    """The published amendments beside the text; of a published motion also how to amend it.

    Of one that was withdrawn since: when and by whom, and that its amendments are to nothing.
    """
    if motion.was_withdrawn:
        return {"withdrawal": became.withdrawal(motion), "became": became.of_motion(motion)}
    if motion.state not in Motion.PUBLIC:
        return {}
    call = amending.call_for(motion) if motion.is_published else None
    together = beside.beside(motion)
    found: dict[str, object] = {
        "beside": together,
        "became": became.of_motion(motion),
        "falls": together.falls,
    }
    if call is not None:
        url = reverse("motions:amend", args=[motion.conference.slug, motion.pk])
        found |= {"amend_url": url, "amend_call": call, "amend_window": call.deadline.window}
    return found


def desk_facts(motion: Motion) -> dict[str, object]:
    """For the committee: what an amendment does to its motion, how many a motion has."""
    if not motion.is_amendment:
        return {"amendments": Amendment.objects.to(motion).with_the_cac().count()}
    version = motion.current_version
    return {
        "diff": showing.of_version(version),
        "stale": version.base_id != motion.amends.current_version_id,
        "sent_back": drafted.waiting(motion),
    }


def changes_at(found: dict[str, object], motion: Motion, at: dt.datetime) -> dt.datetime | None:
    """When the page next reads otherwise."""
    windows = [found["amend_window"]] if "amend_window" in found else []
    return next_change(windows, [motion.conference], at)
