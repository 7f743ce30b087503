"""From a file's text to what it says, with every problem noted at its line and field."""

from __future__ import annotations

import datetime as dt
import re

from django.core.exceptions import ValidationError

from events import ladders
from events.calendar import closing_instant
from events.files.node import Node
from events.files.programme_reading import read_days
from events.files.sections import sections
from events.files.specs import (
    ConferenceSpec,
    DeadlineSpec,
    RoomSpec,
    SeriesSpec,
    StepSpec,
    VenueSpec,
)
from events.models import Conference, Deadline

FIELDS = (
    "slug",
    "title",
    "other_names",
    "kind",
    "series",
    "regions",
    "theme",
    "strands",
    "summary",
    "mode",
    "status",
    "status_note",
    "attendance",
    "first_day",
    "last_day",
    "starts",
    "ends",
    "venue",
    "venue_shown_from",
    "platform",
    "join_link",
    "join_link_from",
    "for_whom",
    "contact",
    "imprint",
    "officer_confirms",
    "rooms",
    "tracks",
    "deadlines",
    "days",
    "sessions",
    "basis",
    "record",
)


def read_conference(root: Node) -> ConferenceSpec:
    """What the file says of the conference itself; meaningless when problems were noted."""
    root.only(*FIELDS, *(section.name for section in sections()))
    for field in ("slug", "title", "kind"):
        root.require(field)
    starts_on, ends_on, starts_at, ends_at = _when(root)
    return ConferenceSpec(
        slug=_slug(root),
        title=root.text("title", longest=200),
        kind=root.choice("kind", Conference.Kind),
        status=root.choice("status", Conference.Status, Conference.Status.DRAFT),
        other_names=tuple(root.texts("other_names", longest=200)),
        series=_series(root),
        regions=tuple(sorted(root.texts("regions"))),
        theme=root.text("theme", longest=200),
        strands=tuple(root.texts("strands", longest=150)),
        summary=root.text("summary"),
        mode=root.choice("mode", Conference.Mode),
        status_note=root.text("status_note", longest=300),
        attendance=root.choice("attendance", Conference.Attendance, Conference.Attendance.BOOKING),
        starts_on=starts_on,
        ends_on=ends_on,
        starts_at=starts_at,
        ends_at=ends_at,
        venue=_venue(root),
        venue_public_from=root.instant("venue_shown_from"),
        platform=root.text("platform", longest=80),
        join_url=_link(root),
        join_from=root.instant("join_link_from"),
        audience=root.text("for_whom", longest=200),
        **_contact(root),
        imprint=root.text("imprint"),
        officer_confirms=root.flag("officer_confirms"),
        record=root.text("record"),
        basis=_basis(root),
        rooms=tuple(_rooms(root)),
        tracks=tuple(root.texts("tracks", longest=80)),
        deadlines=tuple(_deadlines(root)),
        days=tuple(read_days(root)),
    )


def _slug(root: Node) -> str:
    slug = root.text("slug", longest=80)
    if slug and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug):
        root.problem("A slug consists of small letters, figures and single hyphens.", "slug")
    return slug


def _when(
    root: Node,
) -> tuple[dt.date | None, dt.date | None, dt.datetime | None, dt.datetime | None]:
    """First day, last day (the first when absent), start and end."""
    first, last = root.date("first_day"), root.date("last_day")
    if first is None and last is not None:
        root.problem("A last day needs a first day.", "last_day")
    elif first is not None and last is not None and last < first:
        root.problem("The last day cannot come before the first.", "last_day")
    starts_at, ends_at = root.instant("starts"), root.instant("ends")
    if ends_at is not None and (starts_at is None or ends_at <= starts_at):
        root.problem("The end must be later than the start.", "ends")
    return first, last or first, starts_at, ends_at


