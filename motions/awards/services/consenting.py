"""Whether somebody who was honoured is named in public: asked once it has been presented."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from events.services.public_pages import mark_changed
from mailing import outbox
from mailing.models import Mail
from mailing.policy import NOTICE
from members import audit
from members.models import User
from motions.awards import embargo, rules
from motions.awards.models import AwardHonour, AwardRules
from motions.services import receipts
from motions.texts.cleaning import clean

Consent = AwardHonour.Consent


def hash_of(token: str) -> str:
    """What is stored of a personal link."""
    return hashlib.sha256(token.encode()).hexdigest()


def ask(honour: AwardHonour, *, at: dt.datetime, key: uuid.UUID | None = None) -> bool:
    """Write to the nominee with a link of their own; whether there was anybody to write to.

    Call it in a transaction, once the awards have been presented. Asked again, the link is new and
    the earlier one is over; the same form (`key`) once more changes nothing.
    """
    people = addressees(honour, at)
    mark = f"awards:honour:{honour.pk}:{key or 'first'}"
    if not people or Mail.objects.filter(key__startswith=f"{mark}:").exists():
        return False
    token = secrets.token_urlsafe(24)
    honour.token_hash = hash_of(token)
    if honour.consent == Consent.NOT_ASKED:
        honour.consent = Consent.ASKED
    honour.save(update_fields=["token_hash", "consent"])
    category, nominee = honour.decision.category, honour.nominee
    for address, name in people.items():
        outbox.put(
            key=f"{mark}:{address}",
            to=address,
            to_name=name,
            subject=f"Recognition awards of {category.conference}",
            template="awards/honoured",
            context={
                "honour": honour,
                "nominee": nominee,
                "category": category,
                "conference": category.conference,
                "path": reverse("awards:honour", args=[token]),
            },
            kind=NOTICE,
            at=at,
            conference=category.conference.slug,
        )
    return True


def addressees(honour: AwardHonour, at: dt.datetime) -> dict[str, str]:
    """Address → name: the nominee's own; of a body on this site its officers and mailbox."""
    nominee = honour.nominee
    found = {}
    if nominee.email:
        found[nominee.email.lower()] = nominee.name
    if nominee.body is not None:
        found |= receipts.recipients(organisation=nominee.body, author=None, at=at)
    return found


@transaction.atomic
def ask_at(
    *, by: User, honour: AwardHonour, email: str, at: dt.datetime, key: uuid.UUID
) -> AwardHonour:
    """The panel found out an address, or the letter went astray: write there.

    Raises ValidationError: code `judge`, `sealed`.
    """
    honour = _locked(honour)
    _require_panel_after_the_hour(by, honour, at)
    honour.nominee.email = email.strip().lower()
    honour.nominee.save(update_fields=["email"])
    if ask(honour, at=at, key=key):
        _noted(by, honour, "award.nominee_written_to", at)
    return honour


@transaction.atomic
def answer(
    *,
    honour: AwardHonour,
    agrees: bool,
    at: dt.datetime,
    public_name: str = "",
    is_adult: bool = False,
    by: User | None = None,
) -> AwardHonour:
    """Whoever is honoured is named in public or is not; they may change it at any time.

    Nobody under 18 is listed, whatever they answer. `by` is a judge to whom they said so in
    writing, else nobody: the link is theirs. Raises ValidationError: code `sealed`, `judge`, or a
    dict of fields.
    """
    honour = _locked(honour)
    if not embargo.has_ended(honour.decision.category.conference, at):
        raise ValidationError("This has not been presented.", code="sealed")
    if by is not None:
        _require_panel_after_the_hour(by, honour, at)
    if agrees:
        _require_listable(honour, is_adult=is_adult)
    name = " ".join(clean(public_name).text.split())[:150] or honour.nominee.name
    before, named = honour.consent, honour.public_name
    honour.consent = Consent.GIVEN if agrees else Consent.REFUSED
    honour.public_name = name if agrees else ""
    if (before, named) == (honour.consent, honour.public_name):
        return honour
    honour.answered_at = at
    honour.save(update_fields=["consent", "public_name", "answered_at"])
    _noted(by, honour, "award.consent_answered", at, before=before, after=honour.consent)
    mark_changed()
    return honour


def is_listable(honour: AwardHonour) -> bool:
    """May the nominee be listed at all? Nobody is who is said to be under 18."""
    return not (honour.nominee.category.is_for_people and honour.nominee.is_under_18)


def _require_listable(honour: AwardHonour, *, is_adult: bool) -> None:
    if not is_listable(honour):
        raise ValidationError(
            "Nobody under 18 is named in public. The award stands all the same.", code="under_18"
        )
    if honour.nominee.category.is_for_people and not is_adult:
        raise ValidationError(
            {"is_adult": "Only people who are 18 or over are named in public. Say that you are."}
        )


def _locked(honour: AwardHonour) -> AwardHonour:
    return (
        AwardHonour.objects.select_for_update(of=("self",))
        .select_related("nominee__category", "decision__category__deadline__conference")
        .get(pk=honour.pk)
    )


def _require_panel_after_the_hour(by: User, honour: AwardHonour, at: dt.datetime) -> None:
    conference = honour.decision.category.conference
    if not rules.is_judge(by, conference, at):
        raise ValidationError("The panel sees to this.", code="judge")
    if not embargo.is_over(AwardRules.of(conference), at):
        raise ValidationError("This waits for the presentation.", code="sealed")


def _noted(
    by: User | None,
    honour: AwardHonour,
    action: str,
    at: dt.datetime,
    *,
    before: str = "",
    after: str = "",
) -> None:
    """One entry; the award has been presented, so it goes straight into the trail, unnamed."""
    audit.record(
        by=by,
        action=action,
        on=honour,
        at=at,
        before={"consent": before} if before else None,
        after={"consent": after} if after else None,
    )
