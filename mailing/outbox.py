"""Puts mail into the outbox, in the caller's transaction. The door every other app uses.

Nothing is sent here and nothing is fetched. When the caller's transaction rolls back, so does the
mail; when it commits, the mail cannot get lost any more.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from mailing import cleaning, hooks, links, policy, rendering, waking
from mailing.models import Mail

_EXTRA_HEADER = re.compile(r"X-[A-Za-z0-9-]{1,40}\Z")
_CHUNK = 500
#: Leaves room in the column for the copies staff send.
LONGEST_KEY = 180


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One recipient of a bulk mailing: the business key, the address, and the facts of the text."""

    key: str
    to: str
    subject: str
    context: Mapping[str, Any]
    to_name: str = ""
    pointless_after: dt.datetime | None = None
    reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def put(
    *,
    key: str,
    to: str,
    subject: str,
    template: str,
    context: Mapping[str, Any],
    kind: str,
    at: dt.datetime,
    to_name: str = "",
    not_before: dt.datetime | None = None,
    pointless_after: dt.datetime | None = None,
    unsubscribe_scope: str = "",
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
    conference: str = "",
    urgency: int | None = None,
) -> Mail:
    """Put one mail in the outbox and return it; the mail already there when the key is known.

    The template is `templates/mail/<template>.txt` (and `.html`); besides `context` it sees
    `site_url`, `subject`, `to_name` and, where the reader may unsubscribe, `unsubscribe_url`.
    `pointless_after`: from this instant on the mail is not sent any more. `unsubscribe_scope` is
    filled in for reminders and marketing. Raises ValidationError for an unusable address.
    """
    letter = Letter(
        key=key,
        to=to,
        to_name=to_name,
        subject=subject,
        context=context,
        pointless_after=pointless_after,
        reply_to=reply_to,
        headers=headers or {},
    )
    mail = _written(
        letter,
        common=hooks.common_facts(at, conference),
        template=template,
        kind=kind,
        at=at,
        not_before=not_before,
        unsubscribe_scope=unsubscribe_scope,
        conference=conference,
        urgency=urgency,
    )
    # Two callers with one key at once: the constraint lets one in, both return the same row.
    Mail.objects.bulk_create([mail], ignore_conflicts=True)
    waking.after_commit()
    return Mail.objects.get(key=key)


def put_many(
    letters: Iterable[Letter],
    *,
    template: str,
    kind: str,
    at: dt.datetime,
    not_before: dt.datetime | None = None,
    unsubscribe_scope: str = "",
    conference: str = "",
    urgency: int | None = None,
) -> int:
    """Put a mailing in the outbox, a chunk at a time, and return how many mails were new.

    Memory stays flat however many letters come; keys already in the outbox are passed over without
    being rendered, so that a planner may ask again and again.
    """
    new = 0
    common = hooks.common_facts(at, conference)
    for chunk in _chunks(letters):
        known = set(
            Mail.objects.filter(key__in=[letter.key for letter in chunk]).values_list(
                "key", flat=True
            )
        )
        fresh = {letter.key: letter for letter in chunk if letter.key not in known}
        mails = [
            _written(
                letter,
                common=common,
                template=template,
                kind=kind,
                at=at,
                not_before=not_before,
                unsubscribe_scope=unsubscribe_scope,
                conference=conference,
                urgency=urgency,
            )
            for letter in fresh.values()
        ]
        Mail.objects.bulk_create(mails, ignore_conflicts=True)
        new += len(mails)
    if new:
        waking.after_commit()
    return new


def preview(
    letter: Letter, *, template: str, kind: str, at: dt.datetime, conference: str = ""
) -> Mail:
    """The mail as its recipient would see it, neither put in the outbox nor sent."""
    return _written(
        letter,
        common=hooks.common_facts(at, conference),
        template=template,
        kind=kind,
        at=at,
        not_before=None,
        unsubscribe_scope="",
        conference=conference,
        urgency=None,
    )


def keys_beginning(prefix: str) -> set[str]:
    """The keys of a mailing that are in the outbox, sent or not: who was written to."""
    return set(Mail.objects.filter(key__startswith=prefix).values_list("key", flat=True))


def _chunks(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    letters = iter(letters)
    while chunk := list(islice(letters, _CHUNK)):
        yield chunk


def _written(
    letter: Letter,
    *,
    common: Mapping[str, Any],
    template: str,
    kind: str,
    at: dt.datetime,
    not_before: dt.datetime | None,
    unsubscribe_scope: str,
    conference: str,
    urgency: int | None,
) -> Mail:
    """The unsaved row of one letter: rendered, cleaned, with its fixed Message-ID."""
    if len(letter.key) > LONGEST_KEY:
        raise ValueError(f"a mail's key has at most {LONGEST_KEY} characters")
    scope = unsubscribe_scope or policy.DEFAULT_SCOPE.get(kind, "")
    subject, to_name = cleaning.header(letter.subject), cleaning.header(letter.to_name, longest=150)
    facts = {
        **common,
        **letter.context,
        "subject": subject,
        "to_name": to_name,
        "site_url": links.site(""),
    }
    if scope:
        facts["unsubscribe_url"] = links.unsubscribe(links.message_id(letter.key))
    text, html = rendering.render(template, facts)
    start = not_before or at
    return Mail(
        key=letter.key,
        message_id=links.message_id(letter.key),
        kind=kind,
        urgency=policy.URGENCY[kind] if urgency is None else urgency,
        conference=conference,
        to_address=_address(letter.to),
        to_name=to_name,
        reply_to=_address(letter.reply_to) if letter.reply_to else "",
        subject=subject,
        text=text,
        html=html,
        headers=_extra_headers(letter.headers),
        unsubscribe_scope=scope,
        created_at=at,
        not_before=start,
        next_try_at=start,
        pointless_after=letter.pointless_after,
    )


def _address(value: str) -> str:
    address = cleaning.address(value)
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError(
            "We cannot write to this e-mail address. Check it for a missing or extra character.",
            code="invalid_address",
        ) from error
    return address


def _extra_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Only X- headers: the others are the pump's to write. Raises ValueError for any other name."""
    for name in headers:
        if not _EXTRA_HEADER.match(name):
            raise ValueError(f"{name!r} is not an extra header a caller may set")
    return {name: cleaning.header(value, longest=500) for name, value in headers.items()}
