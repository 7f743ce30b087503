"""Reads the mail that Django's file-based backend wrote into a folder."""

from __future__ import annotations

import datetime as dt
import email
import hashlib
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

#: What the backend writes after each message of a file.
BETWEEN = b"\n" + b"-" * 79 + b"\n"
MOST_SHOWN = 200


@dataclass(frozen=True)
class CaughtMail:
    """One mail as its reader would see it."""

    id: str
    subject: str
    to: str
    sender: str
    sent_at: dt.datetime
    text: str
    html: str
    headers: list[tuple[str, str]]


def newest_first(folder: Path) -> list[CaughtMail]:
    """The latest mails of the folder; an unreadable file is passed over, never an error."""
    written = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    found: list[CaughtMail] = []
    for path in written[:MOST_SHOWN]:
        modified = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        raw = [part for part in path.read_bytes().split(BETWEEN) if part.strip()]
        found += [_read(part, modified) for part in reversed(raw)]
    return sorted(found, key=lambda mail: mail.sent_at, reverse=True)[:MOST_SHOWN]


def one(folder: Path, id: str) -> CaughtMail | None:
    """The mail with this id, if it is still among the latest."""
    return next((mail for mail in newest_first(folder) if mail.id == id), None)


def _read(raw: bytes, modified: dt.datetime) -> CaughtMail:
    message = email.message_from_bytes(raw, policy=default)
    return CaughtMail(
        id=hashlib.sha256(raw).hexdigest()[:16],
        subject=str(message.get("Subject", "(no subject)")),
        to=str(message.get("To", "")),
        sender=str(message.get("From", "")),
        sent_at=_date(message, modified),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        headers=[(name, str(value)) for name, value in message.items()],
    )


def _date(message: EmailMessage, modified: dt.datetime) -> dt.datetime:
    try:
        moment = parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError):
        return modified
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part is not None else ""
