"""Every route, both methods, every role: what `matrix.yaml` says is what happens.

Also: no GET writes anything but the session. A route that is not in the file fails with the words
to add; the head of the file explains its vocabulary.
"""

from __future__ import annotations

import copy
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.db import connection, reset_queries, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from ruamel.yaml import YAML

import clock
from members.staff import RoleAdmin
from tests.access.routes import Route, all_routes, nameless_routes
from tests.access.world import ROLES, STAFF, World, arguments, make_world
from tests.factories import AT, sign_in

FILE = Path(__file__).with_name("matrix.yaml")
MATRIX: dict[str, Any] = YAML(typ="safe").load(FILE)
ROUTES = all_routes()
METHODS = ("GET", "POST")
TABLES = {model._meta.label_lower: found for model, found in admin.site._registry.items()}
ACTS = [
    (label, act.name)
    for label, found in TABLES.items()
    if isinstance(found, RoleAdmin)
    for act in found.acts
]
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)
#: What a GET may write: the session, and allauth's list of a person's sessions.
OF_SESSIONS = re.compile(r'"(django_session|usersessions_usersession)"')


def is_listed(route: Route) -> bool:
    """Does the file say what happens here?"""
    if route.table:
        return route.table in MATRIX["tables"]
    return set(MATRIX["routes"].get(route.name, ())) == set(METHODS)


def expected(route: Route, method: str, role: str) -> str:
    """What the file says of one route, method and role."""
    if route.table:
        return expected_in_admin(role, allowed_in_admin(route, method))
    profile = MATRIX["profiles"][MATRIX["routes"][route.name][method]]
    group = "staff" if role in STAFF else role
    for key in (role, group, "everybody"):
        if key in profile:
            return profile[key]
    raise LookupError(f"{route} {method}: the profile says nothing of {role}")


def allowed_in_admin(route: Route, method: str) -> set[str]:
    """The roles of staff that a page of a table answers."""
    table = MATRIX["tables"][route.table]
    change, add = set(table.get("change", ())), set(table.get("add", ()))
    readers = {*table["read"], *change, *add}
    if route.page == "add":
        return add
    if route.page == "delete":
        return set(table.get("delete", ()))
    if (route.page, method) == ("change", "POST"):
        return change
    return readers


def expected_in_admin(role: str, allowed: set[str]) -> str:
    """Nobody but staff with a second factor and one of these roles."""
    if role == "stranger":
        return "sign-in"
    if role == "staff without second factor":
        return "second factor"
    return "ok" if role in STAFF and STAFF[role].value in allowed else "refused"


def outcome(response: HttpResponse, role: str) -> str:
    """What happened, in the file's words. 400 is an empty form that was looked at."""
    target = response.headers.get("Location", "")
    if target.startswith("/accounts/2fa/"):
        return "second factor"
    if target.startswith("/admin/login/"):
        return "sign-in" if role == "stranger" else "refused"
    if target.startswith("/accounts/login/?"):
        return "sign-in"
    words = {400: "ok", 403: "refused", 404: "hidden", 405: "wrong method"}
    return "ok" if response.status_code < 400 else words.get(response.status_code, "broken")


def ask(client: Client, method: str, url: str) -> tuple[HttpResponse, list[str]]:
    """The answer and what it wrote beside sessions; whatever a POST did is taken back."""
    cookies = copy.deepcopy(client.cookies)  # signing out would take them
    cache.clear()
    reset_queries()
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        response = client.generic(method, url)
        transaction.set_rollback(True)
    if response.streaming:
        b"".join(response.streaming_content)  # read to its end, a file is closed
    client.cookies = cookies
    return response, kept_writes([query["sql"] for query in queries])


