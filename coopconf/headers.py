"""Edges of every request: which host it may name, and the headers every answer carries."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

GetResponse = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = ", ".join(
    f"{power}=()"
    for power in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-create",
        "usb",
    )
)


class ExactHostMiddleware:
    """Refuses (400) a request that names another host than the site's own, to the letter.

    Django's ALLOWED_HOSTS forgives a trailing dot and any port, and passes over X-Forwarded-Host;
    a cache in front may not. The refusal is a bare line: it costs nothing and echoes nothing. In
    development (SITE_HOSTS empty) only Django's own check is made, since ports are forwarded there.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _names_this_site(request):
            return HttpResponseBadRequest(
                "This request names another host than this site.\n", content_type="text/plain"
            )
        return self.get_response(request)


def _names_this_site(request: HttpRequest) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return False
    named = [request.META.get(header) for header in ("HTTP_HOST", "HTTP_X_FORWARDED_HOST")]
    # GET http://evil.example/ with an innocent Host: a proxy goes by the one, Django by the other.
    asked_for = request.META.get("RAW_URI", "/")
    if not asked_for.startswith(("/", "*")):
        named.append(asked_for.partition("://")[2].partition("/")[0])
    return not settings.SITE_HOSTS or all(
        host is None or host.lower() in settings.SITE_HOSTS for host in named
    )


class HeadersMiddleware:
    """Adds what Django has no setting for, and keeps pages of signed-in people out of caches.

    Only a request that brings a session cookie is asked who it is, so that a public page costs no
    query for this.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_signed_in = _is_signed_in(request)
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _permissions(response))
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if was_signed_in or _is_signed_in(request):
            response.headers["Cache-Control"] = "no-store, private"
        if was_signed_in and not _is_signed_in(request):
            response.headers["Clear-Site-Data"] = '"cache"'
        return response


def _permissions(response: HttpResponse) -> str:
    """No power of the browser, but those that the view of this page asked for in `permits`."""
    policy = PERMISSIONS_POLICY
    for power in getattr(response, "permits", ()):
        policy = policy.replace(f"{power}=()", f"{power}=(self)")
    return policy


def _is_signed_in(request: HttpRequest) -> bool:
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.modified
    return has_session and request.user.is_authenticated
