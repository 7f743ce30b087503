"""The rules of delivery as plain data: how urgent, how long to wait, when to stop, what to repeat.

Nothing here reads a clock or a database. Durations are what production uses; the fault rig shortens
them. The rules come from RFC 5321 §4.5.4.1 (retrying) and RFC 1047 (a lost reply after the final
dot cannot be decided by the sender).
"""

from __future__ import annotations

import datetime as dt

RECEIPT, NOTICE, REMINDER = "receipt", "notice", "reminder"
RESULT, MARKETING, SECURITY = "result", "marketing", "security"

SCOPE_ALL, SCOPE_REMINDERS, SCOPE_MARKETING = "all", "reminders", "marketing"
SCOPE_FOLLOWING = "following"

NOW, SOON, BULK = 0, 1, 2
URGENCY = {
    SECURITY: NOW,
    RECEIPT: SOON,
    NOTICE: SOON,
    RESULT: SOON,
    REMINDER: BULK,
    MARKETING: BULK,
}

#: What the reader of such a mail may unsubscribe from, unless the caller says otherwise.
DEFAULT_SCOPE = {REMINDER: SCOPE_REMINDERS, MARKETING: SCOPE_MARKETING}

#: How long one process may hold a mail before others call its fate uncertain.
LEASE = dt.timedelta(minutes=5)
#: A sender that has not come to the final dot by then stops short of it. This, one EMAIL_TIMEOUT and
#: the wait for the last answer (a minute each at most) must fit into the lease and the task's limit.
SEND_WITHIN = dt.timedelta(minutes=1)
#: Waits after the 1st, 2nd, 3rd and every later temporary refusal.
BACK_OFF = tuple(dt.timedelta(minutes=m) for m in (1, 5, 15, 60))
#: A last try is made this long before a mail becomes pointless.
LAST_TRY = dt.timedelta(minutes=1)
#: After this long of temporary refusals a mail without an end of its own counts as failed.
GIVE_UP = dt.timedelta(days=4)
#: How long an uncertain mail waits for word from the relay before it is resent or held.
UNCERTAIN_WAIT = dt.timedelta(minutes=10)
#: A mail whose fate was lost this often is held for a person: a relay that always drops the line
#: after the final dot would otherwise mail one reader for ever.
MOST_DOUBTS = 5
#: Missing is worse than twice: these are sent again when their fate is unknown. Results and
#: marketing are held for a person.
RESENT_WHEN_UNCERTAIN = (RECEIPT, NOTICE, REMINDER, SECURITY)
#: A longer look at the queue would keep a worker from other work and from stopping when asked.
PUMP_BUDGET = dt.timedelta(seconds=20)


def next_try(
    *, attempts: int, at: dt.datetime, since: dt.datetime, pointless_after: dt.datetime | None
) -> dt.datetime | None:
    """When to try again after `attempts` temporary refusals, or None to give up.

    A mail with an end gets a last try shortly before it, however long the back-off has grown.
    """
    wait = BACK_OFF[min(attempts, len(BACK_OFF)) - 1]
    if pointless_after is None:
        return None if at - since >= GIVE_UP else at + wait
    return max(min(at + wait, pointless_after - LAST_TRY), at + BACK_OFF[0])


def is_stopped_by(*, kind: str, scope: str, suppressed: set[str]) -> bool:
    """Does one of these suppressed scopes stop a mail of this kind?

    `all` stops everything but security mail: a sign-in code goes only to somebody who asked for it
    a moment ago, and without it they could never come back to put the address right.
    """
    if kind == SECURITY:
        return False
    return SCOPE_ALL in suppressed or (scope != "" and scope in suppressed)
