"""What one person types reaches nobody it is not for: not another's page, not the log, not a cache."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import logging

import pytest
from django.apps import apps
from django.urls import reverse

from coopconf import logs
from members.models import AuditEntry
from registrations.models import PlaceNeeds
from tests.hostile.routes import given_for, routes
from tests.hostile.walking import Met, Walker, once_an_admin_page, site_page
from tests.hostile.world import AT, World, make_world

pytestmark = pytest.mark.django_db

CANARY = "Canaryqx"
ADDRESS = "canaryqx@example.net"
TOKENS = (
    *("link-token", "interest-token", "asked-token", "honour-token"),
    "invitation-token-0123456789",
)
SITE = (None, "member", "officer", "cac")


_numbers = itertools.count()


def _canary(model, column) -> str:
    return f"{CANARY}{next(_numbers)}" if column.unique else CANARY[: column.max_length]


def _walker(world: World, person: str | None, after) -> Walker:
    return Walker(world, world.people[person] if person else None, after)


@pytest.fixture
def log_lines():
    """Every line the site writes during the test, as production writes it."""
    setting = dict(logs.configuration(as_json=True, level="INFO")["formatters"]["lines"])
    formatter = setting.pop("()")(**setting)
    written: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(formatter.format(record))

    root, keep = logging.getLogger(), Keep()
    level = root.level
    root.addHandler(keep)
    root.setLevel(logging.INFO)
    yield written
    root.setLevel(level)
    root.removeHandler(keep)


def test_log_of_a_walk_over_the_site_names_nobody(at, log_lines) -> None:
    at(AT)
    world = make_world(_canary)
    for person in ("officer", "member"):
        _walker(world, person, lambda met: None).walk(site_page)
    walker = _walker(world, "everything", lambda met: None)
    for query in (f"?q={CANARY}", f"?next=/{CANARY}", f"?email={ADDRESS}"):
        for path in ("/", f"/{CANARY}/", f"/accounts/login/{query}", f"/booking/{CANARY}/"):
            walker.ask(routes()[0], f"{path}{query}")
    walker.ask(routes()[0], "/accounts/login/", {"login": ADDRESS, "password": CANARY})
    assert len(log_lines) > 200
    told = [line for line in log_lines if CANARY.lower() in line.lower()]
    told += [line for line in log_lines if any(token in line for token in TOKENS)]
    told += [line for line in log_lines if "@example" in line or "-2222" in line]
    assert told == []


def _told(row: tuple) -> str:
    """A row in words; bytes as they are, however the database's driver wraps them."""
    return str(tuple(bytes(one) if isinstance(one, memoryview) else one for one in row))


def _rows() -> dict[str, str]:
    """A digest of every table but the sessions."""
    tables = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label in ("sessions.Session", "usersessions.UserSession"):
            continue
        rows = sorted(map(_told, model._base_manager.values_list()))
        tables[model._meta.label] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return tables


@pytest.mark.parametrize("person", [*SITE, "everything"])
def test_page_that_is_only_looked_at_changes_no_row(at, person) -> None:
    at(AT)
    world = make_world()
    walker = _walker(world, person, lambda met: None)
    wanted = once_an_admin_page if person == "everything" else site_page
    before = _rows()
    for route in filter(wanted, routes()):
        for given in given_for(route, world)[-1:]:
            answer = walker.client.get(reverse(route.name, kwargs=given))
            b"".join(answer)  # read to its end, a file is closed
    after = _rows()
    assert {name for name in before if before[name] != after[name]} == set()


@pytest.mark.parametrize("person", [person for person in SITE if person])
def test_page_of_somebody_signed_in_is_stored_nowhere(at, person) -> None:
    at(AT)
    world = make_world()
    stored: list[str] = []

    def look(met: Met) -> None:
        public_file = met.path.endswith((".ics", "jsi18n/"))
        if not public_file and "no-store" not in met.answer.get("Cache-Control", ""):
            stored.append(met.path)

    walker = _walker(world, person, look)
    for route in filter(site_page, routes()):
        for given in given_for(route, world)[:1]:
            walker.ask(route, reverse(route.name, kwargs=given))
    assert stored == []


