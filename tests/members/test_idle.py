"""Sessions with privileges end when nobody was there; nobody else's does; nothing typed is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings as real
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from coopconf import settings as production
from events.models import Conference
from members.models import Region, User
from members.roles import Role
from tests.factories import (
    make_appointment,
    make_conference,
    make_region,
    make_staff,
    make_user,
    sign_in,
)

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2016, 5, 3, 12, 0, tzinfo=dt.UTC)
HOUR, MINUTE, SECOND = (dt.timedelta(**{unit: 1}) for unit in ("hours", "minutes", "seconds"))
#: Half an hour, and the minute to which it is exact.
AWAY = 31 * MINUTE
HOME = "/bodies/"


@pytest.fixture(autouse=True)
def _thirty_minutes(settings, at):
    settings.IDLE_MINUTES = 30
    at(NOON)


@pytest.fixture
def staff() -> User:
    return make_staff(Role.ADMINISTRATOR)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_limit_is_thirty_minutes_and_off_in_other_tests_alone() -> None:
    assert production.IDLE_MINUTES == 30
    assert real.IDLE_MINUTES == 30  # by the fixture
    names = production.MIDDLEWARE
    assert names.index("members.idle.IdleMiddleware") > names.index(
        "members.second_factor.SecondFactorMiddleware"
    )


@pytest.mark.parametrize(("away", "stays"), [(AWAY - SECOND, True), (AWAY, False)])
def test_staff_away_for_half_an_hour_are_signed_out(client, at, staff, away, stays) -> None:
    sign_in(client, staff)
    client.get(HOME)
    at(NOON + away)
    client.get(HOME)
    assert is_in(client) is stays


def test_staff_who_do_something_now_and_then_stay_for_the_day_and_no_longer(client, at, staff):
    sign_in(client, staff)
    moment = NOON
    while moment < NOON + 12 * HOUR:
        at(moment)
        assert client.get("/admin/").status_code == 200
        moment += 29 * MINUTE
    at(NOON + 12 * HOUR)
    client.get(HOME)
    assert not is_in(client)


def test_session_is_written_once_a_minute_at_most(client, at, staff, django_assert_num_queries):
    sign_in(client, staff)
    client.get("/robots.txt")
    at(NOON + MINUTE - SECOND)
    before = dict(client.session)
    client.get("/robots.txt")
    assert dict(client.session) == before
    at(NOON + MINUTE)
    client.get("/robots.txt")
    assert dict(client.session) != before


def test_ordinary_member_is_never_signed_out_for_being_away(client, at) -> None:
    sign_in(client, make_user())
    client.get(HOME)
    at(NOON + 11 * HOUR)
    assert client.get(HOME).status_code == 200


@pytest.fixture
def desk() -> tuple[User, str]:
    """A member of the CAC and the address of the desk."""
    conference: Conference = make_conference()
    person = make_user()
    make_appointment(person, conference, by=make_staff())
    return person, reverse("motions:cac", args=[conference.slug])


def test_lay_person_at_a_desk_is_signed_out_when_away(client, at, desk) -> None:
    person, url = desk
    sign_in(client, person)
    assert client.get(url).status_code == 200
    client.get(HOME)
    at(NOON + AWAY)
    answer = client.get(url)
    assert not is_in(client)
    assert answer.url == f"{reverse('account_login')}?next={url}"


def test_lay_person_who_opened_no_desk_in_this_session_is_not_watched(client, at, desk) -> None:
    sign_in(client, desk[0])
    client.get(HOME)
    at(NOON + AWAY)
    client.get(HOME)
    assert is_in(client)


def test_page_asked_for_when_away_leads_back_after_the_sign_in_and_says_why(client, at, staff):
    sign_in(client, staff)
    client.get("/admin/")
    at(NOON + AWAY)
    page = client.get("/admin/members/region/?q=wales", follow=True)
    assert page.redirect_chain[-1][0].endswith("next=/admin/members/region/%3Fq%3Dwales")
    assert "You were signed out after 30 minutes without activity." in page.content.decode()


def test_page_for_everybody_still_opens_when_away(client, at, staff) -> None:
    sign_in(client, staff)
    client.get("/")
    at(NOON + AWAY)
    assert client.get("/").status_code == 200
    assert not is_in(client)


# What was typed


def send_when_away(client, at, person, **more):
    """A region's form, sent after half an hour."""
    sign_in(client, person)
    url = reverse("admin:members_region_change", args=[make_region("Wales").pk])
    client.get(url)
    at(NOON + AWAY)
    form = {"name": 'Cymru "<b>', "slug": "wales", "position": "3", "csrfmiddlewaretoken": "x"}
    return url, client.post(url, {**form, **more})


def test_form_sent_when_away_changes_nothing_and_waits_for_the_same_person(client, at, staff):
    url, answer = send_when_away(client, at, staff)
    assert answer.url == f"{reverse('account_login')}?next={url}"
    assert Region.objects.get(slug="wales").name == "Wales"
    sign_in(client, staff)
    page = client.get(url)
    assert "Send what you typed?" in page.content.decode()
    assert "Cymru &quot;&lt;b&gt;" in page.content.decode()
    assert ["csrfmiddlewaretoken", "x"] not in page.context["fields"]
    client.post(page.context["path"], dict(page.context["fields"]))
    assert Region.objects.get(slug="wales").name == 'Cymru "<b>'
    assert "Send what you typed?" not in client.get(url).content.decode()


def test_form_sent_when_away_is_not_shown_to_somebody_else(client, at, staff) -> None:
    url, _ = send_when_away(client, at, staff)
    sign_in(client, make_staff(Role.ADMINISTRATOR))
    assert "Send what you typed?" not in client.get(url).content.decode()


def test_form_sent_when_away_is_not_shown_before_the_second_factor(client, at, staff) -> None:
    url, _ = send_when_away(client, at, staff)
    sign_in(client, staff, second_factor=False)
    assert client.get(url).status_code == 302


def test_file_sent_when_away_is_said_to_be_lost(client, at, staff) -> None:
    upload = SimpleUploadedFile("x.txt", b"x")
    url, _ = send_when_away(client, at, staff, document=upload)
    sign_in(client, staff)
    assert "Only files could not be kept." in client.get(url).content.decode()


def test_more_than_anybody_types_is_not_kept(client, at, staff) -> None:
    url, answer = send_when_away(client, at, staff, note="x" * 200_001)
    assert answer.status_code == 302
    assert "idle_kept" not in client.session


def test_form_of_another_site_is_not_kept_to_be_sent(at, staff) -> None:
    client = Client(enforce_csrf_checks=True)
    send_when_away(client, at, staff)
    assert not is_in(client)
    assert "idle_kept" not in client.session


def test_password_typed_when_away_is_not_kept(client, at, staff) -> None:
    sign_in(client, staff)
    client.get(HOME)
    at(NOON + AWAY)
    client.post(reverse("account_change_password"), {"oldpassword": "secret"})
    assert not is_in(client)
    assert "secret" not in str(dict(client.session))
