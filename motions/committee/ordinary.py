"""Until when a body could have sent an ordinary motion to a conference."""

from __future__ import annotations

import datetime as dt

from events import doors
from motions.models import Call, Motion


def ordinary_closing(motion: Motion) -> dt.datetime | None:
    """The latest closing of the calls for ordinary motions, for this motion's body.

    An extension granted to the body counts: it could have sent one until then. None when there is no
    such call, or none with a closing date.
    """
    calls = Call.objects.for_conference(motion.conference).filter(kind=Call.Kind.ORGANISATIONAL)
    windows = [doors.window_for(call.deadline, motion.organisation) for call in calls]
    return max((window.closes_at for window in windows if window.closes_at), default=None)
