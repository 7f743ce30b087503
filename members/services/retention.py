"""Ending what has been kept long enough, as the register of personal data says."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import QuerySet

from members import audit
from members.endings import Blank, Delete
from members.personal_data import Declaration, held_back, register
from members.services.forgetting import forget, forget_files

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Overdue:
    """Rows of one table that have been kept long enough, and what becomes of them."""

    entry: Declaration
    rows: QuerySet[models.Model]
    deed: str
    file: str = ""
    then: Delete | Blank | None = None

    @property
    def label(self) -> str:
        """The table, and the file where only that goes."""
        return f"{self.entry.model._meta.label_lower}{'.' if self.file else ''}{self.file}"

    def said(self, rows: int) -> str:
        """One line without anything personal in it."""
        return f"{self.label}: {self.deed} {rows}"


def overdue(*, at: dt.datetime) -> Iterator[Overdue]:
    """What would go now, table by table; a query a table, run when it is asked.

    People before the tables that hang on them: what only serves a sign-in goes with it.
    """
    for entry in reversed(register()):
        rows = entry.model._base_manager.order_by()
        for period in entry.ends:
            found = rows.filter(period.due(at)).exclude(held_back(entry.model, at))
            if isinstance(period.then, Blank):
                found = found.exclude(period.then.done())
            deed = "deleted" if isinstance(period.then, Delete) else "blanked"
            yield Overdue(entry, found, deed, then=period.then)
        for file in entry.files:
            if file.ends is not None:
                found = rows.filter(file.ends(at)).exclude(**{file.name: ""})
                yield Overdue(entry, found, "files removed", file=file.name)


def enforce(*, at: dt.datetime) -> list[str]:
    """Do it, each table in a transaction with its entry in the trail; again it changes nothing."""
    done = []
    for one in overdue(at=at):
        with transaction.atomic():
            total = forget_files(one.rows, one.file) if one.file else forget(one.rows, one.then)
            if not total:
                continue
            audit.record(
                by=None,
                action="retention.enforced",
                on=one.entry.model,
                at=at,
                after={"table": one.label, "deed": one.deed, "rows": total},
                reason=f"Kept {one.entry.kept}."[:300],
            )
        done.append(one.said(total))
        logger.info("kept long enough: %s", one.said(total))
    return done
