"""A carer's place: bound to a person's, at no charge, and no place of the delegation."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from members.roles import Role
from registrations import badges
from registrations.models import Booking, PassType, Place
from registrations.orders import PlaceWish
from registrations.services import cancelling, carers, changing, delegations, entitlement, naming
from registrations.services.submitting import require_sense
from tests.factories import make_staff, sign_in
from tests.registrations import build
from tests.registrations.walking import get, post

pytestmark = pytest.mark.django_db
AT = build.EARLY


@pytest.fixture
def carer(year):
    """A carer's pass with a price that nobody pays."""
    facts = {"role": PassType.Role.CARER, "code": "carer", "name": "Personal assistant"}
    return build.visitor_pass(year, amount="50", **facts)


@pytest.fixture
def cardiff():
    return build.body()


def supported(year, cardiff, carer, *, extras=(), quoted="90"):
    """A delegate and their assistant, booked together."""
    delegate = year.pass_types.get(code="delegate")
    wishes = [
        PlaceWish(pass_type=delegate, name="Dai"),
        PlaceWish(pass_type=carer, name="Mair", extras=extras, comes_with=0),
    ]
    return build.book(build.order(year, *wishes, organisation=cardiff), at=AT, quoted=quoted)


def active(booking) -> list[str]:
    return [row.name for row in booking.places.filter(cancelled_at__isnull=True)]


def code_of(refused) -> str:
    return refused.value.code


def test_carer_costs_nothing_whatever_the_band_and_is_bound(year, cardiff, carer, staff):
    row = entitlement.of(year, cardiff)
    delegations.allocate(
        by=staff, delegation=row, kind="standard", places=1, source="grant letter", at=AT
    )
    dai, mair = supported(year, cardiff, carer).places.all()
    assert (mair.comes_with, mair.costs, dai.comes_with) == (dai, Decimal("0.00"), None)
    assert [line.band for line in mair.lines.all()] == ["no charge"]
    assert entitlement.used(row)["standard"] == 1


@pytest.mark.parametrize(("is_free", "quoted"), [(False, "135"), (True, "90")])
def test_dinner_of_a_carer_is_paid_unless_it_is_free_for_carers(
    year, cardiff, carer, is_free, quoted
):
    year.extras.update(is_free_for_carers=is_free)
    booking = supported(year, cardiff, carer, extras=(year.extras.get(),), quoted=quoted)
    assert booking.total == Decimal(quoted)


def test_dinner_free_for_carers_is_added_later_for_nothing_to_the_carer_alone(year, cardiff, carer):
    year.extras.update(is_free_for_carers=True)
    dai, mair = supported(year, cardiff, carer).places.all()
    dinner = year.extras.get()
    line = changing.add_extra(by=None, place=mair, extra=dinner, at=AT, quoted=Decimal(0))
    assert line.amount == 0
    with pytest.raises(ValidationError, match="45"):
        changing.add_extra(by=None, place=dai, extra=dinner, at=AT, quoted=Decimal(0))


@pytest.mark.parametrize("comes_with", [None, 0, 7])
def test_carer_of_nobody_is_refused(year, cardiff, carer, comes_with):
    wish = PlaceWish(pass_type=carer, comes_with=comes_with)
    with pytest.raises(ValidationError) as refused:
        require_sense(build.order(year, wish, organisation=cardiff))
    assert code_of(refused) == "alone"


def test_cancelling_the_person_cancels_the_carer_and_the_last_two_the_booking(year, cardiff, carer):
    booking = supported(year, cardiff, carer)
    dai, _ = booking.places.all()
    delegate = year.pass_types.get(code="delegate")
    lone = build.order(year, PlaceWish(pass_type=delegate, name="Eve"), organisation=cardiff)
    build.book(lone, at=AT, quoted="90")
    cancelling.cancel_place(by=None, place=dai, at=AT, quoted=Decimal(90))
    booking.refresh_from_db()
    assert (active(booking), booking.state) == ([], Booking.State.CANCELLED)


@pytest.mark.parametrize(("stay", "names"), [(False, ["Eve"]), (True, ["Eve", "Mair"])])
def test_substitution_keeps_the_carer_only_when_the_new_person_does(
    year, cardiff, carer, stay, names
):
    booking = supported(year, cardiff, carer)
    dai, mair = booking.places.all()
    naming.substitute(by=None, place=dai, name="Eve", at=AT, carers_stay=stay)
    assert active(booking) == names
    assert mair.credentials.valid().count() == int(stay)


