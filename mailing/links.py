"""Addresses of pages for use in mails: always from SITE_URL, never from a request's Host.

An unsubscribe token is the mail's Message-ID, signed for this one purpose. It holds no address, so
neither a log line nor somebody who finds the link learns whom it is about.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from mailing.models.mail import digest


def site(path: str = "/") -> str:
    """The absolute address of a path of this site."""
    return settings.SITE_URL.rstrip("/") + path


def host() -> str:
    """The site's host name, for Message-IDs and for greeting the relay."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def message_id(key: str) -> str:
    """The fixed Message-ID of the mail with this key: every attempt carries the same."""
    return f"<{digest(key)}@{host()}>"


def unsubscribe(message_id: str) -> str:
    """Where the reader of the mail with this Message-ID unsubscribes without signing in."""
    return site(reverse("mailing:unsubscribe", args=[_signer().sign(message_id.strip("<>"))]))


def read_unsubscribe_token(token: str) -> str | None:
    """The Message-ID inside a token of ours, or None for anything else."""
    try:
        return f"<{_signer().unsign(token)}>"
    except BadSignature:
        return None


def _signer() -> Signer:
    return Signer(salt="mailing.unsubscribe")
