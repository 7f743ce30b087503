"""Paying by card: what any provider must do for us, and which one this installation has.

A provider is told an amount and an address to come back to; it answers with the address at which the
person pays. What happened comes later as a signed event. Nothing is believed from the browser that
comes back, and amounts are judged on our side (`services.cards`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

PAID, REFUNDED = "paid", "refunded"


class UnverifiedError(Exception):
    """Whoever sent this event is not the provider."""


@dataclass(frozen=True, slots=True)
class Event:
    """What a provider says has happened. `attempt` is our own key; amounts are in pounds."""

    id: str
    kind: str
    attempt: str
    payment: str
    amount: Decimal
    currency: str = "GBP"


class Provider(Protocol):
    """One way to take cards."""

    name: str

    def start(self, *, attempt: str, amount: Decimal, reference: str, back: str) -> str:
        """The address at which the person pays; called outside any transaction."""

    def verified(self, *, body: bytes, signature: str) -> Event:
        """The event in a message. Raises UnverifiedError unless the provider itself signed it."""

    def refund(self, *, payment: str, amount: Decimal, key: str) -> str:
        """Ask for money to go back; the provider's number of the refund. The key makes it once."""


@cache
def _loaded(path: str) -> Provider:
    found = import_string(path)()
    if settings.PRODUCTION and getattr(found, "is_practice", False):
        raise ImproperlyConfigured(
            f"CARD_PROVIDER is {path}, which takes no money: it is for development only."
        )
    return found


def provider() -> Provider | None:
    """The provider of this installation; None: cards are not taken on the site.

    Raises ImproperlyConfigured for one that only practises where real people pay.
    """
    return _loaded(settings.CARD_PROVIDER) if settings.CARD_PROVIDER else None
