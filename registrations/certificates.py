"""Certificates of attendance: for those whom a door let in, from the end of the conference on.

Nothing is kept for them. They are made from what the doors saw, so they can be had until the day on
which that is deleted, which the conference states beforehand; a second record of who came to a
party's conference would be kept for no other reason than this paper.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet

import clock
from clock.words import date_range_words, date_words, instant_words
from events.calendar import end_of_day
from events.imprints import imprint_for
from events.models import Conference
from papers import typesetting
from registrations.models import Credential, Place, Scan
from registrations.services import scanning


def over_at(conference: Conference) -> dt.datetime | None:
    """From when on there are certificates; None while no last day is known, or none takes place."""
    if conference.is_halted or conference.status == Conference.Status.DRAFT:
        return None
    if conference.ends_at is not None:
        return conference.ends_at
    return end_of_day(conference.ends_on) if conference.ends_on is not None else None


def last_day(conference: Conference) -> dt.date | None:
    """The last day on which certificates can be had: the next, what the doors saw is deleted."""
    over = over_at(conference)
    if over is None:
        return None
    rules = scanning.rules_of(conference)
    return rules.purge_on(clock.in_london(over) - dt.timedelta(microseconds=1)) - dt.timedelta(1)


def are_ready(conference: Conference, *, at: dt.datetime) -> bool:
    """Is it the time for certificates?"""
    over = over_at(conference)
    if over is None or at < over:
        return False
    return clock.in_london(at).date() <= last_day(conference)


def of(places: Iterable[Place]) -> list[Credential]:
    """The badges of those among the places who came, by name. One query."""
    rows = badges_of_who_came().filter(place__in=[place.pk for place in places])
    return list(rows.order_by("place__name", "pk"))


def badges_of_who_came() -> QuerySet[Credential]:
    """Valid badges whose person some door let in, on this badge or on one they lost."""
    seen = Scan.objects.admitted().filter(
        credential__place=OuterRef("place"),
        credential__person=OuterRef("person"),
        direction__in=Scan.Direction.inward(),
    )
    rows = Credential.objects.valid().filter(Exists(seen))
    return rows.select_related("place__pass_type", "place__booking__organisation")


def require(
    conference: Conference, places: Sequence[Place], *, at: dt.datetime
) -> list[Credential]:
    """The badges of those who get a certificate.

    Raises ValidationError with a sentence that says why nobody does: `not_yet`, `gone`, `absent`.
    """
    over = over_at(conference)
    if over is None or at < over:
        when = f" It is ready from {instant_words(over)}." if over else ""
        raise ValidationError(
            f"A certificate can be had when the conference is over.{when}", code="not_yet"
        )
    if not are_ready(conference, at=at):
        raise ValidationError(
            "What the doors saw was deleted, as had been stated: certificates could be had until "
            f"{date_words(last_day(conference))}.",
            code="gone",
        )
    found = of(places)
    if not found:
        who = f"{places[0]} was not" if len(places) == 1 else "None of them was"
        raise ValidationError(
            f"{who} let in at a door of {conference.title}, so there is no certificate. If that is "
            "wrong, please tell the conference team.",
            code="absent",
        )
    return found


def pdf(conference: Conference, found: Iterable[Credential], *, at: dt.datetime) -> bytes:
    """A page for each person, with the name as on the badge."""
    data = {
        "title": f"Certificate of attendance: {conference.title}",
        "imprint": imprint_for(conference, at),
        "conference": conference.title,
        "theme": conference.theme,
        "issued": date_words(at),
        "people": [_person(conference, badge) for badge in found],
    }
    return typesetting.pdf("registrations/papers/certificate.typ", data)


def _person(conference: Conference, badge: Credential) -> dict[str, str]:
    place = badge.place
    body, day = place.booking.organisation, place.pass_type.only_on
    role = place.pass_type.get_role_display()
    return {
        "name": place.name,
        "role": f"as {'an' if role[0] in 'aeiou' else 'a'} {role}"
        + (f" of {body}" if body is not None else ""),
        "days": date_words(day)
        if day is not None
        else date_range_words(conference.starts_on, conference.ends_on),
    }
