"""Reads the page version at most once in a request, and lets rows be kept under it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from events.services import public_pages


class PageStateMiddleware:
    """See `events.services.public_pages.one_request`; costs nothing where nobody asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with public_pages.one_request():
            return self.get_response(request)
