"""A secretary invites her successor, who signs in with the code from a mail and accepts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.journeys.conftest import code_in, every_seat, link_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@every_seat
def test_officer_invites_a_successor_who_signs_in_by_code_and_acts_for_the_body(
    sit_down, mailbox, seat
):
    council = factories.make_organisation("Cardiff and Vale Party Council")
    office = factories.make_office("secretary", may_invite=True)
    secretary = factories.make_officer(council, office, user=factories.make_user(name="Siân Jones"))
    successor = factories.make_user("gwen@example.org", "Gwen Davies")

    page = sit_down(seat, secretary)
    page.goto("/bodies/")
    page.get_by_role("link", name=council.name).click()
    page.get_by_role("link", name="Invite an officer").click()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_label("Office", exact=True).select_option(label="Secretary")
    page.get_by_label("Their e-mail address").fill(successor.email)
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.locator("main")).to_contain_text(successor.email)

    [invitation] = mailbox.to(successor.email)
    theirs = sit_down(seat)
    theirs.goto(link_in(invitation, "/invitations/"))
    theirs.get_by_label("Your e-mail address").fill(successor.email)
    theirs.get_by_role("button", name="Send me a code").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Enter the code we sent you")
    theirs.get_by_role("textbox").first.fill(code_in(mailbox.to(successor.email)[-1]))
    theirs.get_by_role("button", name="Go on").click()
    expect(theirs.locator("main")).to_contain_text("Siân Jones invites you")
    theirs.get_by_role("button", name="Accept").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text(council.name)
    page.reload()
    expect(page.locator("main")).to_contain_text("Gwen Davies")
