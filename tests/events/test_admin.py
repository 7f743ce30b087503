"""The staff's pages of conferences: who may, what they ask, and that services do the work."""

from __future__ import annotations

import datetime as dt
import uuid
from contextlib import contextmanager

import pytest
from django.db.models.signals import pre_save
from django.urls import reverse

import clock
from events.models import (
    Conference,
    Day,
    Deadline,
    DeadlineChange,
    Imprint,
    LayAppointment,
    PageVersion,
    Room,
    Session,
    SessionSpeaker,
    Speaker,
)
from members.models import AuditEntry
from members.roles import Role
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

pytestmark = pytest.mark.django_db
UTC = dt.UTC
DATE = dt.date(2016, 9, 10)
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


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(AT):
        yield


@pytest.fixture
def editor(client):
    user = make_staff(Role.PROGRAMME_EDITOR)
    sign_in(client, user)
    return user


def url(name, *args):
    return reverse(f"admin:events_{name}", args=args)


def posted(client, where, data, follow=True):
    return client.post(where, data, follow=follow)


def form_of(response):
    """What a browser would send back from the page's main form, unchanged."""
    data = {}
    context = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, tuple):
                data[field.html_name], data[f"{field.html_name}_which"] = value
            elif value is not None and value is not False:
                data[field.html_name] = value
    return data


# lists


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


# who may


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


# the conference on one screen


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


# deadlines


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


def test_ladder_is_edited_on_the_deadlines_own_page(client, editor):
    deadline = make_deadline()
    page = client.get(url("deadline_change", deadline.pk))
    data = form_of(page) | {"ladder": "opening"}
    posted(client, url("deadline_change", deadline.pk), data)
    assert [step.when for step in deadline.steps.all()] == ["opening"]


# tasks, authority, imprint


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


# the programme


@pytest.fixture
def day():
    return Day.objects.create(conference=make_conference(), date=DATE)


def add(client, to, **given):
    prefix = f"day{to.pk}"
    data = {"title": "Talk", "kind": "panel", "starts": "", "day": to.pk, **given}
    data.setdefault("form_key", str(uuid.uuid4()))
    sent = {f"{prefix}-{name}": value for name, value in data.items()}
    return posted(client, url("conference_programme", to.conference_id), sent | {"prefix": prefix})


def test_session_is_added_in_three_fields_once_however_often_it_is_sent(client, editor, day):
    key = str(uuid.uuid4())
    for _ in range(3):
        response = add(client, day, starts="10:30", form_key=key)
    session = Session.objects.get()
    assert "Added: Talk." in response.content.decode()
    assert (session.kind, session.starts_at) == (
        "panel",
        dt.datetime(2016, 9, 10, 9, 30, tzinfo=UTC),
    )


def test_session_without_a_title_is_refused_and_what_was_typed_is_kept(client, editor, day):
    page = add(client, day, title="", starts="10:30").content.decode()
    assert "This field is required." in page
    assert 'value="10:30"' in page
    assert not Session.objects.exists()


def test_session_at_a_time_the_clocks_skip_is_refused(client, editor):
    day = Day.objects.create(conference=make_conference(), date=dt.date(2016, 3, 27))
    assert "does not exist in the UK" in add(client, day, starts="01:30").content.decode()


def test_session_on_a_day_of_another_conference_is_refused(client, editor, day):
    other = Day.objects.create(conference=make_conference(), date=DATE)
    add(client, day, day=other.pk)
    assert not Session.objects.exists()


def test_session_is_moved_and_the_keyboard_stays_on_its_button(client, editor, day):
    for title in ("A", "B"):
        add(client, day, title=title)
    second = Session.objects.get(title="B")
    where = url("conference_programme", day.conference_id)
    page = posted(client, where, {"move": second.pk, "places": "-1"})
    titles = list(day.sessions.order_by("position").values_list("title", flat=True))
    assert titles == ["B", "A"]
    assert page.content.decode().count("autofocus") == 0  # at the top, that button is at rest
    third = Session.objects.create(conference=day.conference, day=day, title="C", position=9)
    page = posted(client, where, {"move": third.pk, "places": "-1"}).content.decode()
    assert f'value="{third.pk}" aria-label="Move C up" autofocus' in page


@pytest.mark.parametrize("number", ["0", "x", "-1", "99999999", "9" * 40])
def test_move_of_a_session_that_is_not_here_is_not_found(client, editor, day, number):
    where = url("conference_programme", day.conference_id)
    assert posted(client, where, {"move": number}).status_code == 404


def test_programme_page_shows_clashes_of_room_and_speaker(client, editor, day):
    room = Room.objects.create(conference=day.conference, name="Main hall")
    speaker = Speaker.objects.create(name="Bob Sample")
    for title, hour in (("Early", 9), ("Late", 10)):
        talk = Session.objects.create(
            conference=day.conference,
            day=day,
            title=title,
            room=room,
            starts_at=dt.datetime(2016, 9, 10, hour, tzinfo=UTC),
            ends_at=dt.datetime(2016, 9, 10, hour + 2, tzinfo=UTC),
        )
        SessionSpeaker.objects.create(session=talk, speaker=speaker)
    page = client.get(url("conference_programme", day.conference_id))
    assert [clash.what for clash in page.context["clashes"]] == ["the room Main hall", "Bob Sample"]


def test_programme_page_costs_the_same_with_one_session_and_with_thirty(
    client, editor, day, django_assert_max_num_queries
):
    where = url("conference_programme", day.conference_id)
    Session.objects.create(conference=day.conference, day=day, title="One")
    client.get(where)
    with django_assert_max_num_queries(15) as few:
        client.get(where)
    for number in range(29):
        Session.objects.create(conference=day.conference, day=day, title=f"Talk {number}")
    with django_assert_max_num_queries(len(few)):
        client.get(where)


def test_day_page_orders_adds_and_counts_changes(client, editor, day):
    room = Room.objects.create(conference=day.conference, name="Main hall")
    Room.objects.create(conference=make_conference(), name="Elsewhere")
    Session.objects.create(conference=day.conference, day=day, title="A", position=1)
    Session.objects.create(conference=day.conference, day=day, title="B", position=2)
    page = client.get(url("day_change", day.pk))
    assert "Elsewhere" not in page.content.decode()
    data = form_of(page) | {
        "sessions-TOTAL_FORMS": "3",
        "sessions-0-position": "2",
        "sessions-1-position": "1",
        "sessions-1-room": room.pk,
        "sessions-2-title": "C",
        "sessions-2-kind": "break",
        "sessions-2-day": day.pk,
        "sessions-2-position": "3",
    }
    response = posted(client, url("day_change", day.pk), data)
    assert response.redirect_chain, response.context["errors"]
    rows = list(day.sessions.order_by("position").values_list("title", "room", "revision"))
    assert rows == [("B", room.pk, 1), ("A", None, 0), ("C", None, 0)]
    assert Session.objects.get(title="C").conference == day.conference


def test_session_page_counts_its_changes_for_calendars(client, editor, day):
    session = Session.objects.create(conference=day.conference, day=day, title="A")
    page = client.get(url("session_change", session.pk))
    posted(client, url("session_change", session.pk), form_of(page))
    session.refresh_from_db()
    assert session.revision == 0
    posted(client, url("session_change", session.pk), form_of(page) | {"title": "B"})
    session.refresh_from_db()
    assert (session.title, session.revision) == ("B", 1)


# two people at once


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
