"""Garbage at every route: never a 500, always an answer that says what is wrong.

The routes come from the URL conf, the fields from each page's own forms; a route nobody listed in
`tests/hostile/routes.py` fails. The short form draws a few mutations a form, other ones for every
address; `DRILL=1` sends them all.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from tests.hostile import garbage
from tests.hostile.routes import given_for, routes
from tests.hostile.walking import (
    NOT_SENT,
    Met,
    Walker,
    is_page,
    once_an_admin_page,
    shared_between_databases,
    site_page,
    this_half,
)
from tests.hostile.world import AT, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.drill]

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
#: Whole bodies that are no form at all.
BODIES = [
    (b"\xff\xfe=\x00&%zz=%u1234&;;;", URLENCODED),
    (b"a=1&" * 3000, URLENCODED),
    (b'--x\r\nContent-Disposition: form-data; name="a', MULTIPART),
    (b'--x\r\nContent-Disposition: form-data; name="\x00"\r\n\r\n\xff\r\n--x--\r\n', MULTIPART),
    (b"", "multipart/form-data"),
    (b'{"a":', "application/json"),
    (b"a=b", "application/x-www-form-urlencoded; charset=utf-16"),
]


class Thrower:
    """Throws garbage at pages as one person and keeps what broke."""

    def __init__(self, walker: Walker, *, everything: bool, at_most: int = 2) -> None:
        self.at_most = at_most
        self.walker = walker
        self.everything = everything
        self.thrown = 0
        walker.after = self._judge
        self.faults: dict[str, str] = {}

    def _judge(self, met: Met) -> None:
        self.thrown += 1
        if met.answer.status_code >= 500:
            sent = {name: str(value)[:40] for name, value in (met.sent or {}).items()}
            words = met.answer.content.decode()[:300]
            self.faults.setdefault(
                words, f"{met.route.name} {met.path[:120]} {sent}: {words}"[:1200]
            )

    def _some(self, given: list[Any], count: int, seed: str) -> list[Any]:
        few = len(given) <= count or self.everything
        return given if few else random.Random(seed).sample(given, count)

    def throw(self, route: Any, path: str) -> None:
        """Odd questions to a page, and garbage in each of its forms."""
        met = self.walker.ask(route, path)
        for query in self._some(garbage.QUERIES, 1, path):
            self.walker.ask(route, f"{path}?{query}")
        for body, kind in self._some(BODIES, self.at_most - 1, path):
            self.walker.ask_raw(route, path, body, kind)
        if route.name in NOT_SENT:
            return
        forms = [garbage.Form("", "post", {name: [] for name in ("key", "version", "do", "code")})]
        if is_page(met.answer):
            forms = garbage.forms_of(met.answer.content.decode())
        for form in forms:
            if form.action.partition("?")[0] in ("", path):
                self._form(route, path, form)

    def _form(self, route: Any, path: str, form: garbage.Form) -> None:
        turns = range(len(garbage.ALL)) if self.everything else (len(path),)
        sendings = [garbage.all_at_once(form, turn) for turn in turns]
        single = list(garbage.one_at_a_time(form, garbage.ALL))
        sendings += [{}, *self._some(single, self.at_most - 1, path)]
        for name in form.files:
            uploads = self._some(garbage.uploads(), 2, path)
            sendings += [{**form.values, name: upload} for upload in uploads]
        for sent in sendings:
            self.walker.ask(route, path, sent)


def _throw(at, person: str | None, wanted, *, everything: bool) -> Thrower:
    at(AT)
    world = make_world()
    walker = Walker(world, world.people[person] if person else None, lambda met: None)
    # The admin has a few hundred pages made by one hand: one piece of each kind a page will do.
    at_most = 1 if wanted is once_an_admin_page else 2
    thrower = Thrower(walker, everything=everything, at_most=at_most)
    found = [route for route in routes() if wanted(route)]
    if not everything:
        halved = this_half if wanted is once_an_admin_page else shared_between_databases
        found = halved(found)
    for route in found:
        given = given_for(route, world)
        for one in given if everything or not once_an_admin_page(route) else given[-1:]:
            thrower.throw(route, reverse(route.name, kwargs=one))
    return thrower


@pytest.mark.parametrize("person", [None, "member", "officer", "cac"])
def test_site_given_garbage_never_falls_over(at, is_drill, person) -> None:
    thrower = _throw(at, person, site_page, everything=is_drill)
    assert thrower.thrown > 100
    assert not thrower.faults, "\n\n".join(thrower.faults.values())


def test_admin_given_garbage_never_falls_over(at, is_drill) -> None:
    thrower = _throw(at, "everything", once_an_admin_page, everything=is_drill)
    assert thrower.thrown > 200
    assert not thrower.faults, "\n\n".join(thrower.faults.values())


STRANGE = [
    "%00",
    "%ff%fe",
    "..%2f..%2f",
    "%0d%0aX: y",
    "9" * 40,
    "-1",
    "x" * 2000,
    "%E2%80%AE",
    "'--",
]


def _strange(world) -> Iterator[str]:
    for route in routes():
        real = next(iter(given_for(route, world)), {})
        for name in real:
            path = reverse(route.name, kwargs=real)
            value = str(real[name])
            for strange in STRANGE:
                yield path.replace(f"/{value}", f"/{strange}", 1)


def test_address_with_strange_arguments_is_not_found(at, is_drill) -> None:
    at(AT)
    world = make_world()
    addresses = sorted(set(_strange(world)))
    if not is_drill:
        addresses = random.Random(1).sample(addresses, 150)
    for person in ("officer", "everything"):
        walker = Walker(world, world.people[person], lambda met: None)
        thrower = Thrower(walker, everything=False)
        for path in addresses:
            walker.ask(routes()[0], path)
        assert not thrower.faults, "\n\n".join(thrower.faults.values())
