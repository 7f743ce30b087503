"""Proposing somebody for an award, and taking it back. In confidence: only the sender is written to.

The nominee may be an officer of the proposing body, so neither the body's other officers nor its
mailbox get a copy, no subject line names anybody, and the audit trail says only that something came.
Whom the panel judges is found out here, and shown to no sender: another body may have been first.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from members import audit
from members.models import Organisation, User
from motions.awards import embargo
from motions.awards.models import AwardCategory, AwardEvidence, AwardNomination, AwardNominee
from motions.awards.services import merging
from motions.models import Channel, Receipt
from motions.services import doorkeeping, receipts
from motions.texts import words
from motions.texts.cleaning import clean

MOST_FILES = 5


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Who is proposed, and what for. `files` were checked: (content, what the sender called it)."""

    name: str
    citation: str
    evidence: str = ""
    body: Organisation | None = None
    email: str = ""
    is_under_18: bool = False
    files: Sequence[tuple[ContentFile, str]] = ()


@transaction.atomic
def propose(
    *,
    by: User,
    category: AwardCategory,
    organisation: Organisation,
    proposal: Proposal,
    at: dt.datetime,
    key: uuid.UUID,
    channel: str = Channel.WEB,
    received_at: dt.datetime | None = None,
    scan: ContentFile | None = None,
) -> Receipt:
    """One body proposes one nominee; the receipt goes to the sender alone.

    Several bodies may name the same nominee: all are kept. Raises ValidationError: codes of the
    door, `sender`, `limit`, or a dict of fields.
    """
    if already := receipts.earlier(key):
        return already
    deadline = doorkeeping.require_open_to(
        category, organisation, what="Nominations for this award", at=at, received_at=received_at
    )
    if already := receipts.earlier(key):
        return already
    citation, name = clean(proposal.citation).text, " ".join(clean(proposal.name).text.split())
    if not name:
        raise ValidationError({"nominee_name": "Say whom you propose."})
    _require_fit(category, organisation, citation, is_paper=channel != Channel.WEB)
    nomination = AwardNomination(
        category=category,
        nominee=_nominee(category, name[:150], proposal),
        organisation=organisation,
        nominee_name=name[:150],
        nominee_body=proposal.body,
        nominee_email=proposal.email.strip().lower(),
        is_under_18=proposal.is_under_18,
        citation=citation,
        evidence=clean(proposal.evidence).text,
        idempotency_key=key,
        **doorkeeping.arrival_columns(by=by, at=at, channel=channel, received_at=received_at),
    )
    if scan is not None:
        nomination.scan.save(scan.name, scan, save=False)
    nomination.save()
    _keep_files(nomination, proposal)
    audit.record(
        by=by,
        action="award_nomination.submitted",
        on=nomination,
        at=at,
        organisation=organisation,
        after={"category": category.name},
    )
    kind, counts_at = Receipt.Kind.SUBMITTED, received_at or at
    return _receipt(nomination, by, kind, counts_at, key, deadline, mailed_at=at)


@transaction.atomic
def withdraw_proposal(
    *, by: User, nomination: AwardNomination, at: dt.datetime, key: uuid.UUID
) -> Receipt:
    """Take a proposal back, until the awards have been presented.

    Whether the panel has decided changes nothing here: the answer would tell. Raises
    ValidationError: code `state` when it is withdrawn already, `presented`.
    """
    if already := receipts.earlier(key):
        return already
    nomination = (
        AwardNomination.objects.select_for_update(of=("self",))
        .select_related("category__deadline__conference", "organisation")
        .get(pk=nomination.pk)
    )
    if already := receipts.earlier(key):
        return already
    if AwardNomination.State.WITHDRAWN not in AwardNomination.MOVES[nomination.state]:
        raise ValidationError("This nomination is withdrawn already.", code="state")
    if embargo.has_ended(nomination.category.conference, at):
        raise ValidationError(
            "The awards have been presented: there is nothing to withdraw any more.",
            code="presented",
        )
    nomination.state = AwardNomination.State.WITHDRAWN
    nomination.withdrawn_by, nomination.withdrawn_at = by, at
    nomination.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])
    audit.record(
        by=by,
        action="award_nomination.withdrawn",
        on=nomination,
        at=at,
        organisation=nomination.organisation,
    )
    deadline = nomination.category.deadline
    return _receipt(nomination, by, Receipt.Kind.WITHDRAWN, at, key, deadline)


def _nominee(category: AwardCategory, name: str, proposal: Proposal) -> AwardNominee:
    return merging.recognised(
        category,
        name=name,
        body=proposal.body,
        email=proposal.email.strip().lower(),
        is_under_18=proposal.is_under_18,
    )


def _keep_files(nomination: AwardNomination, proposal: Proposal) -> None:
    if len(proposal.files) > MOST_FILES:
        raise ValidationError(
            {"files": f"At most {MOST_FILES} files. Choose the ones that say most."}
        )
    for content, called in proposal.files:
        row = AwardEvidence(nomination=nomination, name=clean(called).text[-120:] or content.name)
        row.file.save(content.name, content)


def _require_fit(
    category: AwardCategory, organisation: Organisation, citation: str, *, is_paper: bool
) -> None:
    count = words.count(citation)
    if not count:
        raise ValidationError({"citation": "Say what they did."})
    if category.max_words and count > category.max_words and not is_paper:
        raise ValidationError(
            {
                "citation": f"The citation has {count} words. At most {category.max_words} are "
                "allowed."
            }
        )
    sent = AwardNomination.objects.filter(
        category=category, organisation=organisation, state=AwardNomination.State.SUBMITTED
    )
    if category.per_body_limit and sent.count() >= category.per_body_limit:
        raise ValidationError(
            f"{organisation} has already sent as many as one body may send "
            f"({category.per_body_limit}).",
            code="limit",
        )


def _receipt(
    nomination: AwardNomination,
    to: User,
    kind: Receipt.Kind,
    at: dt.datetime,
    key: uuid.UUID,
    deadline: object,
    *,
    mailed_at: dt.datetime | None = None,
) -> Receipt:
    facts = [
        ("Award", nomination.category.name),
        ("Nominee", nomination.nominee_name),
        ("Body", nomination.nominee_body.name if nomination.nominee_body else ""),
        ("Proposed by", nomination.organisation.name),
        ("Citation", nomination.citation),
        ("Evidence", nomination.evidence),
        ("Files", ", ".join(nomination.files.values_list("name", flat=True))),
    ]
    return receipts.give(
        to=to,
        kind=kind,
        conference=deadline.conference,
        organisation=None,
        about={"award_nomination": nomination},
        title="Recognition award",
        text="\n\n".join(f"{label}: {value}" for label, value in facts if value),
        at=at,
        key=key,
        note="Please keep it to yourself: the nominee is to learn of it at the presentation.",
        is_secret=True,
        mailed_at=mailed_at,
    )
