"""One person stops the reminders by the link in one of them; what they must know still comes."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from events.reminders.gathering import gather
from events.reminders.planning import plan
from mailing.models import Suppression
from mailing.models.mail import State
from tests import factories
from tests.journeys.conftest import every_seat, link_in, real_conference

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def remind(moment) -> None:
    plan(at=moment)
    gather(at=moment)
    call_command("send_mail_queue")


@every_seat
def test_reader_unsubscribes_by_the_link_and_is_reminded_no_more_while_a_colleague_is(
    sit_down, mailbox, at, seat
):
    real_conference("annual-2016")
    council = factories.make_organisation("Cardiff and Vale Party Council")
    for address in ("sian@example.org", "gwen@example.org"):
        factories.make_officer(council, user=factories.make_user(address))
    remind(at("2016-04-02 09:05"))
    [first] = mailbox.to("sian@example.org")

    page = sit_down(seat)
    page.goto(link_in(first, "/mail/unsubscribe/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Unsubscribe")
    assert not Suppression.objects.exists()
    page.get_by_role("button", name="Unsubscribe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are unsubscribed")
    assert Suppression.objects.get().address == "sian@example.org"

    remind(at("2016-04-04 09:05"))
    states = {name: mailbox.to(f"{name}@example.org")[-1].state for name in ("sian", "gwen")}
    assert states == {"sian": State.SUPPRESSED, "gwen": State.SENT}

    page.get_by_role("button", name="That was a mistake").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are subscribed again")
    assert not Suppression.objects.in_force().exists()
