"""The one seam to the outside: hands a message to the relay and says what is known about its fate.

The whole design rests on telling four outcomes apart, and Django's backend reports only 'an error'.
So production speaks SMTP here, and everything else (files in development, memory in tests) goes
through Django's configured backend.
"""

from __future__ import annotations

import contextlib
import enum
import io
import re
import smtplib
import socket
import ssl
import time
from dataclasses import dataclass
from email.generator import BytesGenerator
from email.utils import parseaddr
from types import TracebackType
from typing import Protocol, Self

from django.conf import settings
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives
from django.utils.encoding import punycode

from mailing import cleaning, links

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
#: RFC 5321 §4.5.3.2.6 asks for ten minutes; the lease allows less. Too short makes second copies.
_FINAL_DOT_TIMEOUT = 60
_LINE_WITH_DOT = re.compile(rb"^\.", re.MULTILINE)


class Fate(enum.Enum):
    """What is known about a message after an attempt."""

    ACCEPTED = "the relay has taken it over"
    LATER = "certainly not taken over: try again later"
    REFUSED = "refused for good"
    UNKNOWN = "the line was lost after the final dot: nobody here can know"


@dataclass(frozen=True)
class Outcome:
    """The fate of one message, the relay's words, and whether the whole route is down."""

    fate: Fate
    reply: str = ""
    is_route_down: bool = False


class Transport(Protocol):
    """Sends messages one by one over a connection that is kept for a batch."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def send(self, message: EmailMultiAlternatives, *, seconds: float) -> Outcome:
        """Try once; do not write the final dot when more than `seconds` have passed by then."""
        ...


def configured() -> Transport:
    """The transport EMAIL_BACKEND names: our own SMTP, or any of Django's backends."""
    if settings.EMAIL_BACKEND == SMTP_BACKEND:
        return SMTPTransport()
    return BackendTransport()


class BackendTransport:
    """Django's configured backend: files in development, memory in tests."""

    def __enter__(self) -> Self:
        self._backend = django_mail.get_connection()
        return self

    def __exit__(self, *_: object) -> None:
        self._backend.close()

    def send(self, message: EmailMultiAlternatives, *, seconds: float) -> Outcome:
        """A backend that raises has not told how far it came."""
        try:
            taken = self._backend.send_messages([message])
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(Fate.UNKNOWN, _words(error))
        if not taken:
            return Outcome(Fate.LATER, "The mail backend took nothing.")
        return Outcome(Fate.ACCEPTED, "Handed to the mail backend.")


class _Stage(Exception):
    """The relay's answer ended the attempt before it could have taken the message over."""

    def __init__(self, code: int, words: object, *, is_route_down: bool = False) -> None:
        self.code, self.is_route_down = code, is_route_down
        self.words = f"{code} {_words(words)}".strip() if code > 0 else _words(words)


