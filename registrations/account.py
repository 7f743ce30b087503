"""The account of a booking: what was charged, what came and went, what is left. Pure, in pounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Sums of the rows of one booking. `cleared` is the part of `paid` that no bank can take back."""

    charged: Decimal = NOTHING
    paid: Decimal = NOTHING
    cleared: Decimal = NOTHING
    refunded: Decimal = NOTHING
    written_off: Decimal = NOTHING
    moved_in: Decimal = NOTHING
    moved_out: Decimal = NOTHING

    @property
    def balance(self) -> Decimal:
        """What is still owed; below nought the payer has paid too much."""
        credited = self.moved_in - self.moved_out
        return self.charged - self.paid + self.refunded - self.written_off - credited

    @property
    def owing(self) -> Decimal:
        """What is still to pay, never below nought."""
        return max(self.balance, NOTHING)

    @property
    def overpaid(self) -> Decimal:
        """What was paid above what is charged, never below nought. A write-off is nobody's credit."""
        held = self.paid + self.moved_in - self.refunded - self.moved_out
        return max(held - self.charged, NOTHING)

    @property
    def to_give_back(self) -> Decimal:
        """What may be refunded or moved: paid too much, and cleared."""
        held = self.cleared + self.moved_in - self.refunded - self.moved_out
        return max(min(self.overpaid, held), NOTHING)

    @property
    def closing(self) -> Decimal:
        """What a statement closes with: what is owed, or below nought what was paid too much.

        It differs from the balance where more was written off than was still charged in the end.
        """
        return self.owing - self.overpaid

    def less(self, comes_off: Decimal) -> Account:
        """The account as it stands once so much is charged no more."""
        return replace(self, charged=self.charged - comes_off)
