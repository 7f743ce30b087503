"""A postponed conference: kept, given back or not answered; asked once a postponement."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from events.models import Conference
from events.services.conferences import change_status
from mailing.models import Mail
from members.models import AuditEntry
from members.roles import Role
from registrations import concerns, overview, service_groups
from registrations.models import Booking, ServiceMail
from registrations.services import cancelling, postponing
from tests.factories import make_staff, sign_in
from tests.registrations import billing, build
from tests.registrations.delegates import booked, code_of
from tests.registrations.walking import get, post

pytestmark = pytest.mark.django_db

Status = Conference.Status


def to(year: Conference, status: str) -> Conference:
    change_status(
        by=make_staff(), conference=year, status=status, at=build.EARLY, note="The hall flooded."
    )
    year.refresh_from_db()
    return year


@pytest.fixture
def three(year, staff):
    """Bookings that keep, give back what they paid, and do not answer."""
    made = [booked(year, build.body(name), "Ann") for name in ("Cardiff", "Leeds", "York")]
    billing.pay(made[1], staff, "90")
    to(year, Status.POSTPONED)
    postponing.keep(by=staff, booking=made[0], at=build.LATE)
    cancelling.cancel_booking(by=staff, booking=made[1], at=build.LATE)
    return made


def test_answers_are_counted_and_only_who_has_not_answered_is_asked(year, three):
    found = overview.figures(year)
    assert (found.kept, found.unanswered, found.to_refund) == (1, 1, 1)
    rows = Booking.objects.unanswered()
    assert list(rows) == [three[2]]
    Booking.objects.filter(pk=three[2].pk).update(contact_email="york@people.example")
    asked = service_groups.reach(year, ServiceMail.Group.UNANSWERED)
    assert list(asked.people) == ["york@people.example"]


def test_keeping_is_said_once_with_who_and_when(year, three, staff):
    kept = three[0]
    postponing.keep(by=None, booking=kept, at=build.LATE + build.TICK)
    kept.refresh_from_db()
    assert (kept.kept_at, kept.kept_by) == (build.LATE, staff)
    assert AuditEntry.objects.filter(action="booking.places-kept").count() == 1


def test_another_postponement_is_another_question_and_the_trail_keeps_the_answer(year, three):
    to(year, Status.OPEN)
    to(year, Status.POSTPONED)
    assert overview.figures(year).unanswered == 2
    assert AuditEntry.objects.filter(action="booking.places-kept").count() == 1


def test_note_that_changes_asks_nobody_again(year, three):
    change_status(
        by=make_staff(), conference=year, status="postponed", at=build.LATE, note="Date soon."
    )
    assert overview.figures(year).kept == 1


@pytest.mark.parametrize(("number", "code"), [(1, "cancelled"), (2, "not_postponed")])
def test_what_cannot_be_kept_is_refused(year, three, number, code):
    if code == "not_postponed":
        to(year, Status.OPEN)
    with pytest.raises(ValidationError) as refusal:
        postponing.keep(by=None, booking=three[number], at=build.LATE)
    assert code_of(refusal) == code


def test_officer_is_asked_on_the_start_page_until_the_booking_has_answered(client, year):
    body = build.body()
    officer, made = build.officer(body), booked(year, body, "Ann")
    to(year, Status.POSTPONED)
    [asked] = concerns.concerns(officer, build.EARLY)
    assert (asked.title, asked.url) == (
        "Keep your places, or give them back?",
        made.get_absolute_url(),
    )
    sign_in(client, officer)
    page = get(client, made.get_absolute_url()).content.decode()
    assert "Keep the places for the new date" in page
    url = reverse("registrations:keep_places", args=[made.reference])
    assert post(client, url, {})["Location"] == made.get_absolute_url()
    made.refresh_from_db()
    assert made.kept_by == officer
    page = get(client, made.get_absolute_url()).content.decode()
    assert "Keep the places for the new date" not in page
    assert "You keep your places for the new date" in page
    assert concerns.concerns(officer, build.EARLY) == []


def test_mail_of_the_postponement_says_where_to_choose(year):
    booked(year, build.body(), "Ann")
    to(year, Status.POSTPONED)
    assert reverse("registrations:resend") in Mail.objects.get(subject__startswith="Postponed").text


def test_overview_of_a_postponed_conference_leads_to_each_answer(client, year, three):
    sign_in(client, make_staff(Role.REGISTRATIONS_OFFICER))
    url = f"{reverse('admin:registrations_booking_overview')}?conference={year.slug}"
    answer = get(client, url)
    assert "Write to those who have not answered" in answer.content.decode()
    links = answer.context["links"]
    found = {
        name: list(get(client, links[name]).context["cl"].result_list)
        for name in ("kept", "to_refund", "unanswered")
    }
    assert found == {
        "kept": [three[0]],
        "to_refund": [three[1]],
        "unanswered": [three[2]],
    }
