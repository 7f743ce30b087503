"""The journeys of booking in a real browser: on a phone, without script, at the two midnights."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

import clock
from mailing.models import Mail
from registrations.models import Booking, PlaceNeeds
from tests.registrations import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def year():
    made = build.year_2016()
    build.visitor_pass(made, capacity=5)
    return made


def test_member_books_on_a_phone_comes_back_by_link_and_cancels(
    page_390, open_context, year, assert_accessible
):
    page = page_390
    with clock.frozen(build.EARLY):
        page.goto(reverse("registrations:myself", args=[year.slug]))
        assert_accessible(page)
        page.get_by_role("button", name="Check your booking").click()
        assert_accessible(page)  # refused: two fields are empty
        assert page.locator(".error-summary").is_visible()
        page.get_by_label("Your full name").fill("Ann Other")
        page.get_by_label("Your e-mail address").fill("ann@people.example")
        page.get_by_label(re.compile("Conference dinner")).check()
        page.get_by_label("Dietary needs").fill("vegan")
        assert page.locator("[data-total-output]").inner_text() == "£65.00"
        page.get_by_role("button", name="Check your booking").click()
        assert_accessible(page)
        page.get_by_role("button", name="Confirm: book for £65").click()
        assert_accessible(page)
        booking = Booking.objects.get()
        assert booking.reference in page.locator("#main").inner_text()
        assert PlaceNeeds.objects.get().dietary == "vegan"

        link = re.search(r"(/booking/[\w-]{20,}/)", Mail.objects.get().text).group(1)
        later = open_context(size=(390, 844)).new_page()
        later.goto(link)
        assert_accessible(later)
        assert "Ann Other" not in later.content()
        later.get_by_role("button", name="Mail me a code").click()
        code = re.search(r"\b(\d{6})\b", Mail.objects.get(kind="security").text).group(1)
        later.get_by_label(re.compile("six figures")).fill(code)
        assert_accessible(later)
        later.get_by_role("button", name="Open my booking").click()
        assert_accessible(later)
        later.get_by_role("link", name="Cancel the whole booking").click()
        assert_accessible(later)
        later.get_by_role("button", name="Cancel the whole booking").click()
        assert "This booking is cancelled" in later.content()
    booking.refresh_from_db()
    assert booking.state == "cancelled"


def test_member_books_without_script(page_without_script, year):
    page = page_without_script
    with clock.frozen(build.EARLY):
        page.goto(reverse("registrations:myself", args=[year.slug]))
        page.fill("#id_name", "Ann Other")
        page.fill("#id_email", "ann@people.example")
        page.click("button[value=review]")
        page.click("button[value=confirm]")
    assert Booking.objects.get().total == 20


@pytest.mark.parametrize(
    ("at", "total"),
    [
        (build.EARLY_ENDS - build.TICK, "£135"),
        (build.EARLY_ENDS, "£155"),
        (build.CLOSES - build.TICK, "£155"),
    ],
)
def test_officer_books_a_delegate_with_dinner_at_the_two_midnights(
    page_1280, sign_in, year, at, total, assert_accessible
):
    cardiff = build.body()
    sign_in(page_1280, build.officer(cardiff))
    page = page_1280
    with clock.frozen(at):
        page.goto(reverse("registrations:body", args=[year.slug, cardiff.slug]))
        assert_accessible(page)
        page.get_by_label(re.compile("Delegate pass")).fill("1")
        page.get_by_role("button", name="Go on").click()
        assert_accessible(page)
        page.get_by_label("Full name").fill("Dai Jones")
        page.get_by_label(re.compile("Conference dinner")).check()
        page.get_by_role("button", name="Save and go on").click()
        assert_accessible(page)
        page.get_by_label("Purchase order number").fill("PO 7")
        page.get_by_role("button", name="Save and check").click()
        assert_accessible(page)
        page.get_by_role("button", name=f"Confirm: book for {total}").click()
        assert_accessible(page)
        assert "You are booked" in page.content()
    booking = Booking.objects.get()
    assert (booking.submitted_at, f"£{booking.total:.0f}") == (at, total)


def test_officer_on_23_august_reads_when_it_closed_and_what_can_be_done(
    page_390, sign_in, year, assert_accessible
):
    cardiff = build.body()
    sign_in(page_390, build.officer(cardiff))
    year.pass_types.filter(code="visitor").update(is_on_sale=False)
    with clock.frozen(build.CLOSES):
        page_390.goto(reverse("registrations:body", args=[year.slug, cardiff.slug]))
    words = page_390.locator("#main").inner_text()
    assert "Booking closed at the end of Monday 22 August 2016 (UK time)." in words
    assert "What you can still do" in words
    assert_accessible(page_390)
