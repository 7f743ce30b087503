"""VAT taken out of a price: the worked cases, and what holds for every price and rate."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.vat import Rounding, Sold, half_up, split, splits

TWENTY = Decimal(20)

amounts = st.decimals(min_value=0, max_value=Decimal("99999.99"), places=2)
rates = st.sampled_from([None, Decimal(0), Decimal(5), TWENTY, Decimal("12.5")])
sold = st.builds(Sold, price=amounts, quantity=st.integers(1, 60), rate=rates)
documents = st.lists(sold, min_size=1, max_size=12)


def total(found) -> tuple[Decimal, Decimal]:
    return sum(row.net for row in found), sum(row.vat for row in found)


@pytest.mark.parametrize("as_rows", [False, True], ids=["one row", "a row each"])
@pytest.mark.parametrize(
    ("number", "price", "by_line", "by_document"),
    [
        (5, "145.00", ("604.15", "120.85"), ("604.17", "120.83")),
        (2, "145.00", ("241.66", "48.34"), ("241.67", "48.33")),
        (3, "95.00", ("237.51", "47.49"), ("237.50", "47.50")),
        (4, "195.00", ("650.00", "130.00"), ("650.00", "130.00")),
        (3, "12.50", ("31.26", "6.24"), ("31.25", "6.25")),
        (7, "49.99", ("291.62", "58.31"), ("291.61", "58.32")),
    ],
)
def test_worked_case_at_twenty_per_cent_comes_out_to_the_penny(
    number, price, by_line, by_document, as_rows
):
    one = Sold(Decimal(price), 1 if as_rows else number, TWENTY)
    rows = [one] * (number if as_rows else 1)
    assert total(splits(rows)) == tuple(map(Decimal, by_line))
    assert total(splits(rows, Rounding.DOCUMENT)) == tuple(map(Decimal, by_document))


def test_nine_ninety_nine_has_no_exact_net_and_is_split_all_the_same():
    nets = [Decimal(pence) / 100 for pence in range(1000)]
    assert Decimal("9.99") not in {half_up(net * Decimal("1.2")) for net in nets}
    found = split(Decimal("9.99"), TWENTY)
    assert (found.net, found.vat) == (Decimal("8.33"), Decimal("1.66"))


def test_no_vat_charged_leaves_the_price_whole_and_is_not_a_rate_of_nought():
    assert split(Decimal(90), None) == split(Decimal(90), Decimal(0))
    mixed = [Sold(Decimal(90)), Sold(Decimal(45), 1, TWENTY)]
    assert total(splits(mixed, Rounding.DOCUMENT)) == (Decimal("127.50"), Decimal("7.50"))


@given(amounts, rates)
def test_split_of_any_price_adds_up_and_neither_part_is_negative(gross, rate):
    found = split(gross, rate)
    assert found.gross == gross
    assert min(found.net, found.vat) >= 0


@given(documents, st.sampled_from(Rounding))
def test_rows_of_any_document_keep_what_is_paid(rows, rounding):
    found = splits(rows, rounding)
    assert [row.gross for row in found] == [row.price * row.quantity for row in rows]
    assert all(min(row.net, row.vat) >= 0 for row in found)


@given(documents)
def test_document_rounding_is_the_split_of_the_sum_at_each_rate(rows):
    found = splits(rows, Rounding.DOCUMENT)
    for rate in {row.rate for row in rows}:
        parts = [part for part, row in zip(found, rows, strict=True) if row.rate == rate]
        gross = sum(part.gross for part in parts)
        assert sum(part.net for part in parts) == split(gross, rate).net


@given(st.lists(amounts, min_size=1, max_size=8), rates)
def test_rows_by_line_do_not_know_of_each_other(prices, rate):
    rows = [Sold(price, 1, rate) for price in prices]
    assert splits(rows) == [split(price, rate) for price in prices]
