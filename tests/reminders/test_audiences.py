"""Whom each deadline concerns: those who have not done it, and nobody who has."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from events.models import Deadline
from events.reminders.audiences import Asked, concerned
from motions.models import Call, Motion, MotionVersion
from registrations.models import Booking, Delegation, Interest, Line, PassType, Place, Waiver
from tests.factories import (
    AT,
    make_conference,
    make_deadline,
    make_officer,
    make_organisation,
    make_society,
    make_user,
)

pytestmark = pytest.mark.django_db

LATER = AT + dt.timedelta(days=1)


@pytest.fixture
def conference():
    return make_conference("Annual 2016")


@pytest.fixture
def council():
    return make_organisation("Anytown Party Council")


@pytest.fixture
def secretary(council):
    return make_officer(council)


def told(deadline: Deadline, at: dt.datetime = AT, asked: Asked | None = None) -> list[tuple]:
    return [
        (recipient.address, recipient.why)
        for recipient in concerned(deadline, asked or Asked(), at)
    ]


# Motions


@pytest.fixture
def motions_close(conference):
    return make_deadline(conference, Deadline.Kind.ORGANISATIONAL_MOTIONS)


@pytest.fixture
def call(motions_close):
    return Call.objects.create(deadline=motions_close)


def make_motion(call: Call, council, author, **fields) -> Motion:
    return Motion.objects.create(
        **{
            "call": call,
            "conference": call.conference,
            "organisation": council,
            "title": "Housing",
            "created_by": author,
            "created_at": AT,
            **fields,
        }
    )


def send_in(motion: Motion, at: dt.datetime) -> None:
    version = MotionVersion.objects.create(
        motion=motion,
        number=1,
        title=motion.title,
        origin=MotionVersion.Origin.SUBMISSION,
        words=1,
        line_algorithm=1,
        sha256="0" * 64,
        created_by=motion.created_by,
        created_at=at,
    )
    motion.current_version = version
    motion.state = Motion.State.SUBMITTED
    motion.submitted_by, motion.submitted_at = motion.created_by, at
    motion.save()


def test_motions_not_sent_names_the_officers_of_councils_and_societies(
    call, motions_close, secretary
):
    society = make_officer(make_society("Everyday Society"))
    make_officer(make_organisation("A Branch", kind="branch"))
    assert told(motions_close) == [
        (secretary.email, "Anytown Party Council has not sent a motion yet."),
        (society.email, "Everyday Society has not sent a motion yet."),
    ]


def test_motions_not_sent_after_sending_concerns_nobody(call, motions_close, secretary, council):
    send_in(make_motion(call, council, secretary), AT)
    assert told(motions_close) == []
    assert len(told(motions_close, at=AT - dt.timedelta(seconds=1))) == 1


def test_draft_not_sent_speaks_to_its_author_first(call, motions_close, council, secretary):
    author = make_user()
    make_motion(call, council, author)
    assert told(motions_close) == [
        (
            author.email,
            "“Housing” of Anytown Party Council is still a draft. "
            "It counts only once it is sent in.",
        ),
        (secretary.email, "Anytown Party Council has not sent a motion yet."),
    ]


def test_audience_asked_about_one_body_or_person_answers_for_it_alone(
    call, motions_close, council, secretary
):
    other = make_organisation("Othertown Party Council")
    officer = make_officer(other)
    assert [who for who, _ in told(motions_close, asked=Asked(organisation=other))] == [
        officer.email
    ]
    assert [who for who, _ in told(motions_close, asked=Asked(address=secretary.email))] == [
        secretary.email
    ]


# Registrations


@pytest.fixture
def delegate_pass(conference):
    return PassType.objects.create(
        conference=conference,
        code="delegate",
        name="Delegate",
        role=PassType.Role.DELEGATE,
        sold_to=PassType.SoldTo.BODIES,
        deadline=make_deadline(conference, Deadline.Kind.DELEGATE_REGISTRATION),
    )


def book(conference, council, pass_type, at: dt.datetime, **fields) -> Place:
    booking = Booking.objects.create(
        conference=conference,
        organisation=council,
        reference=uuid.uuid4().hex[:10],
        contact_name="Ann",
        contact_email="ann@example.org",
        state=Booking.State.SUBMITTED,
        payment_method=Booking.Method.INVOICE,
        created_at=at,
        submitted_at=at,
    )
    place = Place.objects.create(booking=booking, pass_type=pass_type, **fields)
    Line.objects.create(
        booking=booking,
        place=place,
        pass_type=pass_type,
        description="Delegate",
        amount=90,
        band="early",
        priced_at=at,
    )
    return place


@pytest.mark.parametrize("kind", [Deadline.Kind.EARLY_PRICE, Deadline.Kind.DELEGATE_REGISTRATION])
def test_bodies_without_delegates_are_told_until_they_book(
    conference, council, secretary, delegate_pass, kind
):
    deadline, _ = Deadline.objects.get_or_create(
        conference=conference,
        kind=kind,
        defaults={"audience": Deadline.Audience.BODIES, "closes_on": dt.date(2016, 6, 30)},
    )
    assert [who for who, _ in told(deadline)] == [secretary.email]
    book(conference, council, delegate_pass, LATER, name="Bo", named_at=LATER)
    assert [who for who, _ in told(deadline, at=AT)] == [secretary.email]
    assert told(deadline, at=LATER) == []


def test_places_without_a_name_concern_the_body_until_named(
    conference, council, secretary, delegate_pass
):
    names = make_deadline(conference, Deadline.Kind.NAMES)
    place = book(conference, council, delegate_pass, AT)
    Delegation.objects.create(conference=conference, organisation=council, lead=place, lead_at=AT)
    assert [who for who, _ in told(names)] == [secretary.email]
    Place.objects.filter(pk=place.pk).update(name="Bo", named_at=LATER)
    assert [who for who, _ in told(names)] == [secretary.email]
    assert told(names, at=LATER) == []


def test_missing_lead_delegate_concerns_the_body_until_chosen_or_waived(
    conference, council, secretary, delegate_pass
):
    names = make_deadline(conference, Deadline.Kind.NAMES)
    why = f"{council} has not chosen a lead delegate, who casts the delegation's votes."
    assert told(names) == []
    place = book(conference, council, delegate_pass, AT, name="Bo", named_at=AT)
    assert told(names) == [(secretary.email, why)]
    row = Delegation.objects.create(
        conference=conference, organisation=council, lead=place, lead_at=LATER
    )
    assert told(names, at=AT) == [(secretary.email, why)]
    assert told(names, at=LATER) == []
    Delegation.objects.update(lead=None, lead_at=None)
    assert told(names, at=LATER) == [(secretary.email, why)]
    Waiver.objects.create(
        delegation=row, rule="lead", reason="Alone", waived_by=secretary, waived_at=AT
    )
    assert told(names, at=LATER) == []


def test_interested_are_told_until_they_book(conference):
    door = make_deadline(conference, Deadline.Kind.VISITOR_REGISTRATION)
    visitor = PassType.objects.create(
        conference=conference,
        code="visitor",
        name="Visitor",
        role=PassType.Role.VISITOR,
        sold_to=PassType.SoldTo.EVERYBODY,
        deadline=door,
    )
    Interest.objects.create(
        conference=conference,
        name="Sam",
        email="sam@example.org",
        registered_at=AT,
        confirmed_at=AT,
        key_hash="a",
    )
    Interest.objects.create(
        conference=conference,
        name="Unconfirmed",
        email="un@example.org",
        registered_at=AT,
        key_hash="b",
    )
    assert [who for who, _ in told(door)] == ["sam@example.org"]
    book(conference, None, visitor, AT, name="Sam", email="Sam@example.org", named_at=AT)
    assert told(door) == []
