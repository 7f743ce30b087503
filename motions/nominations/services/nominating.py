"""A body nominates somebody."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from members import audit
from members.models import Organisation, Region, User
from motions.models import Channel, Receipt
from motions.nominations import eligibility, emails, links
from motions.nominations.models import Candidate, Nomination, Post
from motions.nominations.services import contests
from motions.services import doorkeeping, receipts
from motions.texts.cleaning import clean


@dataclass(frozen=True, kw_only=True)
class Nominee:
    """The person nominated, as the body describes them."""

    name: str
    email: str
    region: Region
    membership_number: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """How a nomination came that was not typed on the site."""

    channel: str
    received_at: dt.datetime
    scan: ContentFile | None = None


@transaction.atomic
def nominate(
    *,
    by: User,
    post: Post,
    organisation: Organisation,
    nominee: Nominee,
    at: dt.datetime,
    key: uuid.UUID,
    meeting_name: str = "",
    meeting_on: dt.date | None = None,
    paper: Paper | None = None,
) -> Receipt:
    """One body nominates one person; they are asked for their consent by mail.

    The receipt keeps this body's own words: what another body wrote of the same person is not its
    business. Raises ValidationError: codes of the door, `sender`, `ineligible` (with the rule in words),
    `declined`, `twice`, `limit`, `settled`.
    """
    if already := receipts.earlier(key):
        return already
    deadline = doorkeeping.require_open_to(
        post,
        organisation,
        what="Nominations",
        at=at,
        received_at=paper.received_at if paper else None,
    )
    if already := receipts.earlier(key):
        return already
    contests.require_unsettled(post)
    if reasons := eligibility.reasons_against(post, nominee.region):
        raise ValidationError({"region": reasons}, code="ineligible")
    nominee = _tidied(nominee)
    if not nominee.name:
        raise ValidationError({"name": "Give the name of the person you nominate."})
    candidate, token = _candidate(post, nominee)
    _require_room(post, organisation, candidate, nominee)
    nomination = _kept(by, candidate, organisation, at, key, paper)
    nomination.meeting_name, nomination.meeting_on = meeting_name, meeting_on
    nomination.save()
    audited(by, nomination, "nomination.submitted", at, after={"post": post.title})
    if token:
        emails.ask(candidate, [organisation], token, at)
    return receipts.give(
        to=by,
        kind=Receipt.Kind.SUBMITTED,
        conference=deadline.conference,
        organisation=organisation,
        about={"nomination": nomination},
        title=f"{nominee.name} for {post.title}",
        text=_in_words(nomination, nominee),
        at=nomination.sent_at,
        mailed_at=at,
        key=key,
        note=_condition(candidate, nominee),
    )


def audited(
    by: User,
    nomination: Nomination,
    action: str,
    at: dt.datetime,
    after: dict[str, object] | None = None,
) -> None:
    """Leave the audit entry of a nomination."""
    audit.record(
        by=by,
        action=action,
        on=nomination,
        at=at,
        organisation=nomination.organisation,
        after={"state": nomination.state, **(after or {})},
    )


def _tidied(nominee: Nominee) -> Nominee:
    """As typed, without what nobody means to type."""
    name = " ".join(clean(nominee.name).text.split())
    return replace(nominee, name=name, email=nominee.email.strip().lower())


def _candidate(post: Post, nominee: Nominee) -> tuple[Candidate, str]:
    """The person, once a post. A token comes with a new one: the link can be made only now."""
    found = Candidate.objects.filter(post=post, email__iexact=nominee.email).first()
    if found is not None:
        if found.state in {Candidate.State.DECLINED, Candidate.State.WITHDRAWN}:
            raise ValidationError(
                f"{nominee.name} has told us that they do not want to stand.", code="declined"
            )
        if found.state == Candidate.State.STRUCK_OUT:
            raise ValidationError(
                f"{nominee.name} cannot stand: {found.struck_out_reason}", code="ineligible"
            )
        return found, ""
    token = links.fresh()
    candidate = Candidate.objects.create(
        post=post,
        name=nominee.name,
        email=nominee.email,
        membership_number=nominee.membership_number,
        region=nominee.region,
        token_hash=links.token_hash(token),
    )
    return candidate, token


def _kept(
    by: User,
    candidate: Candidate,
    organisation: Organisation,
    at: dt.datetime,
    key: uuid.UUID,
    paper: Paper | None,
) -> Nomination:
    """The unsaved nomination, with the way it came and its scan."""
    nomination = Nomination(
        candidate=candidate,
        organisation=organisation,
        idempotency_key=key,
        **doorkeeping.arrival_columns(
            by=by,
            at=at,
            channel=paper.channel if paper else Channel.WEB,
            received_at=paper.received_at if paper else None,
        ),
    )
    if paper and paper.scan:
        nomination.scan.save(paper.scan.name, paper.scan, save=False)
    return nomination


def _require_room(
    post: Post, organisation: Organisation, candidate: Candidate, nominee: Nominee
) -> None:
    own = Nomination.objects.filter(
        candidate__post=post, organisation=organisation, state=Nomination.State.SUBMITTED
    )
    if own.filter(candidate=candidate).exists():
        raise ValidationError(f"{organisation} has already nominated {nominee.name}.", code="twice")
    if post.per_body_limit and own.count() >= post.per_body_limit:
        raise ValidationError(
            f"{organisation} has already made {post.per_body_limit}, as many as one body may make. "
            "Withdraw one first if you would rather nominate somebody else.",
            code="limit",
        )


def _condition(candidate: Candidate, nominee: Nominee) -> str:
    if not eligibility.is_conditional(candidate):
        return ""
    return (
        f"It depends on {nominee.name} being registered as a delegate. They are not registered "
        "yet: please see to it before delegate registration closes."
    )


def _in_words(nomination: Nomination, nominee: Nominee) -> str:
    facts = [
        ("Nominee", nominee.name),
        ("E-mail", nominee.email),
        ("Membership number", nominee.membership_number),
        ("Region", nominee.region.name),
        ("Nominated by", nomination.organisation.name),
        ("Agreed by", nomination.meeting_name),
    ]
    return "\n".join(f"{label}: {value}" for label, value in facts if value)
