"""What a body sees of its own motion or amendment besides the text: its state, history, what next."""

from __future__ import annotations

from django.http import HttpRequest

from events import doors
from motions import rules
from motions.committee.services import appeals
from motions.models import Motion
from motions.services.appealing import closing_for


def own_facts(request: HttpRequest, motion: Motion) -> dict[str, object]:
    """History, what this person may do, and until when."""
    window = doors.window_for(motion.call.deadline, motion.organisation)
    if motion.created_by_id == request.user.pk:
        motion.created_by = request.user  # asked for already
    return {
        **_history(motion),
        "can_edit": motion.is_editable,
        "can_withdraw": motion.can_be_withdrawn,
        "appeal_until": _appeal_until(request, motion),
        "can_confirm": motion.state == Motion.State.AWAITING_CONFIRMATION
        and rules.is_submitting_officer(request.user, motion.organisation, request.at),
        "moved": motion.rebasings.order_by("at", "pk") if motion.is_amendment else (),
        "closes_at": window.closes_at,
        "is_open": window.is_open(request.at),
    }


def _appeal_until(request: HttpRequest, motion: Motion) -> object:
    """Until when this person may appeal for the body; None when there is nothing to appeal."""
    ruling = appeals.against(motion, request.at)
    if ruling is None:
        return None
    is_officer = rules.is_submitting_officer(request.user, motion.organisation, request.at)
    return closing_for(ruling) if is_officer else None


def _history(motion: Motion) -> dict[str, object]:
    """What was ruled and receipted; a draft that was never sent has neither."""
    if motion.state == Motion.State.DRAFT and motion.current_version_id is None:
        return {"rulings": (), "receipts": ()}
    rulings = motion.rulings.select_related("reason", "second_reason", "appeal")
    return {
        "rulings": rulings.order_by("-ruled_at", "-pk"),
        "receipts": motion.receipts.order_by("number"),
    }
