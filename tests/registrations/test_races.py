"""N places, N sold, on PostgreSQL with real connections. The rig first shows that it can fail."""

from __future__ import annotations

import datetime as dt
import os
import threading
import time
import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from events import doors
from mailing.models import Mail
from registrations.models import Booking, Line
from registrations.orders import Order, PlaceWish
from registrations.services import submitting
from tests.registrations import build, race

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.drill,
    pytest.mark.django_db(transaction=True),
]

IS_DRILL = os.environ.get("DRILL") == "1"
BUYERS, ROUNDS = (200, 20) if IS_DRILL else (100, 2)
PLACES = 25


def a_sale(number: int = 0):
    year = build.year_2016(slug=f"annual-2016-{number}")
    return year, build.visitor_pass(year, capacity=PLACES)


def sold(pass_type) -> int:
    return Line.objects.holding().filter(pass_type=pass_type).count()


def test_rig_without_locks_oversells():
    with race.without_locks():
        for attempt in range(5):
            year, visitor = a_sale(attempt)
            race.together(BUYERS, race.buyer(year, visitor))
            if sold(visitor) > PLACES:
                return
    pytest.fail("the rig did not oversell without locks: it proves nothing")


def test_hundred_buyers_for_25_places_are_25_sold_and_the_rest_told_politely():
    for number in range(ROUNDS):
        year, visitor = a_sale(number)
        answers = race.together(BUYERS, race.buyer(year, visitor))
        assert answers == {"sold": PLACES, "sold_out": BUYERS - PLACES}
        assert sold(visitor) == PLACES


def test_same_form_posted_twenty_times_at_once_is_one_booking():
    year, visitor = a_sale()
    key = uuid.uuid4()
    order = Order(
        conference=year,
        places=(PlaceWish(pass_type=visitor, name="Ann"),),
        contact_name="Ann",
        contact_email="ann@people.example",
    )

    def post(_: int) -> str:
        return submitting.submit_booking(
            by=None, order=order, at=build.EARLY, quoted=Decimal(20), key=key
        ).reference

    answers = race.together(20, post)
    assert list(answers.values()) == [20]
    assert (Booking.objects.count(), Mail.objects.count()) == (1, 1)


def test_crossing_orders_of_several_things_never_wait_in_a_ring():
    year, visitor = a_sale()
    dinner = year.extras.get()
    dinner.capacity = 40
    dinner.save()
    exhibitor = build.visitor_pass(year, code="exhibitor", name="Exhibitor pass", capacity=200)

    def post(n: int) -> str:
        first, second = (visitor, exhibitor) if n % 2 else (exhibitor, visitor)
        places = (PlaceWish(pass_type=first, extras=(dinner,)), PlaceWish(pass_type=second))
        order = Order(
            conference=year, places=places, contact_name="A", contact_email=f"a{n}@people.example"
        )
        try:
            submitting.submit_booking(
                by=None, order=order, at=build.EARLY, quoted=Decimal(85), key=uuid.uuid4()
            )
        except ValidationError as refusal:
            return refusal.error_list[0].code
        return "sold"

    assert race.together(48, post) == {"sold": PLACES, "sold_out": 48 - PLACES}


def test_waiting_for_a_lock_makes_nobody_late_and_a_moved_deadline_is_serialised():
    """Staff hold the door's row and move it; who waits is judged by the row as it then is."""
    year, visitor = a_sale()
    door = visitor.deadline
    held, moved = threading.Event(), {}

    def move_the_door() -> None:
        with transaction.atomic():
            row = doors.lock(door)
            held.set()
            time.sleep(0.5)
            row.closes_on = dt.date(2016, 4, 1)
            row.save()
            moved["at"] = time.monotonic()
        connection.close()

    mover = threading.Thread(target=move_the_door)
    mover.start()
    assert held.wait(timeout=10)
    answer = race.buyer(year, visitor)(1)
    answered = time.monotonic()
    mover.join()
    assert answer == "closed"
    assert answered >= moved["at"]


def test_arrived_in_time_but_held_up_by_a_lock_is_still_in_time():
    year, visitor = a_sale()
    door = visitor.deadline
    door.closes_on, door.closes_at = None, build.EARLY + build.TICK
    door.save()
    held = threading.Event()

    def hold() -> None:
        with transaction.atomic():
            doors.lock(door)
            held.set()
            time.sleep(0.5)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(timeout=10)
    assert race.buyer(year, visitor)(1) == "sold"
    holder.join()
