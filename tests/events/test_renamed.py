"""A region or a body that is renamed is so at once on the pages that strangers are shown."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

import clock
from events.models import PageVersion
from members.roles import Role
from motions.models import Motion
from tests.factories import AT, make_conference, make_organisation, make_region, make_staff, sign_in
from tests.motions.make import make_call, make_motion

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(AT):
        yield


@pytest.fixture
def staff() -> Client:
    return sign_in(Client(), make_staff(Role.ADMINISTRATOR, Role.REGISTRATIONS_OFFICER))


def save(staff: Client, row, **changed) -> None:
    """Sends the row's form in the admin as it stands, but for what is changed."""
    name = f"admin:{row._meta.label_lower.replace('.', '_')}_change"
    url = reverse(name, args=[row.pk])
    shown = staff.get(url).context["adminform"].form
    values = {field: shown[field].value() for field in shown.fields}
    typed = {field: "" if value is None else value for field, value in values.items()} | changed
    typed = {field: value for field, value in typed.items() if value is not False}
    assert staff.post(url, typed).status_code == 302


def test_renamed_region_shows_at_once(client, staff) -> None:
    region = make_region("Wales")
    conference = make_conference("Welsh Conference", kind="regional")
    conference.regions.add(region)
    url = reverse("events:conference", args=[conference.slug])
    assert "Wales" in client.get(url).content.decode()
    save(staff, region, name="Cymru")
    page = client.get(url).content.decode()
    assert "Cymru" in page
    assert "Wales" not in page


def test_renamed_body_shows_at_once_on_its_published_motion(client, staff) -> None:
    body = make_organisation("Cardiff Party Council")
    motion = make_motion(make_call(), organisation=body, state=Motion.State.PUBLISHED)
    url = reverse("motions:list", args=[motion.conference.slug])
    assert "Cardiff Party Council" in client.get(url).content.decode()
    save(staff, body, name="Caerdydd Party Council")
    page = client.get(url).content.decode()
    assert "Caerdydd Party Council" in page
    assert "Cardiff" not in page


def test_form_saved_without_a_change_keeps_the_copies(client, staff) -> None:
    region = make_region("Wales")
    save(staff, region)
    assert not PageVersion.objects.exists()
