"""The pages of development: GET only, and open to whoever reaches this machine."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from coopconf.dev import mailbox

#: A mail may style itself, and its links open in the whole window; it runs nothing, asks nobody.
POLICY_OF_A_MAIL = {
    "default-src": [NONE],
    "img-src": [SELF, "data:"],
    "style-src": [UNSAFE_INLINE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-top-navigation-by-user-activation"],
}


@login_not_required
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """Every mail the site would have sent, newest first; `?to=` keeps one person's."""
    to = request.GET.get("to", "").strip()
    found = mailbox.newest_first(Path(settings.EMAIL_FILE_PATH))
    if to:
        found = [mail for mail in found if to.lower() in mail.to.lower()]
    return render(request, "dev/mails.html", {"mails": found, "to": to})


@login_not_required
@require_safe
@csp_update({"frame-src": [SELF]})
def mail(request: HttpRequest, id: str) -> HttpResponse:
    """One mail: its text with links to follow, its web version in a frame, its headers."""
    return render(request, "dev/mail.html", {"mail": _mail(id)})


@login_not_required
@require_safe
@xframe_options_sameorigin
@csp(POLICY_OF_A_MAIL)
def mail_html(request: HttpRequest, id: str) -> HttpResponse:
    """The web version alone, sandboxed, for the frame."""
    html = _mail(id).html.replace("<head>", '<head><base target="_top">', 1)
    return HttpResponse(html)


def _mail(id: str) -> mailbox.CaughtMail:
    found = mailbox.one(Path(settings.EMAIL_FILE_PATH), id)
    if found is None:
        raise Http404("No such mail.")
    return found
