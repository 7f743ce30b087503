"""Finding motions that everybody may read: by words, number, category, body and state."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q

from events.models import Conference
from members.models import Organisation
from motions.agendas import outcomes
from motions.models import Block, Category
from motions.models.motion import AGENDA_ORDER, MotionQuerySet

MOST_WORDS = 8
"""Of a question; more would ask the database too much."""


def bodies(conference: Conference) -> object:
    """The bodies that have a public motion at a conference, by name."""
    senders = conference.motions.public()
    return Organisation.objects.filter(pk__in=senders.order_by().values("organisation")).order_by(
        "name", "pk"
    )


def find(
    conference: Conference,
    *,
    words: str = "",
    category: Category | None = None,
    body: Organisation | None = None,
    state: str = "",
    decided: str = "",
) -> MotionQuerySet:
    """The motions that fit all that is asked, in the order of categories and of the agenda.

    Each word must stand in the title, the text, the number or the name of the body. The status is
    the one that the list tells: `state` finds what conference has not decided on, `decided` (a
    result) what it has.
    """
    rows = conference.motions.public()
    if category is not None:
        rows = rows.filter(category=category)
    if body is not None:
        rows = rows.filter(organisation=body)
    if state:
        rows = rows.filter(~Exists(outcomes.of_row()), state=state)
    if decided:
        rows = rows.filter(Exists(outcomes.of_row().filter(result=decided)))
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(_holds(word))
    return in_order(rows)


def in_order(rows: MotionQuerySet) -> MotionQuerySet:
    """As a list shows them: by category, those under none last, then as on the agenda.

    Each with `decided`: what conference made of it, in words; empty until then.
    """
    return (
        rows.with_titles()
        .annotate(decided=outcomes.in_words())
        .select_related("category", "conference")
        .order_by(
            F("category__position").asc(nulls_last=True),
            F("category__name").asc(nulls_last=True),
            *AGENDA_ORDER,
        )
    )


def _holds(word: str) -> Q:
    in_text = Block.objects.filter(version=OuterRef("current_version"), text__icontains=word)
    return (
        Q(current_version__title__icontains=word)
        | Q(number__iexact=word)
        | Q(organisation__name__icontains=word)
        | Exists(in_text)
    )
