"""What judges declare an interest in; they are kept from it until it is withdrawn."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import Organisation, User
from motions.awards import rules, sealing
from motions.awards.models import AwardInterest, AwardNominee, AwardScore
from motions.awards.services import judging
from motions.texts.cleaning import clean


@transaction.atomic
def declare(
    *,
    by: User,
    nominee: AwardNominee,
    words: str,
    at: dt.datetime,
    body: Organisation | None = None,
) -> AwardInterest:
    """Declare an interest in this nominee, or in whatever one of its bodies proposes or is.

    What this judge scored there no longer counts. The same interest declared twice is the one there
    is. Raises ValidationError: code `judge`, `presented`, or a dict of fields.
    """
    said = " ".join(clean(words).text.split())
    if not said:
        raise ValidationError({"words": "Say what your interest is: the other judges see it."})
    category = judging.locked(nominee.category)
    _require_seat(by, category, at)
    nominee = judging.nominee_here(category, nominee.pk)
    thing = {"organisation": body} if body is not None else {"nominee": nominee}
    found, is_new = AwardInterest.objects.get_or_create(
        conference=category.conference,
        judge=by,
        withdrawn_at=None,
        **thing,
        defaults={"words": said[:300], "declared_at": at},
    )
    if is_new:
        end_scores_kept_from(by, category.conference, at)
        sealing.note(
            by=by, action="award.interest_declared", category=category, at=at, nominee=nominee.pk
        )
    return found


@transaction.atomic
def withdraw(*, by: User, interest: AwardInterest, nominee: AwardNominee, at: dt.datetime) -> None:
    """Withdraw an interest of one's own; that it was declared stays in the record.

    Raises ValidationError: code `state` when it is withdrawn already, `judge`, `presented`.
    """
    category = judging.locked(nominee.category)
    _require_seat(by, category, at)
    row = AwardInterest.objects.select_for_update(of=("self",)).get(pk=interest.pk, judge=by)
    if row.withdrawn_at is not None:
        raise ValidationError("This interest is withdrawn already.", code="state")
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    sealing.note(
        by=by, action="award.interest_withdrawn", category=category, at=at, nominee=nominee.pk
    )


def end_scores_kept_from(judge: User, conference: object, at: dt.datetime) -> None:
    """What a judge scored and is now kept from no longer counts."""
    kept = rules.kept_from(judge, conference)
    mine = AwardScore.objects.filter(
        judge=judge, ended_at__isnull=True, nominee__category__deadline__conference=conference
    ).select_related("nominee__category")
    ended = [score.pk for score in mine if kept.why(score.nominee)]
    AwardScore.objects.filter(pk__in=ended).update(ended_at=at)


def _require_seat(by: User, category: object, at: dt.datetime) -> None:
    """An interest can be declared as soon as one sits on the panel, also while nominations come."""
    if not rules.is_judge(by, category.conference, at):
        raise ValidationError("Only the panel judges.", code="judge")
    judging.require_before_the_hour(judging.rules_of(category), at)
