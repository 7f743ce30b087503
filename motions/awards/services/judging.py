"""What every act of the panel asks first: the seat, the hour, the lock."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from clock.words import instant_words
from events import doors
from members.models import User
from motions.awards import embargo, rules
from motions.awards.models import AwardCategory, AwardDecision, AwardNominee, AwardRules


def locked(category: AwardCategory) -> AwardCategory:
    """The category under its lock, with its conference; every act of the panel waits here."""
    return (
        AwardCategory.objects.select_for_update(of=("self",))
        .select_related("deadline__conference")
        .get(pk=category.pk)
    )


def require_judging(by: User, category: AwardCategory, at: dt.datetime) -> AwardRules:
    """The rules, for a judge, once nominations have closed and before the presentation.

    Raises ValidationError: code `judge`, `open`, `presented`, or `halted`.
    """
    conference = category.conference
    if not rules.is_judge(by, conference, at):
        raise ValidationError("Only the panel judges.", code="judge")
    doors.require_not_halted(conference)
    closes = category.deadline.closing
    if closes is None or at < closes:
        until = f" until {doors.closing_in_words(closes)}" if closes else ""
        raise ValidationError(
            f"Nominations can still come in{until}. Judging begins when they have closed.",
            code="open",
        )
    return rules_of(category)


def rules_of(category: AwardCategory) -> AwardRules:
    """How its conference judges."""
    return AwardRules.of(category.conference)


def require_before_the_hour(found: AwardRules, at: dt.datetime) -> None:
    """Raises ValidationError (`presented`) once the awards have been presented."""
    if embargo.is_over(found, at):
        raise ValidationError(
            f"The awards were presented at {instant_words(found.presented_at)}: what was decided "
            "stays as it was announced.",
            code="presented",
        )


def standing_decision(category: AwardCategory) -> AwardDecision | None:
    """What the panel decided and has not decided anew."""
    return category.decisions.filter(ended_at__isnull=True).first()


def before_the_panel(*categories: AwardCategory) -> list[AwardNominee]:
    """The nominees of these categories: merged ones once, withdrawn ones not at all."""
    rows = AwardNominee.objects.filter(
        category__in=categories, merged_into__isnull=True, nominations__state="submitted"
    )
    return list(rows.select_related("category", "body").distinct())


def nominee_here(category: AwardCategory, pk: int) -> AwardNominee:
    """A nominee before the panel. Raises ValidationError (`gone`)."""
    found = next((one for one in before_the_panel(category) if one.pk == pk), None)
    if found is None:
        raise ValidationError(
            "This nominee is no longer before the panel: merged with another, or withdrawn.",
            code="gone",
        )
    return found
