"""How often one person or network may do what has us write to an address that somebody typed."""

from __future__ import annotations

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def require_few(request: HttpRequest, action: str) -> None:
    """Refuse when `action` (named in ACCOUNT_RATE_LIMITS) was done too often by them or from here.

    What strangers do as well has its limit for a person under `…_signed_in`. Raises
    ValidationError, code `too_often`, whether the address is known or not. What counts as 'here'
    is the address of the connection, believed through our own proxies and no further.
    """
    actions = [action]
    if request.user.is_authenticated:
        actions.append(f"{action}_signed_in")
    if all(ratelimit.consume(request, action=one) for one in actions):
        return
    if request.user.is_authenticated:
        words = "You did this very often. Please wait an hour and try again, or write to us."
    else:
        words = "This was sent very often from your network. Please wait an hour and try again."
    raise ValidationError(words, code="too_often")
