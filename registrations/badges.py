"""Sheets of badges as tagged PDF: large name, role by colour and word, the code in two forms."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable

import segno

from events.imprints import imprint_for
from events.models import Conference
from papers import typesetting
from registrations.models import Credential, Delegation, Particulars, PassType

# Black on white whatever the paper; M mends a corner that was folded.
QR = {"kind": "svg", "border": 2, "xmldecl": False, "svgns": True, "dark": "#000", "light": "#fff"}


def sheets(conference: Conference, badges: Iterable[Credential], *, at: dt.datetime) -> bytes:
    """The valid badges among these, eight a page with cut lines, in the order given.

    A badge whose code can no longer be printed is left out: its person needs a new one. Pronouns
    are on it where the person gave them for their badge.
    """
    badges = list(badges)
    places = [badge.place_id for badge in badges]
    leads = set(Delegation.objects.filter(lead__in=places).values_list("lead", flat=True))
    given = Particulars.objects.filter(place__in=places).exclude(pronouns="")
    pronouns = dict(given.values_list("place", "pronouns"))
    data = {
        "title": f"Badges: {conference.title}",
        "imprint": imprint_for(conference, at),
        "conference": conference.title,
        "badges": [
            _badge(badge, code)
            | {
                "lead": "Lead delegate" if badge.place_id in leads else "",
                "pronouns": pronouns.get(badge.place_id, ""),
            }
            for badge in badges
            if badge.voided_at is None and (code := badge.printed_code)
        ],
    }
    return typesetting.pdf("registrations/papers/badges.typ", data)


def _badge(badge: Credential, code: str) -> dict[str, str]:
    place = badge.place
    organisation = place.booking.organisation
    return {
        "name": place.name,
        "role": _word(place.pass_type),
        "kind": place.pass_type.role,
        "body": organisation.name if organisation else "",
        "code": badge.short_code,
        "qr": qr_code(code),
    }


def _word(sold: PassType) -> str:
    """The role; of a carer's the pass says whether 'Carer' or 'Personal assistant'."""
    return sold.name if sold.is_of_carer else sold.get_role_display().capitalize()


def qr_code(code: str) -> str:
    """A badge's long code as a picture in SVG."""
    drawn = io.BytesIO()
    segno.make(code, error="m", micro=False).save(drawn, **QR)
    return drawn.getvalue().decode()
