"""What start pages say of the days of a conference."""

from __future__ import annotations

import datetime as dt

import pytest

from events.models import LayAppointment
from members.roles import Role
from registrations import door_concerns
from tests.factories import make_appointment, make_staff, make_user
from tests.registrations import build, delegates, door

pytestmark = pytest.mark.django_db
REPORT = "/conferences/annual-2016/credentials/"
#: From the week before until four weeks after 9 to 11 September.
DAYS = [((9, 1), False), ((9, 2), True), ((10, 9), True), ((10, 10), False)]


@pytest.mark.parametrize(("day", "is_there"), DAYS)
def test_committee_finds_the_report_about_the_days_of_the_conference(year, day, is_there):
    member = make_user()
    make_appointment(member, year, LayAppointment.Task.CAC_MEMBER)
    at = door.clock_at("12:00", dt.date(2016, *day))
    assert [one.url for one in door_concerns.concerns(member, at)] == [REPORT] * is_there


def test_staff_start_page_counts_the_delegates_of_the_report(year):
    delegates.booked(year, build.body("Bangor"), "Ida", "Ivo")
    door.place_of(year, "Vera Visitor")
    officer, editor = make_staff(Role.REGISTRATIONS_OFFICER), make_staff(Role.PROGRAMME_EDITOR)
    at = door.clock_at("12:00")
    (item,) = door_concerns.attention(officer, at)
    assert (item.count, item.url) == (2, REPORT)
    assert list(door_concerns.attention(editor, at)) == []
