"""The page of a campaign."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from events import rules
from events.campaigns import panels
from events.models import Campaign
from events.publications.listing import with_publications
from events.views.public import Page, shared_page


@shared_page()
def campaign(request: HttpRequest, slug: str) -> Page:
    """What it is about, who leads it, its publications and what lower apps add."""
    rows = with_publications(Campaign.objects.select_related("imprint"), "campaign", request.at)
    found = rows.filter(slug=slug).first()
    if found is None or not (found.is_public or rules.may_preview(request.user)):
        raise Http404
    request.campaign = found
    shown = panels.panels_for(found, request.at)
    instants = [found.publications_next_at, *(panel.changes_at for panel in shown)]
    facts = {"campaign": found, "panels": shown, "contact": _contact(found)}
    changes_at = min((each for each in instants if each is not None), default=None)
    return Page("events/campaign.html", facts, changes_at)


def _contact(found: Campaign) -> dict[str, str]:
    named = {
        "name": found.contact_name,
        "email": found.contact_email,
        "phone": found.contact_phone,
    }
    return named if any(named.values()) else {}
