"""A body takes its nomination back. A nominee withdraws by `answering.withdraw`."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import User
from motions.models import Receipt
from motions.nominations.models import Nomination
from motions.nominations.services import contests
from motions.nominations.services.nominating import audited
from motions.services import receipts


@transaction.atomic
def withdraw_nomination(
    *, by: User, nomination: Nomination, at: dt.datetime, key: uuid.UUID
) -> Receipt:
    """The body takes its nomination back; it gets a receipt.

    Raises ValidationError: code `state` when it is withdrawn already, `settled` once the list of
    candidates stands.
    """
    if already := receipts.earlier(key):
        return already
    contests.require_unsettled(contests.lock_post(nomination.candidate.post))
    nomination = (
        Nomination.objects.select_for_update(of=("self",))
        .select_related("candidate__post__deadline__conference", "organisation")
        .get(pk=nomination.pk)
    )
    if already := receipts.earlier(key):
        return already
    if Nomination.State.WITHDRAWN not in Nomination.MOVES[nomination.state]:
        raise ValidationError("This nomination is withdrawn already.", code="state")
    nomination.state = Nomination.State.WITHDRAWN
    nomination.withdrawn_by, nomination.withdrawn_at = by, at
    nomination.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])
    audited(by, nomination, "nomination.withdrawn", at)
    return receipts.give(
        to=by,
        kind=Receipt.Kind.WITHDRAWN,
        conference=nomination.candidate.post.conference,
        organisation=nomination.organisation,
        about={"nomination": nomination},
        **_as_sent(nomination),
        at=at,
        key=key,
    )


def _as_sent(nomination: Nomination) -> dict[str, str]:
    """The title and text of the receipt that the body was given when it nominated."""
    sent = nomination.receipts.filter(kind=Receipt.Kind.SUBMITTED).order_by("number")
    nobodys_words = {"title": f"Nomination for {nomination.candidate.post.title}", "text": ""}
    return sent.values("title", "text").first() or nobodys_words
