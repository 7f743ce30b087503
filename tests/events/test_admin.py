"""The staff's pages of conferences: who may, what they ask, and that services do the work."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from events.models import (
    Day,
    Deadline,
    DeadlineChange,
    Imprint,
    LayAppointment,
    Session,
    Speaker,
)
from members.models import AuditEntry
from members.roles import Role
from tests.events.desk import DATE, form_of, posted, url
from tests.factories import (
    AT,
    make_appointment,
    make_authorisation,
    make_conference,
    make_deadline,
    make_organisation,
    make_staff,
    make_user,
    sign_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
UTC = dt.UTC
MODELS = (
    "authorisation",
    "conference",
    "conferenceseries",
    "day",
    "deadline",
    "imprint",
    "layappointment",
    "session",
    "speaker",
    "venue",
)


def fill(rows):
    for number in range(rows):
        conference = make_conference()
        day = Day.objects.create(conference=conference, date=DATE)
        Session.objects.create(conference=conference, day=day, title=f"Talk {number}")
        make_deadline(conference)
        user, staff = make_user(), make_staff()
        make_appointment(user, conference, by=staff)
        make_authorisation(user, make_organisation(), conference, by=staff)
        Speaker.objects.create(name=f"Speaker {number}-{conference.pk}")
        Imprint.objects.create(text=f"Promoted by {conference.pk}")


@pytest.mark.parametrize("model", MODELS)
def test_list_costs_the_same_with_one_row_and_with_thirty(
    client, editor, model, django_assert_max_num_queries
):
    client.get(url(f"{model}_changelist"))
    fill(1)
    with django_assert_max_num_queries(15) as few:
        assert client.get(url(f"{model}_changelist")).status_code == 200
    fill(29)
    with django_assert_max_num_queries(len(few)):
        assert client.get(url(f"{model}_changelist")).status_code == 200


@pytest.mark.parametrize("question", ["soon", "open", "coming", "closed", "unknown"])
def test_deadline_list_answers_its_questions(client, editor, question):
    conference = make_conference()
    noon = AT
    given = {
        "soon": {"closes_on": dt.date(2016, 3, 20)},
        "open": {"closes_on": dt.date(2016, 4, 20)},
        "coming": {"opens_at": noon + dt.timedelta(days=1), "closes_on": dt.date(2016, 4, 20)},
        "closed": {"closes_on": dt.date(2016, 3, 13)},
        "unknown": {"closes_on": None},
    }
    rows = {
        name: make_deadline(conference, kind, **fields)
        for (name, fields), kind in zip(given.items(), Deadline.Kind.values, strict=False)
    }
    response = client.get(url("deadline_changelist"), {"question": question})
    found = set(response.context["cl"].queryset)
    expected = {"open": {rows["open"], rows["soon"]}}.get(question, {rows[question]})
    assert found == expected


@pytest.mark.parametrize("role", list(Role))
def test_conference_page_is_edited_by_programme_editors_alone(client, role):
    sign_in(client, make_staff(role))
    conference = make_conference()
    page = client.get(url("conference_change", conference.pk))
    edits = role in {Role.PROGRAMME_EDITOR, Role.ADMINISTRATOR}
    reads = edits or role in {Role.AUDITOR, Role.REGISTRATIONS_OFFICER, Role.FINANCE}
    assert page.status_code == (200 if reads else 403)
    if reads:
        assert page.context["has_change_permission"] == edits
    move = client.post(url("conference_programme", conference.pk), {"title": "x", "kind": "other"})
    assert move.status_code == (200 if edits else 403)


def test_nothing_of_a_conference_is_deleted(client, editor):
    conference = make_conference()
    deadline = make_deadline(conference)
    appointment = make_appointment(make_user(), conference)
    for name, row in (
        ("conference", conference),
        ("deadline", deadline),
        ("layappointment", appointment),
    ):
        assert client.post(url(f"{name}_delete", row.pk), {"post": "yes"}).status_code == 403


def test_deadline_is_moved_and_extended_by_acts_with_a_reason(client, editor):
    deadline, body = make_deadline(), make_organisation()
    data = {"closes_on": "2016-04-11", "reason": "Post", "form_key": str(uuid.uuid4())}
    for _ in range(2):
        posted(client, url("deadline_act", deadline.pk, "move"), data)
    data |= {"closes_on": "2016-04-18", "organisation": body.pk, "form_key": str(uuid.uuid4())}
    posted(client, url("deadline_act", deadline.pk, "extend"), data)
    changes = DeadlineChange.objects.order_by("pk").values_list("organisation", "reason")
    assert list(changes) == [(None, "Post"), (body.pk, "Post")]
    page = client.get(url("deadline_change", deadline.pk)).content.decode()
    assert "moves and extensions" in page.lower()


@pytest.mark.parametrize("deed", ["move", "extend"])
def test_page_that_moves_a_deadline_shows_the_closing_it_has(client, editor, deed):
    page = client.get(url("deadline_act", make_deadline().pk, deed)).content.decode()
    assert "the end of Monday 4 April 2016 (UK time)" in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"reason": ""}, "This field is required."),
        ({"closes_on": ""}, "Give a last day or an exact time."),
        ({"closes_on": "2016-03-01"}, "That time has passed."),
    ],
)
def test_move_that_is_refused_keeps_what_was_typed(client, editor, given, sentence):
    deadline = make_deadline()
    data = {"closes_on": "2016-04-11", "reason": "Post", "form_key": str(uuid.uuid4())} | given
    page = posted(client, url("deadline_act", deadline.pk, "move"), data).content.decode()
    assert sentence in page
    assert all(f'value="{value}"' in page for value in data.values() if value)
    assert not DeadlineChange.objects.exists()


@pytest.mark.parametrize("page", ["conference", "deadline"])
def test_opening_that_was_announced_is_not_edited_in_place_but_by_an_act(client, editor, page):
    opens = dt.datetime(2016, 3, 20, 9, tzinfo=UTC)
    deadline = make_deadline(opens_at=opens)
    row = deadline.conference if page == "conference" else deadline
    where = url(f"{page}_change", row.pk)
    name = "deadlines-0-opens_at" if page == "conference" else "opens_at"
    posted(client, where, form_of(client.get(where)) | {name: "2016-03-25T09:00"})
    deadline.refresh_from_db()
    assert deadline.opens_at == opens
    act = url("deadline_act", deadline.pk, "opening")
    assert 'value="2016-03-20T09:00"' in client.get(act).content.decode()
    asked = posted(client, act, {"opens_at": "2016-03-25T09:00", "reason": ""}).content.decode()
    assert "This field is required." in asked
    assert 'value="2016-03-25T09:00"' in asked
    done = posted(client, act, {"opens_at": "2016-03-25T09:00", "reason": "The form is late"})
    assert "now opens on Friday 25 March 2016, 09:00 UK time." in done.content.decode()
    entry = AuditEntry.objects.get(action="deadline.opening-moved")
    assert (entry.actor, entry.reason) == (editor, "The form is late")


def test_opening_of_a_draft_conference_is_edited_in_place(client, editor):
    deadline = make_deadline(make_conference(status="draft"))
    where = url("deadline_change", deadline.pk)
    posted(client, where, form_of(client.get(where)) | {"opens_at": "2016-03-25T09:00"})
    deadline.refresh_from_db()
    assert deadline.opens_at == dt.datetime(2016, 3, 25, 9, tzinfo=UTC)


def test_ladder_is_edited_on_the_deadlines_own_page(client, editor):
    deadline = make_deadline()
    page = client.get(url("deadline_change", deadline.pk))
    data = form_of(page) | {"ladder": "opening"}
    posted(client, url("deadline_change", deadline.pk), data)
    assert [step.when for step in deadline.steps.all()] == ["opening"]


def test_appointment_is_made_by_the_service_and_ended_by_an_act(client, editor):
    conference, person = make_conference(), make_user()
    data = {"conference": conference.pk, "user": person.pk, "task": "teller"}
    posted(client, url("layappointment_add"), data)
    appointment = LayAppointment.objects.get()
    assert (appointment.user, appointment.appointed_by) == (person, editor)
    posted(client, url("layappointment_act", appointment.pk, "end"), {})
    appointment.refresh_from_db()
    assert appointment.ended_at == AT
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["appointment.made", "appointment.ended"]


def test_appointment_of_staff_is_refused_in_the_form(client, editor):
    data = {"conference": make_conference().pk, "user": editor.pk, "task": "teller"}
    page = posted(client, url("layappointment_add"), data).content.decode()
    assert "people who do not work in the admin" in page


def test_authority_is_withdrawn_by_an_act(client, editor):
    row = make_authorisation(make_user(), make_organisation(), make_conference())
    posted(client, url("authorisation_act", row.pk, "withdraw"), {})
    row.refresh_from_db()
    assert (row.withdrawn_by, row.withdrawn_at) == (editor, AT)


def test_imprint_is_published_by_administrators_and_never_changed(client):
    sign_in(client, make_staff(Role.ADMINISTRATOR))
    posted(client, url("imprint_add"), {"text": "Promoted by B", "in_force_from": "", "note": ""})
    imprint = Imprint.objects.get()
    assert imprint.in_force_from == AT
    assert AuditEntry.objects.get().action == "imprint.published"
    posted(client, url("imprint_change", imprint.pk), {"text": "x"})
    imprint.refresh_from_db()
    assert imprint.text == "Promoted by B"


def test_imprint_in_the_past_is_refused_beside_its_field(client):
    sign_in(client, make_staff(Role.ADMINISTRATOR))
    data = {"text": "Promoted by B", "in_force_from": "2016-01-01T00:00", "note": ""}
    page = posted(client, url("imprint_add"), data)
    assert "An imprint cannot begin in the past." in page.content.decode()
    assert not Imprint.objects.exists()
