"""A steward's day on a phone: with a connection, cut off from it, and back again."""

from __future__ import annotations

import pytest
import segno
from playwright.sync_api import Page, expect

from events.models import LayAppointment
from registrations import badges
from registrations.models import DoorRules, Scan
from registrations.services import credentials, naming
from tests.factories import make_appointment, make_user
from tests.journeys.conftest import ON_A_PHONE, WITHOUT_SCRIPT
from tests.plugins.browser import PATIENCE, PHONE
from tests.registrations import build, door

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def year(at):
    at(door.clock_at("10:00"))
    made = build.year_2016()
    build.visitor_pass(made)
    for name in ("Ann Other", "Bo Second", "Siân Llŷr"):
        door.place_of(made, name)
    credentials.issue_missing(by=None, conference=made, at=build.EARLY)
    return made


@pytest.fixture
def steward(year):
    person = make_user(name="Mona Haddad")
    make_appointment(person, year, LayAppointment.Task.STEWARD)
    return person


def code_of(name: str) -> str:
    return door.Place.objects.get(name=name).credentials.valid().get().short_code


def show(page: Page, name: str) -> None:
    page.get_by_label("Code on the badge").fill(code_of(name))
    page.get_by_role("button", name="Let in", exact=True).first.click()


def kept(page: Page, name: str) -> object:
    return page.evaluate("name => JSON.parse(localStorage.getItem(name))", name)


def until(page: Page, question: str) -> None:
    """Wait for what the script keeps; the page's policy forbids Playwright's own waiting."""
    for _ in range(PATIENCE // 100):
        if page.evaluate(question):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never: {question}")


HAS_LIST = "localStorage.getItem('door-list') !== null"


@pytest.mark.parametrize("seat", [ON_A_PHONE, WITHOUT_SCRIPT], ids=["phone", "no-script"])
def test_steward_lets_in_by_a_typed_code(year, steward, sit_down, live_server, seat):
    page = sit_down(seat, steward, second_factor=True)
    page.goto(f"{live_server.url}/conferences/annual-2016/door/")
    show(page, "Siân Llŷr")
    expect(page.get_by_text("Come in")).to_be_visible()
    expect(page.locator("[data-door-inside]")).to_have_text("1")
    show(page, "Siân Llŷr")
    expect(page.get_by_text("Already in since 10:00.")).to_be_visible()


def test_steward_cut_off_goes_on_and_each_scan_is_sent_once(year, steward, sit_down, live_server):
    page = sit_down(ON_A_PHONE, steward, second_factor=True)
    page.goto(f"{live_server.url}/conferences/annual-2016/door/")
    until(page, HAS_LIST)
    assert "Siân" not in page.evaluate("localStorage.getItem('door-list')")

    page.context.set_offline(True)
    expect(page.get_by_text("No connection: badges are checked")).to_be_visible()
    show(page, "Ann Other")
    expect(page.get_by_text("Come in")).to_be_visible()
    show(page, "Bo Second")
    expect(page.get_by_text("2 scans wait on this phone.")).to_be_visible()
    show(page, "Ann Other")
    expect(page.get_by_text("Already in.")).to_be_visible()
    assert Scan.objects.count() == 0

    page.context.set_offline(False)
    expect(page.locator("[data-door-inside]")).to_have_text("2")
    until(page, "localStorage.getItem('door-queue') === '[]'")
    page.reload()
    expect(page.locator("[data-door-inside]")).to_have_text("2")
    outcomes = Scan.objects.order_by("pk").values_list("outcome", "is_first", "is_offline")
    assert list(outcomes) == [
        ("admitted", True, True),
        ("admitted", True, True),
        ("refused", False, True),
    ]


def test_badge_let_in_cut_off_that_was_in_already_is_told_afterwards(
    year, steward, sit_down, live_server
):
    page = sit_down(ON_A_PHONE, steward, second_factor=True)
    page.goto(f"{live_server.url}/conferences/annual-2016/door/")
    until(page, HAS_LIST)
    page.context.set_offline(True)
    show(page, "Ann Other")
    expect(page.get_by_text("Come in")).to_be_visible()
    badge = door.badge_of(door.Place.objects.get(name="Ann Other"))
    door.show(badge, by=build.user("other@people.example"), conference=year)
    page.context.set_offline(False)
    expect(
        page.get_by_text(f"This phone let in {badge.short_code}, but: Already in")
    ).to_be_visible()
    assert Scan.objects.filter(is_first=True).count() == 1


def test_list_on_the_phone_goes_with_the_sign_in_and_the_queue_does_not(
    year, steward, sit_down, live_server
):
    page = sit_down(ON_A_PHONE, steward, second_factor=True)
    page.goto(f"{live_server.url}/conferences/annual-2016/door/")
    until(page, HAS_LIST)
    page.context.set_offline(True)
    show(page, "Ann Other")
    expect(page.get_by_text("1 scan waits on this phone.")).to_be_visible()
    page.evaluate("document.querySelector('.name-menu').open = true")
    page.route("**/door/send/**", lambda route: route.abort())
    page.context.set_offline(False)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    until(page, "localStorage.getItem('door-list') === null")
    assert len(kept(page, "door-queue")) == 1


def test_reader_for_browsers_without_their_own_reads_our_badges(
    year, steward, sit_down, live_server
):
    page = sit_down(ON_A_PHONE, steward, second_factor=True)
    page.goto(f"{live_server.url}/conferences/annual-2016/door/")
    expect(page.get_by_role("button", name="Use the camera")).to_be_visible()
    code = door.badge_of(door.Place.objects.get(name="Siân Llŷr")).printed_code
    drawn = segno.make(code, error="m", micro=False)
    dots = [list(row) for row in drawn.matrix_iter(scale=5, border=4)]
    page.add_script_tag(url="/static/vendor/jsqr/jsQR.js")
    read = page.evaluate(
        """dots => {
          const side = dots.length, picture = new Uint8ClampedArray(side * side * 4);
          dots.flat().forEach((dark, n) => picture.set(dark ? [0, 0, 0, 255] : [255, 255, 255, 255], n * 4));
          return window.jsQR(picture, side, side).data;
        }""",
        dots,
    )
    assert read == code
    page.get_by_label("Code on the badge").fill(read)
    page.get_by_role("button", name="Let in", exact=True).first.click()
    expect(page.get_by_text("Come in")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, (320, 640)], ids=["phone", "narrowest"])
