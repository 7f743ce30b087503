"""The hostile world's delegations: what bodies are allocated, ask for, and their delegates tell."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from registrations.models import (
    Allocation,
    DelegateLink,
    Delegation,
    DelegationRules,
    Particulars,
    PlaceRequest,
    ServiceMail,
    Waiver,
)
from registrations.services import links
from tests import supporting
from tests.factories import AT


def make_delegations(world: Any) -> None:
    """A delegation of the body, led by the delegate of its booking, who has told us everything."""
    by, place = world.people["officer"], world.theirs.places.first()
    row = Delegation.objects.create(
        conference=world.conference, organisation=world.body, lead=place
    )
    DelegationRules.objects.create(conference=world.conference)
    Allocation.objects.create(
        delegation=row, kind="standard", places=4, source="Letter", entered_by=by, entered_at=AT
    )
    asked = {"delegation": row, "reason": "We have grown", "asked_by": by, "asked_at": AT}
    PlaceRequest.objects.create(places=1, **asked)
    PlaceRequest.objects.create(
        places=2, state="refused", why="The hall is full", decided_by=by, decided_at=AT, **asked
    )
    Waiver.objects.create(
        delegation=row, rule="balance", reason="Two men", waived_by=by, waived_at=AT
    )
    ended = {"ended_by": by, "ended_at": AT, "why_ended": "A woman joined"}
    Waiver.objects.create(
        delegation=row, rule="lead", reason="Ill", waived_by=by, waived_at=AT, **ended
    )
    ServiceMail.objects.create(
        conference=world.conference,
        group="body",
        organisation=world.body,
        subject="The room has moved",
        text="It is upstairs.",
        recipients=1,
        sent_by=by,
        sent_at=AT,
        leaves_at=AT,
        idempotency_key=uuid.uuid4(),
    )
    Particulars.objects.create(
        place=place,
        gender="another",
        gender_words="In my own words",
        pronouns="they",
        age_band="under_18",
        guardian_name="Gwen Guardian",
        guardian_contact="020 7946 0000",
        given_by="delegate@example.org",
        told_at=AT,
        purge_on=dt.date(2016, 10, 1),
    )
    type(place).objects.filter(pk=place.pk).update(email="delegate@example.org")
    DelegateLink.objects.create(
        place=place,
        address="delegate@example.org",
        key_hash=links.hashed("delegate-token"),
        created_at=AT,
        expires_at=AT + dt.timedelta(days=365),
    )
    supporting.make_support(place, by=by)
    supporting.make_card_event(world.theirs)
    world.rows["delegation"] = row
