"""allauth tells of a changed address only by a signal; here it becomes a service call."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed
from django.http import HttpRequest

from members.models import User
from members.services.sign_ins import record_address_change


def connect() -> None:
    """Listens once, from the start of the site."""
    email_changed.connect(_address_changed, dispatch_uid="members.address_changed")


def _address_changed(
    *,
    request: HttpRequest,
    user: User,
    from_email_address: EmailAddress | None,
    to_email_address: EmailAddress,
    **_: Any,
) -> None:
    record_address_change(
        user=user,
        before=from_email_address.email if from_email_address else "",
        after=to_email_address.email,
        at=request.at,
    )
