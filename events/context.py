"""The imprint on every page: that of the conference or campaign the page is about, or the one in force."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from events.services.public_pages import current_state


def imprint(request: HttpRequest) -> dict[str, Any]:
    """`imprint` for templates, asked for only when a page shows it.

    A view that shows a conference or campaign puts it on the request (`fetch.conference` does).
    """
    return {"imprint": SimpleLazyObject(lambda: _words(request))}


def _words(request: HttpRequest) -> str:
    for owner in (getattr(request, "conference", None), getattr(request, "campaign", None)):
        if owner is not None and owner.imprint_id is not None:
            return owner.imprint.text
    return current_state(request.at).imprint
