"""A judge declares an interest and scores, the chair decides; nothing is public until the hour."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from events.models import LayAppointment
from motions import tasks
from motions.models import AwardCategory, AwardCriterion, AwardNominee, AwardRules
from tests import factories
from tests.conftest import instant
from tests.journeys.conftest import (
    AT_A_DESK,
    ON_A_PHONE,
    WITHOUT_SCRIPT,
    link_in,
    real_conference,
)
from tests.motions.awards.make import make_nomination, make_proposed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AWARDS = "/conferences/annual-2016/awards/"
DESK, ROLL = f"{AWARDS}panel/", f"{AWARDS}roll/"


@pytest.fixture
def conference():
    return real_conference("annual-2016")


@pytest.fixture
def category(conference):
    return AwardCategory.objects.filter(deadline__conference=conference, honours="person").get()


@pytest.fixture
def judges(conference):
    """Rhian chairs, Idris and Meg judge too; presented at the dinner of Saturday."""
    found = [
        factories.make_user(name=name) for name in ("Rhian Morgan", "Idris Vaughan", "Meg Lloyd")
    ]
    for person in found:
        factories.make_appointment(person, conference, LayAppointment.Task.JUDGE)
    rules = AwardRules.objects.create(
        conference=conference, chair=found[0], presented_at=instant("2016-09-10 20:30")
    )
    for place, name in enumerate(("Difference made", "Inspires others")):
        AwardCriterion.objects.create(rules=rules, name=name, position=place)
    return found


def test_judges_decide_in_confidence_and_the_roll_shows_at_the_hour(
    sit_down, category, judges, mailbox, at, assert_accessible
):
    at("2016-08-08 10:00")
    ann = make_proposed(category, "Ann Lee", email="ann@x.example")
    make_nomination(ann, citation="She taught half the town to read a balance sheet.")
    bo = make_proposed(category, "Bo Day")
    chair, idris, meg = (
        sit_down(seat, person, second_factor=True)
        for seat, person in zip((AT_A_DESK, ON_A_PHONE, WITHOUT_SCRIPT), judges, strict=True)
    )

    # Meg knows Bo Day: she declares it and scores Ann Lee alone
    meg.goto(DESK)
    meg.get_by_role("link", name="Bo Day").click()
    meg.get_by_text("Declare an interest").click()
    meg.get_by_label("in this nominee").check()
    meg.get_by_label("What it is").fill("We share an allotment.")
    meg.get_by_role("button", name="Declare it").click()
    expect(meg.locator("main")).to_contain_text("You have declared an interest.")
    _score(meg, ann, 5, 4)
    for page in (chair, idris):
        _score(page, ann, 4, 4)
        _score(page, bo, 3, 4)
    chair.goto(f"{DESK}nominees/{ann.pk}/")
    assert_accessible(chair)
    chair.goto(DESK)
    expect(chair.locator("main")).to_contain_text("1 award waits for your decision")
    assert_accessible(chair)

    # The chair sees what all gave, and decides
    chair.locator(f"a[href='{DESK}awards/{category.pk}/']").click()
    expect(chair.locator("table")).to_contain_text("4.17")
    expect(chair.locator("table")).to_contain_text("2 of 2 judges")
    assert_accessible(chair)
    chair.get_by_label("Ann Lee", exact=True).select_option("winner")
    chair.get_by_label("What is said of Ann Lee").fill("She never tires.")
    chair.get_by_label("Bo Day", exact=True).select_option("commended")
    chair.get_by_label("Why the panel decided so").fill("Of one mind.")
    chair.get_by_role("button", name="Keep the decision, sealed").click()
    expect(chair.locator("main")).to_contain_text("sealed until the presentation")
    chair.get_by_role("link", name="Running order").click()
    expect(chair.locator("main")).to_contain_text("And the award goes to Ann Lee.")

    # Nothing is public a moment before the hour
    at("2016-09-10 20:29:59")
    stranger = sit_down(ON_A_PHONE)
    assert stranger.goto(ROLL).status == 404
    stranger.goto(AWARDS)
    expect(stranger.locator("main")).not_to_contain_text("Roll of honour")

    # The hour comes: the roll is there, and names those who agreed on the stage
    at("2016-09-10 20:30")
    stranger.goto(AWARDS)
    stranger.get_by_role("link", name="Roll of honour").click()
    expect(stranger.locator("main")).not_to_contain_text("Ann Lee")
    idris.goto(f"{DESK}afterwards/")
    idris.get_by_role("link", name="Bo Day").click()
    idris.get_by_label("They agree to be named").check()
    idris.get_by_label("They said that they are 18 or over").check()
    idris.get_by_role("button", name="Enter what they said").click()
    expect(idris.locator("main")).to_contain_text("What they said is entered.")
    stranger.reload()
    expect(stranger.locator("main")).to_contain_text("Bo Day")

    # In the morning the winner is asked, and agrees by a link of her own
    at("2016-09-11 09:00")
    tasks.open_awards()
    winner = sit_down(WITHOUT_SCRIPT)
    winner.goto(link_in(mailbox.to("ann@x.example")[0], "/awards/"))
    winner.get_by_label("Yes, name me").check()
    winner.get_by_label("I am 18 or over").check()
    winner.get_by_role("button", name="Send my answer").click()
    expect(winner.locator("main")).to_contain_text("You can change your answer here")
    stranger.reload()
    stranger.get_by_role("link", name="Ann Lee").click()
    expect(stranger.locator("main")).to_contain_text("She never tires.")


def _score(page, nominee: AwardNominee, *points: int) -> None:
    page.goto(f"{DESK}nominees/{nominee.pk}/")
    for name, given in zip(("Difference made", "Inspires others"), points, strict=True):
        page.get_by_label(name).fill(str(given))
    page.get_by_role("button", name="Keep my score").click()
    expect(page.locator("main")).to_contain_text("Your score is kept.")