class SMTPTransport:
    """SMTP with the settings EMAIL_*, one connection a batch, every stage told apart.

    A refusal before the recipient was named (greeting, sign-in, sender) says nothing about this
    mail: the route is down, the batch ends and every mail keeps waiting.
    """

    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._smtp is not None:
            # The messages' fates are known; how the line ends does not matter.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
            self._hang_up()

    def send(self, message: EmailMultiAlternatives, *, seconds: float) -> Outcome:
        """One attempt. Everything until the final dot is certain; only what follows can be lost."""
        stop_at = time.monotonic() + seconds
        try:
            smtp = self._until_data(message)
            smtp.send(_on_the_wire(message))
            if time.monotonic() > stop_at:
                raise _Stage(-1, "The relay was too slow; stopped before the end of the message.")
        except _Stage as stage:
            return self._not_taken(stage)
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            return Outcome(Fate.LATER, _words(error), is_route_down=False)
        return self._after_final_dot(smtp)

    def _until_data(self, message: EmailMultiAlternatives) -> smtplib.SMTP:
        """Connect where needed, name sender and recipient, and get leave to send the text."""
        is_fresh = self._smtp is None
        smtp = self._smtp or self._connect()
        try:
            self._name_sender(smtp, message)
        except (smtplib.SMTPException, OSError) as error:
            # A kept connection may have been closed in between: that is no fault of the mail.
            self._hang_up()
            if is_fresh:
                raise _Stage(-1, error, is_route_down=True) from error
            smtp = self._connect()
            self._name_sender(smtp, message)
        except _Stage as stage:
            if is_fresh or stage.code != 421:
                raise
            self._hang_up()
            smtp = self._connect()
            self._name_sender(smtp, message)
        for recipient in message.recipients():
            code, words = smtp.rcpt(_in_ascii(parseaddr(recipient)[1]))
            if code not in (250, 251, 252):
                raise _Stage(code, words, is_route_down=code == 421)
        code, words = smtp.docmd("DATA")
        if code != 354:
            raise _Stage(code, words, is_route_down=code == 421)
        return smtp

    def _connect(self) -> smtplib.SMTP:
        try:
            self._smtp = smtp = _opened()
            if settings.EMAIL_HOST_USER:
                smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            raise _Stage(-1, error, is_route_down=True) from error
        return smtp

    def _name_sender(self, smtp: smtplib.SMTP, message: EmailMultiAlternatives) -> None:
        options = ["BODY=8BITMIME"] if smtp.has_extn("8bitmime") else []
        code, words = smtp.mail(parseaddr(message.from_email)[1], options)
        if code != 250:
            raise _Stage(code, words, is_route_down=True)

    def _not_taken(self, stage: _Stage) -> Outcome:
        """An answer before the message was complete: certainly not taken over."""
        if stage.code == 421 or stage.code < 0 or stage.is_route_down:
            self._hang_up()
        else:
            self._reset()
        for_good = stage.code >= 500 and not stage.is_route_down
        return Outcome(
            Fate.REFUSED if for_good else Fate.LATER, stage.words, is_route_down=stage.is_route_down
        )

    def _after_final_dot(self, smtp: smtplib.SMTP) -> Outcome:
        """From here on a lost line leaves the fate open (RFC 1047)."""
        try:
            smtp.sock.settimeout(_FINAL_DOT_TIMEOUT)
            smtp.send(b".\r\n")
            code, words = smtp.getreply()
            if smtp.sock is not None:
                smtp.sock.settimeout(smtp.timeout)
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            return Outcome(Fate.UNKNOWN, _words(error))
        reply = f"{code} {_words(words)}"
        if code == 421:
            self._hang_up()
        if 200 <= code < 300:
            return Outcome(Fate.ACCEPTED, reply)
        if 400 <= code < 500:
            return Outcome(Fate.LATER, reply, is_route_down=code == 421)
        if 500 <= code < 600:
            return Outcome(Fate.REFUSED, reply)
        self._hang_up()
        return Outcome(Fate.UNKNOWN, "The relay's answer made no sense.")

    def _reset(self) -> None:
        try:
            self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._hang_up()

    def _hang_up(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _opened() -> smtplib.SMTP:
    """A greeted, encrypted-where-asked connection to the relay."""
    name = links.host()
    greeting = name if "." in name and not name.replace(".", "").isdigit() else "[127.0.0.1]"
    timeout = settings.EMAIL_TIMEOUT or 10
    where = {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT, "local_hostname": greeting}
    if settings.EMAIL_USE_SSL:
        smtp = smtplib.SMTP_SSL(**where, timeout=timeout, context=ssl.create_default_context())
    else:
        smtp = smtplib.SMTP(**where, timeout=timeout)
    try:
        # The final dot goes in a packet of its own: Nagle would hold it back for 40 ms a mail.
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if settings.EMAIL_USE_TLS:
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
    except BaseException:
        smtp.close()
        raise
    return smtp


def _on_the_wire(message: EmailMultiAlternatives) -> bytes:
    """The message up to, and without, the final dot; lines that begin with a dot doubled."""
    written = io.BytesIO()
    # Headers unfolded: a Message-ID on a continuation line is legal but lost on some readers' logs.
    BytesGenerator(written, mangle_from_=False, maxheaderlen=0).flatten(
        message.message(), linesep="\r\n"
    )
    raw = _LINE_WITH_DOT.sub(b"..", written.getvalue())
    return raw if raw.endswith(b"\r\n") else raw + b"\r\n"


def _in_ascii(address: str) -> str:
    """An address as RFC 5321 wants it: a domain in other letters in its ASCII form."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{punycode(domain)}"


def _words(value: object) -> str:
    """The relay's or the error's words as one line for staff to read."""
    if isinstance(value, smtplib.SMTPResponseException):
        return f"{value.smtp_code} {_words(value.smtp_error)}"
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return cleaning.header(str(value) or type(value).__name__, longest=450)
