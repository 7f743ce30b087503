"""Bookings of each kind."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from registrations.models import (
    AccessKey,
    Booking,
    Credential,
    DoorRules,
    Extra,
    Interest,
    JoiningInstructions,
    Line,
    PassType,
    Payment,
    Place,
    PlaceNeeds,
    Scan,
)
from registrations.services import links
from tests.hostile.world.rows import AT, EVER, World
from tests.registrations import billing


def make_bookings(world: World) -> None:
    people, conference = world.people, world.conference
    mine = _booking(world, "MMMM-2222", booked_by=people["member"])
    theirs = _booking(
        world, "BBBB-2222", booked_by=people["officer"], organisation=world.body, is_body=True
    )
    paper = _booking(
        world,
        "PPPP-2222",
        booked_by=None,
        organisation=world.other,
        is_body=True,
        channel="post",
        entered_by=people["everything"],
        entered_at=AT,
        override_reason="Strike at the post",
    )
    draft = Booking.objects.create(
        conference=conference,
        reference="DDDD-2222",
        organisation=world.body,
        booked_by=people["officer"],
        contact_name="Olu",
        contact_email="officer@example.org",
        payment_method="invoice",
        created_at=AT,
    )
    Place.objects.create(booking=draft, pass_type=world.delegate_pass, name="Dee", position=0)
    Payment.objects.create(
        booking=mine,
        method="cheque",
        amount=Decimal(5),
        state="received",
        received_on=AT.date(),
        state_on=AT.date(),
        reference="123",
        payer="Meg",
        recorded_by=people["everything"],
        recorded_at=AT,
    )
    DoorRules.objects.create(conference=conference)
    JoiningInstructions.objects.create(
        conference=conference,
        written_by=people["everything"],
        written_at=AT,
        arriving="Early",
        bring="Photo ID",
        access="A lift",
        more="Rain",
    )
    PassType.objects.update(nominal_code="4000")
    Extra.objects.update(nominal_code="4100")
    world.rows["invoice"] = billing.plain_invoice(theirs, people["everything"])
    AccessKey.objects.create(
        booking=mine, key_hash=links.hashed("link-token"), created_at=AT, expires_at=AT + EVER
    )
    interest = Interest.objects.create(
        conference=world.free,
        name="Ian Interest",
        email="ian@example.org",
        registered_at=AT,
        key_hash=links.hashed("interest-token"),
    )
    world.rows |= {
        "mine": mine,
        "theirs": theirs,
        "paper": paper,
        "booking_draft": draft,
        "interest": interest,
    }


def _booking(world: World, reference: str, *, is_body: bool = False, **fields: Any) -> Booking:
    booking = Booking.objects.create(
        conference=world.conference,
        reference=reference,
        contact_name="Contact",
        contact_email=f"{reference[:4].lower()}@example.org",
        contact_phone="1",
        bill_to="Treasurer",
        purchase_order="PO",
        **{
            "channel": "web",
            "state": "submitted",
            "payment_method": "invoice",
            "created_at": AT,
            "submitted_at": AT,
            **fields,
        },
    )
    sold = world.delegate_pass if is_body else world.pass_type
    place = Place.objects.create(
        booking=booking, pass_type=sold, name="Guest", named_at=AT, position=0
    )
    for item in ({"pass_type": sold}, {"extra": world.extra}):
        Line.objects.create(
            booking=booking,
            place=place,
            description="Pass",
            band="early",
            amount=Decimal(10),
            priced_at=AT,
            **item,
        )
    PlaceNeeds.objects.create(
        place=place, access="Ramp", dietary="Vegan", told_at=AT, purge_on=dt.date(2016, 10, 1)
    )
    badge = Credential.objects.create(
        place=place, code_hash=links.hashed(reference), short_code=str(place.pk), issued_at=AT
    )
    Scan.objects.create(
        conference=world.conference,
        credential=badge,
        outcome=Scan.Outcome.ADMITTED,
        scanned_by=world.people["officer"],
        device="Phone",
        scanned_at=AT,
        received_at=AT,
        nonce=uuid.uuid4(),
        purge_on=dt.date(2016, 10, 1),
    )
    return booking
