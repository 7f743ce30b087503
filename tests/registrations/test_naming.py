"""Who comes: named, corrected, or somebody else; the price stays whatever the name."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from mailing.models import Mail
from members.models import AuditEntry
from registrations.models import PassType, Place, PlaceNeeds
from registrations.orders import PlaceWish
from registrations.services import cancelling, naming
from tests.factories import make_member, make_region
from tests.registrations import build

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def ann(year):
    """Ann's own place as a visitor, with a dinner, her membership, her sign-in and her needs."""
    person = build.user("ann@people.example", name="Ann Other")
    wish = PlaceWish(
        pass_type=year.pass_types.get(code="visitor"),
        extras=(year.extras.get(),),
        name="Ann Other",
        email="ann@people.example",
        user=person,
        member=make_member(person, number="M 1"),
        region=make_region("Wales"),
        access="step-free",
        dietary="vegan",
    )
    order = build.order(year, wish)
    return build.book(order, at=build.EARLY, quoted="65", by=person).places.get()


def say(act, place, name="Bo Second", email="", at=build.LATE, by=None, **more):
    return act(by=by, place=place, name=name, email=email, at=at, **more)


def lines(place):
    return list(place.lines.values_list("description", "band", "amount", "priced_at"))


def test_name_given_later_keeps_price_band_and_instant(booking):
    before = list(booking.lines.values_list("amount", "band", "priced_at"))
    place = booking.places.last()
    naming.name_place(by=None, place=place, name=" Mair ", email="", at=build.LATE)
    place.refresh_from_db()
    assert (place.name, place.named_at) == ("Mair", build.LATE)
    assert list(booking.lines.values_list("amount", "band", "priced_at")) == before


def test_name_after_the_names_deadline_is_refused_with_the_date(year, booking):
    build.deadline(year, "names", dt.date(2016, 8, 26))
    with pytest.raises(ValidationError, match="closed at the end of Friday 26 August 2016"):
        naming.name_place(
            by=None, place=booking.places.last(), name="Mair", at=build.CLOSES + 5 * DAY
        )


def test_change_of_a_cancelled_place_is_refused(year, booking):
    place = booking.places.first()
    cancelling.cancel_place(by=None, place=place, at=build.LATE)
    with pytest.raises(ValidationError, match="was cancelled"):
        naming.name_place(by=None, place=place, name="Mair", at=build.LATE)


def test_name_of_a_place_that_has_one_is_asked_about(booking):
    place = booking.places.first()
    with pytest.raises(ValidationError) as refusal:
        say(naming.name_place, place)
    assert refusal.value.code == "named"
    place.refresh_from_db()
    assert place.name == "Dai"


def test_name_said_twice_by_one_form_is_told_once(booking):
    place = booking.places.last()
    for _ in range(2):
        say(naming.name_place, place, "Mair")
    assert Mail.objects.filter(subject__contains="was changed").count() == 1
    assert AuditEntry.objects.filter(action="place.named").count() == 1


def test_correction_keeps_needs_membership_sign_in_and_price(ann):
    before = lines(ann)
    place = say(naming.correct_name, ann, " Anne  Other ", "Anne@People.example")
    place.refresh_from_db()
    assert (place.name, place.email) == ("Anne Other", "anne@people.example")
    assert (place.user_id, place.member_id, place.region_id) == (
        ann.user_id,
        ann.member_id,
        ann.region_id,
    )
    assert place.named_at == build.EARLY
    assert (place.needs.access, place.needs.dietary) == ("step-free", "vegan")
    assert lines(place) == before
    assert "place 1 has its name or address corrected." in Mail.objects.latest("pk").text


def test_substitute_comes_without_the_others_needs_membership_and_sign_in_at_the_same_price(ann):
    before, former = lines(ann), (ann.user_id, ann.member_id)
    place = say(naming.substitute, ann, "Bo Second", "Bo@People.example")
    place.refresh_from_db()
    assert (place.name, place.email, place.named_at) == (
        "Bo Second",
        "bo@people.example",
        build.LATE,
    )
    assert (place.user, place.member, place.region) == (None, None, None)
    assert not PlaceNeeds.objects.exists()
    assert lines(place) == before
    entry = AuditEntry.objects.get(action="place.substituted")
    assert entry.before == {"place": place.pk, "user": former[0], "member": former[1]}
    assert not any(word in str((entry.before, entry.after)) for word in ("Ann", "Bo", "vegan"))
    mail = Mail.objects.latest("pk")
    assert mail.to_address == "ann@people.example"
    assert "place 1 is for somebody else now." in mail.text


def test_substitute_sent_twice_is_told_once(ann):
    for _ in range(2):
        say(naming.substitute, ann)
    assert AuditEntry.objects.filter(action="place.substituted").count() == 1
    assert Mail.objects.filter(subject__contains="was changed").count() == 1


def test_substitute_of_the_same_name_is_asked_whether_it_is_a_correction(ann):
    with pytest.raises(ValidationError) as refusal:
        say(naming.substitute, ann, "ann other", "new@people.example")
    assert refusal.value.code == "same_name"
    assert PlaceNeeds.objects.count() == 1


def test_substitute_on_a_members_pass_has_to_be_a_member(ann):
    PassType.objects.filter(code="visitor").update(sold_to=PassType.SoldTo.MEMBERS)
    ann = Place.objects.get(pk=ann.pk)
    with pytest.raises(ValidationError) as refusal:
        say(naming.substitute, ann)
    assert refusal.value.code == "members_only"
    assert PlaceNeeds.objects.count() == 1
    other = make_member(number="M 2", region=make_region("London"))
    place = say(naming.substitute, ann, member=other)
    assert (place.member, place.region) == (other, other.region)


@pytest.mark.parametrize("act", [naming.correct_name, naming.substitute])
def test_change_of_a_name_that_was_never_said_is_refused(booking, act):
    with pytest.raises(ValidationError) as refusal:
        say(act, booking.places.last())
    assert refusal.value.code == "unnamed"


@pytest.mark.parametrize("act", [naming.correct_name, naming.substitute])
def test_change_of_a_name_to_nothing_is_refused(booking, act):
    with pytest.raises(ValidationError) as refusal:
        say(act, booking.places.first(), "  ")
    assert refusal.value.message_dict == {"name": ["Say who comes."]}


@pytest.mark.parametrize("act", [naming.correct_name, naming.substitute])
def test_change_of_a_name_after_the_first_day_is_for_staff_with_a_reason(booking, staff, act):
    place, midnight = booking.places.first(), dt.datetime(2016, 9, 9, 23, tzinfo=dt.UTC)
    with pytest.raises(ValidationError, match="ask at the registration desk"):
        say(act, place, at=midnight)
    say(act, place, at=midnight, by=staff, override_reason="at the desk")
    entry = AuditEntry.objects.latest("pk")
    assert (entry.actor, entry.reason) == (staff, "at the desk")
    place.refresh_from_db()
    assert place.name == "Bo Second"
