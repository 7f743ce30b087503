"""A code for a reduction: a line of its own beside a price that stays, used once, given back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from events.calendar import end_of_day
from members.roles import Role
from registrations import books
from registrations.models import CodeUse, Line
from registrations.services import cancelling, changing, invoicing, reductions
from tests.factories import make_staff, sign_in
from tests.registrations import billing, build, giving
from tests.registrations.walking import get, post

pytestmark = pytest.mark.django_db
AT = build.EARLY


@pytest.fixture
def place(booking):
    """Dai's, at £90, with the dinner at £45."""
    made = booking.places.first()
    dinner = booking.conference.extras.get()
    changing.add_extra(by=None, place=made, extra=dinner, at=AT, quoted=Decimal(45))
    return made


def used(place, typed, *, by=None, at=AT) -> CodeUse:
    found = reductions.quote(place=place, typed=typed, at=at)
    return reductions.use_code(by=by, place=place, typed=typed, quoted=found.total, at=at)


def code_of(refused) -> str:
    return refused.value.code


@pytest.mark.parametrize(
    ("gift", "off"),
    [
        ({"granted": "100"}, ["-90.00", "-10.00"]),
        ({"granted": "500"}, ["-90.00", "-45.00"]),
        ({"granted": "1", "percent": Decimal("33.33")}, ["-30.00", "-15.00"]),
    ],
)
def test_amount_or_share_comes_off_as_lines_and_prices_stay(year, place, staff, gift, off):
    use = used(place, giving.give(year, staff, **gift))
    assert [line.amount for line in use.lines.order_by("pk")] == [Decimal(one) for one in off]
    assert [line.amount for line in place.lines.filter(use=None).order_by("pk")] == [90, 45]
    assert place.booking.total == Decimal(225) + sum(map(Decimal, off))


def test_code_is_good_for_named_things_only(year, place, staff):
    typed = giving.give(year, staff, pass_types=[], extras=list(year.extras.all()))
    assert [line.reduces.extra for line in used(place, typed).lines.all()] == [year.extras.get()]
    unnamed = place.booking.places.last()
    other = giving.give(year, staff, email="b@p.example", pass_types=[])
    with pytest.raises(ValidationError, match="Conference dinner") as refused:
        reductions.quote(place=unnamed, typed=other, at=AT)
    assert code_of(refused) == "nothing"


def test_code_is_typed_in_any_case_kept_as_a_hash_and_used_once(year, place, staff):
    typed = giving.give(year, staff)
    assert typed.replace("-", "") not in giving.code_row().code_hash.upper()
    use = used(place, typed.lower().replace("-", " "))
    again = {"by": None, "place": place, "typed": typed, "at": AT}
    assert reductions.use_code(quoted=Decimal(90), **again) == use
    with pytest.raises(ValidationError) as refused:
        used(place.booking.places.last(), typed)
    assert code_of(refused) == "unknown"


def test_code_is_for_its_conference_and_its_time(year, place, staff):
    typed = giving.give(year, staff)
    with pytest.raises(ValidationError):
        used(place, typed, at=end_of_day(year.ends_on))
    other = build.year_2016(slug="annual-2017")
    theirs = build.order(
        other, build.PlaceWish(pass_type=other.pass_types.get()), organisation=build.body("Leeds")
    )
    with pytest.raises(ValidationError) as refused:
        used(build.book(theirs, at=AT, quoted="90").places.get(), typed)
    assert code_of(refused) == "unknown"


def test_what_the_page_showed_is_what_comes_off(year, place, staff):
    typed = giving.give(year, staff, granted="100")
    with pytest.raises(ValidationError) as refused:
        reductions.use_code(by=None, place=place, typed=typed, quoted=Decimal(90), at=AT)
    assert code_of(refused) == "price_changed"


def test_cancelling_keeps_of_the_reduction_what_it_keeps_of_the_price(year, place, staff):
    billing.periods(year, ("early_price", "50"))
    used(place, giving.give(year, staff, granted="135"))
    cancelling.cancel_place(by=None, place=place, at=AT, quoted=Decimal(0))
    kept = Line.objects.filter(place=place).order_by("pk").values_list("kept", flat=True)
    assert list(kept) == [45, Decimal("22.50"), -45, Decimal("-22.50")]
    assert place.booking.total == 90


