"""The imprint on every page: that of the conference the page is about, or the one in force."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from events.imprints import imprint_for


def imprint(request: HttpRequest) -> dict[str, Any]:
    """`imprint` for templates, asked for only when a page shows it.

    A view that shows a conference puts it on the request (`fetch.conference` does).
    """
    conference = getattr(request, "conference", None)
    state = getattr(request, "page_state", None)
    if state is not None and (conference is None or conference.imprint_id is None):
        return {"imprint": state.imprint}
    return {"imprint": SimpleLazyObject(lambda: imprint_for(conference, request.at))}
