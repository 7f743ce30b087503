"""The addresses that browsers, researchers and crawlers look for on every site."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

#: Programmes and motions may be found; what belongs to one person may not.
ROBOTS = """User-agent: *
Disallow: /accounts/
Disallow: /admin/
Disallow: /mail/
"""


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where a weakness is reported (RFC 9116). Expires is moved on with every answer."""
    expires = (request.at + dt.timedelta(days=180)).replace(microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
        "Preferred-Languages: en, cy",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Where password managers send people."""
    return redirect("account_change_password")


@login_not_required
@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """What crawlers may leave alone."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
