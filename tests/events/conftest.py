"""Who stands at the staff's pages of conferences, and when."""

from __future__ import annotations

import pytest

import clock
from members.roles import Role
from tests.factories import AT, make_staff, sign_in


@pytest.fixture
def noon():
    with clock.frozen(AT):
        yield


@pytest.fixture
def editor(client, noon):
    user = make_staff(Role.PROGRAMME_EDITOR)
    sign_in(client, user)
    return user
