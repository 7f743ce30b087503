"""The steward's desk without a script: show, look for, go out, replace, who is in, the report."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client

from events.models import Day, LayAppointment, Session
from events.services.public_pages import mark_changed
from members.roles import Role
from registrations.models import Credential, DoorRules, Scan
from registrations.services import credentials
from tests.factories import make_appointment, make_staff, make_user, sign_in
from tests.registrations import build, door

pytestmark = pytest.mark.django_db
URL = "/conferences/annual-2016/door/"


@pytest.fixture(autouse=True)
def _on_the_day(at):
    at(door.clock_at("10:00"))


@pytest.fixture
def steward(year):
    person = make_user(name="Mona Haddad")
    task = LayAppointment.Task.STEWARD
    make_appointment(person, year, task, starts_on=door.DAY_ONE, ends_on=door.DAY_ONE)
    return sign_in(Client(), person)


@pytest.fixture
def officer():
    return sign_in(Client(), make_staff(Role.REGISTRATIONS_OFFICER))


@pytest.fixture
def badge(year):
    place = door.place_of(year, "Siân Llŷr")
    credentials.issue_missing(by=None, conference=year, at=build.EARLY)
    return door.badge_of(place)


def post(client: Client, badge: Credential, direction: str = "in", session: object = None):
    fields = {"code": badge.short_code.lower(), "direction": direction, "nonce": uuid.uuid4()}
    where = f"?session={session.pk}" if session else ""
    return client.post(f"{URL}show/{where}", fields, follow=True).content.decode()


def test_badge_typed_is_let_in_and_counted(steward, badge):
    page = post(steward, badge)
    assert "Come in" in page
    assert "Siân Llŷr" in page
    assert "<strong data-door-inside>1</strong> in now, of 1 expected" in page


def test_badge_shown_twice_is_stopped_with_the_time_and_may_go_in_again(steward, badge, at):
    post(steward, badge)
    at(door.clock_at("10:30"))
    page = post(steward, badge)
    assert "Already in since 10:00." in page
    assert "Let in again" in page
    assert "Come in" in post(steward, badge, "again")
    assert "<strong data-door-inside>0</strong> in now" in post(steward, badge, "out")


def test_form_sent_twice_is_one_scan(steward, badge):
    fields = {"code": badge.short_code, "direction": "in", "nonce": str(uuid.uuid4())}
    pages = [steward.post(f"{URL}show/", fields) for _ in range(2)]
    assert pages[0].url == pages[1].url
    assert Scan.objects.count() == 1


@pytest.mark.parametrize("typed", ["K7M4-9XQ", "hello", "<b>", "K7M4-9XQ3"])
def test_code_mistyped_is_told_at_the_field_and_not_recorded(steward, typed, year):
    fields = {"code": typed, "direction": "in", "nonce": uuid.uuid4()}
    page = steward.post(f"{URL}show/", fields).content.decode()
    assert page.count("A letter is wrong") == 2  # at the top and beside the field
    assert Scan.objects.count() == 0


def test_name_looked_for_shows_what_a_steward_needs_and_no_more(steward, badge):
    page = steward.get(URL, {"name": "llŷr si"}).content.decode()
    assert "Siân Llŷr" in page
    assert "Visitor" in page
    assert badge.place.booking.contact_email not in page
    assert "Replace the badge" not in page


def test_name_of_one_letter_finds_nobody(steward, badge):
    assert "Nobody of that name" in steward.get(URL, {"name": "l"}).content.decode()


def test_photo_id_is_asked_for_only_if_the_conference_says_so(steward, year):
    assert "photo ID" not in steward.get(URL).content.decode()
    DoorRules.objects.create(conference=year, asks_photo_id=True)
    assert "Ask for photo ID" in steward.get(URL).content.decode()


def test_camera_is_permitted_on_the_desk_alone(steward, year):
    desk, inside = (
        steward.get(url).headers["Permissions-Policy"] for url in (URL, f"{URL}inside/")
    )
    assert "camera=(self)" in desk
    assert "microphone=()" in desk
    assert "camera=()" in inside


def test_session_for_delegates_has_a_door_of_its_own(steward, badge, year):
    day = Day.objects.create(conference=year, date=door.DAY_ONE)
    business = Session.objects.create(
        conference=year, day=day, title="Rule changes", is_delegates_only=True
    )
    assert "Rule changes" in steward.get(URL).content.decode()
    assert "This session is for delegates only." in post(steward, badge, session=business)


def test_steward_of_yesterday_finds_no_door(steward, year, at):
    at(door.clock_at("10:00", door.DAY_ONE + dt.timedelta(days=1)))
    assert steward.get(URL).status_code == 404


def test_steward_of_another_conference_finds_no_door(steward, year):
    build.conference(slug="other-2016")
    assert steward.get("/conferences/other-2016/door/").status_code == 404


def test_answer_to_another_steward_is_not_shown(steward, officer, badge):
    post(steward, badge)
    scan = Scan.objects.get()
    assert "Come in" not in officer.get(URL, {"answer": scan.pk}).content.decode()


def test_badge_is_replaced_by_staff_and_the_code_is_told(officer, badge):
    page = officer.post(f"{URL}badges/{badge.pk}/replace/", follow=True).content.decode()
    new = door.badge_of(badge.place)
    assert new != badge
    assert f"has the code {new.short_code}" in page
    assert "This badge was replaced at 10:00" in post(officer, badge)


def test_badge_is_not_replaced_by_a_steward(steward, badge):
    assert steward.post(f"{URL}badges/{badge.pk}/replace/").status_code == 404
    assert door.badge_of(badge.place) == badge


def test_who_is_in_is_listed_and_who_went_out_is_not(steward, badge):
    post(steward, badge)
    assert "Siân Llŷr" in steward.get(f"{URL}inside/").content.decode()
    post(steward, badge, "out")
    page = steward.get(f"{URL}inside/").content.decode()
    assert "Siân Llŷr" not in page
    assert "Nobody is in" in page


@pytest.mark.parametrize("people", [1, 30])
def test_desk_asks_as_much_for_thirty_people_as_for_one(
    steward, year, people, django_assert_max_num_queries
):
    for number in range(people):
        door.place_of(year, f"Ann Other {number}")
    credentials.issue_missing(by=None, conference=year, at=build.EARLY)
    mark_changed()
    with django_assert_max_num_queries(16):
        assert steward.get(URL, {"name": "ann"}).status_code == 200
    with django_assert_max_num_queries(12):
        assert steward.get(f"{URL}inside/").status_code == 200
