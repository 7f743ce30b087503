"""Prices and dates in the words people read; pure, for forms, panels and mails alike."""

from __future__ import annotations

from decimal import Decimal

from events import doors
from registrations import selling
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
    if offer.left is not None and offer.left <= 10:
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
