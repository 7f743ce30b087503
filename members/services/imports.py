"""Writing what a preview showed: all of it or nothing, and only as long as it is still true."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from members import audit
from members.imports.columns import Row
from members.imports.plan import Fate, Kind, count, fingerprint
from members.models import User

STALE = (
    "What is held here has changed since this preview was made, so that nothing was written. Look at "
    "the rows again as they stand now, then confirm."
)


def confirm(
    *,
    by: User,
    kind: Kind,
    rows: list[Row],
    options: dict[str, Any],
    shown: str,
    at: dt.datetime,
) -> dict[Fate, int]:
    """Write the accepted rows of a plan; says how many had which fate.

    The plan is made again, with the rows it compares with locked, and must have the fingerprint that
    was `shown`. What was written already is unchanged then, so that twice is once. Raises
    ValidationError: stale, or as the service of the kind says, with the row it is about.
    """
    try:
        with transaction.atomic():
            return _write(by, kind, rows, options, shown, at)
    except IntegrityError as error:
        raise ValidationError(STALE, code="stale") from error


def _write(
    by: User, kind: Kind, rows: list[Row], options: dict[str, Any], shown: str, at: dt.datetime
) -> dict[Fate, int]:
    plan = kind.plan(rows, options, True)
    if fingerprint(plan) != shown:
        raise ValidationError(STALE, code="stale")
    found = count(plan)
    written = sorted((row for row in plan if row.is_written), key=lambda row: row.waits)
    for row in written:
        try:
            kind.write(by=by, planned=row, options=options, at=at)
        except ValidationError as refusal:
            sentence = f"Row {row.number}: {refusal.messages[0]} Nothing was written."
            raise ValidationError(sentence, code="row") from refusal
    if written:
        audit.record(
            by=by,
            action=f"{kind.name}.imported",
            on=kind.model,
            at=at,
            after={str(fate): number for fate, number in found.items()},
        )
        kind.after()
    return found
