"""Messages to a group: who gets them, that they go once, what is filled in (nothing), stopping."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mailing.models import Mail, Suppression
from members.models import AuditEntry
from members.roles import Role
from registrations import service_groups
from registrations.models import ServiceMail
from registrations.orders import PlaceWish
from registrations.services import service_mail
from tests.factories import make_staff, sign_in
from tests.registrations import billing, build
from tests.registrations.delegates import booked, code_of
from tests.registrations.walking import get, post

pytestmark = pytest.mark.django_db

WORDS = {"subject": "The room has moved", "text": "Dear delegate,\n\nWe meet upstairs."}


@pytest.fixture
def cardiff(year):
    """Two delegates with addresses and a place without a name; nothing is paid."""
    body = build.body()
    booked(year, body, "Ann", "Ben", "")
    return body


@pytest.fixture
def visitor(year, staff):
    """A visitor who dines and has paid."""
    wish = PlaceWish(
        pass_type=year.pass_types.get(code="visitor"),
        name="Vera",
        email="Vera@people.example",
        extras=(year.extras.get(),),
    )
    order = build.order(year, wish, contact_name="Vera", contact_email="vera@people.example")
    made = build.book(order, at=build.EARLY, quoted="65")
    billing.pay(made, staff, "65")
    return made


ALL = {"ann@people.example", "ben@people.example", "vera@people.example"}


@pytest.mark.parametrize(
    ("group", "addresses"),
    [
        ("all", ALL),
        ("unpaid", {"ann@people.example"}),
        ("unnamed", {"ann@people.example"}),
        ("delegates", {"ann@people.example", "ben@people.example"}),
        ("dinner", {"vera@people.example"}),
        ("body", {"ann@people.example", "ben@people.example"}),
    ],
)
def test_group_is_written_to_at_each_address_once(year, cardiff, visitor, group, addresses):
    """Ann is the contact of the body's booking too, and so stands in for the unnamed place."""
    organisation = cardiff if group == "body" else None
    assert set(service_groups.reach(year, group, organisation).people) == addresses


def test_who_gets_nothing_is_told_with_the_reason(year, cardiff, visitor):
    year.bookings.filter(organisation=cardiff).update(
        contact_email="",
        channel="post",
        entered_by=build.user("e@party.example"),
        entered_at=build.EARLY,
    )
    Suppression.objects.create(
        address="ben@people.example", scope="all", reason="bounced", created_at=build.EARLY
    )
    Suppression.objects.create(
        address="vera@people.example",
        scope="marketing",
        reason="unsubscribed",
        created_at=build.EARLY,
    )
    found = service_groups.reach(year, "all")
    reference = year.bookings.get(organisation=cardiff).reference
    assert set(found.people) == {"ann@people.example", "vera@people.example"}
    assert found.without_address == [f"Ann Other, {reference}", f"name not yet known, {reference}"]
    assert found.spared == ["Ben"]


def send(year, by, *, expected=3, at=build.EARLY, **fields):
    facts = {"group": "all", "key": uuid.uuid4(), **WORDS}
    return service_mail.send(
        by=by, conference=year, expected=expected, at=at, **{**facts, **fields}
    )


def mails():
    return Mail.objects.filter(key__startswith="service:")


def test_message_is_one_mail_an_address_ten_minutes_later_and_one_entry(
    year, cardiff, visitor, staff
):
    key = uuid.uuid4()
    first = send(year, staff, key=key)
    assert send(year, staff, key=key) == first
    assert {mail.to_address for mail in mails()} == ALL
    assert {mail.not_before for mail in mails()} == {build.EARLY + service_mail.WAIT}
    assert {(mail.kind, mail.unsubscribe_scope) for mail in mails()} == {("notice", "")}
    entry = AuditEntry.objects.get(action="servicemail.sent")
    assert (entry.actor, entry.after["addresses"]) == (staff, 3)
    assert "moved" not in entry.object_label


def test_same_words_to_the_same_group_within_a_day_are_refused(year, cardiff, visitor, staff):
    send(year, staff)
    with pytest.raises(ValidationError) as refusal:
        send(year, staff, at=build.EARLY + service_mail.SAME - build.TICK)
    assert code_of(refusal) == "already"
    send(year, staff, at=build.EARLY + service_mail.SAME)
    assert mails().count() == 6


@pytest.mark.parametrize(
    ("expected", "group", "code"), [(2, "all", "changed"), (0, "dinner", "nobody")]
)
def test_group_that_is_not_as_it_was_shown_is_refused(year, cardiff, staff, expected, group, code):
    booked(year, build.body("Leeds"), "Cat")
    with pytest.raises(ValidationError) as refusal:
        send(year, staff, expected=expected, group=group)
    assert code_of(refusal) == code
    assert (mails().count(), ServiceMail.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "typed",
    ["{{ conference.title }}", "{% url 'admin:index' %}", "{name} %(name)s ${name} [[name]]"],
)
def test_no_placeholder_that_is_typed_is_filled_in(year, cardiff, visitor, staff, typed):
    send(year, staff, subject=typed, text=typed)
    assert {mail.subject for mail in mails()} == {typed}
    assert all(mail.text.startswith(typed) for mail in mails())


