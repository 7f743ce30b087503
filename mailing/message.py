"""A row of the outbox as the message that goes over the wire."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from mailing import links
from mailing.models import Mail
from mailing.models.mail import digest

#: Some mail readers decode a name before they take the line apart.
_UNSAFE_IN_NAME = str.maketrans({"\\": None, "<": None, ">": None, '"': "'"})


def build(mail: Mail, *, at: dt.datetime) -> EmailMultiAlternatives:
    """The message of this mail. Its Message-ID is fixed, so many mailboxes fold a second copy."""
    headers = {
        **mail.headers,
        "Message-ID": mail.message_id,
        "Date": format_datetime(at),
        "X-Entity-Ref-ID": digest(mail.key),
        "Auto-Submitted": "auto-generated",
    }
    if mail.unsubscribe_scope:
        # RFC 8058: both lines together make the mailbox's own unsubscribe button a single POST.
        headers["List-Unsubscribe"] = f"<{links.unsubscribe(mail.message_id)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[_recipient(mail)],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _recipient(mail: Mail) -> str:
    """`"Name" <address>` with the name quoted, so that a comma in it makes no second recipient."""
    if not mail.to_name:
        return mail.to_address
    name = mail.to_name.translate(_UNSAFE_IN_NAME)
    return f'"{name}" <{mail.to_address}>'
