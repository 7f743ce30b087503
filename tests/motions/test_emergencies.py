"""Emergency motions: the day of the event, and where it lies from the ordinary deadline."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from motions import requirements
from motions.committee.emergencies import When, when
from motions.models import Call, Motion, MotionVersion
from motions.services.drafting import Wording, save_draft
from motions.services.sending import submit
from tests.factories import AT, make_appointment, make_deadline, make_user, sign_in
from tests.motions.make import CLOSED, TEXT, key, make_call, make_motion

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2016, 4, 4, 11, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("day", "closes_at", "expected"),
    [
        (dt.date(2016, 4, 3), CLOSED, When.BEFORE),
        (dt.date(2016, 4, 4), CLOSED, When.LAST_DAY),
        (dt.date(2016, 4, 5), CLOSED, When.AFTER),
        (dt.date(2016, 4, 3), NOON, When.BEFORE),
        (dt.date(2016, 4, 4), NOON, When.LAST_DAY),
        (dt.date(2016, 4, 5), NOON, When.AFTER),
        (None, CLOSED, When.UNKNOWN),
        (dt.date(2016, 4, 5), None, When.UNKNOWN),
    ],
)
def test_day_of_the_event_lies_before_on_or_after_the_last_day(day, closes_at, expected):
    assert when(day, closes_at) is expected


@pytest.fixture
def emergency(at):
    """A draft to the emergency door, which is open until 1 September; ordinary motions closed."""
    at("2016-08-20 12:00")
    ordinary = make_call()
    deadline = make_deadline(
        ordinary.conference, "emergency_motions", closes_on=dt.date(2016, 9, 1)
    )
    call = make_call(deadline=deadline, kind="emergency", emergency_test="Could it have waited?")
    motion = make_motion(call)
    motion.draft_saved_at = dt.datetime(2016, 8, 20, 11, tzinfo=dt.UTC)
    motion.save()
    return motion


def test_emergency_without_its_day_or_with_one_still_to_come_is_not_ready(emergency):
    assert requirements.unmet(emergency) == {
        "event_on": ["Say on which day it happened: the committee rules on that."]
    }
    emergency.event_on = dt.date(2016, 8, 21)
    assert requirements.unmet(emergency) == {
        "event_on": ["This day is still to come. Say on which day it happened."]
    }
    emergency.event_on = dt.date(2016, 8, 20)
    assert requirements.unmet(emergency) == {}
    assert requirements.unmet(make_motion()) == {}


def test_day_of_the_event_is_sent_with_the_wording_and_stands(emergency):
    at = dt.datetime(2016, 8, 20, 11, tzinfo=dt.UTC)
    wording = Wording(title="Closure", text=TEXT, event_on=dt.date(2016, 8, 18))
    by = emergency.created_by
    saved = save_draft(by=by, motion=emergency, version=1, wording=wording, at=at).motion
    submit(by=by, motion=saved, version=2, at=at, key=key())
    assert MotionVersion.objects.get().event_on == dt.date(2016, 8, 18)


def test_emergency_without_its_day_is_refused_by_the_service(emergency):
    with pytest.raises(ValidationError) as refusal:
        submit(by=emergency.created_by, motion=emergency, version=1, at=AT, key=key())
    assert list(refusal.value.message_dict) == ["event_on"]


def test_editor_asks_for_the_day_of_an_emergency_alone(client, emergency):
    sign_in(client, emergency.created_by)

    def editor(motion):
        page = reverse("motions:edit", args=[motion.conference.slug, motion.pk])
        return client.get(page).content.decode()

    shown = editor(emergency)
    assert "When did it happen?" in shown
    assert "Could it have waited?" in shown
    ordinary = make_motion(
        Call.objects.get(kind="organisational"),
        by=emergency.created_by,
        organisation=emergency.organisation,
    )
    assert "When did it happen?" not in editor(ordinary)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (dt.date(2016, 4, 1), "It happened before ordinary motions closed"),
        (dt.date(2016, 4, 4), "It happened on the last day for ordinary motions"),
        (dt.date(2016, 8, 18), "It happened after ordinary motions closed"),
    ],
)
def test_committee_is_told_where_the_day_lies_and_may_still_rule_either_way(
    client, emergency, day, said
):
    sent = make_motion(emergency.call, state="submitted", event_on=day)
    member = make_user()
    make_appointment(member, sent.conference)
    sign_in(client, member)
    page = reverse("motions:cac-motion", args=[sent.conference.slug, sent.pk])
    shown = client.get(page).content.decode()
    assert said in shown
    assert "Could it have waited?" in shown
    client.post(page, {"version": sent.current_version_id, "verdict": "in_order"})
    assert Motion.objects.get(pk=sent.pk).state == "in_order"
