"""Rows to measure with: a conference of 60 sessions, doors, a pass of 100 places, a visitor."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

import clock
from bench.stage import SLUG
from events.calendar import london_instant
from events.models import Conference, Day, Deadline, Room, Session, SessionSpeaker, Speaker
from events.services import public_pages
from members.models import Office, Officeholding, Organisation, User
from motions.models import AwardCategory, Call, Consultation, Motion, MotionVersion, Post
from motions.services.versions import make_version
from registrations.models import PassType, PriceBand

WORDS = "Conference notes that co-operation works where people own what they do together. " * 11


def conference() -> Conference:
    """A public conference in 100 days with every door open."""
    first = clock.today() + dt.timedelta(days=100)
    made = Conference.objects.create(
        slug=SLUG,
        title="Annual Conference of the bench",
        kind=Conference.Kind.ANNUAL,
        mode=Conference.Mode.IN_PERSON,
        status=Conference.Status.OPEN,
        starts_on=first,
        ends_on=first + dt.timedelta(days=1),
    )
    programme(made, first)
    doors(made, first)
    public_pages.mark_changed()
    return made


def programme(made: Conference, first: dt.date) -> None:
    """Two days, six rooms, 60 sessions with a speaker each."""
    rooms = [
        Room.objects.create(conference=made, name=f"Room {n}", capacity=80, position=n)
        for n in range(6)
    ]
    days = [
        Day.objects.create(conference=made, date=first + dt.timedelta(days=n)) for n in range(2)
    ]
    for n in range(60):
        day, hour = days[n % 2], 9 + (n // 12)
        session = Session.objects.create(
            conference=made,
            day=day,
            title=f"Session {n}: what co-operation can do",
            starts_at=london_instant(day.date, dt.time(hour)),
            ends_at=london_instant(day.date, dt.time(hour, 50)),
            room=rooms[(n // 2) % 6],
            position=n,
        )
        speaker = Speaker.objects.create(name=f"Speaker {n}", description="councillor")
        SessionSpeaker.objects.create(session=session, speaker=speaker)


def doors(made: Conference, first: dt.date) -> None:
    """A deadline of each kind in 60 days; a free pass of 100 places for everybody."""
    closes_on = first - dt.timedelta(days=40)
    for kind in Deadline.Kind:
        Deadline.objects.create(
            conference=made,
            kind=kind,
            audience=Deadline.Audience.EVERYBODY,
            closes_on=closes_on,
        )
    door = made.deadlines.get(kind=Deadline.Kind.VISITOR_REGISTRATION)
    visitor = PassType.objects.create(
        conference=made,
        code="visitor",
        name="Visitor",
        role=PassType.Role.VISITOR,
        sold_to=PassType.SoldTo.EVERYBODY,
        deadline=door,
        capacity=100,
    )
    PriceBand.objects.create(pass_type=visitor, name="Standard", amount=Decimal(30), until=door)
    delegate = PassType.objects.create(
        conference=made,
        code="delegate",
        name="Delegate",
        role=PassType.Role.DELEGATE,
        sold_to=PassType.SoldTo.BODIES,
        deadline=made.deadlines.get(kind=Deadline.Kind.DELEGATE_REGISTRATION),
    )
    early = made.deadlines.get(kind=Deadline.Kind.EARLY_PRICE)
    PriceBand.objects.create(pass_type=delegate, name="Early", amount=Decimal(90), until=early)
    business(made)


def business(made: Conference) -> None:
    """A door for each kind of business."""
    by_kind = {deadline.kind: deadline for deadline in made.deadlines.all()}
    Call.objects.create(deadline=by_kind[Deadline.Kind.ORGANISATIONAL_MOTIONS], max_words=300)
    Post.objects.create(deadline=by_kind[Deadline.Kind.CAC_NOMINATIONS], title="CAC", vacancies=2)
    Consultation.objects.create(
        deadline=by_kind[Deadline.Kind.POLICY_SUBMISSIONS], title="Policy submissions"
    )
    AwardCategory.objects.create(
        deadline=by_kind[Deadline.Kind.RECOGNITION_AWARDS], name="Member", honours="person"
    )


def person(n: int) -> tuple[User, str]:
    """A person who is signed in, and their session's key."""
    user = User.objects.create_user(email=f"person{n}@example.org", name=f"Person {n}")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return user, session.session_key


def secretary(user: User) -> Organisation:
    """Makes this person the secretary of a party council."""
    body = Organisation.objects.create(
        name="Benchtown Party Council", slug="benchtown", kind=Organisation.Kind.PARTY_COUNCIL
    )
    Officeholding.objects.create(
        organisation=body,
        office=Office.objects.get(slug="secretary"),
        user=user,
        started_on=clock.today(),
        state=Officeholding.State.VERIFIED,
        source=Officeholding.Source.STAFF,
        decided_at=clock.now(),
        created_at=clock.now(),
    )
    return body


def motions(body: Organisation, user: User) -> tuple[Motion, Motion]:
    """A draft of this body and a published motion, each of some 140 words."""
    at = clock.now()
    call = Call.objects.get(deadline__conference__slug=SLUG)
    draft, published = (
        Motion.objects.create(
            conference=call.conference,
            call=call,
            organisation=body,
            title=title,
            draft_text=WORDS,
            created_by=user,
            created_at=at,
            draft_saved_by=user,
            draft_saved_at=at,
        )
        for title in ("On a draft", "On co-operation")
    )
    make_version(by=user, motion=published, origin=MotionVersion.Origin.SUBMISSION, at=at)
    published.state = Motion.State.PUBLISHED
    published.submitted_by, published.submitted_at, published.published_at = user, at, at
    published.save()
    return draft, published


def many_secretaries(count: int) -> None:
    """`count` bodies with an officer each: the audience of a large reminder."""
    at = clock.now()
    office = Office.objects.get(slug="secretary")
    for start in range(0, count, 5000):
        numbers = range(start, min(start + 5000, count))
        bodies = Organisation.objects.bulk_create(
            Organisation(name=f"Body {n}", slug=f"body-{n}", kind="party_council") for n in numbers
        )
        users = User.objects.bulk_create(
            User(email=f"secretary{n}@example.org", name=f"Secretary {n}", password="!")
            for n in numbers
        )
        Officeholding.objects.bulk_create(
            Officeholding(
                organisation=body,
                office=office,
                user=user,
                started_on=at.date(),
                state=Officeholding.State.VERIFIED,
                source=Officeholding.Source.STAFF,
                decided_at=at,
                created_at=at,
            )
            for body, user in zip(bodies, users, strict=True)
        )
