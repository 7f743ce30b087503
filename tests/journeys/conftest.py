"""Where people sit, who they are, and what lies in their mailbox."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS_KEY
from django.test import Client
from playwright.sync_api import Page

from events.files.loading import load
from events.management.commands.load_conferences import SHIPPED
from events.models import Conference
from mailing.models import Mail
from tests import factories
from tests.conftest import instant
from tests.plugins.browser import DESK, PHONE


@dataclass(frozen=True, slots=True)
class Seat:
    """What a person looks at the site with."""

    size: tuple[int, int]
    javascript: bool = True


AT_A_DESK = Seat(DESK)
ON_A_PHONE = Seat(PHONE)
WITHOUT_SCRIPT = Seat(PHONE, javascript=False)
SEATS = {"desk": AT_A_DESK, "phone": ON_A_PHONE, "no-script": WITHOUT_SCRIPT}

#: Marks a journey that is made of forms: it must work from every seat.
every_seat = pytest.mark.parametrize("seat", SEATS.values(), ids=SEATS)


def session_of(person, *, second_factor: bool) -> Client:
    """A session that has just proved who it is, so that no page asks again.

    allauth asks after some minutes of the real clock, which tests do not hold.
    """
    client = factories.sign_in(Client(), person, second_factor=second_factor)
    session = client.session
    session[METHODS_KEY] = [{**record, "at": time.time()} for record in session[METHODS_KEY]]
    session.save()
    return client


@pytest.fixture
def sit_down(open_context, live_server) -> Callable[..., Page]:
    """`sit_down(seat, person)`: this person's own browser, signed in with every factor they need."""

    def _sit_down(seat: Seat, person=None, *, second_factor: bool = False) -> Page:
        page = open_context(size=seat.size, javascript=seat.javascript).new_page()
        if person is not None:
            client = session_of(person, second_factor=second_factor)
            page.context.add_cookies(
                [
                    {"name": name, "value": morsel.value, "url": live_server.url}
                    for name, morsel in client.cookies.items()
                ]
            )
        return page

    return _sit_down


def real_conference(slug: str, *, status: str = Conference.Status.OPEN) -> Conference:
    """A conference as its file tells it, in the middle of its year: the files say how it ended."""
    text = (SHIPPED / f"{slug}.yaml").read_text(encoding="utf-8")
    loaded = load(by=None, text=text, at=instant("2016-01-04 09:00"))
    Conference.objects.filter(pk=loaded.conference.pk).update(status=status)
    loaded.conference.refresh_from_db()
    return loaded.conference


def link_in(mail: Mail, start: str = "/") -> str:
    """The path of the first link of a mail that begins like this; mails link to SITE_URL."""
    links = [urlsplit(found) for found in re.findall(r"https?://\S+", mail.text)]
    return next(link.path for link in links if link.path.startswith(start))


def code_in(mail: Mail) -> str:
    """The code of a mail: six figures, or a word that is set in, on a line of its own."""
    return re.search(r"^\d{6}$|(?<=^    )\S+$", mail.text, re.MULTILINE)[0]
