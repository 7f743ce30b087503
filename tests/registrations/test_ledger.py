"""What goes out again: never more than came in, and the balance always follows from the rows."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailing.models import Mail
from registrations.models import Booking, CreditMove, Line, Payment, Refund, WriteOff
from registrations.orders import PlaceWish
from registrations.services import cancelling, changing, ledger, payments
from tests.registrations import billing, build

pytestmark = pytest.mark.django_db


def refund(booking, staff, amount, **fields):
    facts = {
        "method": "bacs",
        "paid_to": "Cardiff Party Council",
        "reason": "paid twice",
        "refunded_on": billing.DAY,
        "at": build.LATE,
        "key": uuid.uuid4(),
    }
    return ledger.refund(by=staff, booking=booking, amount=Decimal(amount), **{**facts, **fields})


def write_off(booking, staff, amount, **fields):
    facts = {"reason": "dissolved", "at": build.LATE, "key": uuid.uuid4()}
    return ledger.write_off(
        by=staff, booking=booking, amount=Decimal(amount), **{**facts, **fields}
    )


def move(source, target, staff, amount):
    return ledger.move_credit(
        by=staff,
        source=source,
        target=target,
        amount=Decimal(amount),
        at=build.LATE,
        key=uuid.uuid4(),
    )


def another(booking, **fields):
    delegate = booking.conference.pass_types.get(code="delegate")
    facts = {"organisation": booking.organisation, **fields}
    order = build.order(booking.conference, PlaceWish(pass_type=delegate), **facts)
    return build.book(order, at=build.EARLY, quoted="90")


def test_overpayment_is_refunded_to_the_payer_once_and_no_more(booking, staff):
    billing.pay(booking, staff, "200")
    key = uuid.uuid4()
    row = refund(booking, staff, "20", key=key)
    assert refund(booking, staff, "20", key=key) == row
    assert booking.balance == 0
    assert Mail.objects.get(subject__contains="refunded £20.00")
    with pytest.raises(ValidationError, match=r"At most £0\.00 can be given back"):
        refund(booking, staff, "0.01")


def test_cheque_that_has_not_cleared_is_never_refunded(booking, staff):
    cheque = billing.pay(booking, staff, "200", "cheque")
    with pytest.raises(ValidationError, match="At most £0.00"):
        refund(booking, staff, "20")
    payments.move_cheque(by=staff, payment=cheque, to="cleared", on=billing.DAY, at=build.LATE)
    assert refund(booking, staff, "20").amount == 20


def test_refund_of_tomorrow_is_refused(booking, staff):
    billing.pay(booking, staff, "200")
    with pytest.raises(ValidationError, match="in the future"):
        refund(booking, staff, "20", refunded_on=billing.DAY + dt.timedelta(days=1))


def test_write_off_ends_what_is_owed_and_is_nobodys_credit(booking, staff):
    billing.pay(booking, staff, "100")
    with pytest.raises(ValidationError, match=r"At most £80\.00 is owed"):
        write_off(booking, staff, "80.01")
    write_off(booking, staff, "80")
    assert booking.balance == 0
    cancelling.cancel_booking(by=None, booking=booking, at=build.LATE)
    assert (booking.balance, booking.account.to_give_back) == (-180, 100)


def test_credit_moves_to_another_booking_of_the_body_and_to_no_other(booking, staff):
    billing.pay(booking, staff, "250")
    own = another(booking)
    move(booking, own, staff, "70")
    assert (booking.balance, own.balance) == (0, 20)
    stranger = another(booking, organisation=build.body("Leeds Party Council"))
    billing.pay(booking, staff, "10")
    with pytest.raises(ValidationError, match="same body or person"):
        move(booking, stranger, staff, "10")


def test_credit_moved_is_at_most_what_is_owed_there(booking, staff):
    billing.pay(booking, staff, "500")
    with pytest.raises(ValidationError, match=r"At most £90\.00 is owed for"):
        move(booking, another(booking), staff, "91")


def test_several_payers_pay_parts_and_the_grant_pays_the_rest(booking, staff):
    billing.pay(booking, staff, "100", payer="Cardiff Party Council")
    billing.pay(booking, staff, "50", "cheque", payer="Ann Other")
    billing.pay(booking, staff, "30", "grant")
    assert booking.balance == 0


def test_list_with_money_agrees_with_the_account_of_each_booking(booking, staff):
    billing.pay(booking, staff, "250")
    other = another(booking)
    move(booking, other, staff, "20")
    refund(booking, staff, "10")
    write_off(other, staff, "5")
    for row in Booking.objects.with_money():
        assert row.owing == row.account.balance == row.account_fetched.balance


acts = st.lists(
    st.tuples(
        st.sampled_from(
            ["bacs", "cheque", "bounce", "clear", "refund", "write off", "move", "dinner", "cancel"]
        ),
        st.integers(0, 1),
        st.decimals(min_value=Decimal("0.01"), max_value=300, places=2),
    ),
    max_size=12,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts)
def test_balance_follows_from_the_rows_after_any_acts_in_any_order(booking, staff, acts):
    if not booking.conference.refund_periods.exists():
        billing.periods(booking.conference, ("delegate_registration", "33.33"))
    pair = [another(booking), another(booking)]
    for act, number, amount in acts:
        try:
            _do(act, pair[number], pair[1 - number], staff, str(amount))
        except ValidationError:
            continue
        for one in pair:
            _require_sound(one)


def _do(act, booking, other, staff, amount):
    cheque = booking.payments.filter(method="cheque").first()
    if act in {"bacs", "cheque"}:
        billing.pay(booking, staff, amount, act)
    elif act in {"bounce", "clear"} and cheque is not None:
        to = {"bounce": Payment.State.BOUNCED, "clear": Payment.State.CLEARED}[act]
        payments.move_cheque(by=staff, payment=cheque, to=to, on=billing.DAY, at=build.LATE)
    elif act == "refund":
        refund(booking, staff, amount)
    elif act == "write off":
        write_off(booking, staff, amount)
    elif act == "move":
        move(booking, other, staff, amount)
    elif act == "dinner":
        changing.add_extra(
            by=None,
            place=booking.places.get(),
            extra=booking.conference.extras.get(),
            at=build.LATE,
            quoted=Decimal(45),
        )
    elif act == "cancel":
        cancelling.cancel_booking(by=None, booking=booking, at=build.LATE)


def _require_sound(booking):
    """Counted row by row in Python: the books of a careful treasurer."""
    total = sum(
        (row.amount if row.cancelled_at is None else row.kept)
        for row in Line.objects.filter(booking=booking)
    )
    paid = sum(row.amount for row in booking.payments.exclude(state="bounced"))
    refunded = sum(row.amount for row in Refund.objects.filter(booking=booking))
    written_off = sum(row.amount for row in WriteOff.objects.filter(booking=booking))
    credited = sum(row.amount for row in CreditMove.objects.filter(target=booking)) - sum(
        row.amount for row in CreditMove.objects.filter(source=booking)
    )
    assert booking.balance == total - paid + refunded - written_off - credited
    cleared = sum(row.amount for row in booking.payments.filter(state="cleared"))
    assert refunded <= cleared + credited
