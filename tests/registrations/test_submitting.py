"""Booking: the price that was shown is the price charged, and the door judges by the arrival."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from events.models import DeadlineChange
from mailing.models import Mail
from members.models import AuditEntry
from registrations.models import Booking, Line, Place, PlaceNeeds
from registrations.orders import PlaceWish
from registrations.services import submitting
from tests.registrations import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return build.year_2016()


@pytest.fixture
def cardiff():
    return build.body()


def delegate(year, *, dinner=False, **fields):
    extras = (year.extras.get(),) if dinner else ()
    return PlaceWish(pass_type=year.pass_types.get(code="delegate"), extras=extras, **fields)


@pytest.mark.parametrize(
    ("at", "without", "with_dinner"),
    [
        (build.EARLY_ENDS - build.TICK, "90", "135"),
        (build.EARLY_ENDS, "110", "155"),
        (build.CLOSES - build.TICK, "110", "155"),
    ],
)
def test_delegate_either_side_of_midnight_costs_what_2016_published(
    year, cardiff, at, without, with_dinner
):
    plain = build.order(year, delegate(year), organisation=cardiff)
    dined = build.order(year, delegate(year, dinner=True), organisation=cardiff)
    assert build.book(plain, at=at, quoted=without).total == Decimal(without)
    assert build.book(dined, at=at, quoted=with_dinner).total == Decimal(with_dinner)


def test_delegate_after_22_august_is_refused_with_the_date(year, cardiff):
    order = build.order(year, delegate(year), organisation=cardiff)
    with pytest.raises(ValidationError) as refused:
        build.book(order, at=build.CLOSES, quoted="110")
    assert refused.value.messages == [
        "Delegate registration closed at the end of Monday 22 August 2016 (UK time)."
    ]
    assert Booking.objects.count() == 0


def test_early_price_extended_for_one_body_is_kept_by_that_body_only(year, cardiff):
    other = build.body("Leeds Party Council")
    early = year.deadlines.get(kind="early_price")
    DeadlineChange.objects.create(
        deadline=early,
        organisation=cardiff,
        closes_on=dt.date(2016, 7, 8),
        reason="post was late",
        changed_by=build.user("staff@party.example"),
        changed_at=build.EARLY,
    )
    at = build.EARLY_ENDS + dt.timedelta(days=3)
    mine = submitting.quote(order=build.order(year, delegate(year), organisation=cardiff), at=at)
    theirs = submitting.quote(order=build.order(year, delegate(year), organisation=other), at=at)
    assert (mine.total, theirs.total) == (90, 110)


def test_old_form_posted_after_the_price_changed_is_refused_with_the_new_price(year, cardiff):
    order = build.order(year, delegate(year), organisation=cardiff)
    with pytest.raises(ValidationError) as refused:
        build.book(order, at=build.EARLY_ENDS, quoted="90")
    assert refused.value.code == "price_changed"
    assert "£110.00, not £90" in refused.value.messages[0]


def test_booking_stores_band_and_instant_on_each_line(year, cardiff):
    order = build.order(year, delegate(year, dinner=True), organisation=cardiff)
    booking = build.book(order, at=build.EARLY, quoted="135")
    lines = list(booking.lines.values_list("description", "band", "amount", "priced_at"))
    assert lines == [
        ("Delegate pass", "early", Decimal("90.00"), build.EARLY),
        ("Conference dinner", "early and standard", Decimal("45.00"), build.EARLY),
    ]


def test_booking_leaves_one_audit_entry_and_one_receipt_with_its_link(year, cardiff):
    booking = build.book(
        build.order(year, delegate(year), organisation=cardiff), at=build.EARLY, quoted="90"
    )
    entry = AuditEntry.objects.get(action="booking.submitted")
    mail = Mail.objects.get()
    assert (entry.organisation, entry.after["total"]) == (cardiff, "90.00")
    assert mail.to_address == "ann@people.example"
    assert booking.reference in mail.subject
    assert "/booking/" in mail.text
    assert "£90.00" in mail.text


def test_same_form_twenty_times_is_one_booking_and_one_answer(year, cardiff):
    order = build.order(year, delegate(year), organisation=cardiff)
    key = uuid.uuid4()
    answers = {build.book(order, at=build.EARLY, quoted="90", key=key).pk for _ in range(20)}
    assert len(answers) == 1
    assert (Booking.objects.count(), Place.objects.count(), Mail.objects.count()) == (1, 1, 1)


def test_same_form_again_after_the_door_closed_still_answers_with_its_booking(year, cardiff):
    order = build.order(year, delegate(year), organisation=cardiff)
    key = uuid.uuid4()
    first = build.book(order, at=build.EARLY, quoted="90", key=key)
    assert build.book(order, at=build.CLOSES, quoted="90", key=key) == first


def test_same_key_with_another_contact_is_refused(year, cardiff):
    key = uuid.uuid4()
    order = build.order(year, delegate(year), organisation=cardiff)
    build.book(order, at=build.EARLY, quoted="90", key=key)
    other = build.order(
        year, delegate(year), organisation=cardiff, contact_email="eve@people.example"
    )
    with pytest.raises(ValidationError, match="already used"):
        build.book(other, at=build.EARLY, quoted="90", key=key)


def test_delegate_pass_for_oneself_is_refused(year):
    with pytest.raises(ValidationError, match="officers of a party council"):
        build.book(build.order(year, delegate(year)), at=build.EARLY, quoted="90")


def test_members_pass_without_a_membership_is_refused(year):
    build.visitor_pass(year, sold_to="members")
    wish = PlaceWish(pass_type=year.pass_types.get(code="visitor"))
    with pytest.raises(ValidationError, match="for members of the Co-operative Party"):
        build.book(build.order(year, wish), at=build.EARLY, quoted="20")


def test_pass_of_another_conference_is_refused(year, cardiff):
    other = build.conference("agm-2016", title="AGM 2016")
    with pytest.raises(ValidationError, match="another conference"):
        build.book(
            build.order(other, delegate(year), organisation=cardiff), at=build.EARLY, quoted="90"
        )


def test_postponed_conference_sells_nothing(year, cardiff):
    year.status = "postponed"
    year.save()
    with pytest.raises(ValidationError, match="postponed"):
        build.book(
            build.order(year, delegate(year), organisation=cardiff), at=build.EARLY, quoted="90"
        )


def test_last_place_is_sold_and_the_next_is_refused_politely(year):
    build.visitor_pass(year, capacity=1)
    wish = PlaceWish(pass_type=year.pass_types.get(code="visitor"))
    build.book(build.order(year, wish), at=build.EARLY, quoted="20")
    with pytest.raises(ValidationError, match="is sold out: the last place went"):
        build.book(build.order(year, wish), at=build.EARLY, quoted="20")
    assert Line.objects.holding().count() == 1


def test_more_places_than_are_left_says_how_many_are(year):
    build.visitor_pass(year, capacity=2)
    wish = PlaceWish(pass_type=year.pass_types.get(code="visitor"))
    with pytest.raises(ValidationError, match="you asked for 3, but only 2 are left"):
        build.book(build.order(year, wish, wish, wish), at=build.EARLY, quoted="60")


def test_free_booking_has_nothing_to_pay(year):
    build.visitor_pass(year, amount="0")
    wish = PlaceWish(pass_type=year.pass_types.get(code="visitor"))
    booking = build.book(build.order(year, wish), at=build.EARLY, quoted="0")
    assert (booking.payment_method, booking.balance) == ("free", 0)


def test_unnamed_place_is_legitimate_and_counted(year, cardiff):
    order = build.order(year, delegate(year), delegate(year, name="Dai"), organisation=cardiff)
    build.book(order, at=build.EARLY, quoted="180")
    assert Place.objects.unnamed().count() == 1
    assert Booking.objects.with_unnamed_places().count() == 1


def test_needs_are_kept_apart_with_the_day_they_are_deleted(year, cardiff):
    wish = delegate(year, name="Dai", access="step-free room", dietary="vegan")
    build.book(build.order(year, wish, organisation=cardiff), at=build.EARLY, quoted="90")
    needs = PlaceNeeds.objects.get()
    assert (needs.access, needs.dietary) == ("step-free room", "vegan")
    assert needs.purge_on == dt.date(2016, 10, 11)
    assert "vegan" not in Mail.objects.get().text
    assert "vegan" not in str(AuditEntry.objects.values())


def test_empty_order_is_refused(year):
    with pytest.raises(ValidationError, match="at least one place"):
        build.book(build.order(year), at=build.EARLY, quoted="0")


def test_extension_for_one_body_lets_it_book_after_the_door_closed(year, staff):
    body = build.body("Leeds Party Council")
    DeadlineChange.objects.create(
        deadline=year.deadlines.get(kind="delegate_registration"),
        organisation=body,
        closes_on=dt.date(2016, 8, 25),
        reason="illness",
        changed_by=staff,
        changed_at=build.CLOSES,
    )
    wish = PlaceWish(pass_type=year.pass_types.get(code="delegate"))
    made = build.book(
        build.order(year, wish, organisation=body),
        at=build.CLOSES + dt.timedelta(days=1),
        quoted="110",
    )
    assert made.lines.get().band == "standard"
