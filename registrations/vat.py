"""VAT inside a price: a pure rule, free of Django.

Prices are what people pay, so the tax is taken out of them: the net is rounded half up to the penny
and the tax is what is left, never rounded on its own. Whether VAT is charged at all, and at what
rate, is a setting of what is sold; `None` is 'no VAT charged', which is not a rate of nought.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import cycle

PENNY = Decimal("0.01")
HUNDRED = Decimal(100)


class Rounding(StrEnum):
    """Where pennies are rounded: for each thing sold, or once for the whole document."""

    LINE = "line"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Sold:
    """So many of one thing at a price in pounds that includes VAT at the rate in per cent."""

    price: Decimal
    quantity: int = 1
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """Pounds: the net, the tax, and the two together."""

    net: Decimal
    vat: Decimal

    @property
    def gross(self) -> Decimal:
        """What is paid."""
        return self.net + self.vat


def half_up(amount: Decimal) -> Decimal:
    """To the penny, half a penny upwards."""
    return amount.quantize(PENNY, ROUND_HALF_UP)


def split(gross: Decimal, rate: Decimal | None) -> Split:
    """One amount taken apart."""
    gross = half_up(gross)
    if rate is None:
        return Split(gross, Decimal("0.00"))
    net = half_up(gross * HUNDRED / (HUNDRED + rate))
    return Split(net, gross - net)


def splits(rows: Sequence[Sold], rounding: Rounding = Rounding.LINE) -> list[Split]:
    """Each row taken apart, in order; their sum is the document's.

    By line each single thing is rounded. By document the sum at each rate is, and the pennies by
    which the rows then differ are given to the dearest rows first, so that the sum still holds.
    """
    found = [_times(split(row.price, row.rate), row.quantity) for row in rows]
    if rounding is Rounding.DOCUMENT:
        for rate in {row.rate for row in rows} - {None}:
            at_rate = [number for number, row in enumerate(rows) if row.rate == rate]
            _settle(found, at_rate, rate)
    return found


def _times(one: Split, quantity: int) -> Split:
    return Split(one.net * quantity, one.vat * quantity)


def _settle(found: list[Split], numbers: list[int], rate: Decimal) -> None:
    """Move pennies between net and tax of these rows until their sum is right."""
    net = sum((found[number].net for number in numbers), Decimal(0))
    gross = sum((found[number].gross for number in numbers), Decimal(0))
    missing = split(gross, rate).net - net
    step = PENNY if missing > 0 else -PENNY
    dearest = sorted(numbers, key=lambda number: (-found[number].gross, number))
    for number in cycle(dearest):
        if not missing:
            return
        row = found[number]
        moved = Split(row.net + step, row.vat - step)
        if min(moved.net, moved.vat) >= 0:
            found[number] = moved
            missing -= step
