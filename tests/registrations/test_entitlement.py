"""What a body may book, and what staff enter and decide about it."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mailing.models import Mail
from members.models import AuditEntry
from registrations import checklist
from registrations import delegations as reading
from registrations.models import (
    Allocation,
    Booking,
    Delegation,
    DelegationRules,
    PassType,
)
from registrations.orders import Paper, PlaceWish
from registrations.services import cancelling, changing, delegations, drafting, entitlement
from tests.registrations import build
from tests.registrations.delegates import (
    allocated,
    answered,
    booked,
    code_of,
    finding,
    standing,
    youth_pass,
)

pytestmark = pytest.mark.django_db
AT = build.EARLY


@pytest.fixture
def cardiff():
    return build.body()


@pytest.fixture
def officer(cardiff):
    return build.officer(cardiff)


# What may be booked


def test_booking_without_allocation_is_limited_by_nothing_as_before(year, cardiff):
    assert booked(year, cardiff, *["Ann"] * 7).places.count() == 7


def test_booking_up_to_the_allocation_is_taken_and_the_next_place_refused(year, cardiff, staff):
    allocated(year, cardiff, 5, by=staff)
    booked(year, cardiff, "Ann", "Ben", "", "Dai")
    booked(year, cardiff, "Eve")
    with pytest.raises(ValidationError) as refusal:
        booked(year, cardiff, "Flo")
    assert code_of(refusal) == "over_allocation"
    assert refusal.value.messages == [
        "Cardiff Party Council has 5 places for delegates, 5 are booked already, you asked for 1 "
        "more. Nothing was booked. Ask for more places on the delegation's page: we decide and "
        "write to you."
    ]
    assert Booking.objects.count() == 2


def test_refusal_where_no_requests_are_taken_says_whom_to_ask(year, cardiff, staff):
    DelegationRules.objects.create(conference=year, beyond="refused")
    allocated(year, cardiff, 1, by=staff)
    with pytest.raises(ValidationError, match=r"Please contact us if that is not right\."):
        booked(year, cardiff, "Ann", "Ben")


def test_missing_allocation_may_mean_no_places(year, cardiff):
    DelegationRules.objects.create(conference=year, without_allocation="none")
    with pytest.raises(ValidationError, match="has no delegates, you asked for 1"):
        booked(year, cardiff, "Ann")


def test_kind_that_was_not_entered_beside_one_that_was_has_no_places(year, cardiff, staff):
    youth = youth_pass(year)
    allocated(year, cardiff, 5, by=staff)
    order = build.order(year, PlaceWish(pass_type=youth), organisation=cardiff)
    with pytest.raises(ValidationError) as refusal:
        build.book(order, at=AT, quoted="40")
    assert code_of(refusal) == "over_allocation"


def test_youth_places_do_not_use_up_the_others(year, cardiff, staff):
    youth = youth_pass(year)
    allocated(year, cardiff, 1, by=staff)
    allocated(year, cardiff, 1, by=staff, kind="youth")
    order = build.order(year, PlaceWish(pass_type=youth), organisation=cardiff)
    build.book(order, at=AT, quoted="40")
    booked(year, cardiff, "Ann")
    assert standing(year, cardiff).facts.used == {"standard": 1, "youth": 1}


@pytest.mark.parametrize("role", ["ex_officio", "observer", "exhibitor", "visitor"])
def test_everybody_else_of_the_body_comes_outside_the_count(year, cardiff, staff, role):
    allocated(year, cardiff, 0, by=staff)
    other = build.visitor_pass(year, code="other", role=PassType.Role(role))
    order = build.order(year, PlaceWish(pass_type=other), organisation=cardiff)
    assert build.book(order, at=AT, quoted="20").places.count() == 1


def test_other_body_and_other_conference_are_counted_by_themselves(year, cardiff, staff):
    allocated(year, cardiff, 1, by=staff)
    booked(year, cardiff, "Ann")
    booked(year, build.body("Leeds Party Council"), "Ben")
    booked(build.year_2016(slug="annual-2017"), cardiff, "Ann")
    assert standing(year, cardiff).in_words == "1 of 1 place used, lead delegate missing"


def test_cancelled_place_can_be_booked_again(year, cardiff, staff):
    allocated(year, cardiff, 1, by=staff)
    cancelling.cancel_booking(by=None, booking=booked(year, cardiff, "Ann"), at=AT)
    assert booked(year, cardiff, "Ben").state == Booking.State.SUBMITTED


def test_draft_beyond_the_allocation_is_kept_and_not_booked(year, cardiff, officer, staff):
    allocated(year, cardiff, 1, by=staff)
    delegate = year.pass_types.get(code="delegate")
    draft = drafting.start_draft(
        by=officer,
        conference=year,
        organisation=cardiff,
        wishes=[PlaceWish(pass_type=delegate)] * 2,
        at=AT,
        key=uuid.uuid4(),
    )
    with pytest.raises(ValidationError) as refusal:
        drafting.submit_draft(
            by=officer,
            booking=draft,
            version=draft.version,
            at=AT,
            quoted=Decimal(180),
            duplicates_accepted=True,
        )
    draft.refresh_from_db()
    assert (code_of(refusal), draft.state) == ("over_allocation", Booking.State.DRAFT)


def test_paper_let_in_late_is_not_let_in_beyond_the_allocation(year, cardiff, staff):
    allocated(year, cardiff, 0, by=staff)
    wish = PlaceWish(pass_type=year.pass_types.get(code="delegate"))
    order = build.order(year, wish, organisation=cardiff)
    paper = Paper(channel="post", override_reason="the post was late")
    with pytest.raises(ValidationError) as refusal:
        build.book(order, at=AT, quoted="90", by=staff, paper=paper, entered_at=AT)
    assert code_of(refusal) == "over_allocation"


def test_visitor_becomes_a_delegate_only_within_the_allocation(year, cardiff, staff):
    allocated(year, cardiff, 1, by=staff)
    visitor = year.pass_types.get(code="visitor")
    delegate = year.pass_types.get(code="delegate")
    order = build.order(year, *[PlaceWish(pass_type=visitor)] * 2, organisation=cardiff)
    first, second = build.book(order, at=AT, quoted="40").places.all()
    facts = {"by": None, "pass_type": delegate, "at": AT, "quoted": Decimal(90)}
    changing.change_pass(place=first, **facts)
    with pytest.raises(ValidationError) as refusal:
        changing.change_pass(place=second, **facts)
    assert code_of(refusal) == "over_allocation"


def test_delegate_pass_for_another_of_the_same_kind_needs_no_more_places(year, cardiff, staff):
    allocated(year, cardiff, 1, by=staff)
    place = booked(year, cardiff, "Ann").places.get()
    door = place.pass_type.deadline
    weekend = PassType.objects.create(
        conference=year, code="w", name="W", role="delegate", sold_to="bodies", deadline=door
    )
    build.band(weekend, "standard", "50", door, 0)
    line = changing.change_pass(by=None, place=place, pass_type=weekend, at=AT, quoted=Decimal(50))
    assert line.pass_type == weekend


# What staff enter and decide


def test_allocating_again_replaces_and_leaves_a_trail(year, cardiff, staff):
    row = allocated(year, cardiff, 5, by=staff)
    allocated(year, cardiff, 5, by=staff)
    allocated(year, cardiff, 3, by=staff)
    assert Allocation.objects.get().places == 3
    entries = AuditEntry.objects.filter(action="delegation.allocated").order_by("pk")
    assert [(entry.before, entry.after["places"]) for entry in entries] == [
        ({}, 5),
        ({"places": 5, "source": "grant letter"}, 3),
    ]
    assert entries[0].object_id == str(row.pk)


def test_allocating_less_than_booked_is_told_and_cancels_nothing(year, cardiff, staff):
    allocated(year, cardiff, 2, by=staff)
    booked(year, cardiff, "Ann", "Ben")
    allocated(year, cardiff, 1, by=staff)
    one = finding(year, cardiff, "places")
    assert (one.level, one.step) == (checklist.Level.BLOCKING, checklist.Step.MORE)
    assert list(reading.over_allocated(reading.counted(Delegation.objects.all()))) == [
        Delegation.objects.get()
    ]


@pytest.mark.parametrize("facts", [{"source": " "}, {"places": 201}, {"places": -1}])
def test_allocation_without_source_or_of_an_impossible_number_is_refused(
    year, cardiff, staff, facts
):
    row = entitlement.of(year, cardiff)
    asked = {"kind": "standard", "places": 2, "source": "grant letter", **facts}
    with pytest.raises(ValidationError):
        delegations.allocate(by=staff, delegation=row, at=AT, **asked)


def asked_for(row, officer, places=2, kind="standard"):
    return delegations.request_more(
        by=officer, delegation=row, kind=kind, places=places, reason="We have grown.", at=AT
    )


def test_request_holds_nothing_and_a_grant_lets_the_body_book(year, cardiff, officer, staff):
    row = allocated(year, cardiff, 1, by=staff)
    booked(year, cardiff, "Ann")
    request = asked_for(row, officer)
    assert asked_for(row, officer, places=9) == request
    with pytest.raises(ValidationError):
        booked(year, cardiff, "Ben")
    delegations.grant(by=staff, request=request, places=1, at=AT, why="One is left.")
    booked(year, cardiff, "Ben")
    with pytest.raises(ValidationError):
        booked(year, cardiff, "Cat")
    assert standing(year, cardiff).in_words == "2 of 2 places used, lead delegate missing"
    mail = Mail.objects.get(key=f"place-request:{request.pk}:granted")
    assert mail.to_address == officer.email
    assert "We have granted 1." in mail.text
    assert "One is left." in mail.text


def test_refused_request_tells_why(year, cardiff, officer, staff):
    request = asked_for(allocated(year, cardiff, 1, by=staff), officer)
    delegations.refuse(by=staff, request=request, why="The hall is full.", at=AT)
    request.refresh_from_db()
    assert (request.state, request.granted, request.decided_by) == ("refused", 0, staff)
    assert "The hall is full." in Mail.objects.get(key=f"place-request:{request.pk}:refused").text


def test_request_decided_twice_stands_as_decided_first(year, cardiff, officer, staff):
    request = asked_for(allocated(year, cardiff, 1, by=staff), officer)
    delegations.grant(by=staff, request=request, places=2, at=AT)
    delegations.grant(by=staff, request=request, places=2, at=AT)
    with pytest.raises(ValidationError) as refusal:
        delegations.refuse(by=staff, request=request, why="No.", at=AT)
    assert code_of(refusal) == "decided"
    assert Mail.objects.filter(key__startswith="place-request:").count() == 1


@pytest.mark.parametrize("places", [0, 3])
def test_grant_of_none_or_of_more_than_asked_is_refused(year, cardiff, officer, staff, places):
    request = asked_for(allocated(year, cardiff, 1, by=staff), officer)
    with pytest.raises(ValidationError, match="Grant between 1 and 2 places"):
        delegations.grant(by=staff, request=request, places=places, at=AT)


def test_refusal_without_a_reason_is_refused(year, cardiff, officer, staff):
    request = asked_for(allocated(year, cardiff, 1, by=staff), officer)
    with pytest.raises(ValidationError, match="Say why"):
        delegations.refuse(by=staff, request=request, why=" ", at=AT)


def test_request_is_not_taken_where_rules_or_time_or_nothing_ask_for_it(
    year, cardiff, officer, staff
):
    row = entitlement.of(year, cardiff)
    with pytest.raises(ValidationError) as unlimited:
        asked_for(row, officer)
    allocated(year, cardiff, 1, by=staff)
    with pytest.raises(ValidationError) as late:
        delegations.request_more(
            by=officer, delegation=row, kind="standard", places=1, reason="x", at=build.CLOSES
        )
    DelegationRules.objects.create(conference=year, beyond="refused")
    with pytest.raises(ValidationError) as refused:
        asked_for(row, officer)
    year.status = "postponed"
    year.save()
    DelegationRules.objects.update(beyond="queued")
    with pytest.raises(ValidationError) as halted:
        asked_for(row, officer)
    codes = [code_of(one) for one in (unlimited, late, refused, halted)]
    assert codes == ["no_limit", "closed", "not_taken", "halted"]


def test_waiver_says_who_and_why_once(year, cardiff, staff):
    row = entitlement.of(year, cardiff)
    facts = {"by": staff, "delegation": row, "rule": "balance", "at": AT}
    first = delegations.waive(reason="A council of two men.", **facts)
    assert delegations.waive(reason="Again.", **facts) == first
    entry = AuditEntry.objects.get(action="delegation.rule-waived")
    assert (entry.actor, entry.reason) == (staff, "A council of two men.")
    assert finding_after_waiver(year, cardiff).is_waived


def finding_after_waiver(year, cardiff):
    for place in booked(year, cardiff, "Ben", "Dai").places.all():
        answered(place, gender="man")
    return finding(year, cardiff, "balance")


def test_waiver_of_nothing_known_is_refused(year, cardiff, staff):
    row = entitlement.of(year, cardiff)
    for facts in ({"rule": "places", "reason": "x"}, {"rule": "balance", "reason": " "}):
        with pytest.raises(ValidationError):
            delegations.waive(by=staff, delegation=row, at=AT, **facts)
