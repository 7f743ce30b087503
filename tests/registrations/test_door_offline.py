"""What a phone keeps and sends: no names, each scan once, judged by when it happened."""

from __future__ import annotations

import json
import uuid

import pytest
from django.test import Client

from events.models import LayAppointment
from registrations import badge_codes
from registrations.models import Credential, DoorRules, Scan
from registrations.services import credentials
from tests.factories import make_appointment, make_user, sign_in
from tests.registrations import build, door

pytestmark = pytest.mark.django_db
URL = "/conferences/annual-2016/door/"


@pytest.fixture(autouse=True)
def _on_the_day(at):
    at(door.clock_at("11:00"))


@pytest.fixture
def steward(year):
    person = make_user(name="Mona Haddad")
    make_appointment(person, year, LayAppointment.Task.STEWARD)
    return sign_in(Client(), person)


@pytest.fixture
def badge(year):
    place = door.place_of(year, "Siân Llŷr")
    credentials.issue_missing(by=None, conference=year, at=build.EARLY)
    return door.badge_of(place)


def queued(badge: Credential, minutes: float, **more: object) -> dict[str, object]:
    facts = {"nonce": str(uuid.uuid4()), "key": badge.code_hash, "direction": "in"}
    return {**facts, "waited": minutes * 60_000, **more}


def send(client: Client, *scans: dict[str, object]) -> list[dict[str, str]]:
    body = json.dumps({"scans": scans})
    return client.post(f"{URL}send/", body, "application/json").json()["answers"]


def test_list_kept_on_a_phone_names_nobody_and_opens_nothing(steward, badge):
    answer = steward.get(f"{URL}badges/")
    told = answer.json()
    assert told["badges"] == [[badge.code_hash, badge.short_code, "visitor", "", False]]
    assert told["lasts"] == 13 * 3_600_000  # from eleven to the end of the day
    for private in ("Siân", badge.printed_code, badge.place.booking.contact_email):
        assert private not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_list_says_what_to_read_aloud_and_who_is_in(steward, year, badge):
    other = build.user("other@people.example")
    door.show(badge, by=other, conference=year)
    new = credentials.reissue(by=other, place=badge.place, at=door.clock_at("10:42"))
    rows = {row[1]: row[3:] for row in steward.get(f"{URL}badges/").json()["badges"]}
    assert rows[new.short_code] == ["", True]
    assert rows[badge.short_code][0].startswith("This badge was replaced at 10:42")


def test_scan_sent_late_counts_when_it_happened(steward, badge):
    (answer,) = send(steward, queued(badge, 30))
    scan = Scan.objects.get()
    assert answer["outcome"] == "admitted"
    assert (scan.scanned_at, scan.received_at) == (door.clock_at("10:30"), door.clock_at("11:00"))
    assert scan.is_offline


def test_queue_sent_again_is_answered_again_and_counted_once(steward, badge):
    scans = [queued(badge, 30), queued(badge, 20, key=badge.short_code, direction="out")]
    first, again = send(steward, *scans), send(steward, *scans)
    assert [one["outcome"] for one in first] == ["admitted", "admitted"]
    assert first == again
    assert Scan.objects.count() == 2


def test_badge_let_in_by_two_phones_is_counted_once_and_the_second_is_told(steward, badge):
    first, second = send(steward, queued(badge, 30), queued(badge, 20))
    assert (first["outcome"], second["outcome"]) == ("admitted", "refused")
    assert second["words"].startswith("Already in")


def test_code_nobody_knows_is_recorded_as_refused(steward, badge):
    (answer,) = send(steward, queued(badge, 1, key=badge_codes.hashed("A" * 26)))
    assert answer["outcome"] == "refused"
    assert Scan.objects.get().refusal == Scan.Refusal.UNKNOWN


@pytest.mark.parametrize("minutes", [-60, 0])
def test_scan_of_a_phone_whose_clock_jumped_is_never_in_the_future(steward, badge, minutes):
    send(steward, queued(badge, minutes))
    assert Scan.objects.get().scanned_at == door.clock_at("11:00")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"scans": 1}',
        '{"scans": [1]}',
        '{"scans": [{}]}',
        '{"scans": [{"nonce": "x", "key": "k", "direction": "in", "waited": 1}]}',
        '{"scans": [{"nonce": 1, "key": "k", "direction": "in", "waited": 1}]}',
        '{"scans": [{"nonce": "0" , "key": [], "direction": "in", "waited": NaN}]}',
        json.dumps({"scans": [{}] * 101}),
    ],
)
def test_queue_that_cannot_be_read_is_refused_and_nothing_is_recorded(steward, body):
    assert steward.post(f"{URL}send/", body, "application/json").status_code == 400
    assert Scan.objects.count() == 0


@pytest.mark.parametrize("waited", ["NaN", "Infinity", "1e400", "-Infinity"])
def test_waiting_that_is_no_number_is_refused(steward, badge, waited):
    scan = queued(badge, 1, waited=0)
    body = json.dumps({"scans": [scan]}).replace('"waited": 0', f'"waited": {waited}')
    assert steward.post(f"{URL}send/", body, "application/json").status_code == 400


def test_list_asks_as_much_for_thirty_badges_as_for_one(
    steward, year, badge, django_assert_max_num_queries
):
    DoorRules.objects.create(conference=year, refuses_unpaid=False)
    for number in range(30):
        door.place_of(year, f"Ann Other {number}")
    credentials.issue_missing(by=None, conference=year, at=build.EARLY)
    with django_assert_max_num_queries(12):
        assert len(steward.get(f"{URL}badges/").json()["badges"]) == 31
