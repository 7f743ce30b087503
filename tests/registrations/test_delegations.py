"""Entitlement: a place beyond it is never silently accepted; what staff decide; who leads."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from members.models import AuditEntry
from members.services.retention import enforce
from registrations import delegations as reading
from registrations.models import (
    DelegateLink,
    Delegation,
    DelegationRules,
    Particulars,
)
from registrations.orders import PlaceWish
from registrations.services import cancelling, delegations, entitlement, naming
from tests.factories import make_member
from tests.registrations import build
from tests.registrations.delegates import answered, booked, code_of, finding, standing

pytestmark = pytest.mark.django_db
AT = build.EARLY


@pytest.fixture
def cardiff():
    return build.body()


@pytest.fixture
def officer(cardiff):
    return build.officer(cardiff)


# Who leads


def test_lead_is_a_named_delegate_of_the_body(year, cardiff, officer):
    named, unnamed = booked(year, cardiff, "Ann", "").places.all()
    row = entitlement.of(year, cardiff)
    delegations.name_lead(by=officer, delegation=row, place=named, at=AT)
    delegations.name_lead(by=officer, delegation=row, place=named, at=AT)
    assert standing(year, cardiff).facts.has_lead
    assert AuditEntry.objects.filter(action="delegation.lead-named").count() == 1
    leeds = booked(year, build.body("Leeds Party Council"), "Ben").places.get()
    for place, code in ((unnamed, "unnamed"), (leeds, "invalid")):
        with pytest.raises(ValidationError) as refusal:
            delegations.name_lead(by=officer, delegation=row, place=place, at=AT)
        assert code_of(refusal) == code


def test_visitor_of_the_body_cannot_lead(year, cardiff, officer):
    wish = PlaceWish(pass_type=year.pass_types.get(code="visitor"), name="Vi")
    place = build.book(
        build.order(year, wish, organisation=cardiff), at=AT, quoted="20"
    ).places.get()
    with pytest.raises(ValidationError, match="one of the delegates"):
        delegations.name_lead(
            by=officer, delegation=entitlement.of(year, cardiff), place=place, at=AT
        )


@pytest.mark.parametrize("how", ["place", "booking", "substitute"])
def test_lead_particulars_and_link_end_with_the_person(year, cardiff, officer, how):
    booking = booked(year, cardiff, "Ann", "Ben")
    place = booking.places.first()
    delegations.name_lead(by=officer, delegation=entitlement.of(year, cardiff), place=place, at=AT)
    answered(place, gender="woman")
    linked(place)
    if how == "place":
        cancelling.cancel_place(by=officer, place=place, at=AT)
    elif how == "booking":
        cancelling.cancel_booking(by=officer, booking=booking, at=AT)
    else:
        naming.substitute(by=officer, place=place, name="Cat", at=AT)
    left = (
        Particulars.objects.count(),
        DelegateLink.objects.count(),
        Delegation.objects.get().lead,
    )
    assert left == (0, 0, None)


def linked(place):
    return DelegateLink.objects.create(
        place=place,
        address=place.email,
        key_hash="0" * 64,
        created_at=AT,
        expires_at=AT + dt.timedelta(days=30),
    )


@pytest.mark.parametrize(("email", "links"), [("ann@people.example", 1), ("an@people.example", 0)])
def test_correction_keeps_the_answers_and_ends_links_to_a_wrong_address(
    year, cardiff, officer, email, links
):
    place = booked(year, cardiff, "Ann").places.get()
    answered(place)
    linked(place)
    naming.correct_name(by=officer, place=place, name="Anne", email=email, at=AT)
    assert (Particulars.objects.count(), DelegateLink.objects.count()) == (1, links)


def test_particulars_are_deleted_on_their_day(year, cardiff):
    answered(booked(year, cardiff, "Ann").places.get())
    enforce(at=dt.datetime(2016, 10, 10, 22, 59, tzinfo=dt.UTC))
    assert Particulars.objects.count() == 1
    enforce(at=dt.datetime(2016, 10, 10, 23, 0, tzinfo=dt.UTC))
    assert Particulars.objects.count() == 0


# What is read for the checklist


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"standing": "full"}, "ok"),
        ({"standing": "lapsed"}, "warning"),
        ({"standing": "full", "lapsed_on": dt.date(2016, 9, 9)}, "warning"),
        ({"standing": "full", "lapsed_on": dt.date(2016, 9, 10)}, "ok"),
        ({"standing": "provisional", "joined_on": dt.date(2016, 6, 10)}, "warning"),
        ({"standing": "provisional", "joined_on": dt.date(2016, 6, 9)}, "ok"),
        ({"standing": "provisional", "joined_on": None}, "warning"),
    ],
)
def test_membership_is_judged_on_the_first_day_by_the_register(year, cardiff, facts, level):
    booked(year, cardiff, "Ann")
    make_member(email="ann@people.example", **facts)
    assert finding(year, cardiff, "membership").level == level


def test_membership_is_judged_on_the_day_that_staff_choose(year, cardiff):
    DelegationRules.objects.create(conference=year, membership_on=dt.date(2016, 5, 1))
    booked(year, cardiff, "Ann")
    make_member(email="ann@people.example", joined_on=dt.date(2016, 3, 1), standing="provisional")
    assert finding(year, cardiff, "membership").level == "warning"


def test_address_that_two_members_share_tells_nothing_of_either(year, cardiff):
    booked(year, cardiff, "Ann")
    for _ in range(2):
        make_member(email="ann@people.example", standing="lapsed")
    assert finding(year, cardiff, "membership").level == "with_us"


def test_same_address_in_two_delegations_is_seen_by_both(year, cardiff):
    leeds = build.body("Leeds Party Council")
    booked(year, cardiff, "Ann")
    booked(year, leeds, "Ann", "Ben")
    assert [finding(year, body, "twice").level for body in (cardiff, leeds)] == ["blocking"] * 2
    booked(build.year_2016(slug="annual-2017"), cardiff, "Ben")
    sentence = finding(year, leeds, "twice").sentence
    assert sentence.startswith("1 of your delegates is in another body's delegation too.")


@pytest.mark.parametrize(
    ("genders", "odd", "seen"),
    [
        ("wm", True, False),
        ("ww", True, True),
        ("wwm", True, False),
        ("wwm", False, True),
        ("www", True, True),
        ("mm??", True, False),
        ("mmm?", True, True),
        ("w", True, False),
    ],
)
def test_staffs_list_and_checklist_agree_on_balance(year, cardiff, genders, odd, seen):
    DelegationRules.objects.create(conference=year, odd_may_differ=odd)
    words = {"w": "woman", "m": "man"}
    booking = booked(year, cardiff, *["Ann"] * len(genders))
    for place, one in zip(booking.places.all(), genders, strict=True):
        if one in words:
            answered(place, gender=words[one])
    rows = reading.unbalanced(reading.counted(Delegation.objects.all()))
    told = [one for one in standing(year, cardiff).findings if one.code == "balance"]
    assert (rows.exists(), any(one.level == "warning" for one in told)) == (seen, seen)
