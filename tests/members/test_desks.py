"""The desks that the staff's start page names: each opens for whoever is shown it, and for no other."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from members import desks
from members.roles import Role
from tests.factories import make_staff, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_desk_opens_for_those_who_are_shown_it_and_for_no_other(role) -> None:
    person = make_staff(role)
    client = sign_in(Client(), person)
    shown = {desk["url"] for desk in desks.open_to(person)}
    every = {reverse(desk.route) for desk in desks._desks}
    opened = {url for url in every if client.get(url).status_code == 200}
    assert opened == shown


def test_start_page_names_the_desks_of_finance(client) -> None:
    page = sign_in(client, make_staff(Role.FINANCE)).get("/admin/").content.decode()
    assert "Month end" in page
    assert "Counts of needs" not in page