def test_carer_does_not_become_another_pass_nor_another_pass_a_carers(year, cardiff, carer):
    dai, mair = supported(year, cardiff, carer).places.all()
    for place, other in ((mair, dai.pass_type), (dai, carer)):
        with pytest.raises(ValidationError) as refused:
            changing.quote_pass(place=place, pass_type=other, at=AT)
        assert code_of(refused) == "carer"


def test_staff_add_a_carer_once_after_the_doors_have_closed(booking, carer, staff):
    dai = booking.places.first()
    given = {"by": staff, "place": dai, "pass_type": carer, "name": "Mair", "at": build.CLOSES}
    added = carers.add_carer(**given)
    assert carers.add_carer(**given) == added
    assert (added.comes_with, booking.total) == (dai, Decimal(180))
    with pytest.raises(ValidationError) as refused:
        carers.add_carer(**{**given, "place": added})
    assert code_of(refused) == "carer"


def test_badge_says_what_a_carer_is_in_its_own_colour(year, cardiff, carer):
    badge = supported(year, cardiff, carer).places.last().credentials.get()
    printed = badges._badge(badge, "code")
    assert (printed["role"], printed["kind"]) == ("Personal assistant", "carer")


def test_officer_books_a_carer_in_the_persons_panel_and_finds_them_again(
    client, year, cardiff, carer
):
    sign_in(client, build.officer(cardiff))
    delegate = year.pass_types.get(code="delegate")
    start = reverse("registrations:body", args=[year.slug, cardiff.slug])
    assert "Personal assistant" not in get(client, start).content.decode()
    post(client, start, {f"number_{delegate.pk}": 1, "key": str(uuid.uuid4())})
    draft = Booking.objects.get()
    typed = {
        "places-TOTAL_FORMS": 1,
        "places-INITIAL_FORMS": 1,
        "places-0-pass_type": delegate.pk,
        "places-0-name": "Dai",
        "places-0-carer_name": "Mair",
        "version": draft.version,
        "do": "next",
    }
    url = reverse("registrations:draft_places", args=[draft.reference])
    assert "Say whether a carer comes" in post(client, url, typed).content.decode()
    post(client, url, typed | {"places-0-carer": carer.pk})
    assert [(p.name, p.comes_with_id and p.comes_with.name) for p in Place.objects.all()] == [
        ("Dai", None),
        ("Mair", "Dai"),
    ]
    (panel,) = get(client, url).context["formset"]
    assert panel["carer_name"].value() == "Mair"
    review = get(client, reverse("registrations:draft_review", args=[draft.reference]))
    assert "Comes with Dai" in review.content.decode()


def test_member_books_themself_with_an_assistant(client, year, carer):
    visitor = year.pass_types.get(code="visitor")
    url = reverse("registrations:myself", args=[year.slug])
    typed = {
        "pass_type": visitor.pk,
        "name": "Ann",
        "email": "ann@people.example",
        "carer": carer.pk,
        "payment_method": "invoice",
        "key": str(uuid.uuid4()),
    }
    review = post(client, url, typed | {"step": "review"})
    assert "Comes with you" in review.content.decode()
    post(client, url, typed | {"step": "confirm", "quoted": review.context["quote"].total})
    ann, assistant = Place.objects.all()
    assert (assistant.comes_with, str(assistant)) == (ann, "name not yet known")


@pytest.mark.parametrize("role", [Role.REGISTRATIONS_OFFICER, Role.ACCESS_OFFICER])
def test_staff_add_a_carer_on_the_bookings_page(client, booking, carer, role):
    sign_in(client, make_staff(role))
    place = booking.places.first()
    shown = get(client, reverse("admin:registrations_booking_change", args=[booking.pk]))
    url = reverse("admin:registrations_booking_place_carer", args=[booking.pk, place.pk])
    assert url in shown.content.decode()
    assert get(client, url).status_code == 200
    post(client, url, {"pass_type": carer.pk, "name": "Mair", "email": ""})
    assert place.carers.get().name == "Mair"
