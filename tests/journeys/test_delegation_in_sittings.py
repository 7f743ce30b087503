"""A treasurer books five delegates on a phone in several sittings; a delegate answers by link."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from registrations.models import Booking, Particulars, PlaceNeeds
from tests import factories
from tests.journeys.conftest import ON_A_PHONE, link_in
from tests.registrations import build
from tests.registrations.delegates import allocated

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DELEGATION = "/conferences/annual-2016/delegations/cardiff-party-council/"


@pytest.fixture
def year(at):
    at(build.EARLY)
    return build.year_2016()


@pytest.fixture
def treasurer(year):
    body = build.body()
    person = build.officer(body, "treasurer@cardiff.example")
    allocated(year, body, 5, by=factories.make_staff())
    return person


def who_comes(page: Page, number: int, name: str) -> None:
    page.locator(f"[name=places-{number}-name]").fill(name)
    page.locator(f"[name=places-{number}-email]").fill(f"{name.lower()}@cardiff.example")


def test_treasurer_books_five_in_two_sittings_and_a_delegate_answers_by_link(
    year, treasurer, sit_down, mailbox, assert_accessible
):
    page = sit_down(ON_A_PHONE, treasurer)
    page.goto(DELEGATION)
    page.get_by_role("link", name="Book places").click()
    page.get_by_label("Delegate pass").fill("5")
    page.get_by_role("button", name="Go on").click()
    who_comes(page, 0, "Ann")
    page.get_by_role("button", name="Save for later").click()
    expect(page.get_by_text("Saved. Nothing is booked until you confirm")).to_be_visible()
    page.context.close()

    page = sit_down(ON_A_PHONE, treasurer)
    page.goto(DELEGATION)
    expect(page.locator(".notice-info")).to_contain_text("Begun, not booked yet")
    assert_accessible(page)
    page.get_by_role("link", name="Go on with it").click()
    expect(page.locator("[name=places-0-name]")).to_have_value("Ann")
    who_comes(page, 1, "Ben")
    who_comes(page, 2, "Cat")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("We will send a cheque").check()
    page.get_by_label("Purchase order number").fill("CPC 14")
    page.get_by_role("button", name="Save and check").click()
    expect(page.locator("main")).to_contain_text("2 names still missing")
    page.get_by_role("button", name="Confirm: book for £450").click()
    expect(page.get_by_text("You are booked")).to_be_visible()
    assert (Booking.objects.get().total, Booking.objects.get().purchase_order) == (450, "CPC 14")

    page.goto(DELEGATION)
    lead = page.locator(".lead")
    expect(lead).to_contain_text("5 of 5 places used, 2 without a name, lead delegate missing")
    page.get_by_role("link", name="Choose the lead delegate").first.click()
    page.get_by_label("Cat (Delegate pass)").check()
    page.locator("main").get_by_role("button").click()
    expect(lead).to_contain_text("5 of 5 places used, 2 without a name")
    page.locator("main a", has_text="Ask the delegate: Ann").click()
    page.locator("main").get_by_role("button").click()
    expect(page.get_by_text("We have written to Ann.")).to_be_visible()

    answer_by_link(sit_down(ON_A_PHONE), link_in(mailbox.to("ann@cardiff.example")[-1]))
    page.reload()
    first = page.locator(".place", has=page.get_by_role("heading", name="Ann"))
    expect(first).to_contain_text("Has answered")
    expect(page.locator("main")).not_to_contain_text("vegan")


def answer_by_link(page: Page, path: str) -> None:
    """A delegate who has never signed in says what they need, and corrects it once."""
    page.goto(path)
    page.get_by_label("What should the kitchen know?").fill("vegan")
    page.get_by_label("under 18", exact=True).check()
    page.get_by_role("button", name="Save").click()
    summary = page.locator(".error-summary")
    expect(summary).to_contain_text("Give your date of birth")
    expect(summary).to_contain_text("Say how we reach your parent or guardian")
    page.get_by_label("18 to 26").check()
    page.get_by_label("woman", exact=True).check()
    page.get_by_label("You may put my name on the list of delegates").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Thank you. You can come back with the same link")).to_be_visible()
    expect(page.get_by_label("What should the kitchen know?")).to_have_value("vegan")
    own = Particulars.objects.get()
    assert (own.gender, own.age_band, own.may_list, own.may_photograph) == (
        "woman",
        "18_26",
        True,
        False,
    )
    assert PlaceNeeds.objects.get().dietary == "vegan"
