"""A second factor for everybody with privileges, whichever door they used to sign in.

Two places ask: the middleware for everything under the admin's address, and the decorator for the
desks of lay people. Both ask about *this session*: an authenticator that exists but was not used
opens nothing. Recovery codes may stand in for the app once, but are no authenticator by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
#: Marks a session in which a desk was opened (`members.idle`).
AT_A_DESK = "at_a_desk"
View = Callable[..., HttpResponse]


def has_second_factor(request: HttpRequest) -> bool:
    """Did this person pass the second factor in this session, and do they still have one?"""
    if not hasattr(request, "_has_second_factor"):  # an admin page asks three times
        records = get_authentication_records(request, request.user)
        used = any(record.get("method") == "mfa" for record in records)
        request._has_second_factor = used and is_mfa_enabled(request.user, types=list(FACTORS))
    return request._has_second_factor


def ask_for_it(request: HttpRequest) -> HttpResponse:
    """Sends a signed-in person to set up an authenticator app, or to enter a code from it."""
    if not is_mfa_enabled(request.user, types=list(FACTORS)):
        messages.info(
            request,
            "What you are allowed to do here needs a second step at sign-in. Set up an "
            "authenticator app on your phone, then come back.",
        )
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    # A form that was being sent cannot be replayed safely: the person comes back to its page.
    query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{query}")


def second_factor_required(view: View) -> View:
    """Marks a view as a privileged desk: signed-in people without a second factor are asked for it.

    Put it above the checks of who may: `@second_factor_required def desk(request, slug): ...`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not has_second_factor(request):
            return ask_for_it(request)
        if request.user.is_authenticated and AT_A_DESK not in request.session:
            request.session[AT_A_DESK] = True
        return view(request, *args, **kwargs)

    guarded.needs_second_factor = True
    return guarded


class SecondFactorMiddleware:
    """Nothing under the admin's address answers staff who have not passed the second factor.

    On every other page such a session has no roles at all: whatever a page allows to staff beyond
    what it allows to anybody, it does not allow here.

    People who are not staff are left to the admin, which refuses them. One signs out at the site's
    own page, which stays open.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._lacks_it(request):
            if request.path_info.startswith(reverse("admin:index")):
                return ask_for_it(request)
            request.user.lacks_second_factor = True
        return self.get_response(request)

    def _lacks_it(self, request: HttpRequest) -> bool:
        """Only a session is asked who it is: a stranger's request costs no query here."""
        if SESSION_KEY not in request.session:
            return False
        user = request.user
        return user.is_authenticated and user.is_staff and not has_second_factor(request)
