"""Allocated places come as a table: for one conference, a row a body and kind."""

from __future__ import annotations

import pytest
from django.urls import reverse

from members.models import AuditEntry
from members.roles import Role
from registrations.models import Allocation
from registrations.services import delegations, entitlement
from tests.factories import AT, make_staff, sign_in
from tests.members.tables import commas
from tests.members.test_imports import confirm, fates, preview
from tests.registrations import build

pytestmark = pytest.mark.django_db
ROUTE = "admin:registrations_delegation_import"
HEADS = "body,kind,places,source"


@pytest.fixture
def year():
    return build.year_2016()


@pytest.fixture
def officer(client):
    return sign_in(client, make_staff(Role.REGISTRATIONS_OFFICER))


def test_places_are_allocated_as_the_table_says(client, officer, year):
    cardiff, leeds = build.body(), build.body("Leeds Party Council", register_number="PC9")
    build.body("Roath", kind="branch")
    row = entitlement.of(year, cardiff)
    allocated = {"kind": "standard", "places": 4, "source": "letter", "at": AT}
    delegations.allocate(by=make_staff(), delegation=row, **allocated)
    content = commas(
        HEADS,
        "Cardiff Party Council,standard,5,grant letter",
        "pc9,youth delegates,2,grant letter",
        "Leeds Party Council,youth,3,grant letter",
        "Leeds Party Council,ex-officio,1,rule book",
        "Roath,standard,1,letter",
        "Nowhere,standard,201,letter",
        "Leeds Party Council,standard,1,",
    )
    shown = preview(client, ROUTE, content, conference=year.pk)
    assert fates(shown) == [
        (2, "changed", []),
        (3, "new", []),
        (4, "refused", ["Row 4, column ‘body’: row 3 says the same body and kind."]),
        (
            5,
            "refused",
            [
                "Row 5, column ‘kind’: ex-officio places come outside the count, so nothing is "
                "allocated. Leave it out."
            ],
        ),
        (
            6,
            "refused",
            ["Row 6, column ‘body’: a branch sends no delegates: name its party council."],
        ),
        (
            7,
            "refused",
            [
                "Row 7, column ‘places’: ‘201’ is not a whole number of at most 200.",
                "Row 7, column ‘body’: there is no party council or society ‘Nowhere’ here.",
            ],
        ),
        (8, "refused", ["Row 8, column ‘source’: empty."]),
    ]
    confirm(client, ROUTE, shown)
    found = Allocation.objects.values_list("delegation__organisation", "kind", "places", "source")
    assert set(found) == {
        (cardiff.pk, "standard", 5, "grant letter"),
        (leeds.pk, "youth", 2, "grant letter"),
    }
    entries = AuditEntry.objects.filter(action="delegation.allocated")
    assert [entry.after["places"] for entry in entries.order_by("pk")] == [4, 5, 2]


def test_allocation_changed_since_the_preview_is_not_overwritten(client, officer, year):
    row = entitlement.of(year, build.body())
    content = commas(HEADS, "Cardiff Party Council,standard,5,grant letter")
    shown = preview(client, ROUTE, content, conference=year.pk)
    allocated = {"kind": "standard", "places": 7, "source": "second letter", "at": AT}
    delegations.allocate(by=make_staff(), delegation=row, **allocated)
    answer = confirm(client, ROUTE, shown)
    assert [change[1:] for change in answer.context["rows"][0].changes] == [
        (7, 5),
        ("second letter", "grant letter"),
    ]
    assert Allocation.objects.get().places == 7


def test_import_asks_for_its_conference(client, officer, year):
    content = commas(HEADS, "Cardiff Party Council,standard,5,grant letter")
    assert "This field is required." in preview(client, ROUTE, content).content.decode()
    assert client.get(reverse(ROUTE)).status_code == 200
