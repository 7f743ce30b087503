"""Typing that survives a session which has ended: kept until the person has signed in again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

SESSION_KEY = "kept_typing"
MOST_CHARACTERS = 100_000
# fields that belong to one showing of a form and must not come back
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "key"})


def keeps_typing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a form behind the sign-in: what a signed-out person posts is there after the sign-in.

    The text waits in the session of the browser that sent it, for this address alone; the next
    signed-in GET takes it with `take`. Nothing says whether the address exists.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            data = {name: value for name, value in request.POST.items() if name not in NOT_KEPT}
            if sum(len(value) for value in data.values()) <= MOST_CHARACTERS:
                request.session[SESSION_KEY] = {"path": request.path, "data": data}
        return redirect_to_login(request.path)

    return login_not_required(wrapper)


def take(request: HttpRequest) -> dict[str, str]:
    """What was typed here before the sign-in, once; empty when nothing was."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["path"] != request.path:
        return {}
    del request.session[SESSION_KEY]
    return kept["data"]