def test_extra_taken_off_takes_its_reduction_along(year, place, staff):
    used(place, giving.give(year, staff, granted="135"))
    changing.remove_extra(by=None, line=place.lines.get(extra__isnull=False), at=AT)
    assert place.booking.total == 90


def test_code_given_back_is_charged_again_and_can_be_used_again(year, place, staff):
    typed = giving.give(year, staff)
    first = used(place, typed)
    give = {"by": staff, "code": giving.code_row(), "reason": "wrong person", "at": AT}
    reductions.give_back(**give)
    reductions.give_back(**give)
    assert place.booking.total == 225
    cancelling.cancel_booking(by=None, booking=place.booking, at=AT)
    assert used(build_another(year), typed) != first


def build_another(year):
    delegate = year.pass_types.get(code="delegate")
    wish = build.PlaceWish(pass_type=delegate, name="Eve")
    order = build.order(year, wish, organisation=build.body("Leeds Party Council"))
    return build.book(order, at=AT, quoted="90").places.get()


def test_pass_with_a_reduction_is_not_changed_before_the_code_is_given_back(year, place, staff):
    used(place, giving.give(year, staff))
    with pytest.raises(ValidationError) as refused:
        changing.quote_pass(place=place, pass_type=year.pass_types.get(code="visitor"), at=AT)
    assert code_of(refused) == "reduced"


def test_invoice_bills_what_is_left_and_the_books_have_a_code_of_their_own(year, place, staff):
    billing.terms(year)
    year.pass_types.update(nominal_code="4000")
    used(place, giving.give(year, staff, granted="100", nominal_code="7300"))
    invoice = invoicing.issue_invoice(by=staff, booking=place.booking, at=AT)
    assert invoice.gross == place.booking.total == 125
    assert "less a reduction of £10.00" in invoice.lines.get(price=35).description
    sums = {code: amount for _, _, code, amount in books.by_code(year)}
    assert (sums["4000"], sums["7300"]) == (180, -100)
    assert invoicing.unbilled(place.booking) == invoicing.outdated(place.booking) == []


def test_code_used_after_the_invoice_makes_the_invoice_out_of_date(year, place, staff):
    billing.terms(year)
    first = invoicing.issue_invoice(by=staff, booking=place.booking, at=AT)
    used(place, giving.give(year, staff))
    credit, fresh = invoicing.settle(by=staff, booking=place.booking, at=AT)
    assert (credit.credits, fresh.gross) == (first, 135)


def test_officer_types_a_code_sees_what_comes_off_and_no_reason(client, year, place, staff):
    sign_in(client, build.officer(place.booking.organisation))
    url = reverse("registrations:reduction", args=[place.booking.reference])
    assert url in get(client, place.booking.get_absolute_url()).content.decode()
    data = {"place": place.pk, "code": "AAAA-BBBB-CCCC-DDDD"}
    assert "not one that can be used" in post(client, url, data).content.decode()
    data["code"] = giving.give(year, staff)
    asked = post(client, url, data)
    assert "Take £90.00 off?" in asked.content.decode()
    assert CodeUse.objects.count() == 0
    post(client, url, data | {"quoted": "90.00"})
    shown = get(client, place.booking.get_absolute_url()).content.decode()
    assert "\N{MINUS SIGN}£90.00" in shown
    assert "train" not in shown


def test_days_of_a_code_end_with_the_conference(year, staff):
    giving.give(year, staff)
    assert giving.code_row().expires_at == end_of_day(dt.date(2016, 9, 11))


def test_staff_type_a_code_for_somebody_and_see_no_reason(client, year, place, staff):
    sign_in(client, make_staff(Role.REGISTRATIONS_OFFICER))
    url = reverse("admin:registrations_booking_place_code", args=[place.booking_id, place.pk])
    typed = giving.give(year, staff)
    asked = post(client, url, {"code": typed})
    assert asked.context["facts"] == [("Delegate pass", "£90.00 comes off")]
    post(client, url, {"code": typed, "quoted": "90.00"})
    assert place.booking.total == 135
