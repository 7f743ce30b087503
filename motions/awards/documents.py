"""The script of the evening and the certificates, as tagged PDFs. They are kept nowhere.

A typeset paper of public business lies at hand for the next reader; these are made anew each time,
so that before the hour no cache holds a name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import clock
from clock.words import date_range_words, date_words, instant_words
from events.imprints import imprint_for
from events.models import Conference
from motions.awards.evening import Item
from motions.awards.models import AwardHonour, AwardRules
from papers import typesetting


def script(
    rules: AwardRules, items: Sequence[Item], *, at: dt.datetime, is_presented: bool
) -> bytes:
    """The running order on the first page, then a page an award, large enough for a rostrum."""
    conference = rules.conference
    hour = instant_words(rules.presented_at) if rules.presented_at else "to be announced"
    data = {
        "title": f"Recognition awards, {conference.title}",
        "imprint": imprint_for(conference, at),
        "conference": conference.title,
        "hour": hour,
        "sealed": "" if is_presented else f"In confidence until {hour}",
        "printed": f"As it stood on {instant_words(at)}",
        "items": list(items),
    }
    return typesetting.pdf("motions/papers/awards.typ", data)


def certificates(
    conference: Conference, honours: Iterable[AwardHonour], *, at: dt.datetime
) -> bytes:
    """A page for each who is honoured, with the name in full."""
    people = [_certificate(honour) for honour in honours]
    days = (
        date_range_words(conference.starts_on, conference.ends_on)
        if conference.starts_on and conference.ends_on
        else ""
    )
    data = {
        "title": f"Recognition awards: certificates, {conference.title}"
        if len(people) != 1
        else f"Certificate: {people[0]['award']}",
        "imprint": imprint_for(conference, at),
        "conference": conference.title,
        "days": days,
        "year": str(conference.starts_on.year) if conference.starts_on else "",
        "issued": date_words(clock.in_london(at).date()),
        "people": people,
    }
    return typesetting.pdf("motions/papers/award_certificate.typ", data)


def _certificate(honour: AwardHonour) -> dict[str, str]:
    return {
        "name": honour.public_name or honour.nominee.name,
        "award": honour.decision.category.name,
        "result": "Winner" if honour.is_winner else "Commended",
        "line": "receives the award" if honour.is_winner else "is commended for the award",
        "words": honour.words,
    }
