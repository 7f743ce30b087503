"""The objects of lower apps that routes are about, all of `world.body` at `world.conference`."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.files.base import ContentFile

from events.models import (
    Conference,
    ConferenceReport,
    ConferenceSeries,
    Day,
    Imprint,
    Notes,
    Publication,
    Rapporteur,
    Reminder,
    Session,
    SiteContact,
    Speaker,
)
from mailing import outbox
from mailing.models import Suppression
from members import audit
from members.models import Erasure, Organisation, User
from motions.awards.models import (
    AwardCategory,
    AwardDecision,
    AwardEvidence,
    AwardHonour,
    AwardNomination,
)
from motions.composites.models import Composite
from motions.consultations.models import PolicySubmission
from motions.models import Call, Category, CommitteeRules, ModelMotion, Motion, Receipt
from motions.nominations.models import Candidate, Nomination
from registrations.models import (
    Allocation,
    Booking,
    Delegation,
    DelegationRules,
    DoorRules,
    Extra,
    Interest,
    JoiningInstructions,
    Particulars,
    PassType,
    Payment,
    Place,
    PlaceNeeds,
    PlaceRequest,
    ServiceMail,
    Waiver,
)
from registrations.services import credentials
from tests import supporting
from tests.events.publications.make import make_campaign, make_publication, make_request
from tests.factories import AT, make_deadline, make_region
from tests.motions.agendas.make import make_agendas
from tests.motions.awards.make import make_nominee, make_rules
from tests.motions.composing import rows_of
from tests.motions.consultations.make import (
    make_answered,
    make_by_link,
    make_everything,
    make_full,
    make_sent,
)
from tests.motions.ideas.make import make_call_for_ideas, make_idea
from tests.motions.make import (
    make_amendment,
    make_call,
    make_category,
    make_consultation,
    make_motion,
    make_post,
)
from tests.motions.nominations.make import make_election
from tests.registrations import billing, build

SENT = {"created_at": AT, "submitted_at": AT}
LINK = "a-token-of-a-submission"


def make_objects(conference: Conference, body: Organisation, officer: User) -> dict[str, Any]:
    """One of everything that a route of a lower app can be about."""
    return {
        **_bookings(conference, body, officer),
        **_motions(conference, body, officer),
        **_consulted(_sendings(conference, body, officer), officer),
        **_records(conference, officer),
        **_programme(conference),
        **_publications(conference),
    }


def _bookings(conference: Conference, body: Organisation, officer: User) -> dict[str, Any]:
    visitor = build.visitor_pass(conference)
    facts = {
        "conference": conference,
        "organisation": body,
        "booked_by": officer,
        "contact_name": "Sian",
        "contact_email": officer.email,
        "payment_method": Booking.Method.INVOICE,
        "created_at": AT,
    }
    draft = Booking.objects.create(reference="DRAFT1", **facts)
    sent = Booking.objects.create(
        reference="BKKD-2345", state=Booking.State.SUBMITTED, submitted_at=AT, **facts
    )
    place = Place.objects.create(booking=sent, pass_type=visitor, name="Nia", position=1)
    Particulars.objects.create(
        place=place, age_band="under_18", told_at=AT, purge_on=dt.date(2016, 12, 1)
    )
    PlaceNeeds.objects.create(
        place=place, access="a ramp", told_at=AT, purge_on=dt.date(2016, 12, 1)
    )
    Payment.objects.create(
        booking=sent,
        method=Payment.Method.BACS,
        amount=20,
        state=Payment.State.CLEARED,
        received_on=AT.date(),
        state_on=AT.date(),
        recorded_by=officer,
        recorded_at=AT,
    )
    cheque = Payment.objects.create(
        booking=sent,
        method=Payment.Method.CHEQUE,
        amount=10,
        state=Payment.State.RECEIVED,
        received_on=AT.date(),
        state_on=AT.date(),
        recorded_by=officer,
        recorded_at=AT,
    )
    invoice = billing.plain_invoice(sent, officer)
    dinner = Extra.objects.create(
        conference=conference,
        code="dinner",
        name="Dinner",
        kind=Extra.Kind.DINNER,
        deadline=make_deadline(conference, "extras"),
    )
    _delegation(conference, body, officer)
    supporting.make_support(place, by=officer)
    supporting.make_card_event(sent)
    PassType.objects.create(
        conference=conference,
        code="carer",
        name="Carer",
        role=PassType.Role.CARER,
        sold_to=PassType.SoldTo.EVERYBODY,
        deadline=dinner.deadline,
    )
    Interest.objects.create(
        conference=conference,
        name="Sam",
        email="sam@example.org",
        registered_at=AT,
        key_hash="0" * 64,
    )
    DoorRules.objects.create(conference=conference)
    ServiceMail.objects.create(
        conference=conference,
        group="all",
        subject="The room has moved",
        text="It is upstairs.",
        recipients=1,
        sent_by=officer,
        sent_at=AT,
        leaves_at=AT,
        idempotency_key=uuid.uuid4(),
    )
    JoiningInstructions.objects.create(conference=conference, written_by=officer, written_at=AT)
    credentials.settle(by=officer, booking=sent, at=AT)
    found = {"draft": draft, "booking": sent, "place": place, "cheque": cheque}
    return {**found, "pass": visitor, "extra": dinner, "invoice": invoice}


def _delegation(conference: Conference, body: Organisation, officer: User) -> None:
    """A delegation with an allocation, a request that waits, a waiver, and the rules for it."""
    row = Delegation.objects.create(conference=conference, organisation=body)
    DelegationRules.objects.create(conference=conference)
    Allocation.objects.create(
        delegation=row,
        kind="standard",
        places=4,
        source="letter",
        entered_by=officer,
        entered_at=AT,
    )
    PlaceRequest.objects.create(
        delegation=row, places=1, reason="We have grown", asked_by=officer, asked_at=AT
    )
    Waiver.objects.create(
        delegation=row, rule="balance", reason="Two men", waived_by=officer, waived_at=AT
    )


def _programme(conference: Conference) -> dict[str, Any]:
    """A day with a session, a speaker, a series and an imprint."""
    ConferenceSeries.objects.create(name="Series of 2016", slug="series-2016")
    Imprint.objects.create(text="Promoted by Ann Jones, 1 Street", in_force_from=AT)
    SiteContact.objects.create(pk=1, name="Conference team", phone="1")
    Speaker.objects.create(name="Sam Speaker")
    day = Day.objects.create(conference=conference, date=conference.starts_on)
    return {"session": Session.objects.create(conference=conference, day=day, title="Welcome")}


def _publications(conference: Conference) -> dict[str, Any]:
    """A publication for everybody, a campaign with one that is had by a form, and who asked."""
    cover = ContentFile(b"\xff\xd8\xff", name="cover.jpg")
    found = {
        "campaign": make_campaign(),
        "publication": make_publication(conference=conference, cover=cover),
    }
    make_request(make_publication(campaign=found["campaign"], access=Publication.Access.FORM))
    found["idea"] = make_idea(make_call_for_ideas(campaign=found["campaign"]))
    return found


def make_notes(conference: Conference, *, writer: User) -> Notes:
    """The published report of the conference, with notes that somebody writes."""
    report = ConferenceReport.objects.create(conference=conference, is_published=True)
    notes = Notes.objects.create(report=report, heading="Thanks", points="To all.")
    Rapporteur.objects.create(notes=notes, user=writer, assigned_by=writer, assigned_at=AT)
    return notes


def _consulted(rows: dict[str, Any], officer: User) -> dict[str, Any]:
    """With what hangs on the consultation and on what was sent to it."""
    consultation, sent = rows["consultation"], rows["sent submission"]
    made = make_everything(consultation, sent, by=officer)
    made["paper"].file.save("draft.pdf", ContentFile(b"%PDF-1.4 draft"))
    rows["submission"].document.save("view.pdf", ContentFile(b"%PDF-1.4 view"))
    return {**rows, "policy paper": made["paper"], "theme": made["theme"]}


def _records(conference: Conference, officer: User) -> dict[str, Any]:
    """What only tables of the admin show."""
    audit.record(by=officer, action="body.changed", on=conference, at=AT)
    Erasure.objects.create(at=AT, reason="asked for")
    mail = outbox.put(
        key="access-matrix",
        to=officer.email,
        subject="A mail",
        template="members/unknown_account",
        context={},
        kind="security",
        at=AT,
    )
    Suppression.objects.create(
        address="sam@example.org", scope="marketing", reason="by_staff", created_at=AT
    )
    deadline = conference.deadlines.get(kind="organisational_motions")
    Reminder.objects.create(
        deadline=deadline,
        closes_at=deadline.closing,
        step="7d",
        address=officer.email,
        due_at=AT,
        planned_at=AT,
    )
    return {"mail": mail}


def _motions(conference: Conference, body: Organisation, officer: User) -> dict[str, Any]:
    call = make_call(deadline=conference.deadlines.get(kind="organisational_motions"))
    CommitteeRules.objects.create(conference=conference)
    Category.objects.create(conference=conference, name="Economy")
    draft = make_motion(call, organisation=body, by=officer)
    sent = make_motion(call, organisation=body, by=officer, state=Motion.State.SUBMITTED)
    receipt = Receipt.objects.create(
        conference=conference,
        number=1,
        kind=Receipt.Kind.SUBMITTED,
        organisation=body,
        motion=sent,
        at=AT,
        given_to=officer,
        title=sent.title,
        text="The text",
    )
    other = make_motion(call, organisation=body, by=officer, state=Motion.State.SUBMITTED)
    ModelMotion.objects.create(title="High streets", campaign="Shops", text="Buy them.")
    public = make_motion(call, organisation=body, by=officer, state=Motion.State.PUBLISHED)
    amended = {"organisation": body, "by": officer}
    amendments = {
        "public motion": public,
        "amendment": make_amendment(public, **amended),
        "public amendment": make_amendment(public, state=Motion.State.PUBLISHED, **amended),
        "sent amendment": make_amendment(public, state=Motion.State.SUBMITTED, **amended),
    }
    found = {
        **amendments,
        "composite": _composite(call, body, officer),
        "call": call,
        "motion": draft,
        "sent motion": sent,
        "other motion": other,
    }
    found |= {"printed motion": public, **make_agendas(public, officer)}
    return {**found, "receipt": receipt}


def _composite(call: Call, body: Organisation, officer: User) -> Composite:
    """A composite of the body and of another, before both."""
    motions = [
        make_motion(call, organisation=body, by=officer, state=Motion.State.IN_ORDER),
        make_motion(call, state=Motion.State.IN_ORDER),
    ]
    return rows_of(*motions, by=officer, at=AT, closes_on=dt.date(2016, 8, 1))


def _sendings(conference: Conference, body: Organisation, officer: User) -> dict[str, Any]:
    sent = {**SENT, "created_by": officer, "submitted_by": officer, "organisation": body}
    august = {"closes_on": dt.date(2016, 8, 1)}
    post = make_post(conference=conference)
    candidate = Candidate.objects.create(
        post=post,
        name="Nia",
        email="nia@example.org",
        region=make_region("Wales"),
        token_hash="0" * 64,
    )
    declared = make_election(post, officer).post
    category = make_category(deadline=make_deadline(conference, "recognition_awards", **august))
    make_rules(conference)
    consultation = make_full(deadline=make_deadline(conference, "policy_submissions", **august))
    answered = make_consultation(
        deadline=make_deadline(conference, "consultation", closes_on=dt.date(2016, 3, 1)),
        title="Trains",
    )
    make_answered(answered, make_sent(answered, organisation=body, created_by=officer), by=officer)
    own = make_by_link(consultation, LINK, document_name="mine.pdf")
    own.document.save("mine.pdf", ContentFile(b"%PDF-1.4 mine"))
    return {
        "post": post,
        "declared post": declared,
        "candidate": declared.candidates.get(name="Ola Elected"),
        "nomination": Nomination.objects.create(candidate=candidate, **sent),
        "category": category,
        **_awards(category, sent),
        "consultation": consultation,
        "submission": PolicySubmission.objects.create(
            consultation=consultation,
            organisation=body,
            title="On housing",
            text="More of it",
            created_by=officer,
            created_at=AT,
            document_name="view.pdf",
        ),
        "answered consultation": answered,
        "sent submission": PolicySubmission.objects.create(
            consultation=consultation,
            title="On energy",
            text="Less of it",
            state=PolicySubmission.State.SUBMITTED,
            **sent,
        ),
    }


def _awards(category: AwardCategory, sent: dict[str, Any]) -> dict[str, Any]:
    """A nominee with a file, and a decision that waits for the hour."""
    nominee = make_nominee(category, "Nia")
    award = AwardNomination.objects.create(
        category=category,
        nominee=nominee,
        nominee_name="Nia",
        citation="For her work",
        **sent,
    )
    decision = AwardDecision.objects.create(
        category=category, reason="Best", decided_by=sent["created_by"], decided_at=AT
    )
    honour = AwardHonour.objects.create(
        decision=decision,
        nominee=nominee,
        result="winner",
        consent="given",
        public_name="Nia",
        answered_at=AT,
    )
    file = AwardEvidence(nomination=award, name="photo.pdf")
    file.file.save("document.pdf", ContentFile(b"%PDF-1.4"))
    return {"award": award, "nominee": nominee, "evidence": file, "honour": honour}
