"""The evening: in which order awards are presented, and what is said. Read by panel and presenter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from events.models import Conference
from members.models import User
from motions.awards import rules
from motions.awards.models import AwardCategory, AwardHonour, AwardNomination

Item = dict[str, Any]


def running_order(user: User, conference: Conference) -> list[Item]:
    """The awards in their order, each with what is said; commended first, the winner last.

    An award for which the reader is proposed themself is left out: they learn it in the hall.
    """
    kept = rules.kept_from(user, conference)
    categories = AwardCategory.objects.filter(deadline__conference=conference).select_related(
        "deadline__conference"
    )
    honours = AwardHonour.objects.standing(conference).select_related(
        "decision", "nominee__category", "nominee__body"
    )
    bodies = _proposers(conference)
    found: dict[int, list[AwardHonour]] = {}
    for honour in honours:
        found.setdefault(honour.decision.category_id, []).append(honour)
    decided = set(
        categories.filter(decisions__ended_at__isnull=True, decisions__isnull=False)
        .order_by()
        .values_list("pk", flat=True)
    )
    own = {
        nominee.category_id
        for category in categories
        for nominee in category.nominees.select_related("category")
        if kept.is_self(nominee)
    }
    shown = [one for one in categories if one.pk not in own]
    return [
        _item(place, category, found.get(category.pk, []), category.pk in decided, bodies)
        for place, category in enumerate(shown, start=1)
    ]


def _proposers(conference: Conference) -> dict[int, list[str]]:
    """By nominee: the bodies that proposed them."""
    found: dict[int, list[str]] = {}
    rows = AwardNomination.objects.filter(
        category__deadline__conference=conference, state=AwardNomination.State.SUBMITTED
    ).order_by("organisation__name")
    for nominee, name in rows.values_list("nominee", "organisation__name"):
        names = found.setdefault(nominee, [])
        if name not in names:
            names.append(name)
    return found


def _item(
    place: int,
    category: AwardCategory,
    honours: Sequence[AwardHonour],
    is_decided: bool,
    bodies: dict[int, list[str]],
) -> Item:
    commended = [_part(one, bodies) for one in honours if not one.is_winner]
    winners = [_part(one, bodies) for one in honours if one.is_winner]
    return {
        "place": place,
        "pk": category.pk,
        "name": category.name,
        "introduction": category.introduction,
        "is_decided": is_decided,
        "commended": commended,
        "winners": winners,
        "opening": f"We come to the award: {category.name}.",
        "said_of_commended": _said_of_commended(commended),
        "said_of_winners": _said_of_winners(winners),
    }


def _part(honour: AwardHonour, bodies: dict[int, list[str]]) -> Item:
    nominee = honour.nominee
    return {
        "pk": honour.pk,
        "name": nominee.name,
        "words": honour.words,
        "proposed_by": _listed(bodies.get(nominee.pk, [])),
        "is_child": nominee.is_under_18 and nominee.category.is_for_people,
    }


def _said_of_commended(found: Sequence[Item]) -> str:
    if not found:
        return ""
    return f"The panel commends {_listed([one['name'] for one in found])}."


def _said_of_winners(found: Sequence[Item]) -> str:
    if not found:
        return "The panel has not given this award this year."
    if len(found) == 1:
        return f"And the award goes to {found[0]['name']}."
    return f"And the award is shared by {_listed([one['name'] for one in found])}."


def _listed(names: Sequence[str]) -> str:
    """'A', 'A and B', 'A, B and C'."""
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last


def honours_for_certificates(
    user: User, conference: Conference, at: dt.datetime
) -> list[AwardHonour]:
    """Everybody honoured, but for an award for which the reader is proposed themself."""
    shown = {item["pk"] for item in running_order(user, conference)}
    rows = AwardHonour.objects.standing(conference).select_related(
        "decision__category", "nominee__body"
    )
    return [honour for honour in rows if honour.decision.category_id in shown]
