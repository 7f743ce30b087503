"""Writing the audit trail. Services call `record` inside the transaction of the act itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import models

from members.models import AuditEntry, Organisation, User


def record(
    *,
    by: User | None,
    action: str,
    on: models.Model | type[models.Model],
    at: dt.datetime,
    organisation: Organisation | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Leave one entry: who (None = the system), for which body, what, when, before and after.

    `action` is `noun.verb-in-the-past`, for example `motion.submitted`. Values must be plain
    (text, numbers, dates); never pass secrets, access needs or votes. Since the trail can never be
    changed, an object that is a person says what it is called here by `audit_label`: a number,
    never a name. `on` may be a whole table (the class), when many rows left it at once.
    """
    is_table = isinstance(on, type)
    return AuditEntry.objects.create(
        at=at,
        actor=by,
        organisation=organisation,
        action=action,
        object_type=on._meta.label_lower,
        object_id="" if is_table else str(on.pk),
        object_label=str(
            on._meta.verbose_name_plural if is_table else getattr(on, "audit_label", on)
        )[:200],
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason,
    )
