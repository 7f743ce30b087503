"""After whatever happens to a booking: exactly one valid badge for each named place that stands."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from members.models import AuditEntry
from registrations import badge_codes
from registrations.models import Booking, Credential, Place
from registrations.orders import PlaceWish
from registrations.services import cancelling, credentials, naming
from tests.registrations import build, door

pytestmark = pytest.mark.django_db


def valid(booking: Booking) -> dict[str, int]:
    """How many valid badges each place has, by the name on it."""
    return {
        place.name: place.credentials.valid().count()
        for place in booking.places.order_by("position")
    }


def test_booking_submitted_issues_a_badge_for_each_name(booking):
    assert valid(booking) == {"Dai": 1, "": 0}
    badge = Credential.objects.get()
    assert (badge.issued_at, badge.person) == (build.EARLY, 1)
    assert badge_codes.hashed(badge.printed_code) == badge.code_hash


def test_place_named_later_gets_its_badge_then(booking, staff):
    unnamed = booking.places.get(name="")
    naming.name_place(by=staff, place=unnamed, name="Eira", at=build.LATE)
    assert valid(booking) == {"Dai": 1, "Eira": 1}
    assert door.badge_of(unnamed).issued_at == build.LATE


def test_place_cancelled_has_no_badge_any_more(booking, staff):
    dai = booking.places.get(name="Dai")
    cancelling.cancel_place(by=staff, place=dai, at=build.LATE)
    badge = Credential.objects.get()
    assert (badge.voided_at, badge.voided_by, badge.void_reason) == (
        build.LATE,
        staff,
        Credential.Void.CANCELLED,
    )


def test_booking_cancelled_voids_every_badge(booking, staff):
    cancelling.cancel_booking(by=staff, booking=booking, at=build.LATE)
    assert valid(booking) == {"Dai": 0, "": 0}


def test_badge_replaced_is_a_new_one_for_the_same_person(booking, staff):
    dai = booking.places.get(name="Dai")
    old = door.badge_of(dai)
    new = credentials.reissue(by=staff, place=dai, at=build.LATE)
    old.refresh_from_db()
    assert (old.void_reason, old.person, new.person) == (Credential.Void.LOST, 1, 1)
    assert old.code_hash != new.code_hash
    assert old.short_code != new.short_code
    assert AuditEntry.objects.filter(action="badge.replaced").count() == 1


def test_name_corrected_keeps_the_badge(booking, staff):
    dai = booking.places.get(name="Dai")
    old = door.badge_of(dai)
    naming.correct_name(by=staff, place=dai, name="Dai Llŷr", at=build.LATE)
    assert door.badge_of(dai) == old
    assert str(door.badge_of(dai).place) == "Dai Llŷr"


def test_substitute_comes_on_a_badge_of_their_own(booking, staff):
    dai = booking.places.get(name="Dai")
    old = door.badge_of(dai)
    naming.substitute(by=staff, place=dai, name="Bo Second", at=build.LATE)
    old.refresh_from_db()
    assert (old.void_reason, old.voided_at) == (Credential.Void.SUBSTITUTED, build.LATE)
    assert door.badge_of(dai).person == 2


def test_badge_handed_over_belongs_to_the_next_person(booking, staff):
    dai = booking.places.get(name="Dai")
    credentials.hand_over(by=staff, place=dai, at=build.LATE)
    credentials.reissue(by=staff, place=dai, at=build.LATE)
    people = Credential.objects.order_by("pk").values_list("person", "void_reason")
    assert list(people) == [(1, "substituted"), (2, "lost"), (2, "")]


def test_badge_of_a_place_without_a_name_is_refused(booking, staff):
    with pytest.raises(ValidationError, match="Nobody is named"):
        credentials.reissue(by=staff, place=booking.places.get(name=""), at=build.LATE)


def test_badge_of_a_cancelled_place_is_refused(booking, staff):
    dai = booking.places.get(name="Dai")
    cancelling.cancel_place(by=staff, place=dai, at=build.LATE)
    with pytest.raises(ValidationError, match="cancelled"):
        credentials.reissue(by=staff, place=dai, at=build.LATE)


def test_badges_missing_from_before_are_issued_once(year, staff):
    place = door.place_of(year)
    assert credentials.issue_missing(by=staff, conference=year, at=build.LATE) == 1
    assert credentials.issue_missing(by=staff, conference=year, at=build.LATE) == 0
    assert door.badge_of(place).issued_by == staff


def test_second_valid_badge_for_a_place_is_refused_by_the_database(booking):
    dai = booking.places.get(name="Dai")
    with pytest.raises(IntegrityError, match=r"one_valid_a_place|place_id"), transaction.atomic():
        Credential.objects.create(
            place=dai, code_hash="1" * 64, short_code="K7M4-9XQ2", issued_at=build.LATE
        )


def test_void_badge_without_a_reason_is_refused_by_the_database(booking):
    with pytest.raises(IntegrityError, match="void_says_why"), transaction.atomic():
        Credential.objects.update(voided_at=build.LATE)


ACTS = (
    "name",
    "correct",
    "substitute",
    "hand over",
    "replace",
    "cancel place",
    "settle",
    "issue missing",
)


class AnySequence(TestCase):
    """Property: whatever is done, in whatever order, one valid badge a named place that stands."""

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2)), max_size=12))
    def test_any_sequence_leaves_one_valid_badge_a_place_that_stands(self, sequence):
        with transaction.atomic():
            year = build.year_2016()
            delegate = year.pass_types.get(code="delegate")
            wishes = [PlaceWish(pass_type=delegate, name=name) for name in ("Dai", "Eira", "")]
            order = build.order(year, *wishes, organisation=build.body(), payment_method="cheque")
            booking = build.book(order, at=build.EARLY, quoted="270")
            by = build.user("staff@party.example", is_staff=True)
            for number, (act, position) in enumerate(sequence):
                _do(act, booking.places.get(position=position), by, number)
            for place in Place.objects.select_related("booking"):
                stands = place.cancelled_at is None and place.booking.state == "submitted"
                expected = 1 if stands and place.name else 0
                assert place.credentials.valid().count() == expected
            transaction.set_rollback(True)


def _do(act: str, place: Place, by: object, number: int) -> None:
    at = build.LATE + number * build.TICK
    try:
        with transaction.atomic():
            if act == "name":
                naming.name_place(by=by, place=place, name=f"Name {number}", at=at)
            elif act == "correct":
                naming.correct_name(by=by, place=place, name=f"Right {number}", at=at)
            elif act == "substitute":
                naming.substitute(by=by, place=place, name=f"Other {number}", at=at)
            elif act == "hand over":
                if place.cancelled_at is None and place.name:
                    credentials.hand_over(by=by, place=place, at=at)
            elif act == "replace":
                credentials.reissue(by=by, place=place, at=at)
            elif act == "cancel place":
                cancelling.cancel_place(by=by, place=place, at=at)
            elif act == "settle":
                credentials.settle(by=by, booking=place.booking, at=at)
            else:
                conference = place.booking.conference
                credentials.issue_missing(by=by, conference=conference, at=at)
    except ValidationError:
        pass
