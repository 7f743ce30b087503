"""The conference, its calendar and its programme."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from django.apps import apps

from events.models import (
    AudienceFailure,
    ConferenceReport,
    Day,
    DeadlineChange,
    DownloadTally,
    Imprint,
    Notes,
    NotesSave,
    Rapporteur,
    Room,
    Session,
    SessionSpeaker,
    SiteContact,
    Speaker,
    StepRun,
    Track,
)
from registrations.models import Extra
from tests import factories
from tests.events.publications.make import make_campaign, make_publication, make_request
from tests.hostile.world.rows import AT, EVER, World
from tests.registrations import build


def make_conference(world: World) -> None:
    imprint = Imprint.objects.create(text="Printed by us", in_force_from=AT - EVER, note="first")
    SiteContact.objects.create(
        pk=1, name="Team", phone="1", hours="Mornings", postal_address="1 Street"
    )
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


def make_programme(world: World) -> None:
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
    _make_publications(world)
    _make_report(world)


def _make_report(world: World) -> None:
    """A published report: notes of a session, saved once, and of a heading of their own."""
    admin = world.people["everything"]
    report = ConferenceReport.objects.create(
        conference=world.conference, introduction="First", source="Notes", is_published=True
    )
    words = {"speakers": "Ann", "points": "- one", "links": "https://x.example", "actions": "A: b"}
    notes = Notes.objects.create(
        report=report,
        session=world.session,
        heading="Opening",
        saved_by=admin,
        saved_at=AT,
        **words,
    )
    NotesSave.objects.create(notes=notes, version=1, saved_by=admin, saved_at=AT, **words)
    Notes.objects.create(report=report, heading="Thanks", position=2)
    Rapporteur.objects.create(notes=notes, user=admin, assigned_by=admin, assigned_at=AT)
    world.rows |= {"notes": notes}


def _make_publications(world: World) -> None:
    """One for everybody, one for registrants, one by the form, and one nobody knows of."""
    campaign = make_campaign(
        summary="Summary", people="Ann", supporters="Us", contact_name="Claire", contact_phone="1"
    )
    out = {"summary": "Summary", "publish_at": AT - EVER}
    found = [
        make_publication(conference=world.conference, versions=2, **out),
        make_publication(conference=world.conference, access="registrants", **out),
        make_publication(campaign=campaign, access="form", **out),
        make_publication(campaign=campaign, is_draft=True),
    ]
    found[0].versions.update(note="New figures")
    token = {"key_hash": hashlib.sha256(b"publication-token").hexdigest(), "wants_news": True}
    make_request(found[2], asked_at=AT, link_until=AT + EVER, **token)
    DownloadTally.objects.create(version=found[0].versions.first(), day=AT.date(), way="public")
    world.rows |= {"campaign": campaign, "publications": found}
