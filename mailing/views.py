"""The unsubscribe page, for people and for the button of their mailbox (RFC 8058)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mailing import links
from mailing.services import suppressing


# No sign-in, no cookie, no CSRF token: mailboxes post here by themselves. The signed token is the
# permission. No redirect after POST either (RFC 8058 §3.1); posting twice changes nothing more.
@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the choice and changes nothing (scanners open every link); POST carries it out.

    The answer is the same whether or not anybody is known by the address behind the token.
    """
    message_id = links.read_unsubscribe_token(token)
    if message_id is None:
        raise Http404("This is not an unsubscribe link of ours.")
    done = ""
    if request.method == "POST":
        if request.POST.get("choice") == "resubscribe":
            suppressing.resubscribe(message_id=message_id, at=request.at)
            done = "resubscribed"
        else:
            suppressing.unsubscribe(message_id=message_id, at=request.at)
            done = "unsubscribed"
    response = render(request, "mailing/unsubscribe.html", {"done": done})
    response["Referrer-Policy"] = "no-referrer"
    return response
