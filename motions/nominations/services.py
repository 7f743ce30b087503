"""Nominating, the nominee's answer, withdrawing, striking out."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from events import doors
from mailing import outbox
from mailing.policy import NOTICE
from members import audit
from members.models import Organisation, Region, User
from motions.models import Channel, Receipt
from motions.nominations import eligibility
from motions.nominations.models import Candidate, Nomination, Post
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
    `declined`, `twice`, `limit`.
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
        _ask(candidate, organisation, token, at)
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


@transaction.atomic
def answer(*, candidate: Candidate, accepts: bool, at: dt.datetime) -> Candidate:
    """The nominee agrees to stand or does not, by their personal link; nominators are told.

    Raises ValidationError (code `struck_out`) when they cannot stand any more.
    """
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    if candidate.state == Candidate.State.STRUCK_OUT:
        raise ValidationError("This nomination has been struck out.", code="struck_out")
    target = Candidate.State.CONSENTED if accepts else Candidate.State.DECLINED
    if candidate.state == target:
        return candidate
    before, candidate.state, candidate.decided_at = candidate.state, target, at
    candidate.save(update_fields=["state", "decided_at"])
    audit.record(
        by=None,
        action="candidate.answered",
        on=candidate,
        at=at,
        before={"state": before},
        after={"state": candidate.state},
    )
    for nomination in _standing(candidate):
        _tell(nomination, at, key=f"answer:{target}:{at.isoformat()}", template="answered")
    return candidate


@transaction.atomic
def withdraw_nomination(
    *, by: User, nomination: Nomination, at: dt.datetime, key: uuid.UUID
) -> Receipt:
    """The body takes its nomination back; it gets a receipt. Raises ValidationError (`state`)."""
    if already := receipts.earlier(key):
        return already
    nomination = (
        Nomination.objects.select_for_update(of=("self",))
        .select_related("candidate__post__deadline__conference", "organisation")
        .get(pk=nomination.pk)
    )
    if already := receipts.earlier(key):
        return already
    if Nomination.State.WITHDRAWN not in Nomination.MOVES[nomination.state]:
        raise ValidationError("This nomination is withdrawn already.", code="state")
    nomination.state = Nomination.State.WITHDRAWN
    nomination.withdrawn_by, nomination.withdrawn_at = by, at
    nomination.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])
    audited(by, nomination, "nomination.withdrawn", at)
    return receipts.give(
        to=by,
        kind=Receipt.Kind.WITHDRAWN,
        conference=nomination.candidate.post.conference,
        organisation=nomination.organisation,
        about={"nomination": nomination},
        **_as_sent(nomination),
        at=at,
        key=key,
    )


@transaction.atomic
def strike_out(*, by: User, candidate: Candidate, reason: str, at: dt.datetime) -> Candidate:
    """Staff find that somebody cannot stand; the nominating bodies are told why.

    Raises ValidationError: `reason` when none is given, `state` when struck out already.
    """
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    if not reason.strip():
        raise ValidationError({"reason": "Say why: the nominating bodies are told."})
    if candidate.state == Candidate.State.STRUCK_OUT:
        raise ValidationError("This person is struck out already.", code="state")
    before, candidate.state = candidate.state, Candidate.State.STRUCK_OUT
    candidate.struck_out_at, candidate.struck_out_by = at, by
    candidate.struck_out_reason = reason.strip()[:300]
    candidate.save(update_fields=["state", "struck_out_at", "struck_out_by", "struck_out_reason"])
    audit.record(
        by=by,
        action="candidate.struck_out",
        on=candidate,
        at=at,
        before={"state": before},
        after={"state": candidate.state},
        reason=reason.strip(),
    )
    for nomination in _standing(candidate):
        _tell(nomination, at, key="struck-out", template="struck_out")
    return candidate


def token_hash(token: str) -> str:
    """What is stored of the nominee's personal link."""
    return hashlib.sha256(token.encode()).hexdigest()


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
        if found.state == Candidate.State.DECLINED:
            raise ValidationError(
                f"{nominee.name} has told us that they do not want to stand.", code="declined"
            )
        if found.state == Candidate.State.STRUCK_OUT:
            raise ValidationError(
                f"{nominee.name} cannot stand: {found.struck_out_reason}", code="ineligible"
            )
        return found, ""
    token = secrets.token_urlsafe(24)
    candidate = Candidate.objects.create(
        post=post,
        name=nominee.name,
        email=nominee.email,
        membership_number=nominee.membership_number,
        region=nominee.region,
        token_hash=token_hash(token),
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


def _standing(candidate: Candidate) -> list[Nomination]:
    return list(
        candidate.nominations.filter(state=Nomination.State.SUBMITTED).select_related(
            "organisation", "submitted_by", "candidate__post__deadline__conference"
        )
    )


def _condition(candidate: Candidate, nominee: Nominee) -> str:
    if not eligibility.is_conditional(candidate):
        return ""
    return (
        f"It depends on {nominee.name} being registered as a delegate. They are not registered "
        "yet: please see to it before delegate registration closes."
    )


def _as_sent(nomination: Nomination) -> dict[str, str]:
    """The title and text of the receipt that the body was given when it nominated."""
    sent = nomination.receipts.filter(kind=Receipt.Kind.SUBMITTED).order_by("number")
    nobodys_words = {"title": f"Nomination for {nomination.candidate.post.title}", "text": ""}
    return sent.values("title", "text").first() or nobodys_words


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


def _ask(candidate: Candidate, organisation: Organisation, token: str, at: dt.datetime) -> None:
    """Ask the nominee by mail, with the link that is theirs alone."""
    conference = candidate.post.conference
    closing = candidate.post.deadline.closing
    outbox.put(
        key=f"nominations:consent:{candidate.pk}",
        to=candidate.email,
        to_name=candidate.name,
        subject=f"You have been nominated: {candidate.post.title}",
        template="nominations/consent",
        context={
            "candidate": candidate,
            "post": candidate.post,
            "organisation": organisation,
            "conference": conference,
            "closes": doors.closing_in_words(closing) if closing else "",
            "path": reverse("nominations:answer", args=[token]),
        },
        kind=NOTICE,
        at=at,
        conference=conference.slug,
    )


def _tell(nomination: Nomination, at: dt.datetime, *, key: str, template: str) -> None:
    """Tell a nominating body what became of its nominee."""
    candidate = nomination.candidate
    people = receipts.recipients(
        organisation=nomination.organisation, author=nomination.submitted_by, at=at
    )
    for address, name in people.items():
        outbox.put(
            key=f"nominations:{key}:{nomination.pk}:{address}",
            to=address,
            to_name=name,
            subject=f"{candidate.name}: {candidate.post.title}",
            template=f"nominations/{template}",
            context={
                "candidate": candidate,
                "post": candidate.post,
                "conference": candidate.post.conference,
            },
            kind=NOTICE,
            at=at,
            conference=candidate.post.conference.slug,
        )
