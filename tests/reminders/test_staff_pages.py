"""What staff see of reminders: health, the dry run, the imprint in every mail."""

from __future__ import annotations

import pytest
from django.urls import reverse

from events.models import Imprint
from events.reminders.gathering import gather
from events.reminders.planning import plan
from mailing.models import Mail
from members.roles import Role
from tests.factories import (
    AT,
    make_conference,
    make_deadline,
    make_officer,
    make_organisation,
    make_staff,
    sign_in,
)
from tests.reminders.test_planning import london

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(bodies):
    make_officer(make_organisation("Anytown Party Council"))
    deadline = make_deadline(make_conference("Annual 2016"), "other", name="motions")
    plan(at=london(3, 7))
    return deadline


@pytest.fixture
def editor(client):
    return sign_in(client, make_staff(Role.PROGRAMME_EDITOR))


def test_health_page_shows_what_was_told_and_what_comes_next(told, editor, at):
    at("2016-03-20 12:00")
    page = editor.get(reverse("admin:events_reminder_health")).content.decode()
    assert "Monday 7 March 2016" in page
    assert "Monday 28 March 2016" in page
    assert ("28 days before" in page, "28d" in page) == (True, False)


def test_health_page_names_the_deadline_whose_audience_fails(told, bodies, editor, at):
    bodies.broken = {told.pk}
    plan(at=at("2016-03-28 09:00"))
    page = editor.get(reverse("admin:events_reminder_health")).content.decode()
    assert "One audience failed: Motions (Annual 2016), LookupError." in page
    assert "Reminders that could not be planned" in page
    start = editor.get(reverse("admin:index")).content.decode()
    assert "Deadlines whose reminders fail" in start


def test_dry_run_page_shows_days_and_people(told, editor):
    page = editor.get(reverse("admin:events_reminder_dry_run", args=["annual-2016"]))
    text = page.content.decode()
    assert "Monday 7 March 2016" in text
    assert "Mail (28 days before): Motions" in text
    assert "the end of the day</td><td>Closes: Motions" in text
    assert Mail.objects.count() == 0


def test_dry_run_page_of_an_unknown_conference_is_not_found(editor):
    assert editor.get(reverse("admin:events_reminder_dry_run", args=["x"])).status_code == 404


def test_health_page_is_shut_to_staff_without_the_role(told, client):
    sign_in(client, make_staff(Role.FINANCE))
    assert client.get(reverse("admin:events_reminder_health")).status_code == 403


def test_reminder_mail_carries_the_imprint_in_force(told):
    Imprint.objects.all().delete()
    Imprint.objects.create(text="Promoted by A. N. Other, 1 Street, London.", in_force_from=AT)
    gather(at=AT)
    assert "Promoted by A. N. Other, 1 Street, London." in Mail.objects.get().text
