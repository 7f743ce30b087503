"""One small conference year with a row of every model, and the people who look at it.

Every text in it is written by `words(model, field)`, so that a test decides what stands in every
field people type into. Rows are made past the forms: what a form would refuse may still come in by
a file, a shell or an older release, and must be shown harmlessly all the same.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models

from events.models import (
    AudienceFailure,
    Day,
    DeadlineChange,
    Imprint,
    Reminder,
    Room,
    Session,
    SessionSpeaker,
    Speaker,
    StepRun,
    Track,
)
from mailing.models import Heartbeat, Mail, Suppression
from members.models import (
    AuditEntry,
    Consent,
    Erasure,
    Office,
    Officeholding,
    OfficeInvitation,
    Organisation,
    User,
)
from members.roles import Role
from members.services import invitations
from motions.models import (
    AwardNomination,
    LateEntry,
    Motion,
    Receipt,
    ReceiptBook,
    Ruling,
    RulingReason,
)
from motions.nominations.models import Candidate, Nomination
from motions.nominations.services import token_hash
from registrations.models import (
    AccessKey,
    Booking,
    Credential,
    Extra,
    Interest,
    Line,
    Payment,
    Place,
    PlaceNeeds,
    Scan,
)
from registrations.services import links
from tests import factories
from tests.motions import make
from tests.registrations import build

AT = dt.datetime(2016, 5, 3, 11, 0, tzinfo=dt.UTC)
EVER = dt.timedelta(days=300)
OURS = ("mailing", "members", "events", "registrations", "motions")
#: Columns of text that no person types: keys, hashes, names of steps, addresses in our own form.
NOT_TYPED = frozenset(
    {
        "password",
        "key",
        "message_id",
        "token_hash",
        "key_hash",
        "code_hash",
        "sha256",
        "file_digest",
        "mail_key",
        "reference",
        "short_code",
        "object_type",
        "object_id",
        "action",
        "step",
        "path",
        "html",
        "line_algorithm",
        "unsubscribe_scope",
        "number",
        "address",
    }
)
#: What is typed into columns of the same names after all.
TYPED_AFTER_ALL = frozenset(
    {"members.Member.number", "motions.Motion.number", "events.Venue.address"}
)
JSON_OF_TEXTS = frozenset({"other_names", "strands"})
Words = Callable[[type[models.Model], models.Field], Any]


@dataclass
class World:
    """The rows a route needs to be asked for, and the people who ask."""

    people: dict[str, User]
    rows: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.rows[name]
        except KeyError:
            raise AttributeError(name) from None


def typed_fields(model: type[models.Model]) -> list[models.Field]:
    """The columns of a model whose words come from a person."""
    return [
        column
        for column in model._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField)
        and not isinstance(column, models.SlugField | models.EmailField | models.URLField)
        and not column.choices
        and (
            column.name not in NOT_TYPED or f"{model._meta.label}.{column.name}" in TYPED_AFTER_ALL
        )
    ]


def typed_models() -> list[type[models.Model]]:
    """Our own models that hold words of people; the audit trail is written anew, never changed."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OURS
        and model not in (AuditEntry, Heartbeat)
        and typed_fields(model)
    ]


def write(words: Words) -> None:
    """Puts words into every typed column that is not empty, past forms, services and validators."""
    for model in typed_models():
        columns = typed_fields(model)
        for row in model._base_manager.all():
            filled = [column for column in columns if getattr(row, column.name)]
            new = {column.name: words(model, column) for column in filled}
            new |= {
                column.name: [words(model, column)]
                for column in model._meta.concrete_fields
                if column.name in JSON_OF_TEXTS
            }
            model._base_manager.filter(pk=row.pk).update(**new)


def _plain(model: type[models.Model], column: models.Field) -> str:
    return "plain"


def make_world(words: Words | None = None) -> World:
    """Everything once, with plain words, or with these in every typed column."""
    world = World(people=_people())
    _conference(world)
    _programme(world)
    _bodies(world)
    _bookings(world)
    _business(world)
    _mail(world)
    trail(words or _plain, world.people["everything"], world.body)
    missing = {model._meta.label for model in typed_models() if not model._base_manager.exists()}
    assert not missing, f"tests/hostile/world.py makes no row of {sorted(missing)}"
    if words is not None:
        write(words)
    return world


def _people() -> dict[str, User]:
    people = {
        "member": factories.make_user("member@example.org", "Meg Member"),
        "officer": factories.make_user("officer@example.org", "Olu Officer"),
        "rival": factories.make_user("rival@example.org", "Ray Rival"),
        "cac": factories.make_user("cac@example.org", "Cat Committee"),
        "everything": factories.make_staff(*Role, name="Eve Everything"),
    }
    for role in Role:
        people[role.value] = factories.make_staff(role, name=f"The {role.label}")
    return people


