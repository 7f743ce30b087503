"""Verbs of ideas: sent, confirmed, published or declined with a reason, supported, taken up."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from events.calendar import DoorState
from events.doors import closing_in_words, in_words
from events.services.public_pages import mark_changed
from members import audit
from members.models import Region, User
from members.personal_data import Person
from motions.ideas import emails
from motions.models import (
    CallForIdeas,
    Consultation,
    Idea,
    IdeaQuestion,
    IdeaSupport,
    IdeaTakenUp,
    Motion,
)
from motions.texts import words
from motions.texts.cleaning import clean

#: However often a form is sent, one mail in this time goes to an address about one idea.
MAIL_REST = dt.timedelta(minutes=10)
#: So many confirmations an hour go to one address; what is sent beyond them is kept for nobody.
MOST_AN_HOUR = 10


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What somebody typed."""

    title: str
    text: str
    name: str
    email: str
    question: IdeaQuestion | None = None
    region: Region | None = None
    may_name: bool = False


def hashed(token: str) -> str:
    """What is stored of a link's token: 192 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def require_open(call: CallForIdeas, *, at: dt.datetime) -> None:
    """Refuse when the call takes no idea now. Raises ValidationError with when, if known."""
    state = call.state(at)
    if state is DoorState.OPEN:
        return
    if state is DoorState.NOT_YET:
        raise ValidationError(f"{call.title} opens on {in_words(call.opens_at)}.", code="not_yet")
    closing = call.closing
    when = f" It closed at {closing_in_words(closing)}." if closing and closing <= at else ""
    raise ValidationError(f"{call.title} takes no more ideas.{when}", code="closed")


@transaction.atomic
def send(*, call: CallForIdeas, sent: Sent, at: dt.datetime, key: uuid.UUID) -> None:
    """Keep an idea and mail a link to confirm it. Answers the same whoever's address it is.

    The mail quotes nothing that was typed: it may go to somebody who never heard of it. Raises
    ValidationError when the door is closed, or for a text with too many words.
    """
    locked = CallForIdeas.objects.select_for_update(of=("self",)).get(pk=call.pk)
    require_open(locked, at=at)
    if Idea.objects.filter(form_key=key).exists():
        return
    values = _cleaned(locked, sent)
    address = sent.email.strip().lower()
    an_hour_ago = at - dt.timedelta(hours=1)
    if Idea.objects.filter(email=address, sent_at__gt=an_hour_ago).count() >= MOST_AN_HOUR:
        return
    token = secrets.token_urlsafe(24)
    idea = Idea.objects.create(
        call=locked,
        email=address,
        question=sent.question,
        region=sent.region,
        may_name=sent.may_name,
        sent_at=at,
        key_hash=hashed(token),
        form_key=key,
        **values,
    )
    emails.confirm(idea, token=token, at=at)


def _cleaned(call: CallForIdeas, sent: Sent) -> dict[str, str]:
    """Its words as they are kept. Raises ValidationError, by field."""
    title = " ".join(clean(sent.title).text.split())[:150]
    text = clean(sent.text).text
    count = words.count(text)
    if not title:
        raise ValidationError({"title": "Give your idea a title."})
    if not text:
        raise ValidationError({"text": "Say what your idea is."})
    if count > call.max_words:
        raise ValidationError(
            {"text": f"Your idea has {count} words. At most {call.max_words} are allowed."}
        )
    if sent.question is None and not call.takes_any:
        raise ValidationError({"question": "Choose the question that your idea answers."})
    return {"title": title, "text": text, "name": " ".join(clean(sent.name).text.split())[:150]}


def find(token: str) -> Idea | None:
    """The idea that a mailed link speaks of."""
    rows = Idea.objects.select_related("call__campaign__imprint", "question")
    return rows.filter(key_hash=hashed(token)).first()


@transaction.atomic
def confirm(*, idea: Idea, at: dt.datetime) -> None:
    """Its sender followed the link and pressed the button: now it waits to be read. Twice is once.

    An idea that was sent in time is not late because its mail was read later.
    """
    row = Idea.objects.select_for_update(of=("self",)).get(pk=idea.pk)
    if row.state != Idea.State.SENT:
        return
    row.state, row.confirmed_at = Idea.State.WAITING, at
    row.save(update_fields=["state", "confirmed_at"])


@transaction.atomic
def withdraw(*, idea: Idea) -> None:
    """Its sender no longer wants it shown. Twice is once."""
    row = Idea.objects.select_for_update(of=("self",)).get(pk=idea.pk)
    if Idea.State.WITHDRAWN not in Idea.MOVES[Idea.State(row.state)]:
        return
    was_out = row.state == Idea.State.PUBLISHED
    row.state = Idea.State.WITHDRAWN
    row.save(update_fields=["state"])
    if was_out:
        mark_changed()


def _moved(by: User, idea: Idea, to: Idea.State, at: dt.datetime, reason: str = "") -> Idea:
    """The idea in its next state, decided. Raises ValidationError when it cannot go there."""
    rows = Idea.objects.select_for_update(of=("self",)).select_related("call__campaign")
    row = rows.get(pk=idea.pk)
    if to not in Idea.MOVES[Idea.State(row.state)]:
        raise ValidationError(f"This idea is “{row.get_state_display()}” by now.", code="state")
    before = row.state
    row.state, row.decided_at, row.decided_by, row.reason = to, at, by, reason
    row.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    audit.record(
        by=by,
        action=f"idea.{to.value}",
        on=row,
        at=at,
        before={"state": before},
        after={"state": row.state},
        reason=reason,
    )
    mark_changed()
    return row


@transaction.atomic
def publish(*, by: User, idea: Idea, at: dt.datetime) -> Idea:
    """Everybody reads it, and its sender is told. Raises ValidationError (code `state`)."""
    row = _moved(by, idea, Idea.State.PUBLISHED, at)
    emails.published(row, at=at)
    return row


@transaction.atomic
def decline(*, by: User, idea: Idea, reason: str, at: dt.datetime) -> Idea:
    """It is not published, or no longer; its sender is told why. Raises ValidationError."""
    reason = clean(reason).text
    if not reason:
        raise ValidationError({"reason": "Say why, in words its sender can read."})
    row = _moved(by, idea, Idea.State.DECLINED, at, reason)
    emails.declined(row, at=at)
    return row


@transaction.atomic
def take_up(
    *,
    by: User,
    idea: Idea,
    at: dt.datetime,
    consultation: Consultation | None = None,
    motion: Motion | None = None,
) -> IdeaTakenUp:
    """Say on the idea's page what takes it up, and tell its sender. Twice is once.

    Raises ValidationError for an idea that is not published, or for neither or both of the two.
    """
    row = Idea.objects.select_for_update(of=("self",)).select_related("call__campaign").get(
        pk=idea.pk
    )  # fmt: skip
    if row.state != Idea.State.PUBLISHED:
        raise ValidationError("Only a published idea is taken up.", code="state")
    if (consultation is None) == (motion is None):
        raise ValidationError("Choose a consultation or a motion, one of them.")
    linked, is_new = IdeaTakenUp.objects.get_or_create(
        idea=row,
        consultation=consultation,
        motion=motion,
        defaults={"linked_by": by, "linked_at": at},
    )
    if is_new:
        audit.record(by=by, action="idea.taken_up", on=row, at=at, after={"by": str(linked)[:200]})
        emails.taken_up(linked, at=at)
        mark_changed()
    return linked


@transaction.atomic
def support(*, idea: Idea, email: str, at: dt.datetime, key: uuid.UUID) -> None:
    """Note that an address would support it, and mail a link to confirm. Answers always the same."""
    row = _published(idea)
    if IdeaSupport.objects.filter(form_key=key).exists():
        return
    address, token = email.strip().lower(), secrets.token_urlsafe(24)
    given = IdeaSupport.objects.filter(idea=row, email=address).first()
    if given is not None and at - given.asked_at < MAIL_REST:
        return
    given = given or IdeaSupport(idea=row, email=address)
    if given.confirmed_at is None:
        given.asked_at = at
    given.key_hash, given.form_key = hashed(token), key
    given.save()
    emails.support(given, token=token, at=at)


@transaction.atomic
def support_signed_in(*, by: User, idea: Idea, at: dt.datetime) -> None:
    """Somebody who is signed in supports it: once a person, by whichever of their addresses."""
    row = _published(idea)
    theirs = IdeaSupport.objects.filter(idea=row, email__in=Person.of(by).addresses)
    if theirs.filter(confirmed_at__isnull=False).exists():
        return
    given = theirs.first() or IdeaSupport(idea=row, email=by.email.lower(), asked_at=at)
    given.confirmed_at = at
    given.key_hash = given.key_hash or hashed(secrets.token_urlsafe(24))
    given.save()


@transaction.atomic
def end_support_signed_in(*, by: User, idea: Idea) -> None:
    """They no longer support it."""
    IdeaSupport.objects.filter(idea=idea, email__in=Person.of(by).addresses).delete()


def find_support(token: str) -> IdeaSupport | None:
    """The support that a mailed link speaks of."""
    rows = IdeaSupport.objects.select_related("idea__call__campaign__imprint")
    return rows.filter(key_hash=hashed(token)).first()


@transaction.atomic
def confirm_support(*, given: IdeaSupport, at: dt.datetime) -> None:
    """The link was followed and the button pressed: it counts. Twice is once."""
    IdeaSupport.objects.filter(pk=given.pk, confirmed_at__isnull=True).update(confirmed_at=at)


@transaction.atomic
def end_support(*, given: IdeaSupport) -> None:
    """The reader of the mail does not support it, or no longer."""
    IdeaSupport.objects.filter(pk=given.pk).delete()


def _published(idea: Idea) -> Idea:
    row = Idea.objects.select_for_update(of=("self",)).get(pk=idea.pk)
    if row.state != Idea.State.PUBLISHED:
        raise ValidationError("This idea is not published any more.", code="state")
    return row
