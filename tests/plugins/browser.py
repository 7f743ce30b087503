"""A real browser for the journeys people make.

Every page is watched: a script error, a console error, a violation of the content security policy,
an answer of 500 or more, or a request to any other host fails the test that caused it, even where
the test itself was content.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Download,
    Error,
    Locator,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.plugins.selection import chromium

PHONE, DESK = (390, 844), (1280, 900)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: Milliseconds before an answer counts as missing: a busy machine is slow, not wrong.
PATIENCE = 30_000
OPEN_TO_ALL = ("data:", "blob:", "about:")
LINKS = "a[href^='/'], a[href^='?'], a[href^='http']"
#: Milliseconds in which a press that leads to another page must have asked for it.
NOTICED = 500


@dataclass
class Watch:
    """What went wrong in the pages of one test."""

    host: str
    faults: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Begin to watch a page."""
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, kind: str, text: str) -> None:
        # A refusal (4xx) is an answer the test itself judges; Chromium logs it as an error.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.faults.append(f"console: {text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(OPEN_TO_ALL) and urlsplit(request.url).netloc != self.host:
            self.faults.append(f"another host was asked: {request.url}")

    def _response(self, response: Response) -> None:
        is_page = response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.faults.append(f"{response.status} for {response.url}")


class Navigation:
    """Whether a page is on its way to another: a click returns before the next page is there.

    Without it a test reads the old page, or axe is torn away in the middle of its work, whenever the
    machine is busy. It has been seen, once in some thousands, that a press of a link made no request
    at all on a busy machine: such a press is made once more, as a person would.
    """

    def __init__(self, page: Page, *, javascript: bool) -> None:
        self.count = 0
        #: What leads to another page; with scripts a button may do something else.
        self.leads_on = LINKS if javascript else f"{LINKS}, button, input[type=submit]"
        self._page = page
        self._asked: Request | None = None
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("load", self._arrived)
        page.on("download", self._arrived)

    def _request(self, request: Request) -> None:
        if request.is_navigation_request() and request.frame == self._page.main_frame:
            self._asked = request
            self.count += 1

    def _failed(self, request: Request) -> None:
        if request == self._asked:
            self._asked = None

    def _arrived(self, _what: Page | Download) -> None:
        self._asked = None

    def settle(self) -> None:
        """Return when the page that was asked for has loaded, or at once when none was.

        Two round trips and a pause between them let the browser say that it asks for one.
        """
        for pause in (20, 0):
            if self._page.is_closed():
                return
            try:
                self._page.evaluate("document.readyState")
                self._page.wait_for_timeout(pause)
            except Error:
                continue  # the page went away under the question: that is the answer
        until = time.monotonic() + PATIENCE / 1000
        while self._asked is not None and not self._page.is_closed() and time.monotonic() < until:
            self._page.wait_for_timeout(10)


NAVIGATIONS: WeakKeyDictionary[Page, Navigation] = WeakKeyDictionary()


def _settling(act: Callable[..., None]) -> Callable[..., None]:
    """What a locator does, and then the wait for the page it leads to."""

    @wraps(act)
    def _act(self: Locator, *args, **options) -> None:
        page = self.page
        navigation = NAVIGATIONS.get(page)
        if navigation is None:
            act(self, *args, **options)
            return
        leads_on = self.evaluate(
            "(it, what) => it.closest(what) !== null && it.closest('[target=_blank]') === null",
            navigation.leads_on,
        )
        before = navigation.count
        act(self, *args, **options)
        navigation.settle()
        if leads_on and navigation.count == before and not page.is_closed():
            page.wait_for_timeout(NOTICED)
            if navigation.count == before:
                act(self, *args, **options)
            navigation.settle()

    return _act


def _watch(page: Page, watch: Watch, *, javascript: bool) -> None:
    watch.over(page)
    NAVIGATIONS[page] = Navigation(page, javascript=javascript)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, started once a run."""
    # Playwright's own loop makes Django think it is called from asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        for name in ("click", "press"):
            patch.setattr(Locator, name, _settling(getattr(Locator, name)))
        started = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        yield started
        started.close()


@pytest.fixture
def open_context(browser: Browser, live_server) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser contexts: `open_context(size=PHONE, javascript=False)`. All are watched."""
    watch = Watch(host=urlsplit(live_server.url).netloc)
    contexts = []

    def _open(*, size: tuple[int, int] = DESK, javascript: bool = True) -> BrowserContext:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        context.on("page", lambda page: _watch(page, watch, javascript=javascript))
        contexts.append(context)
        return context

    yield _open
    for context in contexts:
        context.close()
    assert watch.faults == [], "\n".join(watch.faults)


@pytest.fixture
def page_1280(open_context) -> Page:
    """A page as wide as a desk's screen."""
    return open_context(size=DESK).new_page()


@pytest.fixture
def page_390(open_context) -> Page:
    """A page as wide as a phone."""
    return open_context(size=PHONE).new_page()


@pytest.fixture
def page_without_script(open_context) -> Page:
    """A phone's page with JavaScript off."""
    return open_context(size=PHONE, javascript=False).new_page()


@pytest.fixture
def sign_in(live_server) -> Callable[..., None]:
    """`sign_in(page, user, second_factor=True)`: what the sign-in pages would have left behind."""

    def _sign_in(page: Page, user, *, second_factor: bool = False) -> None:
        client = Client()
        client.force_login(user)
        if second_factor:
            if not is_mfa_enabled(user, types=[Authenticator.Type.TOTP]):
                TOTP.activate(user, generate_totp_secret())
            session = client.session
            session["account_authentication_methods"] = [
                {"method": "mfa", "type": "totp", "at": time.time()}
            ]
            session.save()
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
        )

    return _sign_in


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """No violation of WCAG 2.2 A and AA that axe can find on the page as it stands."""
    axe = Axe()

    def _assert(page: Page) -> None:
        # preloading would make axe copy style sheets into the page, which the policy rightly refuses
        page.wait_for_load_state("load")
        found = axe.run(
            page, options={"runOnly": {"type": "tag", "values": WCAG}, "preload": False}
        )
        violations = found.response["violations"]
        told = [
            f"{rule['id']} ({rule['help']}): {node['target']} {node['html'][:200]}"
            for rule in violations
            for node in rule["nodes"]
        ]
        assert told == [], f"{page.url}\n" + "\n".join(told)
        assert not page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        ), f"{page.url} scrolls sideways at {page.viewport_size}"

    return _assert
