"""Support as the worlds of the tests hold it: what waits, what was granted, a code that was used."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from members.models import User
from registrations.models import (
    Booking,
    CardAttempt,
    CardEvent,
    CodeUse,
    Place,
    ReductionCode,
    SupportFund,
    SupportRequest,
)
from tests.factories import AT


def make_support(place: Place, *, by: User) -> None:
    """A budget, a request granted as a code that was used for the place, and one that waits."""
    conference = place.booking.conference
    SupportFund.objects.create(conference=conference, budget=Decimal(500))
    granted = _request(
        conference,
        "granted@example.org",
        state="granted",
        granted=Decimal(20),
        answer="Gladly",
        decided_by=by,
        decided_at=AT,
    )
    code = ReductionCode.objects.create(
        conference=conference,
        request=granted,
        code_hash="c" * 64,
        amount=Decimal(20),
        nominal_code="7300",
        created_at=AT,
        expires_at=AT + dt.timedelta(days=90),
    )
    code.pass_types.add(place.pass_type)
    CodeUse.objects.create(code=code, place=place, used_at=AT)
    _request(conference, "waiting@example.org")


def _request(conference: object, email: str, **fields: object) -> SupportRequest:
    facts = {"name": "Ann", "purposes": "travel", "words": "The train is dear"}
    return SupportRequest.objects.create(
        conference=conference,
        email=email,
        asked_at=AT,
        purge_on=dt.date(2016, 10, 11),
        idempotency_key=uuid.uuid4(),
        **{**facts, **fields},
    )


def make_card_event(booking: Booking) -> None:
    """Somebody went to pay by card, and another amount came."""
    attempt = CardAttempt.objects.create(
        booking=booking, provider="practice", key="attempt", amount=Decimal(20), started_at=AT
    )
    CardEvent.objects.create(
        provider="practice",
        event_id="event-1",
        kind="paid",
        attempt=attempt,
        charge_id="payment-1",
        amount=Decimal(19),
        currency="GBP",
        received_at=AT,
        outcome="held",
        why="Another amount came.",
    )
