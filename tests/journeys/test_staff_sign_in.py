"""Staff reach their desk only with a second factor."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.conftest import AT_A_DESK, WITHOUT_SCRIPT, code_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

both_seats = pytest.mark.parametrize("seat", [AT_A_DESK, WITHOUT_SCRIPT], ids=["desk", "no-script"])


@pytest.fixture(autouse=True)
def _half_a_minute_may_turn(settings):
    """The figures may change between reading and typing them."""
    settings.MFA_TOTP_TOLERANCE = 1


def figures(secret: str) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in_by_code(page: Page, person, mailbox) -> None:
    page.goto("/admin/")
    page.get_by_label("Your e-mail address").fill(person.email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter the code we sent you")
    page.get_by_role("textbox").first.fill(code_in(mailbox.to(person.email)[-1]))
    page.get_by_role("button", name="Go on").click()


@both_seats
def test_staff_with_an_authenticator_type_its_figures_before_the_admin_opens(
    sit_down, mailbox, seat
):
    person = factories.make_staff()
    secret = decrypt(factories.make_authenticator(person).data["secret"])
    page = sit_down(seat)
    sign_in_by_code(page, person, mailbox)
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    page.goto("/admin/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    page.get_by_role("textbox").first.fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_role("textbox").first.fill(figures(secret))
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#site-name")).to_have_text("Conference staff")


@both_seats
def test_staff_without_an_authenticator_set_one_up_before_the_admin_opens(sit_down, mailbox, seat):
    person = factories.make_staff()
    page = sit_down(seat)
    sign_in_by_code(page, person, mailbox)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator app")
    secret = page.locator(".totp-key").inner_text().replace(" ", "")
    page.get_by_role("textbox").first.fill(figures(secret))
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Set up an authenticator app")
    page.goto("/admin/")
    if page.locator("#site-name").count() == 0:
        page.get_by_role("textbox").first.fill(figures(secret))
        page.locator("main .btn-primary").click()
        page.goto("/admin/")
    expect(page.locator("#site-name")).to_have_text("Conference staff")
