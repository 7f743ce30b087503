"""The three pages every page's footer leads to; open to everybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.contacts import conferences_with_contacts, site_contact


@login_not_required
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to ask: the people of each conference, and those of the site."""
    facts = {
        "contact": site_contact(),
        "conferences": conferences_with_contacts(request.at),
    }
    return render(request, "pages/contact.html", facts)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about a person, why and for how long."""
    return render(request, "pages/privacy.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the site is meant to work for everybody and what to do when it does not."""
    return render(request, "pages/accessibility.html")
