"""The demo year: loads through the services of production, and a second time changes nothing."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

import clock
from coopconf.demo import people
from events.models import Conference
from members.models import User
from motions.agendas import content
from motions.awards import panel
from motions.models import Amendment, Outcome
from registrations import delegations
from registrations.models import Booking, Delegation, Invoice
from tests.settings import BASE_DIR

OURS = ("mailing", "members", "events", "registrations", "motions")


def rows() -> dict[str, int]:
    return {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if model._meta.app_label in OURS
    }


@pytest.mark.django_db
def test_demo_year_loaded_twice_changes_nothing():
    call_command("load_demo")
    before = rows()
    call_command("load_demo")
    assert rows() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "day",
    ["2026-01-01", "2026-02-28", "2026-03-29", "2026-07-15", "2026-10-25", "2026-12-25"],
)
def test_demo_year_on_any_day_has_open_doors_and_people(day):
    with clock.frozen(clock.dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")):
        call_command("load_demo")
        annual = Conference.objects.get(slug="demo-annual")
        assert annual.starts_on > clock.today()
        states = set(annual.motions.values_list("state", flat=True))
        assert states == {"draft", "submitted", "clarification", "published"}
        amendments = Amendment.objects.filter(conference=annual).order_by("pk")
        amendments = amendments.values_list("state", flat=True)
        assert list(amendments) == ["published", "submitted"]
        assert Booking.objects.filter(state="submitted").count() == 2
        assert Invoice.objects.get().label == "DEMO-00001"
        assert sorted(row.owing for row in Booking.objects.with_money()) == [0, 135]


@pytest.mark.django_db
def test_demo_year_shows_a_newcomer_whole_agendas_and_what_conference_decided(client):
    call_command("load_demo")
    last, annual = (
        Conference.objects.get(slug=f"demo-{name}") for name in ("last-annual", "annual")
    )
    groups = {one.content["name"]: one.content["groups"] for one in last.agendas.all()}
    assert [group["name"] for group in groups["Final agenda"]] == ["Motions", "Composite motions"]
    [upcoming] = annual.agendas.all()
    assert len(content.items_of(upcoming.content)) == 5
    outcomes = Outcome.objects.of_conference(last).order_by("motion__number", "pk")
    assert {(one.motion.number, one.result) for one in outcomes} == {
        ("1", "carried"),
        ("1.2", "carried"),
        ("1.3", "fell"),
        ("2", "remitted"),
        ("3", "lost"),
        ("C1", "carried"),
    }
    carried = last.motions.get(number="1").current_version
    assert "one pound in nine" in carried.blocks.first().text
    assert "to buy first from" in carried.blocks.last().text
    states = Counter(last.motions.values_list("state", flat=True))
    assert states == {"published": 4, "composited": 2, "withdrawn": 1}
    for name in ("list", "agendas", "decisions"):
        assert client.get(reverse(f"motions:{name}", args=[last.slug])).status_code == 200
    coming = client.get(annual.get_absolute_url()).content.decode()
    assert "Energy that we own" in coming


@pytest.mark.django_db
def test_demo_year_shows_a_delegation_with_things_missing():
    call_command("load_demo")
    row = Delegation.objects.get(organisation__name="Everyday Co-operative Society")
    told = delegations.standing(row, clock.now()).in_words
    assert told == "2 of 4 places used, 1 without a name, lead delegate missing"


@pytest.mark.django_db
def test_demo_year_shows_awards_before_a_panel_and_on_a_roll_of_honour(client):
    call_command("load_demo")
    regional = Conference.objects.get(slug="demo-regional")
    [award] = panel.desk(User.objects.get(name="Cleo Marchetti"), regional, clock.now()).awards
    assert (len(award.rows), award.waiting) == (2, 2)
    assert [row.citations for row in award.rows] == [2, 1]
    page = client.get("/conferences/demo-councillors/awards/roll/").content.decode()
    assert "Cllr Amara Osei" in page
    assert "Tomos" not in page


@pytest.mark.django_db
def test_demo_people_who_are_privileged_have_a_second_factor():
    call_command("load_demo")
    lay = (*people.LAY, *people.JUDGES, people.PRESENTER)
    privileged = {person.email for person in people.STAFF} | {one[0] for one in lay}
    without = User.objects.filter(email__in=privileged, authenticator__isnull=True)
    assert list(without) == []


@pytest.mark.parametrize("module", ["coopconf.demo", "coopconf.dev.people"])
def test_demo_module_where_debug_is_off_refuses_to_load(module):
    script = (
        "import django; from django.conf import settings; "
        "settings.configure(DEBUG=False, ENVIRONMENT='production', INSTALLED_APPS=[]); "
        f"import importlib; importlib.import_module({module!r})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=BASE_DIR, check=False
    )
    assert done.returncode == 1
    assert "ImproperlyConfigured" in done.stderr
