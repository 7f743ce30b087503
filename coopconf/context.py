"""What every page knows: the site's name, its navigation, the imprint, whether this is real."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from events.context import imprint

SITE_NAME = "Co-operative Party Conferences"
NAVIGATION = (
    ("Conferences", "/"),
    ("Key dates", "/key-dates/"),
    ("Past conferences", "/past/"),
)
#: What a signed-in person finds under their name.
MENU = (
    {"label": "My bodies", "url": "/bodies/"},
    {"label": "My bookings", "url": "/bookings/"},
    {"label": "My membership", "url": "/membership/"},
)


def site(request: HttpRequest) -> dict[str, Any]:
    """Facts for `base.html`. A view that passes its own `imprint` (a conference's) wins.

    The imprint is asked for only when a page shows it: one query, none for a fragment.
    """
    return {
        "site_name": SITE_NAME,
        "navigation": [
            {"label": label, "url": url, "is_current": request.path == url}
            for label, url in NAVIGATION
        ],
        "menu": MENU,
        **imprint(request),
        "is_development": settings.DEBUG,
    }
