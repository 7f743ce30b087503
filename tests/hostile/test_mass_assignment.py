"""A field that no form offers changes nothing; a choice that was not offered is not taken.

Every form of the site is sent twice, as it is meant and with every column of every table planted
in it: what the database holds afterwards must be the same. The forms come from the URL conf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import caches
from django.db import transaction
from django.urls import resolve, reverse

import clock
from members.models import User
from tests.hostile import garbage, snapshots
from tests.hostile.planting import filled, planted
from tests.hostile.routes import Route, given_for, routes
from tests.hostile.walking import (
    Met,
    Walker,
    is_page,
    once_an_admin_page,
    shared_between_databases,
    site_page,
    this_half,
)
from tests.hostile.world import AT, World, make_world

pytestmark = pytest.mark.django_db
#: They end the session, or are allauth's own pages about ways of signing in.
NOT_SENT = ("account_logout", "admin:logout")
#: For each person, forms that must have done something when sent as they are meant, or the
#: comparison compares nothing.
DID_SOMETHING = {
    "member": {
        "members:claim",
        "members:invitation",
    },
    "officer": {
        "members:invite",
        "members:end",
        "members:withdraw",
        "events:acting-for",
        "motions:edit",
        "motions:withdraw",
        "nominations:nominate",
        "consultations:submission",
    },
    "": {"registrations:interest", "account_signup"},
}


@pytest.fixture
def world() -> Iterator[World]:
    with clock.frozen(AT):
        yield make_world()


class Planter:
    """Sends each form as it is meant and with more in it, and keeps what came of it."""

    def __init__(self, world: World, person: User | None) -> None:
        self.walker = Walker(world, person, after=self._look)
        self.known = snapshots.keys()
        self.before = snapshots.taken(self.known)
        self.world = world
        self.did: set[str] = set()
        self.walked: set[str] = set()
        self.wrong: dict[str, object] = {}

    def _look(self, met: Met) -> None:
        if met.sent is not None:
            self.seen = {**self.before, **snapshots.taken(self.known, tables=self.tables)}

    def forms(
        self,
        wanted: Callable[[Route], bool],
        some: Callable[[list[Route]], list[Route]] = shared_between_databases,
    ) -> Iterator[tuple[Route, str, garbage.Form]]:
        found = [route for route in routes() if wanted(route) and route.name not in NOT_SENT]
        for route in some(found):
            self.walked.add(route.name)
            # of the admin's pages, made by one hand, one row will do; of its acts, two
            at_most = 1 if "object_id" in route.arguments[-1:] else 2
            for given in given_for(route, self.world)[:at_most]:
                path = reverse(route.name, kwargs=given)
                met = self.walker.ask(route, path)
                if is_page(met.answer):
                    for form in garbage.forms_of(met.answer.content.decode()):
                        yield route, form.action.partition("?")[0] or path, form

    def send(self, route: Route, path: str, sent: dict) -> snapshots.Snapshot:
        caches["default"].clear()  # limits are counted past the database
        with snapshots.written_to() as self.tables:
            self.walker.ask(route, path, sent)
        return self.seen

    def compare(self, route: Route, path: str, form: garbage.Form) -> None:
        meant = filled(form)
        as_meant = self.send(route, path, meant)
        if as_meant != self.before:
            self.did.add(resolve(path).view_name)
        more = {**planted(form), **meant}
        if changed := snapshots.differences(as_meant, self.send(route, path, more)):
            self.wrong[f"{route.name} {path}"] = changed

    def choose(self, route: Route, path: str, form: garbage.Form) -> None:
        """A choice that the page does not offer, each in turn: nothing at all is done."""
        meant = filled(form)
        for name, offered in form.options.items():
            if form.kinds[name] == "checkbox":
                continue
            foreign = next(str(n) for n in range(1, 10_000) if str(n) not in offered)
            if self.send(route, path, {**meant, name: foreign}) != self.before:
                self.wrong[f"{route.name} {path} {name}={foreign}"] = form.options[name]


@pytest.mark.parametrize("who", list(DID_SOMETHING), ids=lambda who: who or "stranger")
def test_field_that_no_form_of_the_site_offers_changes_nothing(world, who) -> None:
    planter = Planter(world, world.people[who] if who else None)
    for route, path, form in planter.forms(site_page):
        planter.compare(route, path, form)
    assert planter.wrong == {}
    assert (DID_SOMETHING[who] & planter.walked) - planter.did == set()


@pytest.mark.parametrize("who", list(DID_SOMETHING), ids=lambda who: who or "stranger")
def test_choice_that_no_form_of_the_site_offers_is_not_taken(world, who) -> None:
    planter = Planter(world, world.people[who] if who else None)
    for route, path, form in planter.forms(site_page):
        planter.choose(route, path, form)
    assert planter.wrong == {}


@pytest.mark.parametrize("who", ["programme editor", "registrations officer", "finance"])
@pytest.mark.drill
def test_field_that_no_form_of_the_admin_offers_changes_nothing(world, is_drill, who) -> None:
    planter = Planter(world, world.people[who])
    for route, path, form in planter.forms(once_an_admin_page, list if is_drill else this_half):
        # A list's form is an action on rows; a planted `post` confirms it, as its owner may
        if not route.name.endswith("_changelist"):
            planter.compare(route, path, form)
    assert planter.wrong == {}
    assert planter.did  # or the comparison compares nothing


def test_rig_sees_a_field_that_is_taken(world) -> None:
    """What the comparison is for: a view that took `is_staff` would be found out."""
    known = snapshots.keys()
    before = snapshots.taken(known)
    with transaction.atomic():
        with snapshots.written_to() as tables:
            User.objects.filter(pk=world.people["member"].pk).update(is_staff=True)
        after = {**before, **snapshots.taken(known, tables=tables)}
        assert after == snapshots.taken(known)  # what was written to is all that is read again
        changed = snapshots.differences(before, after)
        transaction.set_rollback(True)
    assert set(changed) == {"members.User"}
