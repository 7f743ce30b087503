"""'Ask the delegate': the link, what it opens and to whom, when it dies, what is kept."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mailing.models import Mail
from members.models import AuditEntry
from members.roles import Role
from registrations.models import DelegateLink, Particulars, PlaceNeeds
from registrations.services import cancelling, delegate_links, naming
from registrations.services.delegate_links import Answers
from registrations.services.submitting import write_needs
from tests.factories import make_staff, sign_in
from tests.registrations import build
from tests.registrations.delegates import booked
from tests.registrations.walking import get, post

pytestmark = pytest.mark.django_db
AT = build.EARLY
CHILD = {
    "age_band": "under_18",
    "born_on": dt.date(2001, 5, 4),
    "guardian_name": "Gwen",
    "guardian_contact": "020 7946 0000",
}


@pytest.fixture
def cardiff():
    return build.body()


@pytest.fixture
def place(year, cardiff):
    return booked(year, cardiff, "Ann").places.get()


def asked(place, at=AT) -> str:
    """The token as the mail bears it."""
    delegate_links.ask(by=None, place=place, at=at)
    text = Mail.objects.filter(key__startswith="delegate-link:").latest("pk").text
    return re.search(r"/delegate/([\w-]+)/", text)[1]


def link(token, at=AT):
    return delegate_links.link_of(token, at=at)


def told(token, at=AT, **facts):
    return delegate_links.tell(link=link(token, at), answers=Answers(**facts), at=at)


def url(token) -> str:
    return reverse("registrations:delegate", args=[token])


def code_of(refusal) -> str:
    return refusal.value.error_list[0].code


# The link


def test_link_has_more_than_128_bits_and_only_its_hash_is_stored(place):
    token = asked(place)
    assert len(token) == 32  # 192 bits, six to a character
    row = DelegateLink.objects.get()
    assert token not in {row.key_hash, row.address}
    assert len({asked(place), asked(place), token}) == 3


def test_link_is_mailed_to_the_delegate_and_to_nobody_else(place):
    asked(place)
    mail = Mail.objects.get(key__startswith="delegate-link:")
    assert (mail.to_address, mail.to_name) == ("ann@people.example", "Ann")
    entry = AuditEntry.objects.get(action="place.delegate-asked")
    assert entry.after == {"place": place.pk}


def test_link_lasts_until_the_conference_is_over(place):
    token = asked(place)
    over = dt.datetime(2016, 9, 11, 23, 0, tzinfo=dt.UTC)
    assert link(token, over - build.TICK) is not None
    assert link(token, over) is None
    with pytest.raises(ValidationError) as refusal:
        delegate_links.ask(by=None, place=place, at=over)
    assert code_of(refusal) == "over"


@pytest.mark.parametrize("how", ["substitute", "correct", "place", "booking"])
def test_link_dies_with_the_person_the_address_or_the_place(year, cardiff, how):
    booking = booked(year, cardiff, "Ann", "Ben")
    place = booking.places.first()
    token = asked(place)
    if how == "substitute":
        facts = {"name": "Cat", "email": "ann@people.example"}
        naming.substitute(by=None, place=place, at=AT, **facts)
    elif how == "correct":
        naming.correct_name(by=None, place=place, name="Ann", email="other@people.example", at=AT)
    elif how == "place":
        cancelling.cancel_place(by=None, place=place, at=AT)
    else:
        cancelling.cancel_booking(by=None, booking=booking, at=AT)
    assert link(token) is None


def test_link_followed_before_a_substitution_writes_nothing_after_it(place):
    held = link(asked(place))
    naming.substitute(by=None, place=place, name="Cat", email="ann@people.example", at=AT)
    with pytest.raises(ValidationError) as refusal:
        delegate_links.tell(link=held, answers=Answers(gender="woman"), at=AT)
    assert (code_of(refusal), Particulars.objects.count()) == ("over", 0)


def test_link_is_not_sent_more_than_thrice_an_hour(place):
    for _ in range(3):
        asked(place)
    with pytest.raises(ValidationError) as refusal:
        asked(place)
    assert code_of(refusal) == "too_often"
    asked(place, at=AT + dt.timedelta(hours=1))


@pytest.mark.parametrize(("name", "code"), [("", "unnamed"), ("Ann", "no_address")])
def test_nobody_is_asked_without_name_and_address(year, cardiff, name, code):
    place = booked(year, cardiff, name).places.get()
    place.email = ""
    place.save()
    with pytest.raises(ValidationError) as refusal:
        delegate_links.ask(by=None, place=place, at=AT)
    assert (code_of(refusal), Mail.objects.filter(key__startswith="delegate-link").count()) == (
        code,
        0,
    )


# What is told


def test_answers_are_kept_with_the_day_of_their_deletion_and_can_be_changed(place):
    token = asked(place)
    told(token, access="ramp", dietary="vegan", gender="woman", may_list=True)
    later = AT + dt.timedelta(days=1)
    told(token, later, dietary="halal", gender="another", gender_words=" my  own ", pronouns="they")
    row, needs = Particulars.objects.get(), PlaceNeeds.objects.get()
    assert (row.gender, row.gender_words, row.pronouns, row.may_list) == (
        *("another", "my own", "they"),
        False,
    )
    assert (needs.access, needs.dietary) == ("", "halal")
    assert (row.purge_on, needs.purge_on) == (dt.date(2016, 10, 11), dt.date(2016, 10, 11))
    assert delegate_links.told(link(token, later)).dietary == "halal"


def test_trail_keeps_that_something_was_told_and_nothing_of_it(place):
    told(asked(place), access="ramp", gender="woman", pronouns="she")
    entry = AuditEntry.objects.get(action="place.particulars-told")
    assert (entry.before, entry.after, entry.reason) == ({}, {"place": place.pk}, "")


def test_child_tells_birth_and_guardian_and_is_on_no_list(place):
    row = told(asked(place), may_list=True, **CHILD)
    assert (row.born_on, row.guardian_name, row.may_list) == (dt.date(2001, 5, 4), "Gwen", False)


@pytest.mark.parametrize("name", ["born_on", "guardian_name", "guardian_contact"])
def test_child_without_birth_or_guardian_is_asked_again(place, name):
    facts = {**CHILD, name: None if name == "born_on" else ""}
    with pytest.raises(ValidationError) as refusal:
        told(asked(place), **facts)
    assert list(refusal.value.error_dict) == [name]


@pytest.mark.parametrize(
    ("born_on", "is_taken"),
    [
        (dt.date(1998, 9, 9), False),  # eighteen on the first day
        (dt.date(1998, 9, 10), True),
        (dt.date(2016, 5, 4), False),
    ],
)
def test_date_of_birth_agrees_with_the_age_declared(place, born_on, is_taken):
    token = asked(place)
    if is_taken:
        assert told(token, **{**CHILD, "born_on": born_on}).born_on == born_on
        return
    with pytest.raises(ValidationError) as refusal:
        told(token, **{**CHILD, "born_on": born_on})
    assert list(refusal.value.error_dict) == ["born_on"]


def test_what_is_asked_of_children_is_not_kept_of_others(place):
    row = told(asked(place), **{**CHILD, "age_band": "18_26"})
    assert (row.born_on, row.guardian_name, row.guardian_contact) == (None, "", "")


# Who sees it


def test_link_shows_nothing_that_others_typed(place):
    write_needs(place, place.booking, access="by the secretary", dietary="", at=AT)
    token = asked(place)
    assert delegate_links.told(link(token)) == Answers()
    told(token, gender="woman")
    assert PlaceNeeds.objects.get().access == "by the secretary"
    assert delegate_links.told(link(token)) == Answers(gender="woman")


def test_needs_that_staff_changed_afterwards_are_not_shown(place):
    token = asked(place)
    told(token, access="ramp")
    later = AT + dt.timedelta(hours=1)
    write_needs(place, place.booking, access="by staff", dietary="", at=later)
    assert delegate_links.told(link(token, later)).access == ""


def test_officer_who_changes_the_address_to_their_own_reads_no_answers(client, place):
    told(asked(place), access="xyzzy-ramp", gender_words="xyzzy", gender="another")
    facts = {"name": "Ann", "email": "secretary@cardiff.example"}
    place = naming.correct_name(by=None, place=place, at=AT, **facts)
    token = asked(place)
    page = get(client, url(token))
    assert page.status_code == 200
    assert "xyzzy" not in page.content.decode()


# The pages


def test_delegate_fills_in_the_page_without_signing_in_and_comes_back(client, place):
    token = asked(place)
    form = {"dietary": "vegan", "gender": "man", "age_band": "18_26", "may_photograph": "on"}
    answer = post(client, url(token), form)
    assert (answer.status_code, answer["Location"]) == (302, f"{url(token)}?saved=1")
    row = Particulars.objects.get()
    assert (row.gender, row.age_band, row.may_photograph) == ("man", "18_26", True)
    page = get(client, f"{url(token)}?saved=1")
    assert "Saved" in page.content.decode()
    assert page.context["form"]["dietary"].value() == "vegan"


def test_empty_form_is_an_answer(client, place):
    token = asked(place)
    assert post(client, url(token), {}).status_code == 302
    assert Particulars.objects.get().gender == ""


def test_page_is_stored_nowhere_and_listed_nowhere(client, place):
    for token, status in ((asked(place), 200), ("unknown", 404)):
        page = get(client, url(token))
        assert page.status_code == status
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in page["Cache-Control"]


def test_child_who_leaves_something_out_is_shown_the_field_with_what_was_typed(client, place):
    page = post(client, url(asked(place)), {"age_band": "under_18", "guardian_name": "Gwen"})
    assert "Give your date of birth: we need it of everybody under 18." in page.text
    assert set(page.context["form"].errors) == {"born_on", "guardian_contact"}
    assert page.context["form"]["guardian_name"].value() == "Gwen"


def test_page_saved_very_often_from_one_network_is_slowed_down(client, place):
    token = asked(place)
    answers = [post(client, url(token), {"gender": "man"}).status_code for _ in range(121)]
    assert (set(answers[:120]), answers[120]) == ({302}, 200)


def test_officer_asks_from_the_delegation_and_sees_only_that_it_was_answered(
    client, year, cardiff, place
):
    sign_in(client, build.officer(cardiff))
    page = reverse("registrations:delegation", args=[year.slug, cardiff.slug])
    here = reverse("registrations:ask_delegate", args=[place.booking.reference, place.pk])
    assert here in get(client, page).content.decode()
    assert "ann@people.example" in get(client, here).content.decode()
    assert Mail.objects.filter(key__startswith="delegate-link").count() == 0
    answer = post(client, here, {})
    assert (answer.status_code, answer["Location"]) == (302, page)
    told(
        re.search(r"/delegate/([\w-]+)/", Mail.objects.get(key__startswith="delegate-link").text)[
            1
        ],
        access="xyzzy",
        pronouns="xyzzy",
        gender="another",
        gender_words="xyzzy",
    )
    for shown in (page, place.booking.get_absolute_url()):
        text = get(client, shown).content.decode()
        assert "xyzzy" not in text
    assert "Has answered" in get(client, page).content.decode()


def test_asking_cannot_be_done_for_a_booking_of_others(client, place):
    sign_in(client, build.officer(build.body("Leeds Party Council"), "leeds@people.example"))
    here = reverse("registrations:ask_delegate", args=[place.booking.reference, place.pk])
    assert (get(client, here).status_code, post(client, here, {}).status_code) == (404, 404)


@pytest.mark.parametrize("age", ["under_18", "18_26"])
def test_safeguarding_lead_sees_children_and_nobody_else(client, place, age):
    told(asked(place), **{**CHILD, "age_band": age})
    sign_in(client, make_staff(Role.SAFEGUARDING_LEAD))
    url = reverse("admin:registrations_particulars_changelist")
    assert get(client, url).context["cl"].result_count == (1 if age == "under_18" else 0)


@pytest.mark.parametrize(
    ("role", "is_told"), [(Role.SAFEGUARDING_LEAD, True), (Role.ADMINISTRATOR, False)]
)
def test_safeguarding_lead_is_told_of_a_child_on_the_start_page(client, place, role, is_told):
    told(asked(place), **CHILD)
    sign_in(client, make_staff(role))
    page = get(client, reverse("admin:index")).content.decode()
    assert ("Delegates under 18: 1" in page) is is_told


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.REGISTRATIONS_OFFICER])
def test_others_on_the_staff_do_not_see_children(client, place, role):
    sign_in(client, make_staff(role))
    assert get(client, reverse("admin:registrations_particulars_changelist")).status_code == 403


def test_safeguarding_lead_is_written_to_once_a_child_and_no_name_is_in_it(place):
    lead = make_staff(Role.SAFEGUARDING_LEAD)
    make_staff(Role.ADMINISTRATOR)
    token = asked(place)
    told(token, age_band="18_26")
    told(token, **CHILD)
    told(token, **{**CHILD, "pronouns": "they"})
    (mail,) = Mail.objects.filter(key__startswith="under-18:")
    assert (mail.to_address, "Ann " in mail.text, "Gwen" in mail.text) == (lead.email, False, False)
    assert "because you are a safeguarding lead" in mail.text