def _conference(world: World) -> None:
    imprint = Imprint.objects.create(text="Printed by us", in_force_from=AT - EVER, note="first")
    series = apps.get_model("events.ConferenceSeries").objects.create(
        name="Values", slug="values", theme="Values"
    )
    conference = build.year_2016(
        imprint=imprint,
        series=series,
        venue=factories.make_venue("Angel Hotel", access_notes="Lift"),
        theme="Theme",
        strands=["One"],
        other_names=["Other"],
        summary="Summary",
        status_note="Note",
        audience="Members",
        contact_name="Claire",
        record="Record",
        platform="Zoom",
        mode="hybrid",
        join_url="https://join.example/room",
        join_from=AT - EVER,
    )
    build.visitor_pass(conference, description="Day visitor")
    Extra.objects.update(description="Three courses")
    door = conference.deadlines.get(kind="delegate_registration")
    passed = factories.make_deadline(
        conference, "emergency_motions", closes_on=dt.date(2016, 5, 1), steps=True
    )
    opened = factories.make_deadline(
        conference, closes_on=dt.date(2016, 6, 20), name="Motions", note="Note", steps=True
    )
    admin = world.people["everything"]
    DeadlineChange.objects.create(
        deadline=passed,
        closed_before=AT - EVER,
        closes_on=dt.date(2016, 5, 1),
        reason="Post was late",
        changed_by=admin,
        changed_at=AT,
        form_key=uuid.uuid4(),
    )
    StepRun.objects.create(
        deadline=opened, closes_at=opened.closing, step="28d", due_at=AT, done_at=AT, told=1
    )
    AudienceFailure.objects.create(deadline=opened, since=AT, error="LookupError")
    free = factories.make_conference(
        "West Midlands", slug="west-midlands", kind="regional", attendance="interest"
    )
    draft = factories.make_conference("Secret Draft", slug="secret-draft", status="draft")
    world.rows |= {
        "conference": conference,
        "draft": draft,
        "free": free,
        "imprint": imprint,
        "series": series,
        "door": door,
        "passed": passed,
        "opened": opened,
        "pass_type": conference.pass_types.get(code="visitor"),
        "delegate_pass": conference.pass_types.get(code="delegate"),
        "extra": Extra.objects.get(conference=conference),
    }


def _programme(world: World) -> None:
    conference = world.conference
    day = Day.objects.create(conference=conference, date=dt.date(2016, 9, 9), title="Friday")
    room = Room.objects.create(conference=conference, name="Main hall", capacity=100)
    track = Track.objects.create(conference=conference, name="Policy")
    speaker = Speaker.objects.create(
        name="Anna Turley", description="MP", biography="Life", note="Note"
    )
    session = Session.objects.create(
        conference=conference,
        day=day,
        title="Opening",
        kind=Session.Kind.values[0],
        starts_at=dt.datetime(2016, 9, 9, 9, 0, tzinfo=dt.UTC),
        ends_at=dt.datetime(2016, 9, 9, 10, 0, tzinfo=dt.UTC),
        room=room,
        track=track,
        description="Welcome",
    )
    SessionSpeaker.objects.create(session=session, speaker=speaker, talk="Talk")
    SessionSpeaker.objects.create(session=session, placeholder="A minister", position=1)
    world.rows |= {"session": session, "day": day, "speaker": speaker}


def _bodies(world: World) -> None:
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


def _bookings(world: World) -> None:
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


def _business(world: World) -> None:
    people, conference = world.people, world.conference
    by = {"organisation": world.body, "by": people["officer"]}
    filled = {
        "mover": "Mo",
        "seconder": "Sec",
        "meeting_name": "GC",
        "meeting_on": dt.date(2016, 3, 1),
        "names_consent": True,
    }
    call = make.make_call(
        deadline=world.opened, name="Motions", introduction="Write", takes_late=True
    )
    late_call = make.make_call(deadline=world.passed, name="Late", takes_late=True, basis="Rule 1")
    draft = make.make_motion(call, **by, title="A draft", **filled)
    published = make.make_motion(
        call, **by, state=Motion.State.PUBLISHED, title="Public", number="M1", **filled
    )
    sent = make.make_motion(call, **by, state=Motion.State.SUBMITTED, title="Sent", **filled)
    waiting = make.make_motion(
        call, **by, state=Motion.State.AWAITING_CONFIRMATION, title="Waiting", **filled
    )
    late = make.make_motion(late_call, **by, title="Late draft", **filled)
    foreign = make.make_motion(
        call, organisation=world.other, by=people["rival"], title="Foreign", **filled
    )
    LateEntry.objects.create(
        motion=sent,
        closed_at=AT - EVER,
        reason="Snow",
        entered_by=people["officer"],
        entered_at=AT,
    )
    reason = RulingReason.objects.first() or RulingReason.objects.create(name="R", words="W")
    Ruling.objects.create(
        motion=published,
        version=published.current_version,
        verdict="in_order",
        reason=reason,
        words="Fine",
        ruled_by=people["cac"],
        ruled_at=AT,
    )
    make_save = apps.get_model("motions.DraftSave").objects.create
    make_save(
        motion=draft,
        outcome=apps.get_model("motions.DraftSave").Outcome.values[0],
        draft_version=1,
        title="Old",
        text="Old",
        saved_by=people["officer"],
        saved_at=AT,
    )
    world.rows |= {
        "call": call,
        "motion_draft": draft,
        "motion_published": published,
        "motion_sent": sent,
        "motion_waiting": waiting,
        "motion_late": late,
        "motion_foreign": foreign,
    }
    _doors(world)
    ReceiptBook.objects.create(conference=conference, last_number=3)
    made = {"conference": conference, "at": AT, "kind": "submitted", "title": "T", "text": "X"}
    receipts = [
        Receipt.objects.create(
            number=1, organisation=world.body, motion=sent, given_to=people["officer"], **made
        ),
        Receipt.objects.create(
            number=2, award_nomination=world.proposal, given_to=people["member"], **made
        ),
    ]
    world.rows["receipt"] = receipts[0]


