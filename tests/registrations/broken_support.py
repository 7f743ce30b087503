"""Rows of support and of reductions that the database refuses; see test_constraints."""

from __future__ import annotations

import uuid
from decimal import Decimal

from registrations.models import (
    CardAttempt,
    CardEvent,
    CodeUse,
    Line,
    Payment,
    ReductionCode,
    SupportFund,
    SupportRequest,
)
from tests.registrations import build

AT = build.EARLY


def _request(world, **fields):
    facts = {"conference": world["year"], "name": "Ann", "email": "ann@people.example"}
    facts |= {"asked_at": AT, "purge_on": AT.date(), "idempotency_key": uuid.uuid4()}
    return SupportRequest(**{**facts, **fields})


def _code(world, **fields):
    request = _request(world, state="granted", granted=1, decided_at=AT)
    request.save()
    facts = {"conference": world["year"], "request": request, "code_hash": "c", "amount": 1}
    return ReductionCode(**{**facts, "created_at": AT, "expires_at": build.LATE, **fields})


def _use(world):
    code = _code(world)
    code.save()
    return CodeUse.objects.create(code=code, place=world["place"], used_at=AT)


def _used_again(world):
    use = _use(world)
    return CodeUse(code=use.code, place=use.place, used_at=AT)


def _line(world, use, **fields):
    facts = {"booking": world["booking"], "place": world["place"], "description": "Reduction"}
    facts |= {"band": "Visitor pass", "amount": Decimal(-1), "priced_at": AT, "use": use}
    return Line(**{**facts, **fields})


def _reduced_twice(world):
    use, line = _use(world), world["place"].lines.first()
    _line(world, use, reduces=line).save()
    return _line(world, use, reduces=line)


def _event(**fields):
    facts = {"provider": "practice", "event_id": "1", "kind": "paid", "amount": 1}
    facts |= {"currency": "GBP", "received_at": AT, "outcome": "held"}
    return CardEvent(**{**facts, **fields})


def _payment_by_nobody(world):
    facts = {"booking": world["booking"], "method": "cash", "amount": 1, "state": "cleared"}
    return Payment(received_on=AT.date(), state_on=AT.date(), recorded_at=AT, **facts)


BROKEN_SUPPORT = {
    "registrations_cardattempt_is_something": lambda w: CardAttempt(
        booking=w["booking"], provider="practice", key="k", amount=0, started_at=AT
    ),
    "registrations_cardevent_once": lambda w: (_event().save(), _event())[1],
    "registrations_cardevent_recorded_with_its_payment": lambda w: _event(outcome="recorded"),
    "registrations_cardevent_settled_by_somebody": lambda w: _event(outcome="settled"),
    "registrations_payment_recorded_by_somebody": _payment_by_nobody,
    "registrations_fund_not_negative": lambda w: SupportFund(conference=w["year"], budget=-1),
    "registrations_support_decided_with_its_time": lambda w: _request(w, state="granted"),
    "registrations_support_one_waits_a_person": lambda w: (_request(w).save(), _request(w))[1],
    "registrations_reduction_share_or_amount": lambda w: _code(w, percent=10),
    "registrations_reduction_expires_later": lambda w: _code(w, expires_at=AT),
    "registrations_code_used_once": _used_again,
    "registrations_line_reduces_another": lambda w: _line(w, _use(w)),
    "registrations_line_reduced_once": _reduced_twice,
}
