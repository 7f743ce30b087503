"""The mails of a composite, to the bodies of its motions: each holds the text it is about."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from events import doors
from events.calendar import DoorState
from mailing import links
from motions.composites import telling
from motions.composites.models import AmendmentDecision, Answer, Composite
from motions.composites.standings import LEFT, Place, Says, Standing, standing_of
from motions.composites.wordings import wordings_of
from motions.models import Motion, Rebasing
from motions.services.ruling import mail_the_body
from motions.services.sending import full_text


def invited(composite: Composite, at: dt.datetime) -> None:
    """Asks each body to take part, with the texts of all motions and the date."""
    places = standing_of(composite).places
    texts = [(place.part, telling.text_of_motion(place.part.motion)) for place in places]
    for place in places:
        others = [{"part": part, "text": text} for part, text in texts if part != place.part]
        own = next(text for part, text in texts if part == place.part)
        _mail(composite, place.part.motion, at, "invited", {"others": others, "own": own})


def laid(composite: Composite, at: dt.datetime) -> None:
    """Lays the text before each body: what became of its own, and what changed since it signed."""
    standing, version = standing_of(composite), composite.laid
    wordings = wordings_of(place.part for place in standing.places)
    text = telling.text_of(version)
    for place in standing.places:
        if place.says in (Says.WITHDRAWN, Says.GONE):
            continue
        signed = place.answer.version if place.says is Says.SIGNED_EARLIER else None
        facts = {
            "version": version,
            "text": text,
            "says": place.says,
            "fates": [
                telling.fate_in_words(fate) for fate in telling.fates(place.part, version, wordings)
            ],
            "changes": telling.changes_in_words(signed, version) if signed else [],
        }
        _mail(composite, place.part.motion, at, "laid", facts, key=f"laid:{version.number}")


def answered(composite: Composite, given: Answer, motion: Motion, at: dt.datetime) -> None:
    """Confirms to the body what it answered, with the text it signed."""
    text = telling.text_of(given.version) if given.choice == Answer.Choice.SIGNS else ""
    when = doors.in_words(given.given_at)
    kind = "confirmed" if given.confirmed_at else "given"
    facts = {"answer": given, "text": text, "when": when}
    _mail(composite, motion, at, "answered", facts, key=f"answer:{given.pk}:{kind}")


def published(composite: Composite, standing: Standing, at: dt.datetime) -> None:
    """Tells every body that was asked, with the text as published."""
    made, signed = composite.motion, {place.part.pk for place in standing.signed}
    text = telling.text_of_motion(made)
    for place in standing.places:
        facts = {"made": made, "text": text, "is_part": place.part.pk in signed}
        facts["url"] = links.site(made.get_absolute_url())
        _mail(composite, place.part.motion, at, "published", facts)


def ended(composite: Composite, standing: Standing, at: dt.datetime) -> None:
    """Tells every body that was asked how it ended, and that its motion stands."""
    for place in standing.places:
        facts = {"stands": _stands(place), "own": telling.text_of_motion(place.part.motion)}
        _mail(composite, place.part.motion, at, "ended", facts)


def amendment_decided(composite: Composite, decision: AmendmentDecision, at: dt.datetime) -> None:
    """Tells the body of an amendment what was decided about it, with its text."""
    row = decision.amendment
    facts = {"decision": decision, "text": full_text(row)}
    facts["url"] = links.site(row.get_absolute_url())
    _mail(composite, row, at, "amendment", facts)


def draft_moved(composite: Composite, made: Rebasing, original: Motion, at: dt.datetime) -> None:
    """Tells the body of a draft that it is to the composite now, and until when it can be sent."""
    row = made.amendment
    window = doors.window_for(row.call.deadline, row.organisation)
    facts = {
        "rebasing": made,
        "original": original,
        "is_clean": made.outcome == Rebasing.Outcome.CARRIED_OVER,
        "is_closed": window.state(at) is DoorState.CLOSED,
        "until": doors.closing_in_words(window.closes_at) if window.closes_at else "",
        "takes_late": row.call.takes_late,
        "text": row.draft_text,
        "url": links.site(reverse("motions:edit", args=[row.conference.slug, row.pk])),
    }
    _mail(composite, row, at, "draft", facts)


def _stands(place: Place) -> bool:
    return place.says not in LEFT or place.says is Says.OUT


SUBJECTS = {
    "invited": "Composite proposed: {theme}",
    "laid": "Please answer: the composite “{theme}”",
    "answered": "Your answer on the composite “{theme}”",
    "published": "Published as {number}: {theme}",
    "amendment": "Your amendment, and the composite {number}",
    "draft": "Your draft is to the composite {number} now",
    "ended": "The composite “{theme}” has ended",
}


def _mail(
    composite: Composite,
    motion: Motion,
    at: dt.datetime,
    template: str,
    facts: dict[str, Any],
    *,
    key: str = "",
) -> None:
    """One mail to each person who is due one for the body of a motion."""
    closing = doors.window_for(composite.deadline, motion.organisation).closes_at
    number = composite.motion.number if composite.motion_id else ""
    mail_the_body(
        motion,
        at,
        key=f"motions:composite:{composite.pk}:{key or template}:{motion.pk}",
        subject=SUBJECTS[template].format(theme=composite.theme, number=number),
        template=f"motions/composite_{template}",
        context={
            "composite": composite,
            "motion": motion,
            "answer_by": doors.closing_in_words(closing) if closing else "",
            "url": links.site(composite.get_absolute_url()),
            **facts,
        },
    )
