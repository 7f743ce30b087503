"""The race rig: real connections in threads, a queue of buyers, and the guard that can be removed."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import QuerySet

from events.models import Conference
from registrations.models import PassType
from registrations.orders import Order, PlaceWish
from registrations.services import submitting
from tests.registrations import build

CONNECTIONS = 24


def together(number: int, act: Callable[[int], str]) -> Counter[str]:
    """Run `act` for each number at once, as far as connections go; count the answers.

    The first CONNECTIONS start at one signal. An error that is no polite refusal is an answer too,
    named by its type, so that a test can insist on none.
    """
    start = threading.Barrier(min(CONNECTIONS, number))
    begun = threading.local()

    def one(n: int) -> str:
        if not hasattr(begun, "yes"):
            begun.yes = True
            connection.ensure_connection()
            start.wait(timeout=120)
        try:
            return act(n)
        except Exception as error:
            return f"error: {type(error).__name__}"

    answers: Counter[str] = Counter()
    closing = threading.Barrier(min(CONNECTIONS, number))

    def finish(_: int) -> None:
        closing.wait(timeout=120)
        connection.close()

    with ThreadPoolExecutor(min(CONNECTIONS, number)) as pool:
        answers.update(pool.map(one, range(number)))
        list(pool.map(finish, range(min(CONNECTIONS, number))))
    return answers


def buyer(conference: Conference, pass_type: PassType) -> Callable[[int], str]:
    """Somebody with an address of their own who wants one place."""

    def buy(n: int) -> str:
        order = Order(
            conference=conference,
            places=(PlaceWish(pass_type=pass_type, name=f"Buyer {n}"),),
            contact_name=f"Buyer {n}",
            contact_email=f"buyer{n}@people.example",
        )
        try:
            submitting.submit_booking(
                by=None, order=order, at=build.EARLY, quoted=Decimal(20), key=uuid.uuid4()
            )
        except ValidationError as refusal:
            return refusal.error_list[0].code
        return "sold"

    return buy


@contextmanager
def without_locks() -> Iterator[None]:
    """Take every row lock away, in Django itself, so that the rig shows what it can catch."""
    locking = QuerySet.select_for_update
    QuerySet.select_for_update = lambda rows, *args, **kwargs: rows.all()
    try:
        yield
    finally:
        QuerySet.select_for_update = locking
