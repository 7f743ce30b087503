"""Money that came in, and a cheque that bounces."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mailing.models import Mail
from registrations.models import Booking, Line, Payment
from registrations.services import payments
from tests.registrations import build

pytestmark = pytest.mark.django_db


def pay(booking, staff, *, amount="180", method="cheque", at=build.LATE, **fields):
    facts = {"received_on": dt.date(2016, 7, 20), "key": uuid.uuid4(), "reference": "000123"}
    return payments.record_payment(
        by=staff,
        booking=booking,
        method=method,
        amount=Decimal(amount),
        at=at,
        **{**facts, **fields},
    )


def test_cheque_that_bounces_is_owed_again_and_the_places_keep_their_price(booking, staff):
    cheque = pay(booking, staff)
    assert (booking.balance, cheque.state) == (0, "received")
    payments.move_cheque(
        by=staff, payment=cheque, to=Payment.State.BANKED, on=dt.date(2016, 7, 20), at=build.LATE
    )
    payments.move_cheque(
        by=staff, payment=cheque, to=Payment.State.BOUNCED, on=dt.date(2016, 7, 20), at=build.LATE
    )
    assert booking.balance == 180
    assert Line.objects.holding().count() == 2
    assert Mail.objects.filter(subject__contains="returned by the bank").count() == 1


def test_payment_with_the_same_key_is_one_payment(booking, staff):
    key = uuid.uuid4()
    assert pay(booking, staff, key=key) == pay(booking, staff, key=key)
    assert booking.received == 180


def test_bank_transfer_is_cleared_at_once_and_overpaying_shows_as_owed_back(booking, staff):
    assert pay(booking, staff, method="bacs", amount="200").state == "cleared"
    assert booking.balance == -20


@pytest.mark.parametrize("state", ["cleared", "bounced"])
def test_payment_that_is_settled_moves_no_more(booking, staff, state):
    cheque = pay(booking, staff)
    day = dt.date(2016, 7, 20)
    payments.move_cheque(by=staff, payment=cheque, to=state, on=day, at=build.LATE)
    with pytest.raises(ValidationError, match="cannot become banked"):
        payments.move_cheque(by=staff, payment=cheque, to="banked", on=day, at=build.LATE)


def test_payment_from_the_future_is_refused(booking, staff):
    with pytest.raises(ValidationError, match="cannot be in the future"):
        pay(booking, staff, received_on=dt.date(2016, 7, 21))


def test_cheque_moved_on_a_day_to_come_is_refused_and_stays_as_it_was(booking, staff):
    cheque = pay(booking, staff)
    last_second = build.LATE.replace(hour=22, minute=59, second=59)  # 23:59:59 in London
    move = {"by": staff, "payment": cheque, "to": "cleared", "on": dt.date(2016, 7, 21)}
    with pytest.raises(ValidationError, match="This day has not come yet"):
        payments.move_cheque(at=last_second, **move)
    cheque.refresh_from_db()
    assert cheque.state == "received"
    payments.move_cheque(at=last_second + dt.timedelta(seconds=1), **move)


def test_late_payment_never_changes_the_price(booking, staff):
    pay(booking, staff, at=build.CLOSES, received_on=dt.date(2016, 8, 22))
    assert (booking.total, booking.balance) == (180, 0)


def test_unpaid_and_owing_agree_with_the_rows(booking, staff):
    pay(booking, staff, amount="100")
    row = Booking.objects.unpaid().get()
    assert (row.due, row.paid, row.owing) == (180, 100, 80)
