"""A page that is not there looks in the practice copy as it looks in production."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import page_not_found

#: How Django's own page for developers names the reason why it is shown.
TECHNICAL = b"<code>DEBUG = True</code>"


class NotFoundMiddleware:
    """Puts our page in the place of Django's list of addresses, which helps nobody who practises."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and not response.streaming and TECHNICAL in response.content:
            return page_not_found(request, Http404())
        return response
