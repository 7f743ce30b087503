"""What a person told us of themself goes when the person goes; the register ends it on its day."""

from __future__ import annotations

from django.db.models import QuerySet

from registrations.models import DelegateLink, Delegation, Particulars, Place, PlaceNeeds


def forget(places: QuerySet[Place]) -> None:
    """The people of these places do not come: their needs, particulars and links are deleted.

    Who leads a delegation leads it no longer. Call under the booking's lock.
    """
    PlaceNeeds.objects.filter(place__in=places).delete()
    Particulars.objects.filter(place__in=places).delete()
    DelegateLink.objects.filter(place__in=places).delete()
    Delegation.objects.filter(lead__in=places).update(lead=None, lead_at=None)
