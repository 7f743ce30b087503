"""Personal links and the fresh codes that open them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from mailing.models import Mail
from registrations.models import AccessCode
from registrations.services import links
from tests.registrations import build

pytestmark = pytest.mark.django_db


def test_code_dies_after_five_wrong_tries(booking):
    links.send_code(booking=booking, at=build.EARLY)
    right = Mail.objects.get(kind="security").text.split("\n")[2]
    for _ in range(5):
        with pytest.raises(ValidationError):
            links.use_code(booking=booking, code="x", at=build.EARLY)
    with pytest.raises(ValidationError):
        links.use_code(booking=booking, code=right, at=build.EARLY)


def test_code_dies_after_fifteen_minutes(booking):
    links.send_code(booking=booking, at=build.EARLY)
    right = Mail.objects.get(kind="security").text.split("\n")[2]
    with pytest.raises(ValidationError):
        links.use_code(booking=booking, code=right, at=build.EARLY + links.CODE_LASTS)
    links.use_code(booking=booking, code=right, at=build.EARLY + links.CODE_LASTS - build.TICK)


def test_codes_are_limited_to_five_an_hour(booking):
    for _ in range(9):
        links.send_code(booking=booking, at=build.EARLY)
    assert AccessCode.objects.count() == 5


def test_link_dies_after_its_time(booking):
    token = links.issue(booking=booking, at=build.EARLY)
    end = build.EARLY + links.LINK_LASTS
    assert links.booking_of(token, at=end - build.TICK) == booking
    assert links.booking_of(token, at=end) is None
