"""Prices and dates in the words people read; pure, for forms, panels and mails alike."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from events import doors
from registrations import refunding, selling
from registrations.account import Account
from registrations.models import Line
from registrations.selling import Offer


def pounds(amount: Decimal) -> str:
    """'£90', '£12.50', 'free'."""
    if not amount:
        return "free"
    whole = amount == amount.to_integral_value()
    return f"£{amount:,.0f}" if whole else f"£{amount:,.2f}"


def offer_label(offer: Offer) -> str:
    """'Visitor pass – £20 until the end of Friday 2 May 2025 (UK time)', or why not."""
    if not offer.is_available:
        return f"{offer.item.name} – {selling.closed_in_words(offer) or 'Sold out.'}"
    words = f"{offer.item.name} – {pounds(offer.price.amount)}"
    if offer.price.until is not None and offer.price.amount:
        words += f" until {doors.closing_in_words(offer.price.until)}"
    if offer.left is not None and offer.left <= selling.FEW:
        words += f" ({offer.left} left)"
    return words


def full_label(offer: Offer) -> str:
    """The same with what follows: '…, then £110'."""
    return ", ".join(filter(None, (offer_label(offer), offer.is_available and then(offer))))


def short_label(offer: Offer) -> str:
    """The same for a drop-down, which a phone cuts off: 'Visitor pass – £20'."""
    if not offer.is_available:
        return offer_label(offer)
    return f"{offer.item.name} – {pounds(offer.price.amount)}"


def then(offer: Offer) -> str:
    """What it costs after the price of now: 'then £110'; empty when nothing follows."""
    following = offer.price.following
    return f"then {pounds(following.amount)}" if following else ""


def comes_off(lines: Sequence[Line], percent: Decimal) -> str:
    """What a cancellation takes off the bill and what is kept, said before it is confirmed."""
    charged = sum((line.amount or Decimal(0) for line in lines), Decimal(0))
    if not charged:
        return "Nothing was charged for it."
    kept = refunding.kept_of(lines, percent)
    off = f"£{charged - kept:,.2f} comes off what the booking costs."
    return (
        f"{off} £{kept:,.2f} ({percent.normalize():f}%) is kept, by the terms of the conference."
        if kept
        else off
    )


def off_and_kept(line: Line, percent: Decimal) -> str:
    """'£90.00 comes off', or '£45.00 comes off, £45.00 is kept'."""
    if line.amount < 0:
        return "ends with it"
    kept = refunding.kept_of([line], percent)
    words = f"£{line.amount - kept:.2f} comes off"
    return f"{words}, £{kept:.2f} is kept" if kept else words


def then_owed(account: Account) -> str:
    """Where a payer stands once a cancellation is confirmed."""
    if account.owing:
        return f"Then £{account.owing:,.2f} is still to pay."
    if account.to_give_back:
        return (
            f"Then £{account.to_give_back:,.2f} is owed to you, and we will be in touch about it."
        )
    return "Then nothing is left to pay."
