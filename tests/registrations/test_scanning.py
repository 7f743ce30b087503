"""What a door answers to a badge, by every rule, and what it counts."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from events.models import Conference, Day, Session
from registrations import door_words
from registrations.models import Booking, Credential, DoorRules, Line, Scan
from registrations.services import cancelling, credentials, scanning
from tests.registrations import build, door

pytestmark = pytest.mark.django_db
Direction, Refusal = Scan.Direction, Scan.Refusal


@pytest.fixture
def steward():
    return build.user("steward@people.example")


@pytest.fixture
def place(year):
    made = door.place_of(year)
    credentials.issue_missing(by=None, conference=year, at=build.EARLY)
    return made


@pytest.fixture
def badge(place):
    return door.badge_of(place)


@pytest.fixture
def business(year):
    day = Day.objects.create(conference=year, date=door.DAY_ONE)
    return Session.objects.create(
        conference=year, day=day, title="Business", is_delegates_only=True
    )


def test_badge_shown_at_the_entrance_lets_in_once(year, steward, badge):
    first = door.show(badge, by=steward, conference=year)
    again = door.show(badge, by=steward, conference=year, at="10:05")
    assert (first.outcome, first.is_first, first.refusal) == ("admitted", True, "")
    assert (again.outcome, again.refusal) == ("refused", Refusal.ALREADY_IN)
    assert Credential.objects.inside(door.clock_at("11:00")).count() == 1


def test_same_nonce_twice_is_one_scan_and_one_answer(year, steward, badge):
    nonce = uuid.uuid4()
    first = door.show(badge, by=steward, conference=year, nonce=nonce)
    again = door.show(badge, by=steward, conference=year, nonce=nonce, at="10:05")
    assert again == first
    assert Scan.objects.count() == 1


def test_nonce_of_another_steward_is_refused(year, steward, badge):
    nonce = uuid.uuid4()
    door.show(badge, by=steward, conference=year, nonce=nonce)
    other = build.user("other@people.example")
    with pytest.raises(ValidationError, match="sent before"):
        door.show(badge, by=other, conference=year, nonce=nonce)


def test_person_who_went_out_comes_in_again(year, steward, badge):
    ways = [
        ("10:00", Direction.IN),
        ("12:00", Direction.OUT),
        ("13:00", Direction.IN),
        ("14:00", Direction.AGAIN),
    ]
    scans = [
        door.show(badge, by=steward, conference=year, at=time, direction=way) for time, way in ways
    ]
    assert [scan.outcome for scan in scans] == ["admitted"] * 4
    assert [scan.is_first for scan in scans] == [True, False, False, False]
    counted = [
        Credential.objects.inside(door.clock_at(time)).count()
        for time in ("09:59", "10:00", "12:30", "13:00", "15:00")
    ]
    assert counted == [0, 1, 0, 1, 1]


def test_person_who_was_not_in_cannot_go_out(year, steward, badge):
    scan = door.show(badge, by=steward, conference=year, direction=Direction.OUT)
    assert scan.refusal == Refusal.NOT_IN


def test_badge_replaced_is_told_with_its_time_and_the_new_one_lets_in(year, steward, place, badge):
    new = credentials.reissue(by=steward, place=place, at=door.clock_at("10:42"))
    badge.refresh_from_db()
    scan = door.show(badge, by=steward, conference=year, at="11:00")
    assert scan.refusal == Refusal.REPLACED
    words = door_words.refusal_in_words(scan.refusal, badge, None)
    assert words == (
        "This badge was replaced at 10:42 on Friday 9 September 2016. Ask for the new one."
    )
    assert door.show(new, by=steward, conference=year, at="11:01").is_first


def test_badge_replaced_inside_does_not_count_the_person_twice(year, steward, place, badge):
    door.show(badge, by=steward, conference=year)
    new = credentials.reissue(by=steward, place=place, at=door.clock_at("10:42"))
    assert door.show(new, by=steward, conference=year, at="11:00").refusal == Refusal.ALREADY_IN
    assert door.show(
        new, by=steward, conference=year, at="11:01", direction=Direction.AGAIN
    ).outcome == ("admitted")
    assert Credential.objects.people().inside(door.clock_at("12:00")).count() == 1


def test_somebody_else_in_the_place_comes_in_on_a_badge_of_their_own(year, steward, place, badge):
    door.show(badge, by=steward, conference=year)
    credentials.hand_over(by=steward, place=place, at=door.clock_at("11:00"))
    old = door.show(badge, by=steward, conference=year, at="11:30")
    new = door.show(door.badge_of(place), by=steward, conference=year, at="11:31")
    assert (old.refusal, new.is_first) == (Refusal.SUBSTITUTED, True)
    at = door.clock_at("12:00")
    assert Credential.objects.standing(at).inside(at).count() == 1
    assert Credential.objects.people().inside(at).count() == 2  # whom a fire warden looks for


def test_cancelled_place_is_refused(year, steward, place, badge):
    cancelling.cancel_booking(
        by=steward, booking=place.booking, at=build.LATE, override_reason="asked"
    )
    assert door.show(badge, by=steward, conference=year).refusal == Refusal.CANCELLED


def test_badge_of_another_conference_is_refused(steward, badge):
    other = build.conference(slug="other-2016")
    assert door.show(badge, by=steward, conference=other).refusal == Refusal.ELSEWHERE


def test_code_of_nobody_is_refused_and_recorded_without_a_badge(year, steward):
    scan = door.show(None, by=steward, conference=year)
    assert (scan.refusal, scan.credential) == (Refusal.UNKNOWN, None)


@pytest.mark.parametrize(
    ("day", "refusal"),
    [(8, Refusal.WRONG_DAY), (9, ""), (11, ""), (12, Refusal.WRONG_DAY)],
)
def test_badge_opens_on_the_days_of_the_conference_only(year, steward, badge, day, refusal):
    at = door.clock_at("10:00", dt.date(2016, 9, day))
    assert door.show(badge, by=steward, conference=year, at=at).refusal == refusal


@pytest.mark.parametrize(("day", "refusal"), [(9, Refusal.WRONG_DAY), (10, "")])
def test_day_pass_opens_on_its_day_only(year, steward, place, badge, day, refusal):
    year.pass_types.filter(code="visitor").update(only_on=dt.date(2016, 9, 10))
    at = door.clock_at("10:00", dt.date(2016, 9, day))
    assert door.show(badge, by=steward, conference=year, at=at).refusal == refusal


def test_halted_conference_lets_nobody_in(year, steward, badge):
    year.status = Conference.Status.POSTPONED
    year.save()
    assert door.show(badge, by=steward, conference=year).refusal == Refusal.HALTED


@pytest.mark.parametrize(("refuses", "refusal"), [(True, Refusal.UNPAID), (False, "")])
def test_unpaid_booking_is_refused_only_if_the_conference_says_so(
    year, steward, place, badge, refuses, refusal
):
    DoorRules.objects.create(conference=year, refuses_unpaid=refuses)
    Line.objects.create(
        booking=place.booking,
        place=place,
        pass_type=place.pass_type,
        description="Visitor pass",
        band="standard",
        amount=20,
        priced_at=build.EARLY,
    )
    Booking.objects.update(payment_method=Booking.Method.INVOICE)
    assert door.show(badge, by=steward, conference=year).refusal == refusal


@pytest.mark.parametrize(
    ("role", "refusal"),
    [
        ("delegate", ""),
        ("youth_delegate", ""),
        ("ex_officio", ""),
        ("carer", ""),
        ("visitor", Refusal.DELEGATES_ONLY),
        ("observer", Refusal.DELEGATES_ONLY),
        ("exhibitor", Refusal.DELEGATES_ONLY),
    ],
)
def test_session_for_delegates_only_admits_by_role(year, steward, badge, business, role, refusal):
    year.pass_types.filter(code="visitor").update(role=role)
    scan = door.show(badge, by=steward, conference=year, session=business)
    assert (scan.refusal, scan.is_first) == (refusal, not refusal)


def test_session_and_entrance_are_counted_apart(year, steward, badge, business):
    business.is_delegates_only = False
    door.show(badge, by=steward, conference=year)
    assert door.show(badge, by=steward, conference=year, session=business).is_first
    at = door.clock_at("11:00")
    assert Credential.objects.inside(at, business).count() == 1


def test_scan_told_late_is_judged_by_when_it_happened(year, steward, place, badge):
    """A phone without a connection let them in at 10:30; the badge was replaced at 10:42."""
    credentials.reissue(by=steward, place=place, at=door.clock_at("10:42"))
    late = door.show(
        badge,
        by=steward,
        conference=year,
        at="11:00",
        scanned_at=door.clock_at("10:30"),
        is_offline=True,
    )
    assert (late.outcome, late.scanned_at) == ("admitted", door.clock_at("10:30"))


def test_scan_from_a_phone_that_is_fast_is_not_in_the_future(year, steward, badge):
    scan = door.show(badge, by=steward, conference=year, scanned_at=door.clock_at("19:00"))
    assert scan.scanned_at == scan.received_at == door.clock_at("10:00")


def test_second_first_time_through_a_door_is_refused_by_the_database(year, steward, badge):
    scan = door.show(badge, by=steward, conference=year)
    scan.pk, scan.nonce = None, uuid.uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        scan.save(force_insert=True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"refusal": "unpaid"},
        {"outcome": "refused"},
        {"credential": None},
        {"direction": "out"},
        {"received_at": door.clock_at("09:00")},
    ],
)
def test_scan_that_contradicts_itself_is_refused_by_the_database(year, steward, badge, wrong):
    door.show(badge, by=steward, conference=year)
    with pytest.raises(IntegrityError), transaction.atomic():
        Scan.objects.update(**wrong)


@pytest.mark.parametrize("reason", Refusal.values)
def test_refusal_is_a_sentence_for_each_reason(reason, badge):
    words = door_words.refusal_in_words(reason, badge, None)
    assert words.endswith((".", "face."))
    assert len(words) < 140


def test_scans_are_deleted_on_the_stated_day(year, steward, badge):
    DoorRules.objects.create(conference=year, scans_kept_days=10)
    door.show(badge, by=steward, conference=year)
    day = dt.date(2016, 9, 21)
    assert scanning.purge(at=door.clock_at("23:59", day - dt.timedelta(days=1))) == 0
    assert scanning.purge(at=door.clock_at("00:00", day)) == 1
    assert Scan.objects.count() == 0


@pytest.mark.parametrize("spoken", [str.lower, lambda code: code.replace("-", " ")])
def test_badge_is_found_by_either_code(badge, spoken):
    assert scanning.badge(spoken(badge.short_code)) == badge
    assert scanning.badge(badge.printed_code) == badge
    assert scanning.badge("K7M4-9XQ3") is None
