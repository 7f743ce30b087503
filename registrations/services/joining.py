"""Joining instructions: written in versions, and sent once a version to each person who comes.

The mail bears a personal link and never the venue before its hour: the paper behind the link is
made when it is opened, so that it says what may be known then. The key of a mail is made of the
version, the place and its person; the outbox takes each key once.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

import clock
from events import doors
from events.calendar import end_of_day
from events.models import Conference
from mailing import outbox
from members import audit
from members.models import User
from registrations import emails
from registrations.attendance import badges
from registrations.models import Credential, DelegateLink, JoiningInstructions, Place
from registrations.services.delegate_links import LASTS
from registrations.services.links import hashed


@dataclass(frozen=True)
class Plan:
    """Who would get this version now, and who not: by name where staff can do something about it."""

    changed: list[Credential] = field(default_factory=list)
    new: list[Credential] = field(default_factory=list)
    told: int = 0
    no_address: list[str] = field(default_factory=list)
    unnamed: int = 0
    cancelled: int = 0

    @property
    def number(self) -> int:
        """How many people would get a mail."""
        return len(self.new) + len(self.changed)

    @property
    def left_out(self) -> list[str]:
        """Who gets none and why, a sentence each."""
        found = []
        if self.told:
            found.append(f"{self.told} got this version already.")
        if self.unnamed:
            have = "place has" if self.unnamed == 1 else "places have"
            found.append(f"{self.unnamed} {have} no name yet.")
        if self.no_address:
            number, names = len(self.no_address), ", ".join(self.no_address)
            have = "person has" if number == 1 else "people have"
            found.append(f"{number} {have} no e-mail address: {names}.")
        if self.cancelled:
            were = "place was" if self.cancelled == 1 else "places were"
            found.append(f"{self.cancelled} {were} cancelled.")
        return found


@transaction.atomic
def write(
    *,
    by: User,
    conference: Conference,
    words: Mapping[str, str],
    at: dt.datetime,
) -> JoiningInstructions:
    """Keep the staff's words. Other words than before are the next version; the same are none.

    Raises ValidationError: `venue` when they name a venue that may not be known yet.
    """
    rows = JoiningInstructions.objects.select_for_update(no_key=True, of=("self",))
    row = rows.filter(conference=conference).first()
    tidy = {name: words.get(name, "").strip() for name in JoiningInstructions.WORDS}
    if row is not None and all(getattr(row, name) == told for name, told in tidy.items()):
        return row
    version = row.version + 1 if row else 1
    row = row or JoiningInstructions(conference=conference)
    for name, told in tidy.items():
        setattr(row, name, told)
    row.version, row.written_by, row.written_at = version, by, at
    require_venue_unnamed(conference, row.words, at=at)
    row.full_clean(validate_unique=row.pk is None)
    row.save()
    audit.record(by=by, action="joining.written", on=row, at=at, after={"version": version})
    return row


def plan(row: JoiningInstructions, *, at: dt.datetime) -> Plan:
    """Who would get this version. The same number of queries however many come.

    Raises ValidationError: `halted` or `over` when the conference sends nothing, `venue`.
    """
    conference = row.conference
    doors.require_not_halted(conference)
    if conference.is_over(clock.in_london(at).date()):
        raise ValidationError("The conference is over: nobody has to find it now.", code="over")
    require_venue_unnamed(conference, row.words, at=at)
    places = Place.objects.filter(booking__conference=conference)
    known = outbox.keys_beginning(f"joining:{row.pk}:")
    before = {key.split(":", 3)[3] for key in known}
    made = Plan(
        unnamed=places.unnamed().count(),
        cancelled=places.filter(cancelled_at__isnull=False).count(),
    )
    told = 0
    for badge in badges(conference).valid().order_by("place__name", "pk"):
        if not badge.place.email:
            made.no_address.append(badge.place.name)
        elif _key(row, badge) in known:
            told += 1
        elif _person(badge) in before:
            made.changed.append(badge)
        else:
            made.new.append(badge)
    return Plan(made.changed, made.new, told, made.no_address, made.unnamed, made.cancelled)


@transaction.atomic
def send(
    *, by: User, row: JoiningInstructions, version: int, expected: int, at: dt.datetime
) -> int:
    """Put one mail a person in the outbox, with a fresh personal link; says how many.

    `version` and `expected` are what the sender was shown. Raises ValidationError: `stale` when it
    is not so any more, or as `plan`.
    """
    rows = JoiningInstructions.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("conference__venue").get(pk=row.pk)
    made = plan(row, at=at)
    if (row.version, made.number) != (version, expected):
        raise ValidationError(
            f"This was version {version} for {expected}; it is now version {row.version} for "
            f"{made.number}. Nothing was sent. Look again.",
            code="stale",
        )
    tokens = {badge.pk: secrets.token_urlsafe(24) for badge in (*made.new, *made.changed)}
    DelegateLink.objects.bulk_create(
        _link(badge, tokens[badge.pk], by=by, at=at) for badge in (*made.new, *made.changed)
    )
    letters = [
        emails.joining_letter(
            badge, row, key=_key(row, badge), token=tokens[badge.pk], again=badge in made.changed
        )
        for badge in (*made.new, *made.changed)
    ]
    number = emails.joining(row.conference, letters, at=at)
    after = {"version": row.version, "people": number}
    audit.record(by=by, action="joining.sent", on=row, at=at, after=after)
    return number


def mail_in_words(row: JoiningInstructions, made: Plan, *, at: dt.datetime) -> str:
    """The first mail of a plan as its reader would see it, its link left out; '' for none."""
    first = next(iter((*made.new, *made.changed)), None)
    if first is None:
        return ""
    letter = emails.joining_letter(
        first, row, key=_key(row, first), token="their-own-link", again=first in made.changed
    )
    return emails.joining_preview(letter, row.conference, at=at)


def _person(badge: Credential) -> str:
    """A place and who holds it: a lost badge makes nobody another person."""
    return f"{badge.place_id}:{badge.person}"


def _key(row: JoiningInstructions, badge: Credential) -> str:
    return f"joining:{row.pk}:{row.version}:{_person(badge)}"


def _link(badge: Credential, token: str, *, by: User, at: dt.datetime) -> DelegateLink:
    last_day = badge.place.booking.conference.ends_on
    return DelegateLink(
        place=badge.place,
        address=badge.place.email,
        key_hash=hashed(token),
        asked_by=by,
        created_at=at,
        expires_at=at + LASTS if last_day is None else end_of_day(last_day),
    )


def require_venue_unnamed(conference: Conference, words: str, *, at: dt.datetime) -> None:
    """What staff type is no fact of the site's, so it must not name a venue before its hour.

    Raises ValidationError (code `venue`).
    """
    venue = conference.venue
    if venue is None or conference.venue_is_public(at):
        return
    if venue.name.casefold() in words.casefold():
        raise ValidationError(
            "The words name the venue, which is kept until "
            f"{doors.in_words(conference.venue_public_from)}. Leave it out: it is added by itself.",
            code="venue",
        )