def kept_writes(statements: list[str]) -> list[str]:
    """What a request wrote beside sessions and did not itself take back (a rehearsal does)."""
    writes: list[str] = []
    open_at: dict[str, int] = {}
    for sql in statements:
        name = sql.rpartition(" ")[2]
        if sql.startswith("SAVEPOINT"):
            open_at[name] = len(writes)
        elif sql.startswith("ROLLBACK TO SAVEPOINT"):
            del writes[open_at.get(name, 0) :]
        elif WRITES.match(sql) and not OF_SESSIONS.search(sql):
            writes.append(sql)
    return writes


def clients(world: World) -> dict[str, Client]:
    """A browser for every role, signed in."""
    found = {}
    for role in ROLES:
        found[role] = Client(raise_request_exception=False)  # an error is an outcome, too
        person = world.people[role]
        if person is not None:
            sign_in(found[role], person, second_factor="without second factor" not in role)
    return found


@pytest.fixture
def world(db):
    """One world for many questions: what a request does to it is taken back (`ask`)."""
    before = logging.root.manager.disable
    logging.disable(logging.ERROR)  # ten thousand lines about requests
    try:
        with clock.frozen(AT):
            yield make_world()
    finally:
        logging.disable(before)


@pytest.fixture
def browsers(world):
    """Everybody, signed in."""
    return clients(world)


def test_every_route_has_a_name():
    assert nameless_routes() == [], "Give these routes a name, so that the matrix can list them."


def test_every_route_is_listed():
    missing = [route for route in ROUTES if not is_listed(route)]
    lines = {
        f"  tables: {route.table}: {{read: [roles], change: [roles], add: [roles]}}"
        if route.table
        else f"  routes: {route.name}: {{GET: a profile, POST: a profile}}"
        for route in missing
    }
    advice = "\n".join(sorted(lines))
    assert not missing, (
        f"Say in {FILE.name} who may come in (its head explains the words), and give the "
        f"arguments of a route in world.py:\n{advice}"
    )


def test_nothing_is_listed_that_is_not_there():
    names = {route.name for route in ROUTES}
    assert set(MATRIX["routes"]) <= names
    assert set(MATRIX["tables"]) == set(TABLES)


def group_of(route: Route) -> str:
    """Routes are asked app by app: a world each would take most of the time."""
    if route.table:
        return f"admin of {route.table}"
    namespace, _, rest = route.name.rpartition(":")
    return f"admin pages of {rest.split('_')[0]}" if namespace == "admin" else namespace or "site"


@pytest.mark.parametrize("group", sorted({group_of(route) for route in ROUTES}))
def test_routes_answer_each_role_as_listed(world, browsers, group):
    differs, written = {}, {}
    for route in ROUTES:
        if group_of(route) != group or route.page == "act" or not is_listed(route):
            continue  # an unlisted one fails above, with the words to add
        url = reverse(route.name, kwargs=arguments(route, world))
        for role, client in browsers.items():
            for method in METHODS:
                response, writes = ask(client, method, url)
                seen, wanted = outcome(response, role), expected(route, method, role)
                if seen != wanted:
                    differs[f"{route} {method} {role}"] = f"{seen}, listed is {wanted}"
                if method == "GET" and writes:
                    written[f"{route} {role}"] = writes
    assert not differs
    assert not written, "A GET changes nothing."


@pytest.mark.parametrize("table", sorted({table for table, _ in ACTS}))
def test_acts_are_open_to_the_roles_listed(browsers, table):
    model = TABLES[table].model
    row = model._default_manager.order_by("-pk").first()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_act"
    differs = {}
    for act in (act for label, act in ACTS if label == table):
        url = reverse(name, args=[row.pk, act])
        seen = {
            role: outcome(ask(client, "GET", url)[0], role) for role, client in browsers.items()
        }
        allowed = set(MATRIX["acts"].get(f"{table} {act}", ()))
        wanted = {role: expected_in_admin(role, allowed) for role in ROLES}
        if seen != wanted:
            let_in = [role.removeprefix("staff: ") for role in ROLES if seen[role] == "ok"]
            differs[f"{table} {act}"] = f"lets in {let_in}, listed are {sorted(allowed)}"
    assert not differs, f"The acts section of {FILE.name} says otherwise."