@pytest.mark.parametrize("person", [None, "member", "officer"])
def test_private_words_of_one_body_stand_on_no_page_of_others(at, person) -> None:
    at(AT)
    world = make_world()
    rival = world.people["rival"]
    type(rival).objects.filter(pk=rival.pk).update(name=CANARY, email=ADDRESS)
    world.paper.places.update(name=CANARY, email=ADDRESS)
    type(world.paper).objects.filter(pk=world.paper.pk).update(
        contact_name=CANARY, contact_email=ADDRESS, bill_to=CANARY, override_reason=CANARY
    )
    PlaceNeeds.objects.filter(place__booking=world.paper).update(access=CANARY, dietary=CANARY)
    type(world.motion_foreign).objects.filter(pk=world.motion_foreign.pk).update(
        title=CANARY, draft_text=CANARY, mover=CANARY
    )
    type(world.interest).objects.update(name=CANARY, email=ADDRESS)
    seen: list[str] = []

    def look(met: Met) -> None:
        own_link = met.route.name == "registrations:confirm_interest"
        if not own_link and CANARY.lower() in met.answer.content.decode(errors="replace").lower():
            seen.append(met.path)

    _walker(world, person, look).walk(site_page)
    assert seen == []


@pytest.mark.parametrize("person", SITE)
def test_venue_and_joining_link_before_their_hour_are_nowhere(at, person) -> None:
    at(AT)
    world = make_world()
    later = AT + dt.timedelta(minutes=1)
    conferences = type(world.conference).objects.filter(pk=world.conference.pk)
    conferences.update(venue_public_from=later, join_from=later)
    type(world.conference.venue).objects.update(name=CANARY, town=CANARY, address=CANARY)
    conferences.update(join_url=f"https://join.example/{CANARY}")
    shown: list[str] = []

    def look(met: Met) -> None:
        words = met.answer.content.decode(errors="replace") + str(met.answer.headers)
        if CANARY.lower() in words.lower():
            shown.append(met.path)

    _walker(world, person, look).walk(site_page)
    assert shown == []


def test_audit_trail_of_secrets_holds_none_of_them(at) -> None:
    at(AT)
    world = make_world()
    PlaceNeeds.objects.update(access=CANARY, dietary=CANARY)
    type(world.proposal).objects.update(nominee_name=CANARY, citation=CANARY, evidence=CANARY)
    told: list[str] = []

    def look(met: Met) -> None:
        for entry in AuditEntry.objects.exclude(object_label="plain"):
            words = f"{entry.object_label}{entry.before}{entry.after}{entry.reason}"
            if CANARY in words:
                told.append(f"{met.path} {entry.action}: {words}")

    for person in ("member", "officer"):
        _walker(world, person, look).walk(site_page)
    desks = ("admin:motions_award", "admin:registrations_place", "admin:registrations_booking")
    _walker(world, "everything", look).walk(lambda route: route.name.startswith(desks))
    assert told == []


@pytest.mark.parametrize("person", ["member", "officer", "rival"])
def test_missing_and_foreign_rows_are_answered_alike(at, person) -> None:
    at(AT)
    world = make_world()
    slug = world.conference.slug
    names = ("edit", "preview", "withdraw", "late", "confirm", "give-back")
    foreign = world.motion_foreign if person != "rival" else world.motion_draft
    pairs = [
        [reverse(f"motions:{name}", kwargs={"slug": slug, "pk": pk}) for pk in (foreign.pk, 99999)]
        for name in names
    ]
    theirs = world.paper if person != "rival" else world.theirs
    names = ("done", "cancel_booking", "draft_places", "draft_payment", "draft_review")
    pairs += [
        [
            reverse(f"registrations:{name}", kwargs={"reference": reference})
            for reference in (theirs.reference, "ZZZZ-9999")
        ]
        for name in names
    ]
    answers: list[tuple[int, bytes]] = []
    walker = _walker(world, person, lambda met: None)
    for pair in pairs:
        for method in ("get", "post"):
            answers = []
            for path in pair:
                answer = getattr(walker.client, method)(path)
                answers.append((answer.status_code, answer.content.replace(path.encode(), b"")))
            assert answers[0][0] == answers[1][0] == 404, pair
            assert len(answers[0][1]) == len(answers[1][1]), pair
