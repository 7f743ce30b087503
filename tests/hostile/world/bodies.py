"""Bodies, and who acts for them."""

from __future__ import annotations

from events.models import LayAppointment
from members.models import Consent, Erasure, Office, Officeholding, OfficeInvitation
from members.services import invitations
from tests import factories
from tests.hostile.world.rows import AT, EVER, World


def make_bodies(world: World) -> None:
    region = factories.make_region("Wales")
    body = factories.make_organisation(
        "Cardiff Party Council",
        region=region,
        postal_address="1 Street",
        contact_email="body@example.org",
        register_number="R1",
    )
    other = factories.make_society("Rival Society")
    office = factories.make_office(
        "secretary",
        may_book=True,
        may_submit=True,
        may_pay=True,
        may_invite=True,
        may_authorise=True,
    )
    people = world.people
    holding = factories.make_holding(
        people["officer"], body, office, evidence="Minutes", decision_reason="Seen"
    )
    factories.make_holding(people["rival"], other, office)
    claim = factories.make_holding(
        people["member"], other, "treasurer", state=Officeholding.State.CLAIMED, evidence="Letter"
    )
    token = "invitation-token-0123456789"
    invitation = OfficeInvitation.objects.create(
        organisation=body,
        office=Office.objects.get(slug="treasurer"),
        email=people["member"].email,
        token_hash=invitations.hash_of(token),
        invited_by=people["officer"],
        created_at=AT,
        expires_at=AT + EVER,
    )
    factories.make_member(
        people["member"], region=region, organisation=body, email=people["member"].email
    )
    authorisation = factories.make_authorisation(
        people["member"], body, world.conference, by=people["officer"]
    )
    factories.make_appointment(people["cac"], world.conference, by=people["everything"])
    factories.make_appointment(
        people["cac"], world.conference, LayAppointment.Task.CHAIR, by=people["everything"]
    )
    factories.make_appointment(
        people["cac"], world.conference, LayAppointment.Task.POLICY, by=people["everything"]
    )
    Consent.objects.create(
        address="member@example.org",
        purpose=Consent.Purpose.MARKETING,
        wording="Yes",
        source="form",
        given_at=AT,
    )
    Erasure.objects.create(at=AT, user_number=999, reason="Asked", by=people["everything"])
    world.rows |= {
        "body": body,
        "other": other,
        "holding": holding,
        "claim": claim,
        "invitation": invitation,
        "invitation_token": token,
        "authorisation": authorisation,
        "region": region,
    }
