"""Joining instructions as a tagged PDF for one person, as they may be known at an instant."""

from __future__ import annotations

import datetime as dt

from clock.words import date_range_words, date_words, instant_words, range_words
from events.imprints import imprint_for
from events.models import Conference
from papers import typesetting
from registrations.badges import qr_code
from registrations.models import Credential, Extra, JoiningInstructions, Line, Particulars
from registrations.services import scanning

PHOTO_ID = "Photo ID. The name on it is the name on your badge; at the door it is looked at."
CODE = "This page, on paper or on your phone: its code lets you in and your badge is handed to you."


def pdf(
    row: JoiningInstructions, badge: Credential, own: Particulars | None, *, at: dt.datetime
) -> bytes:
    """The paper of one person. `own`: what they told us of themself, when they read it; staff who
    look at it as an example read nothing of it."""
    conference, place = row.conference, badge.place
    asks_id = scanning.rules_of(conference).asks_photo_id
    is_child = own is not None and own.age_band == Particulars.AgeBand.UNDER_18
    body = place.booking.organisation
    data = {
        "title": f"Joining instructions: {conference.title}",
        "imprint": imprint_for(conference, at),
        "reference": place.booking.reference,
        "name": place.name,
        "facts": [
            ["When", when(conference)],
            ["Where", where(conference, at)],
            ["Online", online(conference, at)],
            ["Your pass", _pass(badge)],
            ["You come for", body.name if body else ""],
            ["You booked", _extras(badge)],
            ["Questions", contact(conference)],
        ],
        "bring": [CODE, *([PHOTO_ID] if asks_id else []), *_lines(row.bring)],
        "sections": [
            [title, _lines(words)]
            for title, words in (
                ("Arriving and getting in", row.arriving),
                ("Access", "\n".join([_venue_access(conference, at), row.access])),
                ("Anything else", row.more),
            )
            if words.strip()
        ],
        "child": is_child,
        "code": badge.short_code,
        "qr": qr_code(badge.printed_code) if badge.printed_code else "",
        "version": f"Version {row.version}, {date_words(row.written_at)}",
    }
    return typesetting.pdf("registrations/papers/joining.typ", data)


def when(conference: Conference) -> str:
    """Its days, with the hours where they are known."""
    if conference.starts_at and conference.ends_at:
        return range_words(conference.starts_at, conference.ends_at)
    if conference.starts_on is None:
        return "to be announced"
    return date_range_words(conference.starts_on, conference.ends_on)


def where(conference: Conference, at: dt.datetime) -> str:
    """The venue with its address from its hour on; before that, when it is told."""
    if conference.mode == Conference.Mode.ONLINE:
        return ""
    if not conference.venue_is_public(at):
        return f"told here from {instant_words(conference.venue_public_from)}: open the link again"
    venue = conference.venue
    return f"{venue}\n{venue.address}".strip() if venue else "to be announced"


def online(conference: Conference, at: dt.datetime) -> str:
    """The link to join, for those entitled, from its hour on."""
    if conference.mode not in (Conference.Mode.ONLINE, Conference.Mode.HYBRID):
        return ""
    told = conference.join_from is None or at >= conference.join_from
    if conference.join_url and told:
        return f"{conference.platform}\n{conference.join_url}".strip()
    if conference.join_from is not None and not told:
        return f"the link stands here from {instant_words(conference.join_from)}"
    return conference.platform


def contact(conference: Conference) -> str:
    """Whom to ask, as the conference names them."""
    facts = (conference.contact_name, conference.contact_email, conference.contact_phone)
    return "\n".join(filter(None, facts))


def _venue_access(conference: Conference, at: dt.datetime) -> str:
    venue = conference.venue
    return venue.access_notes if venue and conference.venue_is_public(at) else ""


def _pass(badge: Credential) -> str:
    sold = badge.place.pass_type
    day = f"on {date_words(sold.only_on)} only" if sold.only_on else ""
    return "\n".join(filter(None, (sold.name, sold.description, day)))


def _extras(badge: Credential) -> str:
    """Dinner and nights, each with its day."""
    rows = Line.objects.filter(place=badge.place, extra__isnull=False, cancelled_at__isnull=True)
    extras: list[Extra] = [line.extra for line in rows.select_related("extra").order_by("pk")]
    dated = sorted(extras, key=lambda extra: (extra.on_date or dt.date.max, extra.position))
    return "\n".join(
        f"{extra.name}, {date_words(extra.on_date)}" if extra.on_date else extra.name
        for extra in dated
    )


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
