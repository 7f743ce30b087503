"""How often one network may have us write to an address that somebody typed."""

from __future__ import annotations

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def require_few(request: HttpRequest, action: str) -> None:
    """Refuse when `action` (named in ACCOUNT_RATE_LIMITS) was done too often from here.

    Raises ValidationError, whether the address is known or not.
    """
    if not ratelimit.consume(request, action=action):
        raise ValidationError(
            "This was sent very often from your network. Please wait an hour and try again.",
            code="too_often",
        )
