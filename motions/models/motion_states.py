"""The states of a motion, and from each the ones it may move to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class MotionState(models.TextChoices):
    """Where a motion stands."""

    DRAFT = "draft", "draft"
    AWAITING_CONFIRMATION = "awaiting_confirmation", "waiting for an officer to confirm"
    SUBMITTED = "submitted", "sent in"
    CLARIFICATION = "clarification", "the CAC has asked a question"
    REFERRED = "referred", "referred"
    REWORDING = "rewording", "back with its body: the motion's text has changed"
    LATE = "late", "on the late list"
    IN_ORDER = "in_order", "in order"
    NOT_IN_ORDER = "not_in_order", "not in order"
    PUBLISHED = "published", "published"
    COMPOSITED = "composited", "composited"
    WITHDRAWN = "withdrawn", "withdrawn"


# From each state the ones it may move to; staff read this table in the admin.
MOVES = {
    MotionState.DRAFT: {
        MotionState.AWAITING_CONFIRMATION,
        MotionState.SUBMITTED,
        MotionState.LATE,
        MotionState.WITHDRAWN,
    },
    MotionState.AWAITING_CONFIRMATION: {
        MotionState.DRAFT,
        MotionState.SUBMITTED,
        MotionState.REWORDING,
        MotionState.WITHDRAWN,
    },
    # a corrected text may be sent while the door is open: a new version, a new receipt
    MotionState.SUBMITTED: {
        MotionState.AWAITING_CONFIRMATION,
        MotionState.SUBMITTED,
        MotionState.CLARIFICATION,
        MotionState.REFERRED,
        MotionState.IN_ORDER,
        MotionState.NOT_IN_ORDER,
        MotionState.REWORDING,
        MotionState.WITHDRAWN,
    },
    MotionState.CLARIFICATION: {
        MotionState.SUBMITTED,
        MotionState.REFERRED,
        MotionState.IN_ORDER,
        MotionState.NOT_IN_ORDER,
        MotionState.REWORDING,
        MotionState.WITHDRAWN,
    },
    MotionState.REFERRED: {
        MotionState.CLARIFICATION,
        MotionState.IN_ORDER,
        MotionState.NOT_IN_ORDER,
        MotionState.REWORDING,
        MotionState.WITHDRAWN,
    },
    MotionState.LATE: {
        MotionState.IN_ORDER,
        MotionState.NOT_IN_ORDER,
        MotionState.REFERRED,
        MotionState.REWORDING,
        MotionState.WITHDRAWN,
    },
    MotionState.IN_ORDER: {
        MotionState.CLARIFICATION,
        MotionState.REFERRED,
        MotionState.NOT_IN_ORDER,
        MotionState.PUBLISHED,
        MotionState.COMPOSITED,
        MotionState.REWORDING,
        MotionState.WITHDRAWN,
    },
    # an appeal that is upheld, a ruling corrected
    MotionState.NOT_IN_ORDER: {MotionState.IN_ORDER, MotionState.WITHDRAWN},
    MotionState.PUBLISHED: {MotionState.COMPOSITED, MotionState.REWORDING, MotionState.WITHDRAWN},
    # it stays readable for ever; what conference debates is the composite
    MotionState.COMPOSITED: set(),
    # an amendment whose motion got a newer text that changes the same words
    MotionState.REWORDING: {MotionState.SUBMITTED, MotionState.WITHDRAWN},
    MotionState.WITHDRAWN: set(),
}
# Conference debates it, or the composite that it became part of: everybody may read it.
PUBLIC = (MotionState.PUBLISHED, MotionState.COMPOSITED)
# The body may change the working copy in these; the door decides whether it may be sent.
EDITABLE = (
    MotionState.DRAFT,
    MotionState.SUBMITTED,
    MotionState.CLARIFICATION,
    MotionState.REWORDING,
)
# The CAC may rule in these.
RULABLE = (
    MotionState.SUBMITTED,
    MotionState.CLARIFICATION,
    MotionState.REFERRED,
    MotionState.LATE,
    MotionState.IN_ORDER,
    MotionState.NOT_IN_ORDER,
)


def for_everybody(prefix: str = "") -> Q:
    """What everybody may read, as a condition: also what was withdrawn after it was published. Its
    wording stands on printed agendas; whoever has its address reads what became of it.
    """
    withdrawn = {f"{prefix}state": MotionState.WITHDRAWN, f"{prefix}published_at__isnull": False}
    return Q(**{f"{prefix}state__in": PUBLIC}) | Q(**withdrawn)
