from __future__ import annotations

import pytest

from tests.factories import make_staff, sign_in


@pytest.fixture
def administrator():
    return make_staff()


@pytest.fixture
def staff(client, administrator):
    return sign_in(client, administrator)
