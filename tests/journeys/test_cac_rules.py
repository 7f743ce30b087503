"""The Conference Arrangements Committee at its desk: rule, tell the body, publish."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from motions.models import Call, CommitteeRules, Motion, RulingReason
from tests import factories
from tests.journeys.conftest import AT_A_DESK, ON_A_PHONE, every_seat, link_in, real_conference
from tests.motions.make import make_motion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = "/conferences/annual-2016/cac/"


@pytest.fixture
def call():
    return Call.objects.get(
        deadline__conference=real_conference("annual-2016"), kind=Call.Kind.ORGANISATIONAL
    )


@pytest.fixture
def member(call):
    person = factories.make_user("cac@example.org", "Rhian Morgan")
    factories.make_appointment(person, call.conference)
    return person


@pytest.fixture
def motion(call):
    society = factories.make_society("Midcounties Housing Society")
    secretary = factories.make_officer(
        society, user=factories.make_user("secretary@housing.example")
    )
    return make_motion(
        call,
        state=Motion.State.SUBMITTED,
        by=secretary,
        organisation=society,
        title="Homes that belong to those who live in them",
    )


@every_seat
def test_cac_member_finds_a_motion_in_order_and_publishes_it_for_everybody(
    sit_down, member, motion, mailbox, at, seat
):
    at("2016-04-11 10:00")
    page = sit_down(seat, member, second_factor=True)
    page.goto(DESK)
    page.get_by_role("link", name=motion.title).click()
    page.get_by_label("In order", exact=True).check()
    page.get_by_role("button", name="Record the ruling and tell the body").click()
    expect(page.locator("main")).to_contain_text("Your ruling is recorded")
    [letter] = mailbox.to("secretary@housing.example")
    assert letter.subject == f"In order: {motion.title}"

    stranger = sit_down(seat)
    stranger.goto("/conferences/annual-2016/motions/")
    expect(stranger.locator("main")).to_contain_text("Nothing is published yet")
    page.get_by_role("button", name="Publish it").click()
    expect(page.locator("main")).to_contain_text("Published. Everybody can read it now.")
    stranger.reload()
    stranger.get_by_role("link", name=motion.title).click()
    expect(stranger.locator(".motion-text")).to_contain_text("Conference resolves to say so.")


@every_seat
def test_cac_member_finds_a_motion_not_in_order_and_the_reason_reaches_the_body(
    sit_down, member, motion, mailbox, at, seat
):
    at("2016-04-11 10:00")
    page = sit_down(seat, member, second_factor=True)
    page.goto(DESK)
    page.get_by_role("link", name=motion.title).click()
    page.get_by_label("Not in order", exact=True).check()
    button = page.get_by_role("button", name="Record the ruling and tell the body")
    button.click()
    expect(page.locator(".error-summary")).to_contain_text("Choose a reason")
    expect(page.get_by_label("Not in order", exact=True)).to_be_checked()
    reason = RulingReason.objects.filter(is_active=True).first()
    page.get_by_label("Reason from the list").select_option(str(reason.pk))
    page.get_by_label("In your own words").fill("It belongs to the policy process.")
    button.click()

    expect(page.locator("main")).to_contain_text("Your ruling is recorded")
    [letter] = mailbox.to("secretary@housing.example")
    assert letter.subject == f"Not in order: {motion.title}"
    assert reason.words in " ".join(letter.text.split())
    assert "It belongs to the policy process." in letter.text
    motion.refresh_from_db()
    assert motion.state == Motion.State.NOT_IN_ORDER


def test_cac_desk_without_a_second_factor_asks_for_one_first(sit_down, member, motion, at):
    at("2016-04-11 10:00")
    page = sit_down(AT_A_DESK, member)
    page.goto(DESK)
    expect(page).to_have_url("/accounts/2fa/totp/activate/")
    expect(page.locator("main")).not_to_contain_text(motion.title)


def test_committee_spends_an_evening_on_its_queue(sit_down, call, mailbox, at):
    """Two members look, one is kept from a motion, they differ on one, and one body appeals."""
    CommitteeRules.objects.create(conference=call.conference, readers=2)
    at("2016-04-11 19:00")
    people = [factories.make_user(f"{n}@example.org", n) for n in ("Ann", "Bob", "Cat")]
    for person in people:
        factories.make_appointment(person, call.conference)
    for title in ("Homes", "Trains", "Policy"):
        society = factories.make_society(f"{title} Society")
        secretary = factories.make_officer(
            society, user=factories.make_user(f"{title.lower()}@society.example")
        )
        make_motion(
            call,
            state="submitted",
            by=secretary,
            organisation=society,
            title=title,
            draft_text=f"Conference believes in {title.lower()} and says so.",
        )
    ann, bob, cat = (sit_down(AT_A_DESK, person, second_factor=True) for person in people)
    phone = sit_down(ON_A_PHONE, secretary)

    # Ann has a stake in the trains: she may read them, and Bob and Cat look
    ann.goto(DESK)
    ann.get_by_role("link", name="Trains", exact=True).click()
    ann.get_by_text("Declare an interest").click()
    ann.get_by_label("What it is").fill("My brother drives them.")
    ann.get_by_role("button", name="Declare it").click()
    expect(ann.locator("main")).to_contain_text("You are kept from this motion")
    expect(ann.get_by_role("button", name="Give your opinion")).to_have_count(0)
    for page in (bob, cat):
        _say(page, "Trains", "In order")
    expect(cat.locator("main")).to_contain_text("Two members agree")
    expect(cat.locator("aside")).to_contain_text("My brother drives them.")

    # On the homes Ann and Bob differ, and Cat decides; nobody sees the other's before their own
    _say(ann, "Homes", "In order")
    _open(bob, "Homes")
    expect(bob.locator("main")).not_to_contain_text("Ann: in order")
    _say(bob, "Homes", "Not in order", words="Too vague.")
    expect(bob.locator("main")).to_contain_text("Ann: in order")
    _say(cat, "Homes", "In order", button="Decide and tell the body")
    assert mailbox.to("homes@society.example")[0].subject == "In order: Homes"

    # The policy motion is not in order; its secretary appeals on a phone, and Cat hears it
    for page in (ann, bob):
        _say(page, "Policy", "Not in order", words="It is about policy.")
    [letter] = mailbox.to("policy@society.example")
    assert "until the end of Monday 25 April 2016" in " ".join(letter.text.split())
    phone.goto(link_in(letter, "/conferences/annual-2016/motions/"))
    phone.get_by_label("Why is the ruling wrong?").fill("It asks the party, not a government.")
    phone.get_by_role("button", name="Send the appeal").click()
    _open(cat, "Policy")
    expect(cat.locator("main")).to_contain_text("It asks the party, not a government.")
    cat.get_by_label("Upheld: the motion is in order").check()
    cat.get_by_role("button", name="Record the outcome and tell the body").click()
    expect(cat.locator("main")).to_contain_text("The outcome is recorded")
    cat.goto(DESK)
    cat.get_by_role("button", name="Publish what is in order (3)").click()
    phone.goto("/conferences/annual-2016/motions/")
    for title in ("Homes", "Trains", "Policy"):
        expect(phone.get_by_role("link", name=title, exact=True).first).to_be_visible()


def _open(page, title):
    page.goto(f"{DESK}{Motion.objects.get(title=title).pk}/")


def _say(page, title, verdict, *, words="", button="Give your opinion"):
    _open(page, title)
    page.get_by_label(verdict, exact=True).check()
    if words:
        page.get_by_label("In your own words").fill(words)
    page.get_by_role("button", name=button).click()
    expect(page.locator(".messages, [role=status]").first).to_be_visible()
