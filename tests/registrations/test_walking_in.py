"""Walk-ins: the pass of the door's rules at today's price, what was taken, and one press to let in."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from events.models import LayAppointment
from mailing.models import Mail
from members.models import AuditEntry
from registrations import takings
from registrations.models import Booking, Credential, DoorRules, Payment, Scan
from registrations.services import walking_in
from registrations.services.walking_in import Visitor
from tests.factories import make_appointment, make_member, make_user, sign_in
from tests.registrations import build, door

pytestmark = pytest.mark.django_db
URL = "/conferences/annual-2016/door/walk-in/"
NOON = door.clock_at("12:00")


@pytest.fixture
def sold(year):
    """A day visitor's pass at £25, sold until the end of the conference, two in all."""
    closes = build.deadline(
        year, "other", dt.date(2016, 9, 11), name="Passes at the door", audience="everybody"
    )
    made = year.pass_types.get(code="visitor")
    made.deadline, made.capacity, made.name = closes, 2, "Visitor pass"
    made.save()
    made.bands.update(until=closes, amount=Decimal(25))
    DoorRules.objects.create(conference=year, walk_in_pass=made)
    return made


@pytest.fixture
def steward(year):
    person = make_user("mona@people.example", name="Mona Haddad")
    make_appointment(person, year, LayAppointment.Task.STEWARD)
    return person


def come(year, by, name="Wanda Walker", *, at=NOON, method="cash", quoted="25", **fields):
    visitor = Visitor(name=name, email=fields.pop("email", ""), member=fields.pop("member", None))
    facts = {"method": method, "quoted": Decimal(quoted), "key": uuid.uuid4()}
    return walking_in.walk_in(by=by, conference=year, visitor=visitor, at=at, **{**facts, **fields})


def refused(*args, **kwargs):
    with pytest.raises(ValidationError) as refusal:
        come(*args, **kwargs)
    return getattr(refusal.value, "code", None) or refusal.value.error_list[0].code


@pytest.mark.parametrize(("method", "owing"), [("cash", 0), ("card", 0), ("invoice", 25)])
def test_walk_in_is_booked_with_what_was_taken_and_a_badge(year, sold, steward, method, owing):
    booking = come(year, steward, method=method, email="Wanda@People.example")
    assert (booking.channel, booking.payment_method) == ("door", method)
    assert (booking.entered_by, booking.contact_email) == (steward, "wanda@people.example")
    assert booking.balance == owing
    assert list(booking.payments.values_list("method", "recorded_by")) == (
        [] if owing else [(method, steward.pk)]
    )
    assert Credential.objects.valid().filter(place__booking=booking).count() == 1
    (mail,) = Mail.objects.all()
    assert ("We will send an invoice" in mail.text) == bool(owing)
    assert ("We have received £25.00" in mail.text) == (not owing)
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"booking.entered"} | ({"payment.recorded"} if not owing else set()) <= actions


def test_walk_in_without_an_address_gets_no_mail(year, sold, steward):
    come(year, steward)
    assert not Mail.objects.exists()


def test_same_form_twice_is_one_booking_and_one_payment(year, sold, steward):
    key = uuid.uuid4()
    rows = [come(year, steward, key=key, email="wanda@people.example") for _ in range(3)]
    assert len({row.pk for row in rows}) == 1
    assert (Payment.objects.count(), Mail.objects.count()) == (1, 1)
    assert refused(year, make_user("other@people.example"), key=key) == "used"


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (door.clock_at("12:00", dt.date(2016, 9, 8)), "not_today"),
        (door.clock_at("23:59", dt.date(2016, 9, 11)), None),
        (door.clock_at("00:00", dt.date(2016, 9, 12)), "not_today"),
    ],
)
def test_people_are_booked_in_on_the_days_of_the_conference(year, sold, steward, at, code):
    assert (refused(year, steward, at=at) if code else come(year, steward, at=at)) is not None
    assert Booking.objects.count() == (0 if code else 1)


