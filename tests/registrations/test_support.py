"""Access support and bursaries: asked in confidence, decided by the access officer, purged."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from events.calendar import end_of_day
from mailing.models import Mail
from members.models import AuditEntry
from members.roles import Role
from members.services.retention import enforce
from registrations.models import Booking, SupportFund, SupportRequest
from registrations.services import support
from tests.factories import make_staff, sign_in
from tests.registrations import build, giving
from tests.registrations.walking import book, get, post

pytestmark = pytest.mark.django_db
AT = build.EARLY
TYPED = {"purposes": ["travel", "assistant"], "rough_cost": "60", "words": giving.WORDS}


def typed() -> dict:
    return TYPED | {"key": str(uuid.uuid4())}


def test_request_is_kept_once_and_the_trail_and_the_mail_keep_no_word_of_it(year):
    key = uuid.uuid4()
    row = giving.ask(year, key=key)
    assert giving.ask(year, key=key) == giving.ask(year) == row
    assert row.purge_on == dt.date(2016, 10, 11)
    kept = [*AuditEntry.objects.values_list("after", flat=True), *Mail.objects.values_list("text")]
    assert [one for one in kept if "chair" in str(one) or "travel" in str(one)] == []


def test_door_of_its_own_says_when_it_closed_and_what_can_be_done(client, year):
    build.deadline(year, "support", dt.date(2016, 6, 10), audience="everybody")
    sign_in(client, build.user("ann@people.example", name="Ann"))
    url = reverse("registrations:support", args=[year.slug])
    closes = end_of_day(dt.date(2016, 6, 10))
    late = post(client, url, typed(), at=closes).content.decode()
    assert "closed at the end of Friday 10 June 2016 (UK time)" in late
    assert "What you can still do" in late
    post(client, url, typed(), at=closes - build.TICK)
    assert SupportRequest.objects.count() == 1


def test_without_a_stated_door_requests_end_with_the_first_day(year):
    ends = end_of_day(year.starts_on)
    giving.ask(year, at=ends - build.TICK)
    with pytest.raises(ValidationError) as refused:
        giving.ask(year, "ben@people.example", at=ends)
    assert refused.value.code == "closed"


def test_member_asks_and_afterwards_sees_that_it_waits_but_not_the_words(client, year):
    sign_in(client, build.user("ann@people.example", name="Ann"))
    url = reverse("registrations:support", args=[year.slug])
    assert "This field is required" in post(client, url, {}).content.decode()
    post(client, url, typed())
    row = SupportRequest.objects.get()
    assert (row.name, row.purposes_in_words) == ("Ann", "travel, a carer or personal assistant")
    page = get(client, url).content.decode()
    assert "We have your request" in page
    assert "chair" not in page


def test_officers_of_a_body_ask_for_nobody_and_owners_of_a_booking_for_themselves(
    client, year, booking
):
    sign_in(client, build.officer(booking.organisation))
    url = reverse("registrations:booking_support", args=[booking.reference])
    assert get(client, url).status_code == 404
    assert url not in get(client, booking.get_absolute_url()).content.decode()


@pytest.mark.parametrize("role", Role)
def test_words_are_read_by_the_access_officer_alone(client, year, role):
    row = giving.ask(year)
    sign_in(client, make_staff(role))
    url = reverse("admin:registrations_supportrequest_change", args=[row.pk])
    assert (get(client, url).status_code == 200) == (role is Role.ACCESS_OFFICER)


def test_access_officer_grants_within_the_budget_and_the_person_is_written_to(client, year):
    SupportFund.objects.create(conference=year, budget=100)
    row = giving.ask(year)
    sign_in(client, make_staff(Role.ACCESS_OFFICER))
    url = reverse("admin:registrations_supportrequest_act", args=[row.pk, "grant"])
    assert "£100.00 of the budget is left" in post(client, url, {"granted": "101"}).content.decode()
    post(client, url, {"granted": "60", "answer": "Send us the ticket."})
    row.refresh_from_db()
    assert (row.state, row.granted, hasattr(row, "code")) == ("granted", 60, False)
    mail = Mail.objects.get(key=f"support:{row.pk}:granted")
    assert "£60.00" in mail.text
    assert "Send us the ticket." in mail.text
    shown = get(client, reverse("admin:registrations_supportrequest_change", args=[row.pk]))
    assert "£60.00 of £100.00 granted" in shown.content.decode()


def test_decided_request_is_not_decided_again(year, staff):
    row = giving.ask(year)
    support.refuse(by=staff, request=row, answer="", at=AT)
    with pytest.raises(ValidationError) as refused:
        support.refuse(by=staff, request=row, answer="", at=AT)
    assert refused.value.code == "decided"
    assert giving.ask(year) != row  # a new one may be made


def test_mail_about_support_is_hidden_from_staff_who_read_the_outbox(client, year):
    giving.ask(year)
    mail = Mail.objects.get()
    sign_in(client, make_staff(Role.REGISTRATIONS_OFFICER))
    shown = get(client, reverse("admin:mailing_mail_change", args=[mail.pk])).content.decode()
    assert "costs" not in shown


def test_words_are_deleted_on_the_stated_day_and_the_decision_stays(year, staff):
    row = giving.ask(year)
    support.refuse(by=staff, request=row, answer="Sorry.", at=AT)
    enforce(at=end_of_day(row.purge_on))
    row.refresh_from_db()
    assert (row.words, row.answer, row.purposes, row.state) == ("", "", "", "refused")


def test_access_officer_is_told_on_the_start_page_of_what_waits(client, year):
    giving.ask(year)
    sign_in(client, make_staff(Role.ACCESS_OFFICER))
    assert "Requests for support: 1" in get(client, reverse("admin:index")).content.decode()


def test_whoever_books_for_themself_is_asked_whether_they_are_under_18(client, year):
    book(client, year)
    reference = Booking.objects.get().reference
    done = get(client, reverse("registrations:done", args=[reference])).content.decode()
    place = Booking.objects.get().places.get()
    url = reverse("registrations:ask_delegate", args=[reference, place.pk])
    assert url in done
    assert "your parent or guardian" in get(client, url).content.decode()
    assert reverse("registrations:reduction", args=[reference]) in done
