"""The page that catches mail: what was sent can be read, and cannot do anything."""

from __future__ import annotations

import importlib
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives, get_connection
from playwright.sync_api import expect

BACKEND = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def dev(settings, db):
    """The pages of development, loaded as `make run` loads them."""
    settings.DEBUG = True
    settings.ROOT_URLCONF = "tests.ground.dev_urls"
    yield
    for name in [
        n for n in sys.modules if n.startswith(("coopconf.dev.", "tests.ground.dev_urls"))
    ]:
        del sys.modules[name]
    sys.modules.pop("coopconf.dev", None)


SCRIPT = "<script>alert(1)</script>"


def _send(*mails: tuple[str, str], script: str = SCRIPT) -> None:
    with get_connection(BACKEND) as connection:
        for to, subject in mails:
            mail = EmailMultiAlternatives(
                subject, f"Dear you\nhttps://site.example/{subject}\n", "a@party.example", [to]
            )
            mail.attach_alternative(
                f"<html><head></head><body>{script}<p>Dear you</p></body></html>",
                "text/html",
            )
            connection.send_messages([mail])


def test_dev_without_debug_refuses_to_load(settings) -> None:
    settings.DEBUG = False
    sys.modules.pop("coopconf.dev", None)
    with pytest.raises(ImproperlyConfigured, match="for development only"):
        importlib.import_module("coopconf.dev")


def test_mails_of_one_connection_are_told_apart_and_found_by_reader(client, dev) -> None:
    _send(("ann@example.org", "One"), ("bob@example.org", "Two"))
    both = client.get("/dev/mail/")
    assert sorted(mail.subject for mail in both.context["mails"]) == ["One", "Two"]
    one = client.get("/dev/mail/?to=ANN")
    assert [mail.to for mail in one.context["mails"]] == ["ann@example.org"]


def test_mails_before_the_first_says_so(client, dev) -> None:
    assert "No mail yet" in client.get("/dev/mail/").content.decode()


def test_mail_shows_its_text_with_links_to_follow(client, dev) -> None:
    _send(("ann@example.org", "Code"))
    [mail] = client.get("/dev/mail/").context["mails"]
    page = client.get(f"/dev/mail/{mail.id}/")
    assert '<a href="https://site.example/Code"' in page.content.decode()
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]


def test_mail_html_is_sandboxed_and_runs_nothing(client, dev) -> None:
    _send(("ann@example.org", "Code"))
    [mail] = client.get("/dev/mail/").context["mails"]
    page = client.get(f"/dev/mail/{mail.id}/html/")
    policy = page.headers["Content-Security-Policy"]
    assert "sandbox allow-top-navigation-by-user-activation" in policy
    assert "script-src" not in policy
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_mail_that_is_not_there_is_not_found(client, dev) -> None:
    assert client.get("/dev/mail/0123456789abcdef/").status_code == 404


@pytest.mark.browser
def test_mail_pages_in_a_browser_are_accessible_and_break_no_rule(
    dev, page_390, assert_accessible
) -> None:
    _send(("ann@example.org", "Your code"), script="")
    page_390.goto("/dev/mail/")
    assert_accessible(page_390)
    page_390.get_by_role("link", name="Your code").click()
    expect(page_390.get_by_role("heading", level=1)).to_have_text("Your code")
    expect(page_390.frame_locator("iframe").get_by_text("Dear you")).to_be_visible()


def test_page_that_is_not_there_is_ours_in_the_practice_copy(dev, settings, client) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "coopconf.dev.not_found.NotFoundMiddleware"]
    for address in ("/nowhere/", "/conferences/nowhere/"):
        answer = client.get(address)
        text = answer.content.decode()
        assert (answer.status_code, "Using the URLconf" in text) == (404, False)
        assert "<h1>" in text
