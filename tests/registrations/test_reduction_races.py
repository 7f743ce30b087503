"""One code, many bookings at once, on PostgreSQL; first the rig uses it twice."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from registrations.models import CodeUse
from registrations.orders import PlaceWish
from registrations.services import reductions
from tests.registrations import build, giving, race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
BOOKINGS = 12
CONSTRAINT = "registrations_code_used_once"


def user_of_one_code():
    """Who uses one and the same code, each for a booking of their own."""
    year = build.year_2016()
    delegate = year.pass_types.get()
    places = []
    for number in range(BOOKINGS):
        wish = PlaceWish(pass_type=delegate, name=f"Delegate {number}")
        order = build.order(year, wish, organisation=build.body(f"Body {number}"))
        places.append(build.book(order, at=build.EARLY, quoted="90").places.get())
    typed = giving.give(year, build.user("staff@party.example", is_staff=True))

    def use(number: int) -> str:
        try:
            reductions.use_code(
                by=None, place=places[number], typed=typed, quoted=Decimal(90), at=build.EARLY
            )
        except ValidationError as refusal:
            return refusal.error_list[0].code
        return "used"

    return use


def test_rig_without_lock_and_constraint_uses_one_code_twice():
    use = user_of_one_code()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {CONSTRAINT}")
    try:
        with race.without_locks():
            answers = race.together(BOOKINGS, use)
    finally:
        CodeUse.objects.all().update(given_back_at=build.EARLY)
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE UNIQUE INDEX {CONSTRAINT} ON registrations_codeuse (code_id) "
                "WHERE given_back_at IS NULL"
            )
    assert answers["used"] > 1


def test_one_code_used_by_many_bookings_at_once_is_used_once():
    answers = race.together(BOOKINGS, user_of_one_code())
    assert answers == {"used": 1, "unknown": BOOKINGS - 1}
    assert CodeUse.objects.count() == 1
