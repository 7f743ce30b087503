"""A bank statement is looked at line by line; what is ticked is recorded once, and nothing else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from members.models import AuditEntry
from members.roles import Role
from registrations.bank.lines import BankLine
from registrations.models import Payment
from registrations.services import bank
from registrations.services.bank import Ticked
from tests.factories import make_staff, sign_in
from tests.members.tables import commas, upload
from tests.registrations import billing, build

pytestmark = pytest.mark.django_db
ROUTE = "admin:registrations_payment_bank"
HEADS = "Date,Description,Amount"


@pytest.fixture
def finance(client, at):
    at("2016-07-20 12:00")
    return sign_in(client, make_staff(Role.FINANCE))


def look(client, *rows: str, heads: str = HEADS):
    return client.post(reverse(ROUTE), {"file": upload(commas(heads, *rows))})


def send(client, answer, ticks: list[str], **more):
    columns = {name: field.value() or "" for name, field in _bound(answer)}
    sent = {"state": answer.context["state"], "tick": ticks, **columns, **more}
    return client.post(reverse(ROUTE), sent, follow=True)


def _bound(answer):
    form = answer.context["columns"]
    return [(name, form[name]) for name in form.fields]


def record(client, answer, ticks: list[str]):
    return send(client, answer, ticks, record="yes")


def candidates(answer) -> list[tuple[int, str, bool, bool, str]]:
    return [
        (row.line.number, one.reference, one.is_sure, one.is_ticked, one.consequence)
        for row in answer.context["found"].rows
        for one in row.candidates
    ]


def said(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_only_a_certain_line_of_the_exact_sum_is_ticked_beforehand(client, finance, booking):
    ref = booking.reference
    wrong = ref[:-1] + ("2" if ref[-1] != "2" else "3")
    other = build.book(
        build.order(
            booking.conference,
            build.PlaceWish(
                pass_type=booking.conference.pass_types.get(code="delegate"), name="Dee"
            ),
            organisation=booking.organisation,
        ),
        at=build.EARLY,
        quoted="90",
    )
    answer = look(
        client,
        f"3/5/2016,pay {ref.lower().replace('-', ' ')},180.00",
        f"3/5/2016,{other.reference},100",
        f"4/5/2016,{other.reference},20",
        f"4/5/2016,{wrong},180",
        "4/5/2016,Rent,1000",
        f"5/5/2016,back {ref},-20",
    )
    assert candidates(answer) == [
        (2, ref, True, True, "Pays exactly what is owed."),
        (3, other.reference, True, False, "£10.00 more than is owed: it stays as credit."),
        (4, other.reference, False, False, "Part of what is owed; £70.00 stays to be paid."),
        (5, ref, False, False, "Pays exactly what is owed."),
    ]
    found = answer.context["found"]
    assert [row.line.number for row in found.refunds] == [7]
    assert found.unmatched == 1
    assert not Payment.objects.exists()


def ticks_of(answer) -> list[str]:
    return [one.value for row in answer.context["found"].rows for one in row.candidates]


def test_what_is_ticked_is_recorded_once_and_known_in_the_next_export(client, finance, booking):
    rows = [
        f"3/5/2016,{booking.reference},100",
        f"3/5/2016,{booking.reference},100",
        "4/5/2016,x,1",
    ]
    answer = look(client, *rows)
    done = record(client, answer, ticks_of(answer))
    assert said(done) == ["Recorded: 2 payments, £200.00 together."]
    facts = ("method", "amount", "received_on", "reference", "state")
    assert (
        list(Payment.objects.values_list(*facts))
        == [("bacs", Decimal(100), dt.date(2016, 5, 3), booking.reference, "cleared")] * 2
    )
    assert booking.balance == -20
    entries = AuditEntry.objects.filter(action="bank-statement.recorded")
    keys = list(Payment.objects.order_by("pk").values_list("pk", flat=True))
    assert [entry.after for entry in entries] == [{"payments": keys}]
    assert said(record(client, answer, ticks_of(answer))) == [
        "Recorded: 0 payments, £0.00 together."
    ]
    again = look(client, "2/5/2016,y,1", *rows)
    assert [row.line.number for row in again.context["found"].recorded] == [3, 4]
    assert (again.context["found"].rows, Payment.objects.count()) == ([], 2)


def test_transfer_typed_in_by_hand_is_not_recorded_again_unasked(client, finance, booking, staff):
    billing.pay(booking, staff, "90", received_on=dt.date(2016, 5, 3))
    answer = look(client, f"3/5/2016,{booking.reference},90")
    assert candidates(answer) == [
        (2, booking.reference, False, False, "Pays exactly what is owed.")
    ]
    assert answer.context["found"].rows[0].candidates[0].why.startswith("a transfer of that sum")


def test_balance_that_changed_since_is_told_and_nothing_is_recorded(
    client, finance, booking, staff
):
    answer = look(client, f"3/5/2016,{booking.reference},180")
    billing.pay(booking, staff, "50")
    done = record(client, answer, ticks_of(answer))
    assert said(done) == [
        f"What booking {booking} owes has changed since you looked, so that nothing was recorded. "
        "Look at the lines again."
    ]
    assert candidates(done)[0][3:] == (False, "£50.00 more than is owed: it stays as credit.")
    assert Payment.objects.count() == 1


def test_columns_are_chosen_by_hand_and_kept(client, finance, booking):
    row = f"{booking.reference},180,3/5/2016"
    answer = look(client, row, heads="What,How much,When")
    assert not answer.context["is_enough"]
    assert "Choose them below" in answer.content.decode()
    refused = send(client, answer, [], date="2", words="0")
    assert "Choose the column of the amount" in refused.content.decode()
    read = send(client, answer, [], date="2", words="0", amount="1")
    assert [row[3] for row in candidates(read)] == [True]
    assert said(record(client, read, ticks_of(read))) == ["Recorded: 1 payment, £180.00 together."]


@pytest.mark.parametrize(
    "tick", ["", "2", "2:x:1", "99:1:1", "2:1:nan", "2:999999999999999999999:1", "2:1:" + "9" * 99]
)
def test_tick_that_was_not_offered_is_refused_with_a_sentence(client, finance, booking, tick):
    answer = look(client, f"3/5/2016,{booking.reference},180")
    assert record(client, answer, [tick]).status_code == 200
    assert not Payment.objects.exists()


def test_line_is_never_recorded_for_two_bookings(booking, staff):
    line = BankLine(2, dt.date(2016, 5, 3), "x", Decimal(10))
    one = Ticked(line, booking.pk, Decimal(180))
    with pytest.raises(ValidationError, match="one booking only"):
        bank.record_lines(by=staff, ticked=[one, one], at=build.LATE)
    billing.pay(booking, staff, "10", key=line.key)
    with pytest.raises(ValidationError, match="for another booking already"):
        bank.record_lines(by=staff, ticked=[Ticked(line, 0, Decimal(180))], at=build.LATE)


def test_line_of_tomorrow_is_refused_with_its_row_and_nothing_is_recorded(booking, staff):
    good = Ticked(BankLine(2, dt.date(2016, 5, 3), "x", Decimal(10)), booking.pk, Decimal(180))
    late = Ticked(BankLine(3, dt.date(2036, 5, 3), "x", Decimal(10)), booking.pk, Decimal(180))
    with pytest.raises(ValidationError, match="Row 3: The day of receipt cannot be in the future"):
        bank.record_lines(by=staff, ticked=[good, late], at=build.LATE)
    assert not Payment.objects.exists()


def test_state_of_another_officer_is_not_taken(client, finance, booking):
    answer = look(client, f"3/5/2016,{booking.reference},180")
    sign_in(client, make_staff(Role.FINANCE))
    assert said(record(client, answer, ticks_of(answer))) == [
        "This page is too old. Choose the file once more."
    ]


def test_statement_is_compared_in_a_fixed_number_of_queries(
    client, finance, booking, django_assert_max_num_queries
):
    rows = [f"3/5/2016,{booking.reference} {number},1" for number in range(300)]
    with django_assert_max_num_queries(14):
        assert len(candidates(look(client, *rows))) == 300
