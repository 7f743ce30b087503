"""The conferences of the demo year: one coming, one in three weeks, one over, one in draft."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from coopconf.demo.dates import DemoDates
from events.calendar import DEFAULT_LADDER, london_instant
from events.models import (
    Conference,
    Day,
    Deadline,
    ReminderStep,
    Room,
    Session,
    SessionSpeaker,
    Speaker,
    Venue,
)
from members.models import Region
from registrations.models import DoorRules, Extra, PassType, PriceBand

Kind, Audience = Deadline.Kind, Deadline.Audience

ANNUAL = "demo-annual"
LAST_ANNUAL = "demo-last-annual"


def make_annual(dates: DemoDates) -> Conference:
    """The annual conference whose call is open: everything can be tried on it."""
    venue, _ = Venue.objects.get_or_create(
        name="Riverside Hall",
        town="Bristol",
        defaults={
            "address": "1 Welsh Back, Bristol",
            "access_notes": "Step-free from the quay; a hearing loop in the main hall.",
        },
    )
    conference = Conference.objects.create(
        slug=ANNUAL,
        title=f"Annual Conference {dates.annual.year} (demo)",
        kind=Conference.Kind.ANNUAL,
        theme="Owning our future",
        strands=["housing", "energy", "care"],
        summary=(
            "A made-up conference, to try everything on. Delegates of party councils and societies "
            "decide on motions; members are welcome as visitors."
        ),
        mode=Conference.Mode.IN_PERSON,
        status=Conference.Status.OPEN,
        starts_on=dates.annual,
        ends_on=dates.annual + dt.timedelta(days=1),
        venue=venue,
        audience="delegates of party councils and societies; members as visitors",
        contact_name="Conference office (demo)",
        contact_email="conferences@example.org",
        contact_phone="020 7946 0000",
    )
    deadlines = _annual_deadlines(conference, dates)
    _annual_passes(conference, deadlines)
    _annual_programme(conference)
    return conference


def make_deadline(
    conference: Conference, kind: str, audience: str, closes_on: dt.date, **fields: object
) -> Deadline:
    """A deadline with the default ladder written out, so that staff can edit it."""
    deadline = Deadline.objects.create(
        conference=conference, kind=kind, audience=audience, closes_on=closes_on, **fields
    )
    ReminderStep.objects.bulk_create(
        ReminderStep(deadline=deadline, when=step.when, days=step.days, time=step.time)
        for step in DEFAULT_LADDER
    )
    return deadline


def _annual_deadlines(conference: Conference, dates: DemoDates) -> dict[str, Deadline]:
    opens_at = london_instant(dates.call_opens, dt.time(9, 0))
    bodies, everybody = Audience.BODIES, Audience.EVERYBODY
    rows = (
        (Kind.ORGANISATIONAL_MOTIONS, bodies, dates.motions),
        (Kind.EARLY_PRICE, everybody, dates.early),
        (Kind.AMENDMENTS, bodies, dates.business),
        (Kind.POLICY_SUBMISSIONS, bodies, dates.business),
        (Kind.CAC_NOMINATIONS, bodies, dates.business),
        (Kind.RECOGNITION_AWARDS, bodies, dates.business),
        (Kind.NAMES, bodies, dates.before(28)),
        (Kind.DELEGATE_REGISTRATION, bodies, dates.before(18)),
        (Kind.EXTRAS, everybody, dates.before(12)),
        (Kind.CHANGES, everybody, dates.before(8)),
        (Kind.VISITOR_REGISTRATION, everybody, dates.before(5)),
    )
    return {
        kind: make_deadline(conference, kind, audience, closes_on, opens_at=opens_at)
        for kind, audience, closes_on in rows
    }


def _carers_pass(conference: Conference, door: Deadline) -> None:
    PassType.objects.create(
        conference=conference,
        code="carer",
        name="Carer or personal assistant",
        description="At no charge, with the person they support.",
        role=PassType.Role.CARER,
        sold_to=PassType.SoldTo.EVERYBODY,
        deadline=door,
        position=3,
    )


def _annual_passes(conference: Conference, deadlines: dict[str, Deadline]) -> None:
    early, visitors = deadlines[Kind.EARLY_PRICE], deadlines[Kind.VISITOR_REGISTRATION]
    _delegates_passes(conference, early, deadlines[Kind.DELEGATE_REGISTRATION])
    visitor = PassType.objects.create(
        conference=conference,
        code="visitor",
        name="Visitor",
        description="Both days, without a vote.",
        role=PassType.Role.VISITOR,
        sold_to=PassType.SoldTo.MEMBERS,
        deadline=visitors,
        capacity=120,
        nominal_code="4020",
        position=2,
    )
    _bands(("Early", 39, early), ("Standard", 49, visitors), pass_type=visitor)
    _carers_pass(conference, visitors)
    _annual_extras(conference, deadlines[Kind.EXTRAS])
    DoorRules.objects.create(
        conference=conference, asks_photo_id=True, walk_in_pass=visitor, quorum=40
    )


def _delegates_passes(conference: Conference, early: Deadline, delegates: Deadline) -> None:
    delegate = PassType.objects.create(
        conference=conference,
        code="delegate",
        name="Delegate",
        description="Both days, with a vote.",
        role=PassType.Role.DELEGATE,
        sold_to=PassType.SoldTo.BODIES,
        deadline=delegates,
        nominal_code="4010",
    )
    _bands(("Early", 145, early), ("Standard", 195, delegates), pass_type=delegate)
    youth = PassType.objects.create(
        conference=conference,
        code="youth",
        name="Youth delegate",
        description="Both days, with a vote, for delegates of 30 or under.",
        role=PassType.Role.YOUTH_DELEGATE,
        sold_to=PassType.SoldTo.BODIES,
        deadline=delegates,
        nominal_code="4011",
        position=1,
    )
    _bands(("Early", 95, early), ("Standard", 145, delegates), pass_type=youth)


def _annual_extras(conference: Conference, extras: Deadline) -> None:
    """A dinner and two hotel nights that are paid for, and a reception that is free."""
    dinner = Extra.objects.create(
        conference=conference,
        code="dinner",
        is_free_for_carers=True,
        name="Conference Dinner",
        description="Saturday evening at Riverside Hall.",
        kind=Extra.Kind.DINNER,
        on_date=conference.starts_on,
        deadline=extras,
        capacity=200,
        nominal_code="4100",
    )
    _bands(("Standard", 45, extras), extra=dinner)
    for position, days in enumerate((-1, 0), start=1):
        night = conference.starts_on + dt.timedelta(days=days)
        room = Extra.objects.create(
            conference=conference,
            code=f"hotel-{night:%A}".lower(),
            name=f"Hotel, {night:%A} night",
            description="Quay Hotel, a single room with breakfast; step-free.",
            kind=Extra.Kind.HOTEL_NIGHT,
            on_date=night,
            deadline=extras,
            capacity=40,
            nominal_code="4110",
            position=position,
        )
        _bands(("Standard", Decimal("89.50"), extras), extra=room)
    reception = Extra.objects.create(
        conference=conference,
        code="reception",
        name="Friday evening reception",
        description="At the Quay Hotel, from 19:30.",
        kind=Extra.Kind.OTHER,
        on_date=conference.starts_on - dt.timedelta(days=1),
        deadline=extras,
        capacity=150,
        position=3,
    )
    _bands(("Free", 0, extras), extra=reception)


def _bands(*bands: tuple[str, Decimal | int, Deadline], **owner: PassType | Extra) -> None:
    for position, (name, amount, until) in enumerate(bands):
        PriceBand.objects.create(
            name=name, amount=Decimal(amount), until=until, position=position, **owner
        )


#: day (0 or 1), start, end, title, kind, room, delegates only, speaker
_SESSIONS = (
    (0, "10:00", "10:30", "Welcome", Session.Kind.KEYNOTE, 0, False, "Harriet Cole"),
    (0, "10:30", "12:00", "Whose energy? Community power", Session.Kind.PANEL, 0, False, ""),
    (0, "13:00", "14:30", "Organisational motions", Session.Kind.BUSINESS, 0, True, ""),
    (0, "13:00", "14:30", "Fair tax councils", Session.Kind.WORKSHOP, 1, False, "Imran Yousaf"),
    (0, "15:00", "16:30", "Co-operative housing", Session.Kind.CONSULTATION, 1, False, ""),
    (0, "19:30", "22:30", "Conference Dinner", Session.Kind.DINNER, 0, False, ""),
    (1, "09:30", "11:00", "Policy: care that people own", Session.Kind.CONSULTATION, 0, False, ""),
    (1, "11:30", "12:30", "Annual General Meeting", Session.Kind.AGM, 0, True, ""),
)


def _annual_programme(conference: Conference) -> None:
    days = [
        Day.objects.create(
            conference=conference,
            date=conference.starts_on + dt.timedelta(days=offset),
            title=f"Day {offset + 1}",
        )
        for offset in (0, 1)
    ]
    rooms = [
        Room.objects.create(
            conference=conference, name=name, capacity=capacity, is_step_free=True, position=place
        )
        for place, (name, capacity) in enumerate((("Main hall", 300), ("Quay room", 60)))
    ]
    for position, (day, start, end, title, kind, room, closed, speaker) in enumerate(_SESSIONS):
        session = Session.objects.create(
            conference=conference,
            day=days[day],
            title=title,
            kind=kind,
            starts_at=london_instant(days[day].date, dt.time.fromisoformat(start)),
            ends_at=london_instant(days[day].date, dt.time.fromisoformat(end)),
            room=rooms[room],
            is_delegates_only=closed,
            position=position,
        )
        _part(session, speaker)


def _part(session: Session, name: str) -> None:
    if name:
        speaker, _ = Speaker.objects.get_or_create(name=name, description="made up for this demo")
        SessionSpeaker.objects.create(session=session, speaker=speaker)
    elif session.kind == Session.Kind.PANEL:
        SessionSpeaker.objects.create(session=session, placeholder="a local MP, to be confirmed")


def make_regional(dates: DemoDates) -> Conference:
    """A free online conference in three weeks: members and supporters register their interest."""
    conference = Conference.objects.create(
        slug="demo-regional",
        title="Regional Conference for the West Midlands (demo)",
        kind=Conference.Kind.REGIONAL,
        theme="Building community power",
        mode=Conference.Mode.ONLINE,
        platform="Zoom",
        join_url="https://example.org/join/demo",
        join_from=london_instant(dates.regional, dt.time(9, 30)),
        status=Conference.Status.PROVISIONAL,
        attendance=Conference.Attendance.INTEREST,
        starts_on=dates.regional,
        ends_on=dates.regional,
        starts_at=london_instant(dates.regional, dt.time(10, 0)),
        ends_at=london_instant(dates.regional, dt.time(13, 0)),
        audience="members and supporters",
    )
    conference.regions.set(Region.objects.filter(name="West Midlands"))
    make_deadline(
        conference,
        Kind.VISITOR_REGISTRATION,
        Audience.EVERYBODY,
        dates.regional - dt.timedelta(days=1),
    )
    day = Day.objects.create(conference=conference, date=dates.regional)
    for position, title in enumerate(("Building community power", "Policy consultation: health")):
        Session.objects.create(
            conference=conference,
            day=day,
            title=title,
            kind=Session.Kind.CONSULTATION if position else Session.Kind.PANEL,
            position=position,
        )
    return conference


def make_last_annual(dates: DemoDates) -> Conference:
    """The annual conference before: a door for motions, one for amendments, an afternoon of business."""
    on = dates.last_annual
    conference = Conference.objects.create(
        slug=LAST_ANNUAL,
        title="The last Annual Conference (demo)",
        kind=Conference.Kind.ANNUAL,
        theme="Power in our hands",
        mode=Conference.Mode.IN_PERSON,
        status=Conference.Status.OPEN,
        starts_on=on,
        ends_on=on,
        record="A made-up day: seven motions, one composite, and what became of each.",
    )
    opens_at = london_instant(on - dt.timedelta(days=60), dt.time(9, 0))
    for kind, days in ((Kind.ORGANISATIONAL_MOTIONS, 45), (Kind.AMENDMENTS, 20)):
        closes_on = on - dt.timedelta(days=days)
        make_deadline(conference, kind, Audience.BODIES, closes_on, opens_at=opens_at)
    Session.objects.create(
        conference=conference,
        day=Day.objects.create(conference=conference, date=on),
        title="Organisational motions",
        kind=Session.Kind.BUSINESS,
        starts_at=london_instant(on, dt.time(13, 0)),
        ends_at=london_instant(on, dt.time(15, 30)),
        is_delegates_only=True,
    )
    return conference


def make_others(dates: DemoDates) -> None:
    """One that is over, with its record, and next year's in draft."""
    Conference.objects.create(
        slug="demo-councillors",
        title=f"Local Government Conference {dates.councillors.year} (demo)",
        kind=Conference.Kind.LOCAL_GOVERNMENT,
        status=Conference.Status.OVER,
        mode=Conference.Mode.IN_PERSON,
        starts_on=dates.councillors,
        ends_on=dates.councillors,
        record="A made-up day with made-up notes: 84 councillors, four strands, one report.",
    )
    Conference.objects.create(
        slug="demo-next-year",
        title=f"Annual Conference {dates.annual.year + 1} (demo)",
        kind=Conference.Kind.ANNUAL,
        status=Conference.Status.DRAFT,
    )
