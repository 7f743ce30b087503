"""Rows of badges, scans and delegations that the database refuses; see test_constraints."""

from __future__ import annotations

import datetime as dt
import uuid

from events.models import Session
from registrations.models import (
    Allocation,
    Credential,
    DelegateLink,
    Delegation,
    DoorRules,
    JoiningInstructions,
    Particulars,
    PlaceRequest,
    Scan,
    ServiceMail,
    Waiver,
)
from tests.registrations import build

AT = build.EARLY
BEFORE = AT - dt.timedelta(hours=1)


def _badge(world, **fields):
    facts = {
        "place": world["place"],
        "code_hash": uuid.uuid4().hex,
        "short_code": uuid.uuid4().hex[:9],
        "issued_at": AT,
    }
    return Credential(**{**facts, **fields})


def _scan(world, **fields):
    badge = world["place"].credentials.first()
    if badge is None:
        badge = _badge(world)
        badge.save()
    facts = {
        "conference": world["year"],
        "credential": badge,
        "outcome": "admitted",
        "scanned_by": world["user"],
        "scanned_at": AT,
        "received_at": AT,
        "nonce": uuid.uuid4(),
        "purge_on": AT.date(),
    }
    return Scan(**{**facts, **fields})


def _twice(make, **fields):
    """The second of two rows that cannot stand side by side."""

    def _made(world):
        make(world, **fields).save()
        return make(world, **fields)

    return _made


def _delegation(world):
    if "body" not in world:
        world["body"] = build.body()
    return Delegation(conference=world["year"], organisation=world["body"])


def _of(world):
    if "delegation" not in world:
        world["delegation"] = _delegation(world)
        world["delegation"].save()
    return world["delegation"]


def _allocation(world, **fields):
    facts = {"kind": "standard", "places": 5, "source": "grant letter"}
    by = {"entered_by": world["user"], "entered_at": AT}
    return Allocation(delegation=_of(world), **{**facts, **by, **fields})


def _request(world, **fields):
    facts = {"places": 1, "reason": "We grew", "asked_by": world["user"], "asked_at": AT}
    return PlaceRequest(delegation=_of(world), **{**facts, **fields})


def _waiver(world, **fields):
    facts = {"rule": "balance", "reason": "One place", "waived_by": world["user"], "waived_at": AT}
    return Waiver(delegation=_of(world), **{**facts, **fields})


def _message(world, **fields):
    facts = {"conference": world["year"], "group": "all", "subject": "S", "text": "T"}
    facts |= {"recipients": 1, "sent_by": world["user"], "sent_at": AT, "leaves_at": AT}
    return ServiceMail(idempotency_key=uuid.uuid4(), **{**facts, **fields})


def _particulars(world, **fields):
    facts = {"given_by": "a@people.example", "told_at": AT, "purge_on": AT.date()}
    return Particulars(place=world["place"], **{**facts, **fields})


def _second_at_a_session(world):
    session = Session.objects.create(conference=world["year"], title="Business")
    _scan(world, session=session, is_first=True).save()
    return _scan(world, session=session, is_first=True)


BROKEN_DOORS = {
    "registrations_doorrules_scans_kept_a_year_at_most": lambda w: DoorRules(
        conference=w["year"], scans_kept_days=367
    ),
    "registrations_credential_one_valid_a_place": lambda w: (_scan(w), _badge(w))[1],
    "registrations_credential_void_says_why": lambda w: _badge(w, voided_at=BEFORE),
    "registrations_scan_first_at_the_entrance_once": _twice(_scan, is_first=True),
    "registrations_scan_first_at_a_session_once": _second_at_a_session,
    "registrations_scan_refused_with_a_reason": lambda w: _scan(w, outcome="refused"),
    "registrations_scan_first_is_a_way_in": lambda w: _scan(w, is_first=True, direction="out"),
    "registrations_scan_received_after_it_happened": lambda w: _scan(w, received_at=BEFORE),
    "registrations_joining_versions_from_one": lambda w: JoiningInstructions(
        conference=w["year"], written_by=w["user"], written_at=AT, version=0
    ),
    "registrations_delegation_once": lambda w: (_of(w), _delegation(w))[1],
    "registrations_allocation_kind_once": _twice(_allocation),
    "registrations_allocation_has_a_source": lambda w: _allocation(w, source=""),
    "registrations_request_one_waiting": _twice(_request),
    "registrations_request_decided_by_somebody": lambda w: _request(w, state="refused"),
    "registrations_request_grants_places": lambda w: _request(w, granted=1),
    "registrations_request_of_some_places": lambda w: _request(w, places=0),
    "registrations_waiver_rule_once": _twice(_waiver),
    "registrations_waiver_has_a_reason": lambda w: _waiver(w, reason=""),
    "registrations_waiver_ended_by_somebody": lambda w: _waiver(w, ended_at=AT),
    "registrations_servicemail_names_its_body": lambda w: _message(w, group="body"),
    "registrations_servicemail_says_something_to_somebody": lambda w: _message(w, text=""),
    "registrations_servicemail_leaves_after_it_was_confirmed": lambda w: _message(
        w, leaves_at=BEFORE
    ),
    "registrations_servicemail_stopped_by_somebody": lambda w: _message(w, stopped_at=AT),
    "registrations_particulars_birth_only_under_18": lambda w: _particulars(w, guardian_name="G"),
    "registrations_particulars_no_child_is_listed": lambda w: _particulars(
        w, age_band="under_18", may_list=True
    ),
    "registrations_delegatelink_expires_later": lambda w: DelegateLink(
        place=w["place"], address="a@people.example", key_hash="x", created_at=AT, expires_at=AT
    ),
}