def _doors(world: World) -> None:
    people, conference = world.people, world.conference
    closes = {"closes_on": dt.date(2016, 8, 1)}
    post = make.make_post(
        deadline=factories.make_deadline(conference, "cac_nominations", **closes),
        introduction="Serve",
        basis="Rule 4",
        statement_max_words=100,
    )
    category = make.make_category(
        deadline=factories.make_deadline(conference, "recognition_awards", **closes),
        introduction="Honour",
        basis="Rule 3",
    )
    consultation = make.make_consultation(
        deadline=factories.make_deadline(conference, "policy_submissions", **closes),
        introduction="Say",
        basis="Rule 2",
    )
    candidate = Candidate.objects.create(
        post=post,
        name="Nia Nominee",
        email="nia@example.org",
        region=world.region,
        membership_number="N1",
        statement="I will",
        token_hash=token_hash("candidate-token"),
        state="struck_out",
        struck_out_at=AT,
        struck_out_reason="Lives elsewhere",
        struck_out_by=people["everything"],
    )
    asked = Candidate.objects.create(
        post=post,
        name="Ash Asked",
        email="ash@example.org",
        region=world.region,
        token_hash=token_hash("asked-token"),
    )
    sending = {
        "created_by": people["officer"],
        "created_at": AT,
        "submitted_by": people["officer"],
        "submitted_at": AT,
    }
    nomination = Nomination.objects.create(
        candidate=candidate, organisation=world.body, meeting_name="GC", **sending
    )
    Nomination.objects.create(
        candidate=asked, organisation=world.body, meeting_name="GC", **sending
    )
    proposal = AwardNomination.objects.create(
        category=category,
        organisation=world.body,
        nominee_name="Una Unsung",
        citation="Long service",
        evidence="Photos",
        **(sending | {"created_by": people["member"], "submitted_by": people["member"]}),
    )
    policy = apps.get_model("motions.PolicySubmission").objects
    submission = policy.create(
        consultation=consultation,
        organisation=world.body,
        title="Housing",
        text="Build",
        document_name="a.pdf",
        **{name: sending[name] for name in ("created_by", "created_at")},
    )
    submitted = policy.create(
        consultation=consultation,
        organisation=world.body,
        title="Care",
        text="Share",
        state="submitted",
        **sending,
    )
    world.rows |= {
        "post": post,
        "category": category,
        "consultation": consultation,
        "candidate": candidate,
        "asked": asked,
        "nomination": nomination,
        "proposal": proposal,
        "submission": submission,
        "submitted": submitted,
    }


def _mail(world: World) -> None:
    mail = Mail.objects.create(
        key="receipt:1",
        message_id="<receipt-1@conference.example>",
        to_address="member@example.org",
        to_name="Meg",
        subject="Subject",
        text="Text",
        html="<p>Text</p>",
        kind=Mail.Kind.RECEIPT,
        urgency=Mail.Urgency.NOW,
        created_at=AT,
        not_before=AT,
        next_try_at=AT,
        smtp_reply="250 ok",
        decision="Send it again",
        decided_by="staff@example.org",
        decided_at=AT,
    )
    Suppression.objects.create(
        address="gone@example.org",
        scope=Suppression._meta.get_field("scope").choices[0][0],
        reason=Suppression._meta.get_field("reason").choices[0][0],
        note="Bounced",
        added_by="system",
        created_at=AT,
        lifted_at=AT,
        lifted_by="staff@example.org",
    )
    Reminder.objects.create(
        deadline=world.opened,
        closes_at=world.opened.closing,
        step="28d",
        address="officer@example.org",
        organisation=world.body,
        name="Olu",
        why="You act for the body",
        path="/",
        due_at=AT,
        planned_at=AT,
        mail_key="receipt:1",
    )
    world.rows["mail"] = mail


def trail(words: Words, by: User, on: Organisation) -> None:
    """Entries of the audit trail, which nobody can change afterwards."""
    column = AuditEntry._meta.get_field
    AuditEntry.objects.create(
        at=AT,
        actor=by,
        organisation=on,
        action="organisation.changed",
        object_type="members.organisation",
        object_id=str(on.pk),
        object_label=words(AuditEntry, column("object_label")),
        before={"name": words(AuditEntry, column("object_label"))},
        after={"name": words(AuditEntry, column("object_label"))},
        reason=words(AuditEntry, column("reason")),
    )
