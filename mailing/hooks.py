"""Where higher floors tell mail what it cannot know. Filled in their `AppConfig.ready()`.

- `register_recheck(kind, check)`: is this mail still needed? Asked inside the claim's transaction,
  moments before sending. `check(mail, at)` returns '' (send it) or the reason it is not needed.
  Several checks may watch one kind; each looks at `mail.key` to see whether it is its own.
- `register_audit(record)`: told of every decision staff take about mail.
- `register_facts(give)`: facts every mail may show (the imprint, the site's name). `give(at,
  conference)` returns a mapping; asked once a mailing.
- `register_alarm(ask)`: troubles with mail that mail itself cannot see. `ask(at)` returns a sentence
  for staff, or '' while all is well.
- `register_access(may)`: decides who may see (`see`) and decide about (`decide`) mail in the admin.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.db import models

from mailing.models import Mail


class Audit(Protocol):
    """Records that `by` did `action` (e.g. 'mail.cancelled') `on` a row, `at` when, and why."""

    def __call__(
        self, *, by: Any, action: str, on: models.Model, at: dt.datetime, reason: str
    ) -> object: ...


Recheck = Callable[[Mail, dt.datetime], str]
Facts = Callable[[dt.datetime, str], Mapping[str, Any]]
Alarm = Callable[[dt.datetime], str]
Access = Callable[[Any, str], bool]

_rechecks: dict[str, list[Recheck]] = defaultdict(list)
_audits: list[Audit] = []
_facts: list[Facts] = []
_alarms: list[Alarm] = []
_accesses: list[Access] = []


def register_recheck(kind: str, check: Recheck) -> None:
    """Ask `check` about every mail of this kind before it goes. Registering twice is harmless."""
    if check not in _rechecks[Mail.Kind(kind)]:
        _rechecks[Mail.Kind(kind)].append(check)


def is_watched(mail: Mail) -> bool:
    """Does anybody want to be asked about mail of this kind?"""
    return bool(_rechecks.get(Mail.Kind(mail.kind)))


def reason_not_needed(mail: Mail, at: dt.datetime) -> str:
    """The first reason given why this mail is not needed any more, or ''."""
    for check in _rechecks[Mail.Kind(mail.kind)]:
        if reason := check(mail, at):
            return str(reason)
    return ""


def register_audit(record: Audit) -> None:
    """Tell `record` of every decision taken by staff. Registering twice is harmless."""
    if record not in _audits:
        _audits.append(record)


def audit(*, by: Any, action: str, on: models.Model, at: dt.datetime, reason: str) -> None:
    """Pass a decision on to whoever keeps the audit trail, inside the decision's transaction."""
    for record in _audits:
        record(by=by, action=action, on=on, at=at, reason=reason)


def register_facts(give: Facts) -> None:
    """Show what `give` returns in every mail. Registering twice is harmless."""
    if give not in _facts:
        _facts.append(give)


def common_facts(at: dt.datetime, conference: str) -> dict[str, Any]:
    """What every mail about this conference ('' = none) may show; a mail's own facts win over it."""
    return {name: value for give in _facts for name, value in give(at, conference).items()}


def register_alarm(ask: Alarm) -> None:
    """Let `ask` raise the alarm of the health page. Registering twice is harmless."""
    if ask not in _alarms:
        _alarms.append(ask)


def alarms(at: dt.datetime) -> list[str]:
    """What others say is wrong at this instant, one sentence each."""
    return [sentence for ask in _alarms if (sentence := ask(at))]


def register_access(may: Access) -> None:
    """Let `may(user, act)` decide as well; every registered judge must agree."""
    if may not in _accesses:
        _accesses.append(may)


def has_access(user: Any, act: str) -> bool:
    """May this person `see` or `decide` in the mail pages of the admin? Staff only, always."""
    if not (user.is_active and (user.is_staff or user.is_superuser)):
        return False
    return all(may(user, act) for may in _accesses)
