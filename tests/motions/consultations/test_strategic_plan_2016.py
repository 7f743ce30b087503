"""The Strategic Plan of 2016 replayed: circulated, closes on 30 April, revised, agreed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse

from events.models import Conference
from events.reminders.audiences import Asked, concerned
from motions.consultations import counting
from motions.consultations.services.drafting import (
    Contribution,
    save_submission,
    start_submission,
)
from motions.consultations.services.late import announce
from motions.consultations.services.sending import send_submission
from motions.models import Consultation
from tests.factories import make_officer, make_organisation
from tests.motions.make import key

pytestmark = pytest.mark.django_db


def london(month: int, day: int, hour: int = 12) -> dt.datetime:
    return dt.datetime(2016, month, day, hour, tzinfo=dt.UTC)


@pytest.fixture
def plan():
    """As it was in the spring of 2016: the file says how it ended."""
    call_command("load_conferences", verbosity=0)
    Conference.objects.filter(slug="strategic-plan-2016").update(status="open")
    return Consultation.objects.with_their_door().get(title="Strategic Plan")


def sent(plan, body, officer, at, **more):
    begun = start_submission(by=officer, consultation=plan, organisation=body, at=at, key=key())
    typed = Contribution(title=f"View of {body}", text="We agree.")
    draft = save_submission(by=officer, submission=begun, version=1, contribution=typed)
    return send_submission(by=officer, submission=draft, version=2, at=at, key=key(), **more)


def test_year_of_the_plan(client, plan, at):
    bodies = {name: make_organisation(f"{name} Party Council") for name in ("A", "B", "C", "D")}
    officers = {name: make_officer(body) for name, body in bodies.items()}
    announce(
        by=officers["C"],
        consultation=plan,
        organisation=bodies["C"],
        reason="We do not meet in April because of the elections.",
        expected_on=dt.date(2016, 5, 10),
        at=london(4, 12),
    )
    sent(plan, bodies["A"], officers["A"], london(3, 20))
    asked = {one.organisation_id for one in concerned(plan.deadline, Asked(), london(4, 20))}
    assert asked == {bodies["B"].pk, bodies["D"].pk}
    # the whole of 30 April counts: 22:59:59 UTC is 23:59:59 in London
    sent(plan, bodies["B"], officers["B"], london(4, 30, 22) + dt.timedelta(minutes=59, seconds=59))
    assert counting.totals(plan) == counting.Totals(sent=2, late=0)
    sent(plan, bodies["C"], officers["C"], london(5, 10))
    sent(plan, bodies["D"], officers["D"], london(5, 12), late_reason="Our secretary was ill.")
    assert counting.totals(plan) == counting.Totals(sent=4, late=2)

    at(london(5, 17))
    shown = client.get(plan.get_absolute_url()).content.decode()
    assert "Late submissions of bodies still count" in shown
    days = ["Monday 22 February 2016", "early March 2016", "Saturday 30 April 2016"]
    timetable = shown.split("<h2>Timetable</h2>")[1]
    places = [timetable.index(day) for day in [*days, "Monday 16 May 2016", "Monday 6 June 2016"]]
    assert places == sorted(places)
    assert "A more detailed paper is for staff only." in shown
    assert "The plan in more detail" not in shown


def test_it_is_listed_among_consultations_and_never_among_conferences(client, plan, at):
    at(london(4, 1))
    listed = client.get(reverse("consultations:everywhere")).content.decode()
    assert "Strategic Plan" in listed
    for page in ("events:conferences", "events:past"):
        assert "Strategic Plan" not in client.get(reverse(page)).content.decode()
    dates = client.get(reverse("events:all-dates")).content.decode()
    assert "The consultation on the Strategic Plan" in dates
    assert "Closed since" not in dates.split("Revised draft")[1].split("</li>")[0]


def test_file_says_that_it_is_over(client, at):
    call_command("load_conferences", verbosity=0)
    at("2026-01-05 12:00")
    plan = Consultation.objects.get(title="Strategic Plan")
    shown = client.get(plan.get_absolute_url()).content.decode()
    assert "Closed since the end of Saturday 30 April 2016, UK time." in shown
    assert "Answer for a body" not in shown


def test_workshops_of_2022_discuss_the_policy_consultation(client, at):
    call_command("load_conferences", verbosity=0)
    at("2026-01-05 12:00")
    for title in ("Health", "International Development"):
        found = Consultation.objects.get(title=title)
        shown = client.get(found.get_absolute_url()).content.decode()
        assert f"Policy consultation 2022: {title}" in shown
        assert "West Midlands" in shown
    workshops = client.get("/conferences/west-midlands-2022/").content.decode()
    assert "International Development</a>, Policy consultation 2022: discussed here" in workshops
