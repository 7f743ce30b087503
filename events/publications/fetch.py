"""Loads a publication for everybody: what is not out does not exist, for staff who preview it does."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from events.models import Publication
from events.publications import rules


def publication(request: HttpRequest, slug: str) -> Publication:
    """The publication, with what it belongs to put on the request so that its imprint is shown."""
    found = Publication.objects.with_versions().filter(slug=slug)
    row = found.out(request.at).first()
    if row is None and rules.may_edit(request.user):
        row = found.first()
    if row is None:
        raise Http404
    request.conference, request.campaign = row.conference, row.campaign
    return row
