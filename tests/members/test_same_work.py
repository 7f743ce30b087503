"""A known and an unknown address cost the same work, so that no clock tells the two apart.

Counted, not timed: password hashes made, mails written, and questions put to the database.
"""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mailing.models import Mail
from tests.factories import PASSWORD, make_user
from tests.members.test_nothing_is_told import DOORS, KNOWN, UNKNOWN, by_password, by_sign_up

pytestmark = pytest.mark.django_db

#: Signing up makes a sign-in for an unknown address: a dozen short statements of one transaction.
QUERIES_MORE = {by_sign_up: 12}


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is worked on, whether to keep it or to compare it."""

    algorithm = "counting"
    made = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.made += 1
        return super().encode(password, salt).replace("md5$", "counting$", 1)


@pytest.fixture(autouse=True)
def _counted(settings) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]


def work(door, address: str) -> dict[str, int]:
    """What one attempt costs, with no limit used up."""
    for cache in caches.all():
        cache.clear()
    client, mails, CountingHasher.made = Client(), Mail.objects.count(), 0
    with CaptureQueriesContext(connection) as asked:
        door(client, address)
    return {
        "hashes": CountingHasher.made,
        "mails": Mail.objects.count() - mails,
        "queries": len(asked),
    }


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_door_costs_the_same_whether_or_not_the_address_is_known(door) -> None:
    make_user(KNOWN, password=PASSWORD)
    work(door, "first@example.org")
    known, unknown = work(door, KNOWN), work(door, UNKNOWN)
    assert (known["hashes"], known["mails"]) == (unknown["hashes"], unknown["mails"])
    assert abs(known["queries"] - unknown["queries"]) <= QUERIES_MORE.get(door, 1)


def test_password_of_an_unknown_address_is_worked_on_all_the_same() -> None:
    """The one thing that takes long enough to be seen from outside."""
    assert work(by_password, UNKNOWN)["hashes"] == 1
