"""A member of the public sends an idea on a phone; it is read and published; somebody supports it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from members.roles import Role
from motions.models import Idea
from tests.factories import make_staff
from tests.journeys.conftest import AT_A_DESK, ON_A_PHONE, WITHOUT_SCRIPT, link_in
from tests.motions.ideas.make import make_call_for_ideas

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_idea_is_sent_on_a_phone_confirmed_published_and_supported(sit_down, mailbox, at):
    at("2022-02-07 18:30")
    call = make_call_for_ideas()
    phone = sit_down(ON_A_PHONE)
    phone.goto(call.campaign.get_absolute_url())
    phone.get_by_role("link", name="Send an idea").click()
    send = phone.get_by_role("button", name="Send my idea")
    send.click()
    expect(phone.locator(".error-summary")).to_be_visible()
    phone.get_by_label("The right to food").check()
    phone.get_by_label("Your idea in a few words").fill("A pantry in every ward")
    phone.get_by_label("Your idea", exact=True).fill("Shops give what they cannot sell.")
    phone.get_by_label("Your full name").fill("Parveen Akhtar")
    phone.get_by_label("Your e-mail address").fill("parveen@example.org")
    send.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Please look in your mail")
    phone.goto(link_in(mailbox.to("parveen@example.org")[0], "/ideas/"))
    phone.get_by_role("button", name="Yes, this is my idea").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you, your idea is with us")
    assert phone.context.cookies() == []

    desk = sit_down(AT_A_DESK, make_staff(Role.PROGRAMME_EDITOR), second_factor=True)
    desk.goto("/admin/")
    desk.get_by_role("link", name="Ideas to read").click()
    desk.get_by_role("link", name="A pantry in every ward").click()
    desk.get_by_role("link", name="Publish", exact=True).click()
    desk.get_by_role("button", name="Publish").click()
    assert Idea.objects.get().state == Idea.State.PUBLISHED

    other = sit_down(WITHOUT_SCRIPT)
    other.goto(link_in(mailbox.to("parveen@example.org")[1], "/ideas/"))
    expect(other.get_by_text("Parveen Akhtar")).to_have_count(0)
    other.get_by_label("Your e-mail address").fill("ron@example.org")
    other.get_by_role("button", name="Support it").click()
    other.goto(link_in(mailbox.to("ron@example.org")[0], "/ideas/"))
    other.get_by_role("button", name="Yes, I support it").click()
    other.get_by_role("link", name="A pantry in every ward").click()
    expect(other.get_by_text("1 person supports it")).to_be_visible()