def _contact(root: Node) -> dict[str, str]:
    node = root.child("contact")
    if node is None:
        return {}
    node.only("name", "email", "phone")
    return {
        "contact_name": node.text("name", longest=120),
        "contact_email": node.email("email"),
        "contact_phone": node.text("phone", longest=40),
    }


def _link(root: Node) -> str:
    link = root.text("join_link", longest=200)
    if link and not link.startswith(("https://", "http://")):
        root.problem("A link begins with https://.", "join_link")
    return link


def _basis(root: Node) -> dict[str, str]:
    basis = root.pairs("basis")
    node = root.child("basis")
    known = {*FIELDS, *(section.name for section in sections())}
    for field in basis:
        if field not in known:
            node.problem("There is no field of this name to give the basis of.", field)
    return basis


def _series(root: Node) -> SeriesSpec | None:
    node = root.child("series")
    if node is None:
        return None
    node.only("name", "slug", "theme")
    node.require("name")
    node.require("slug")
    return SeriesSpec(
        name=node.text("name", longest=150),
        slug=node.text("slug", longest=150),
        theme=node.text("theme", longest=200),
    )


def _venue(root: Node) -> VenueSpec | None:
    node = root.child("venue")
    if node is None:
        return None
    node.only("name", "town", "address", "access")
    node.require("name")
    return VenueSpec(
        name=node.text("name", longest=150),
        town=node.text("town", longest=80),
        address=node.text("address"),
        access_notes=node.text("access"),
    )


def _rooms(root: Node) -> list[RoomSpec]:
    rooms = []
    for node in root.items("rooms"):
        node.only("name", "capacity", "step_free")
        node.require("name")
        name = node.text("name", longest=80)
        if name in {room.name for room in rooms}:
            node.problem(f"There are two rooms called {name}.")
        rooms.append(RoomSpec(name, node.whole("capacity", least=1), node.maybe("step_free")))
    return rooms


def _deadlines(root: Node) -> list[DeadlineSpec]:
    deadlines = []
    for node in root.items("deadlines"):
        spec = _deadline(node)
        if (spec.kind, spec.name) in {(each.kind, each.name) for each in deadlines}:
            node.problem("This deadline stands here twice; give one of them a name.")
        deadlines.append(spec)
    return sorted(deadlines, key=lambda each: (each.kind, each.name))


def _deadline(node: Node) -> DeadlineSpec:
    node.only("kind", "name", "concerns", "opens", "closes", "reminded", "reminders", "note")
    node.require("kind")
    node.require("concerns")
    opens_at = node.instant("opens")
    whole_day = len(node.text("closes")) == len("2016-04-04")
    closes_on = node.date("closes") if whole_day else None
    closes_at = None if whole_day else node.instant("closes")
    spec = DeadlineSpec(
        kind=node.choice("kind", Deadline.Kind),
        audience=node.choice("concerns", Deadline.Audience),
        name=node.text("name", longest=120),
        opens_at=opens_at,
        closes_on=closes_on,
        closes_at=closes_at,
        is_reminded=node.flag("reminded", default=True),
        note=node.text("note", longest=200),
        steps=tuple(_steps(node)),
    )
    closing = closing_instant(closes_on=closes_on, closes_at=closes_at)
    if opens_at is not None and closing is not None and closing <= opens_at:
        node.problem("It must close after it opens.", "closes")
    if spec.kind in Deadline.PRIVATE:
        node.problem("The committee sets this date at its desk; it stands in no file.", "kind")
    return spec


def _steps(node: Node) -> list[StepSpec]:
    steps: list[StepSpec] = []
    for item in node.items("reminders"):
        try:
            rung = ladders.parse_rung(item.value())
        except ValidationError as error:
            item.problem(error.message)
            continue
        step = StepSpec(rung.when, rung.days, rung.time)
        if (step.when, step.days) in {(each.when, each.days) for each in steps}:
            item.problem("This reminder stands here twice.")
        steps.append(step)
    return sorted(steps, key=lambda each: (each.when, -each.days))
