"""Sessions with privileges end when nobody was there for half an hour; what was typed is kept.

Watched are the sessions of staff, and those in which a lay person opened a desk: a table in a hall
is where a screen is left alone. Ordinary members are not watched. What is sent from a session that
has ended waits for the same person: signed in again, they are shown it and send it with one press.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.urls import reverse

from clock.middleware import SAFE_METHODS
from members.second_factor import AT_A_DESK

SEEN, KEPT = "idle_seen", "idle_kept"
#: The session is written once a minute at most; nobody is signed out early for that.
EXACT_TO = 60
MOST_KEPT = 200_000  # characters; a ruling, a motion or a day of the programme has fewer


class IdleMiddleware:
    """Signs out who was away; shows those who come back what they were sending.

    Stands behind the second factor, so that nothing is shown before it was passed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session and request.user.is_authenticated:
            if _is_watched(request) and _was_away(request):
                return self._sign_out(request)
            if answer := _send_again(request):
                return answer
        return self.get_response(request)

    def _sign_out(self, request: HttpRequest) -> HttpResponse:
        """A page that is open to everybody opens; anything else leads through the sign-in."""
        kept = None if request.method in SAFE_METHODS else _typed(request)
        logout(request)
        words = f"You were signed out after {settings.IDLE_MINUTES} minutes without activity."
        if request.method in SAFE_METHODS:
            messages.info(request, f"{words} Sign in to go on where you were.")
            return self.get_response(request)
        if kept is not None:
            request.session[KEPT] = kept
            words += " What you typed is kept: sign in, and you can send it."
        messages.info(request, words)
        return redirect_to_login(request.get_full_path())


def _is_watched(request: HttpRequest) -> bool:
    watched = request.user.is_staff or AT_A_DESK in request.session
    return bool(settings.IDLE_MINUTES) and watched


def _was_away(request: HttpRequest) -> bool:
    """Away too long, or signed in longer than any session lasts; notes otherwise that they are here.

    Writing a session moves its end, so the day's limit is kept here as well.
    """
    now = round(request.at.timestamp())
    began, last = request.session.get(SEEN, (now, now))
    if now - last >= settings.IDLE_MINUTES * 60 + EXACT_TO:
        return True
    if now - began >= settings.SESSION_COOKIE_AGE:
        return True
    if SEEN not in request.session or now - last >= EXACT_TO:
        request.session[SEEN] = (began, now)
    return False


def _no_view(request: HttpRequest) -> HttpResponse:
    """The forgery check wants a view to spare; none of ours is."""
    return HttpResponse()


def _typed(request: HttpRequest) -> dict[str, Any] | None:
    """What was sent, for the same person at the same address; never on the pages of the sign-in."""
    if request.path_info.startswith(reverse("account_login").removesuffix("login/")):
        return None
    if CsrfViewMiddleware(_no_view).process_view(request, _no_view, (), {}) is not None:
        return None  # another site sent it: nobody typed it here
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    if not fields or sum(len(name) + len(value) for name, value in fields) > MOST_KEPT:
        return None
    return {
        "person": request.user.pk,
        "path": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
    }


def _send_again(request: HttpRequest) -> HttpResponse | None:
    """What was kept, once, where it was to be sent; a hidden field is no more than it was before."""
    kept = request.session.get(KEPT)
    if not kept or request.method != "GET" or kept["path"] != request.get_full_path():
        return None
    del request.session[KEPT]
    if kept["person"] != request.user.pk:
        return None
    items = [
        {"label": name.replace("_", " ").replace("-", " "), "value": value}
        for name, value in kept["fields"]
        if value and not name.startswith("_")
    ]
    return render(request, "members/send_again.html", {**kept, "items": items})
