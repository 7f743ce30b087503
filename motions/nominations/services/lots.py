"""Lots that people drew, recorded: who drew, when, before whom, in which order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from members import audit
from members.models import User
from motions.nominations import rules
from motions.nominations.models import Contest, Lot
from motions.nominations.services import contests, results
from motions.texts.cleaning import clean


@dataclass(frozen=True, kw_only=True)
class Draw:
    """A lot as it was drawn: the candidates' numbers in order, and the people."""

    order: Sequence[int]
    drawn_at: dt.datetime
    drawn_by: str
    witnesses: str


@transaction.atomic
def record(*, by: User, contest: Contest, draw: Draw, at: dt.datetime) -> Lot:
    """Record a lot between exactly those who stand equal. The same lot again changes nothing.

    Raises ValidationError: code `own`, `declared`, `no_lot` where none decides anything, or a dict
    of fields.
    """
    row = _locked(by, contest)
    names = {
        "drawn_by": " ".join(clean(draw.drawn_by).text.split())[:200],
        "witnesses": " ".join(clean(draw.witnesses).text.split())[:300],
    }
    before = _same(row, draw, names)
    if before is not None:
        return before
    for field, words in (("drawn_by", "who drew the lot"), ("witnesses", "in whose presence")):
        if not names[field]:
            raise ValidationError({field: f"Say {words}."})
    if draw.drawn_at > at:
        raise ValidationError({"drawn_at": "This time is still to come."})
    needed = results.lot_needed(row)
    if not needed:
        raise ValidationError("There is no lot to draw: it would decide nothing.", code="no_lot")
    if sorted(draw.order) != sorted(needed):
        raise ValidationError("Give each of them another number, from 1 on.", code="order")
    lot = row.lots.create(drawn_at=draw.drawn_at, entered_by=by, entered_at=at, **names)
    for position, candidate in enumerate(draw.order, start=1):
        lot.places.create(candidate_id=candidate, position=position)
    audit.record(
        by=by,
        action="lot.recorded",
        on=lot,
        at=at,
        after={"order": list(draw.order), "drawn_at": draw.drawn_at.isoformat()},
    )
    return lot


@transaction.atomic
def take_back(*, by: User, lot: Lot, reason: str, at: dt.datetime) -> None:
    """A lot that was recorded wrongly stands no longer; the row stays.

    Raises ValidationError: code `own`, `declared`, `gone`, or a dict of fields without a reason.
    """
    _locked(by, lot.contest)
    if not reason.strip():
        raise ValidationError({"reason": "Say why the lot is taken back."})
    row = Lot.objects.in_force().filter(pk=lot.pk).first()
    if row is None:
        raise ValidationError("This lot stands no longer: look at the page again.", code="gone")
    row.superseded_at, row.taken_back = at, reason.strip()[:300]
    row.save(update_fields=["superseded_at", "taken_back"])
    audit.record(by=by, action="lot.taken_back", on=row, at=at, reason=reason.strip())


def _locked(by: User, contest: Contest) -> Contest:
    post = contests.lock_post(contest.post)
    if refusal := rules.why_kept_from(by, post):
        raise ValidationError(refusal, code="own")
    row = contests.require_undeclared(post)
    if row is None:
        raise ValidationError("The list of candidates is not settled yet.", code="contest")
    return row


def _same(contest: Contest, draw: Draw, names: dict[str, str]) -> Lot | None:
    """The lot that says exactly this already."""
    for lot in contest.lots.in_force().filter(drawn_at=draw.drawn_at, **names):
        if [one.candidate_id for one in lot.places.all()] == list(draw.order):
            return lot
    return None
