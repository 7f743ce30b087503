"""A provider that takes no money, to try paying by card in development. Refused in production."""

from __future__ import annotations

import json
from decimal import Decimal

from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from registrations.cards import PAID, Event, UnverifiedError


class PracticeCards:
    """Its pay page is one of ours, and its events are signed with the site's own key."""

    name = "practice"
    is_practice = True

    def start(self, *, attempt: str, amount: Decimal, reference: str, back: str) -> str:
        return reverse("registrations:practice_card", args=[attempt])

    def verified(self, *, body: bytes, signature: str) -> Event:
        if not constant_time_compare(signature, sign(body)):
            raise UnverifiedError
        said = json.loads(body)
        return Event(**{**said, "amount": Decimal(said["amount"])})

    def refund(self, *, payment: str, amount: Decimal, key: str) -> str:
        return f"refund-{key}"


def sign(body: bytes) -> str:
    """The signature of a message, as the practice provider makes it."""
    return salted_hmac("registrations.practice-cards", body, algorithm="sha256").hexdigest()


def paid(*, attempt: str, amount: Decimal) -> tuple[bytes, str]:
    """A message that an attempt was paid, and its signature. The same attempt, the same message."""
    said = {
        "id": f"event-{attempt}",
        "kind": PAID,
        "attempt": attempt,
        "payment": f"payment-{attempt}",
        "amount": str(amount),
    }
    body = json.dumps(said).encode()
    return body, sign(body)
