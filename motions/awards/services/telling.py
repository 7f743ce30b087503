"""The morning after: bodies are told what became of their nominees, nominees are asked.

Nothing of this lies in the outbox before: a mail that waits there can be read.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from mailing import outbox
from mailing.policy import NOTICE
from members.models import Organisation
from motions.awards import embargo
from motions.awards.models import AwardDecision, AwardHonour, AwardNomination, AwardRules
from motions.awards.services import consenting
from motions.services import receipts

Result = AwardHonour.Result


def tell(*, at: dt.datetime) -> int:
    """Tell all whom a decision concerns that was presented and not told yet; how many decisions.

    Safe to run at any time, twice, and by two at once.
    """
    return sum(_tell_conference(rules, at) for rules in embargo.ended(at) if at >= rules.told_from)


def _tell_conference(rules: AwardRules, at: dt.datetime) -> int:
    waiting = AwardDecision.objects.filter(
        category__deadline__conference=rules.conference,
        ended_at__isnull=True,
        told_at__isnull=True,
    ).order_by("pk")
    return sum(_tell(pk, at) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _tell(pk: int, at: dt.datetime) -> bool:
    decision = (
        AwardDecision.objects.select_for_update(of=("self",))
        .select_related("category__deadline__conference")
        .filter(pk=pk, ended_at__isnull=True, told_at__isnull=True)
        .first()
    )
    if decision is None:
        return False
    honours = {
        honour.nominee_id: honour
        for honour in decision.honours.select_related("nominee__category", "nominee__body")
    }
    for honour in honours.values():
        honour.decision = decision
        consenting.ask(honour, at=at)
    sent = AwardNomination.objects.filter(
        category=decision.category, state=AwardNomination.State.SUBMITTED
    ).select_related("nominee", "organisation", "submitted_by")
    for nomination in sent:
        _tell_sender(nomination, decision, honours.get(nomination.nominee_id), at)
    decision.told_at = at
    decision.save(update_fields=["told_at"])
    return True


def _tell_sender(
    nomination: AwardNomination,
    decision: AwardDecision,
    honour: AwardHonour | None,
    at: dt.datetime,
) -> None:
    """The body, of an honour; of none, the sender alone: the nominee may never have known."""
    category = decision.category
    body: Organisation | None = nomination.organisation if honour else None
    people = receipts.recipients(organisation=body, author=nomination.submitted_by, at=at)
    for address, name in people.items():
        outbox.put(
            key=f"awards:outcome:{nomination.pk}:{address}",
            to=address,
            to_name=name,
            subject=f"Recognition awards of {category.conference}",
            template="awards/outcome",
            context={
                "nomination": nomination,
                "category": category,
                "conference": category.conference,
                "result": honour.result if honour else "",
            },
            kind=NOTICE,
            at=at,
            conference=category.conference.slug,
        )
