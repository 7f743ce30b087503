"""The conference on one screen, and two people at it at once."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager

import pytest
from django.db.models.signals import pre_save

from events.models import (
    Conference,
    Deadline,
    PageVersion,
)
from members.models import AuditEntry
from tests.events.desk import form_of, posted, url
from tests.factories import (
    make_conference,
    make_deadline,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
UTC = dt.UTC


def test_conference_saved_unchanged_changes_nothing(client, editor):
    conference = make_conference(
        other_names=["A", "B"],
        basis={"first_day": "Stated"},
        venue_public_from=dt.datetime(2016, 10, 30, 1, 30, tzinfo=UTC),
    )
    make_deadline(conference, steps=True, closes_at=dt.datetime(2016, 4, 4, 11, tzinfo=UTC))
    before = Conference.objects.values().get()
    page = client.get(url("conference_change", conference.pk))
    response = posted(client, url("conference_change", conference.pk), form_of(page))
    assert response.redirect_chain, response.context["errors"]
    assert Conference.objects.values().get() == before
    assert not AuditEntry.objects.exists()
    assert Deadline.objects.get().steps.count() == 5


def test_conference_page_changes_a_ladder_but_not_an_announced_closing(client, editor):
    conference = make_conference()
    make_deadline(conference)
    page = client.get(url("conference_change", conference.pk))
    data = form_of(page) | {
        "deadlines-0-ladder": "last day at 12:00, 3 days before",
        "deadlines-0-closes_on": "2016-12-24",
        "theme": "Energy",
    }
    posted(client, url("conference_change", conference.pk), data)
    deadline = Deadline.objects.get()
    assert deadline.closes_on == dt.date(2016, 4, 4)
    steps = sorted(deadline.steps.values_list("when", "days", "time"))
    assert steps == [("days_before", 3, dt.time(9)), ("last_day", 0, dt.time(12))]
    assert Conference.objects.get().theme == "Energy"
    entry = AuditEntry.objects.get(action="conference.changed")
    assert (entry.actor, entry.after) == (editor, {"theme": "Energy"})
    assert PageVersion.objects.get().number == 1


def test_conference_page_refuses_a_ladder_it_cannot_read(client, editor):
    conference = make_conference()
    make_deadline(conference)
    page = client.get(url("conference_change", conference.pk))
    data = form_of(page) | {"deadlines-0-ladder": "sometimes"}
    response = posted(client, url("conference_change", conference.pk), data)
    assert "‘sometimes’ is not a reminder." in response.content.decode()


def test_draft_conference_has_its_closing_edited_in_place(client, editor):
    conference = make_conference(status=Conference.Status.DRAFT)
    make_deadline(conference)
    page = client.get(url("conference_change", conference.pk))
    data = form_of(page) | {"deadlines-0-closes_on": "2016-05-01"}
    posted(client, url("conference_change", conference.pk), data)
    assert Deadline.objects.get().closes_on == dt.date(2016, 5, 1)


def test_conference_page_asks_which_of_two_times_is_meant(client, editor):
    conference = make_conference()
    page = client.get(url("conference_change", conference.pk))
    data = form_of(page) | {"venue_public_from": "2016-10-30T01:30"}
    response = posted(client, url("conference_change", conference.pk), data)
    assert "happens twice" in response.content.decode()
    assert 'name="venue_public_from_which"' in response.content.decode()
    data["venue_public_from_which"] = "second"
    posted(client, url("conference_change", conference.pk), data)
    assert Conference.objects.get().venue_public_from == dt.datetime(
        2016, 10, 30, 1, 30, tzinfo=UTC
    )


def test_status_is_changed_by_an_act_with_a_note(client, editor):
    conference = make_conference()
    act = url("conference_act", conference.pk, "status")
    assert [name for name, _ in client.get(act).context["form"].fields["status"].choices] == [
        "provisional",
        "postponed",
        "cancelled",
        "over",
    ]
    response = posted(client, act, {"status": "postponed", "note": ""})
    assert "people who booked will read it" in response.content.decode()
    posted(client, act, {"status": "postponed", "note": "Election"})
    conference.refresh_from_db()
    assert (conference.status, conference.status_note) == ("postponed", "Election")


@contextmanager
def meanwhile(model, act):
    """Have `act()` done by somebody else after a page's row was read and before it is saved."""

    def moved(**_):
        pre_save.disconnect(moved, sender=model)
        act()

    pre_save.connect(moved, sender=model, weak=False)
    yield
    pre_save.disconnect(moved, sender=model)


def test_conference_cancelled_while_somebody_edits_it_stays_cancelled(client, editor):
    conference = make_conference()
    where = url("conference_change", conference.pk)
    data = form_of(client.get(where)) | {"theme": "Fair work"}
    rows = Conference.objects.filter(pk=conference.pk)
    with meanwhile(Conference, lambda: rows.update(status="cancelled", status_note="Flooded")):
        posted(client, where, data)
    assert rows.values_list("theme", "status", "status_note").get() == (
        "Fair work",
        "cancelled",
        "Flooded",
    )


@pytest.mark.parametrize("page", ["conference", "deadline"])
def test_deadline_moved_while_somebody_edits_it_stays_moved(client, editor, page):
    deadline = make_deadline()
    row = deadline.conference if page == "conference" else deadline
    where = url(f"{page}_change", row.pk)
    name = "deadlines-0-audience" if page == "conference" else "audience"
    data = form_of(client.get(where)) | {name: "everybody"}
    rows = Deadline.objects.filter(pk=deadline.pk)
    with meanwhile(Deadline, lambda: rows.update(closes_on=dt.date(2016, 4, 11))):
        posted(client, where, data)
    assert rows.values_list("audience", "closes_on").get() == ("everybody", dt.date(2016, 4, 11))
