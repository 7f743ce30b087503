"""The chair decides who wins and who is commended; the decision is sealed until the presentation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import User
from motions.awards import rules, sealing
from motions.awards.models import AwardCategory, AwardDecision, AwardHonour
from motions.awards.services import judging, scoring
from motions.texts.cleaning import clean


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What one nominee gets, and what is said of them at the presentation."""

    nominee: int
    result: str
    words: str


@transaction.atomic
def decide(
    *,
    by: User,
    category: AwardCategory,
    choices: Sequence[Choice],
    reason: str,
    at: dt.datetime,
) -> AwardDecision:
    """Decide an award, with the reason; nobody chosen means that it is not given this year.

    Decided again before the hour, the earlier decision is ended and stays; the same once more is the
    one there is. What has been announced
    is not decided anew; an award left open at the hour may still be decided. Raises
    ValidationError: codes of `judging.require_judging`, `decider`, `presented`, `gone`, `scores`,
    `winners`, or a dict of fields.
    """
    category = judging.locked(category)
    found = judging.require_judging(by, category, at)
    nominees, seats = judging.before_the_panel(category), rules.bench(category.conference, at)
    if not rules.may_decide(by, found, nominees, seats):
        raise ValidationError(
            "The panel's chair decides; where the chair has an interest, a judge who has none.",
            code="decider",
        )
    before = judging.standing_decision(category)
    if before is not None:
        judging.require_before_the_hour(found, at)
    said = clean(reason).text.strip()
    if not said:
        raise ValidationError({"reason": "Say why the panel decided so."})
    chosen = [replace(choice, words=clean(choice.words).text.strip()) for choice in choices]
    _require_ready(category, chosen, at)
    if before is not None:
        if _says_the_same(before, chosen, said):
            return before
        before.ended_at = at
        before.save(update_fields=["ended_at"])
    made = AwardDecision.objects.create(
        category=category, reason=said, decided_by=by, decided_at=at
    )
    for choice in chosen:
        AwardHonour.objects.create(
            decision=made, nominee_id=choice.nominee, result=choice.result, words=choice.words
        )
    # that it was decided; who is honoured stands in the decision
    sealing.note(by=by, action="award.decided", category=category, at=at, decision=made.pk)
    return made


def _says_the_same(before: AwardDecision, chosen: Sequence[Choice], reason: str) -> bool:
    """Is it the same form once more?"""
    had = set(before.honours.values_list("nominee", "result", "words"))
    return before.reason == reason and had == {(c.nominee, c.result, c.words) for c in chosen}


def _require_ready(category: AwardCategory, choices: Sequence[Choice], at: dt.datetime) -> None:
    """Each is before the panel and scored by enough judges, and there are not too many winners."""
    ready = {one.nominee.pk: one for one in scoring.tallies(category, at)}
    for choice in choices:
        nominee = judging.nominee_here(category, choice.nominee)
        tally = ready[nominee.pk]
        if not tally.is_enough:
            raise ValidationError(
                f"{nominee.name} has been scored by {len(tally.scores)} of the {tally.needed} judges "
                "needed. Nobody is honoured before that.",
                code="scores",
            )
    winners = [one for one in choices if one.result == AwardHonour.Result.WINNER]
    if len(winners) > category.most_winners:
        most = category.most_winners
        noun = "one winner" if most == 1 else f"{most} winners"
        raise ValidationError(
            f"This award has at most {noun}; {len(winners)} are chosen.", code="winners"
        )
