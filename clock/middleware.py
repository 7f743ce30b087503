"""Puts the instant of a request's arrival on the request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

import clock

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class ArrivalMiddleware:
    """`request.at`: read once, before anything waits for a lock.

    A request that may write is judged by the database's clock; one that only reads takes the
    process's clock and so costs no query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = clock.now() if request.method in SAFE_METHODS else clock.arrival()
        return self.get_response(request)
