"""Loads and authorises in one step: what is not a person's to see is not there (404)."""

from __future__ import annotations

import datetime as dt

from django.http import Http404
from django.shortcuts import get_object_or_404

import clock
from members.models import Officeholding, OfficeInvitation, Organisation, User
from members.rules import Deed, may_end, may_for_body, may_see_body, own_body


def body(user: User, slug: str, at: dt.datetime) -> Organisation:
    """A body whose page this person may see."""
    on = clock.in_london(at).date()
    if (own := own_body(user, slug, on)) is not None:
        return own
    organisation = get_object_or_404(Organisation, slug=slug)
    if not may_see_body(user, organisation, on):
        raise Http404
    return organisation


def body_to_invite_for(user: User, slug: str, at: dt.datetime) -> Organisation:
    """A body to whose offices this person may invite."""
    organisation = body(user, slug, at)
    if not may_for_body(user, organisation, Deed.INVITE, clock.in_london(at).date()):
        raise Http404
    return organisation


def office_to_end(user: User, slug: str, pk: int, at: dt.datetime) -> Officeholding:
    """A verified office of the body that this person may end."""
    holding = get_object_or_404(
        Officeholding.objects.select_related("organisation", "office", "user"),
        pk=pk,
        organisation__slug=slug,
        state=Officeholding.State.VERIFIED,
    )
    if not may_end(user, holding, clock.in_london(at).date()):
        raise Http404
    return holding


def invitation_to_withdraw(user: User, slug: str, pk: int, at: dt.datetime) -> OfficeInvitation:
    """An invitation to the body's offices that this person may withdraw."""
    organisation = body_to_invite_for(user, slug, at)
    return get_object_or_404(OfficeInvitation, pk=pk, organisation=organisation)