def test_stopped_in_time_nothing_leaves_and_what_has_left_stays(year, cardiff, visitor, staff):
    row = send(year, staff)
    gone = mails().first()
    Mail.objects.filter(pk=gone.pk).update(
        state="sent", sent_at=build.EARLY, settled_at=build.EARLY
    )
    assert service_mail.stop(by=staff, message=row, at=build.EARLY) == 2
    assert service_mail.stop(by=staff, message=row, at=build.EARLY) == 0
    assert sorted(mails().values_list("state", flat=True)) == ["cancelled", "cancelled", "sent"]
    row.refresh_from_db()
    assert row.stopped_by == staff
    assert AuditEntry.objects.get(action="servicemail.stopped").after["stopped"] == 2
    send(year, staff)  # stopped, so the same words may go


def test_message_of_which_all_has_left_cannot_be_stopped(year, cardiff, visitor, staff):
    row = send(year, staff)
    mails().update(state="sent", sent_at=build.EARLY, settled_at=build.EARLY)
    with pytest.raises(ValidationError, match="left already"):
        service_mail.stop(by=staff, message=row, at=build.LATE)


# The page

WRITE = "admin:registrations_servicemail_write"


@pytest.fixture
def desk(client):
    person = make_staff(Role.REGISTRATIONS_OFFICER)
    sign_in(client, person)
    return person


def typed(year, **more):
    facts = {"conference": year.pk, "group": "all", "promotes_nothing": "on", **WORDS}
    return {**facts, "key": str(uuid.uuid4()), **more}


def test_officer_writes_looks_and_confirms(client, year, cardiff, visitor, desk):
    url = reverse(WRITE)
    assert "It must not promote" in get(client, url).content.decode()
    form = typed(year)
    looked = post(client, url, form)
    mail = looked.context["mail"]
    assert (looked.context["number"], mail.to_address in ALL) == (3, True)
    assert (Mail.objects.filter(pk=mail.pk).count(), mails().count()) == (0, 0)
    done = {**form, "step": "send", "expected": "3"}
    for _ in range(2):  # a double click
        answer = post(client, url, done)
    row = ServiceMail.objects.get()
    assert answer["Location"] == reverse("admin:registrations_servicemail_change", args=[row.pk])
    # what was looked at is what goes
    sent = mails().get(to_address=mail.to_address)
    assert (sent.text, sent.subject) == (mail.text, mail.subject)


def test_link_to_the_page_chooses_its_conference_and_bears_with_garbage(
    client, year, cardiff, desk
):
    for slug, chosen in ((year.slug, year), ("\x00", None), ("none", None)):
        answer = client.get(reverse(WRITE), {"conference": slug, "group": "unpaid"})
        assert answer.context["form"].initial["conference"] == chosen


def test_going_back_keeps_what_was_typed(client, year, cardiff, desk):
    answer = post(client, reverse(WRITE), {**typed(year), "step": "write"})
    text = answer.content.decode()
    assert "We meet upstairs." in text
    assert not re.search("errornote|errorlist", text)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"promotes_nothing": ""}, "promotes_nothing"),
        ({"group": "body"}, "organisation"),
        ({"subject": ""}, "subject"),
        ({"conference": "9999"}, "conference"),
    ],
)
def test_message_that_lacks_something_is_shown_again(client, year, cardiff, desk, more, field):
    answer = post(client, reverse(WRITE), typed(year, **more))
    assert field in answer.context["form"].errors


def test_group_that_grew_is_shown_again_before_anything_goes(client, year, cardiff, desk):
    form = {**typed(year), "step": "send", "expected": "2"}
    booked(year, build.body("Leeds"), "Cat")
    answer = post(client, reverse(WRITE), form)
    assert "The group has changed meanwhile: 3 addresses, not 2." in answer.content.decode()
    assert mails().count() == 0


def test_officer_stops_it_on_its_page(client, year, cardiff, visitor, desk):
    row = send(year, desk)
    url = reverse("admin:registrations_servicemail_act", args=[row.pk, "stop"])
    post(client, url, {})
    assert set(mails().values_list("state", flat=True)) == {"cancelled"}


def test_writing_takes_no_more_queries_for_thirty_people(
    year, staff, django_assert_max_num_queries
):
    booked(year, build.body(), *(f"Name{n}" for n in range(30)))
    with django_assert_max_num_queries(30):
        send(year, staff, expected=31)