def test_door_sells_what_is_left_and_no_more(year, sold, steward):
    for name in ("Ann", "Bea"):
        come(year, steward, name)
    assert refused(year, steward, "Cid") == "sold_out"
    assert Payment.objects.count() == 2


def test_refusals_at_the_door_say_why(year, sold, steward):
    assert refused(year, steward, quoted="20") == "price_changed"
    assert refused(year, steward, method="grant") == "method"
    come(year, steward)
    assert refused(year, steward, "wanda walker") == "duplicate"
    assert come(year, steward, "wanda walker", duplicates_accepted=True)
    sold.deadline.__class__.objects.filter(pk=sold.deadline.pk).update(closes_on="2016-09-08")
    assert refused(year, steward, "Cid") == "closed"
    year.status = "postponed"
    year.save()
    assert refused(year, steward, "Cid") == "halted"
    DoorRules.objects.update(walk_in_pass=None)
    assert refused(year, steward, "Cid") == "no_walk_ins"


def test_invoice_needs_an_address_and_a_door_that_lets_in_the_unpaid(year, sold, steward):
    with pytest.raises(ValidationError) as refusal:
        come(year, steward, method="invoice")
    assert list(refusal.value.message_dict) == ["email"]
    DoorRules.objects.update(refuses_unpaid=True)
    assert refused(year, steward, method="invoice", email="wanda@people.example") == "method"


def test_pass_of_the_door_is_one_of_the_conference_and_not_for_bodies(year, sold):
    rules = DoorRules.objects.get()
    for other in (
        year.pass_types.get(code="delegate"),
        build.visitor_pass(build.conference("annual-2017")),
    ):
        rules.walk_in_pass = other
        with pytest.raises(ValidationError) as refusal:
            rules.full_clean()
        assert list(refusal.value.message_dict) == ["walk_in_pass"]


@pytest.fixture
def desk(steward, at):
    at(NOON)
    return sign_in(Client(), steward)


def post(desk, **fields):
    facts = {"name": "Wanda Walker", "email": "", "method": "cash", "quoted": "25.00"}
    key = {"key": str(uuid.uuid4())}
    return desk.post(URL, {**facts, **key, **fields}, follow=True).content.decode()


def test_steward_books_in_and_lets_in_with_one_press(year, sold, desk, steward):
    assert "£25" in desk.get(URL).content.decode()
    page = post(desk)
    badge = Credential.objects.get()
    assert badge.short_code in page
    assert "Everything is paid." in page
    nonce = re.search(r'name="nonce" value="([^"]+)"', page)[1]
    fields = {"code": badge.short_code, "direction": "in", "nonce": nonce}
    assert "Come in" in desk.post("/conferences/annual-2016/door/show/", fields, follow=True).text
    assert Scan.objects.admitted().get().credential == badge
    assert takings.today(steward, year, NOON) == [takings.Taking("cash", 1, Decimal("25.00"))]
    assert "£25.00" in desk.get(URL).content.decode()


def test_steward_is_asked_whether_it_is_another_person(sold, desk):
    post(desk)
    page = post(desk)
    assert "has a place already" in page
    assert 'type="checkbox"' in page
    assert "Booked in" in post(desk, another_person="on")


def test_member_is_known_by_number_and_surname(sold, desk, year):
    sold.membership_required = True
    sold.save()
    member = make_member(None)
    right = {"name": f"Ann {member.surname}", "member": member.number.lower()}
    for typed in ({**right, "name": "Ann Nobody"}, {**right, "member": "nonsense"}):
        assert "No member has this number and surname" in post(desk, **typed)
    assert "Booked in" in post(desk, **right)
    assert Booking.objects.get().places.get().member == member


def test_page_of_a_door_without_walk_ins_says_so_and_is_not_linked(year, desk):
    page = desk.get(URL).content.decode()
    assert "Nobody is booked in at this door" in page
    assert "<form" not in page.split("<main")[1]
    assert "walk-in" not in desk.get("/conferences/annual-2016/door/").content.decode()
