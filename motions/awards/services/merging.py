"""One nominee named by several bodies: recognised when proposed, mended by the panel."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import Organisation, User
from motions.awards import rules, sealing
from motions.awards.models import AwardCategory, AwardNomination, AwardNominee, AwardScore
from motions.awards.names import key_of
from motions.awards.services import judging


def recognised(
    category: AwardCategory,
    *,
    name: str,
    body: Organisation | None,
    email: str,
    is_under_18: bool,
) -> AwardNominee:
    """Whom a proposal is about: the nominee there is, or a new one.

    A body on this site is itself. A person is the one with the same address, or with the same name
    where the addresses do not say otherwise. What another body wrote is neither changed nor shown.
    Call it under the lock of the deadline.
    """
    found = _found(category, name, body, email)
    if found is None:
        return AwardNominee.objects.create(
            category=category,
            name=name,
            name_key=key_of(name),
            body=body,
            email=email,
            is_under_18=is_under_18,
        )
    found.email = found.email or email
    found.is_under_18 = found.is_under_18 or is_under_18
    found.save(update_fields=["email", "is_under_18"])
    return found


def _found(
    category: AwardCategory, name: str, body: Organisation | None, email: str
) -> AwardNominee | None:
    rows = AwardNominee.objects.filter(category=category, merged_into__isnull=True).order_by("pk")
    if body is not None:
        return rows.filter(body=body).first()
    if email and (known := rows.filter(email__iexact=email).first()):
        return known
    namesakes = rows.filter(name_key=key_of(name), body__isnull=True)
    if email:
        namesakes = namesakes.filter(email="")
    return namesakes.first()


@transaction.atomic
def merge(*, by: User, nominee: AwardNominee, into: AwardNominee, at: dt.datetime) -> AwardNominee:
    """These two are one: the nominations of the first go to the second, each as it was sent.

    What was scored of the first no longer counts; whoever scored the second is shown that more has
    come. Raises ValidationError: codes of `judging.require_judging`, `gone`, `decided`, `same`.
    """
    category = judging.locked(nominee.category)
    first, second = _both(by, category, nominee.pk, into.pk, at)
    first.nominations.update(nominee=second)
    AwardScore.objects.filter(nominee=first, ended_at__isnull=True).update(ended_at=at)
    first.merged_into = second
    first.save(update_fields=["merged_into"])
    second.email = second.email or first.email
    second.body = second.body or first.body
    second.is_under_18 = second.is_under_18 or first.is_under_18
    second.save(update_fields=["email", "body", "is_under_18"])
    sealing.note(
        by=by, action="award.merged", category=category, at=at, nominee=first.pk, into=second.pk
    )
    return second


@transaction.atomic
def separate(*, by: User, nomination: AwardNomination, at: dt.datetime) -> AwardNominee:
    """This nomination is about somebody else: a nominee of its own, to be scored by itself.

    Raises ValidationError: codes of `judging.require_judging`, `gone`, `decided`, `alone`.
    """
    category = judging.locked(nomination.category)
    nomination = AwardNomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    nominee = judging.nominee_here(category, nomination.nominee_id)
    _require_undecided(by, category, at)
    _require_free(by, [nominee])
    if nominee.standing.count() < 2 or nomination.state != AwardNomination.State.SUBMITTED:
        raise ValidationError("No other nomination stands with it.", code="alone")
    body = nomination.nominee_body
    made = AwardNominee.objects.create(
        category=category,
        name=nomination.nominee_name,
        name_key=key_of(nomination.nominee_name),
        body=None if body is not None and body.pk == nominee.body_id else body,
        email=nomination.nominee_email,
        is_under_18=nomination.is_under_18,
    )
    nomination.nominee = made
    nomination.save(update_fields=["nominee"])
    sealing.note(
        by=by, action="award.separated", category=category, at=at, nominee=nominee.pk, made=made.pk
    )
    return made


def _both(
    by: User, category: AwardCategory, first_pk: int, second_pk: int, at: dt.datetime
) -> tuple[AwardNominee, AwardNominee]:
    first = judging.nominee_here(category, first_pk)
    second = judging.nominee_here(category, second_pk)
    _require_undecided(by, category, at)
    if first == second:
        raise ValidationError("Choose the other nominee who is the same.", code="same")
    if first.body_id and second.body_id:
        raise ValidationError(
            "These are two bodies on this site: they cannot be one nominee.", code="same"
        )
    _require_free(by, [first, second])
    return first, second


def _require_undecided(by: User, category: AwardCategory, at: dt.datetime) -> None:
    judging.require_before_the_hour(judging.require_judging(by, category, at), at)
    if judging.standing_decision(category) is not None:
        raise ValidationError(
            "This award is decided. The chair takes the decision back first.", code="decided"
        )


def _require_free(by: User, nominees: list[AwardNominee]) -> None:
    kept = rules.kept_from(by, nominees[0].category.conference)
    for why in filter(None, map(kept.why, nominees)):
        raise ValidationError(f"{why} Another judge sees to it.", code="kept")