def test_desk_in_its_states_is_accessible(
    year, steward, sit_down, live_server, assert_accessible, size
):
    page = sit_down(ON_A_PHONE, steward, second_factor=True)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{live_server.url}/conferences/annual-2016/door/?name=ann")
    expect(page.locator(".door-people")).to_contain_text("Ann Other")
    assert_accessible(page)
    show(page, "Ann Other")
    expect(page.get_by_text("Come in")).to_be_visible()
    assert_accessible(page)
    show(page, "Ann Other")
    expect(page.get_by_text("Already in since")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Who is in now").click()
    expect(page.get_by_role("heading", name="Who is in: 1")).to_be_visible()
    assert_accessible(page)


def test_somebody_without_a_place_is_booked_in_and_let_in_with_one_press(
    year, steward, sit_down, live_server, assert_accessible
):
    sold = year.pass_types.get(code="visitor")
    sold.deadline.__class__.objects.filter(pk=sold.deadline_id).update(closes_on=year.ends_on)
    DoorRules.objects.create(conference=year, walk_in_pass=sold)
    page = sit_down(ON_A_PHONE, steward, second_factor=True)
    page.goto(f"{live_server.url}/conferences/annual-2016/door/")
    page.get_by_role("link", name="Book somebody in who has no place").click()
    page.get_by_label("Full name").fill("Wanda Walker")
    page.get_by_label("Cash").check()
    assert_accessible(page)
    page.get_by_role("button", name="Book them in").click()
    assert_accessible(page)
    page.get_by_role("region", name="Booked in").get_by_role("button").click()
    expect(page.get_by_text("Come in")).to_be_visible()
    expect(page.locator("[data-door-inside]")).to_have_text("1")


def test_badge_printed_before_a_substitution_is_stopped_and_the_new_one_let_in(
    year, steward, sit_down, live_server
):
    place = door.Place.objects.get(name="Ann Other")
    old = code_of("Ann Other")
    badges.sheets(year, place.credentials.select_related("place"), at=build.LATE)
    naming.substitute(
        by=steward, place=place, name="Nia New", email="", at=build.LATE, override_reason="ill"
    )
    page = sit_down(ON_A_PHONE, steward, second_factor=True)
    page.goto(f"{live_server.url}/conferences/annual-2016/door/")
    page.get_by_label("Code on the badge").fill(old)
    page.get_by_role("button", name="Let in", exact=True).first.click()
    expect(page.get_by_text("somebody else comes in this place")).to_be_visible()
    show(page, "Nia New")
    expect(page.get_by_text("Come in")).to_be_visible()
    expect(page.locator("[data-door-inside]")).to_have_text("1")
