"""The committee groups motions on one theme and invites their bodies."""

import datetime as dt

import pytest

from events.models import Deadline
from motions.committee.services import interests
from motions.composites.models import Composite
from motions.models import Motion
from tests.motions.composing import (
    NOW,
    THEME,
    mails,
    make_story,
    refused,
)
from tests.motions.make import key, make_call, make_motion

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def story(at):
    at(NOW)
    return make_story()


def test_group_invites_each_body_with_the_texts_of_the_others(story):
    story.group()
    letters = mails("Composite proposed")
    assert [mail.to_address for mail in letters] == [
        "mersey@example.org",
        "severn@example.org",
        "tyne@example.org",
    ]
    for mail in letters:
        assert "the end of Tuesday 10 May 2016 (UK time)" in mail.text
        assert "to train organisers in every region." in mail.text
        assert "that the rules of the grid hold societies back." in mail.text
        assert "roofs of co-operative shops" in mail.text
        assert "Secret mover" not in mail.text


def test_group_twice_by_one_form_is_one_group(story):
    form = key()
    assert story.group(key=form) == story.group(key=form)
    assert Composite.objects.count() == 1
    assert mails("Composite proposed").count() == 3


def test_group_is_refused_for_one_body_alone(story):
    assert refused(story.group, "Severn") == {"motions"}


def test_group_is_refused_for_motions_of_two_kinds(story):
    other = make_call(deadline=story.call.deadline, kind="rule_change")
    story.motions["Rule"] = make_motion(other, state="published")
    assert refused(story.group, "Severn", "Rule") == {"motions"}


@pytest.mark.parametrize(
    "state",
    sorted(set(Motion.State.values) - {"in_order", "published", "draft", "composited"}),
)
def test_group_is_refused_in_every_other_state(at, state):
    at(NOW)
    story = make_story(Tyne=state)
    assert refused(story.group, "Severn", "Tyne") == {"motions"}


def test_group_is_refused_for_a_motion_that_is_being_composited(story):
    story.group("Severn", "Tyne")
    assert refused(story.group, "Severn", "Mersey") == {"motions"}


def test_group_is_refused_for_a_member_kept_from_one_motion(story):
    interests.declare(
        by=story.cac, motion=story.motions["Tyne"], words="My shop", whole_body=False, at=NOW
    )
    assert refused(story.group) == "own_body"
    assert not Composite.objects.exists()


def test_group_is_refused_without_theme_or_with_a_day_that_has_passed(story):
    assert refused(story.group, theme=" ", answer_by=NOW.date() - dt.timedelta(days=1)) == {
        "theme",
        "answer_by",
    }
    assert refused(story.group, answer_by=dt.date.max) == {"answer_by"}


def test_group_takes_the_last_day_itself(story):
    story.group(answer_by=NOW.date())
    assert story.composite.deadline.closes_on == NOW.date()


def test_group_is_refused_while_the_conference_is_postponed(story):
    type(story.conference).objects.filter(pk=story.conference.pk).update(status="postponed")
    story.conference.refresh_from_db()
    assert refused(story.group) == "halted"


def test_date_of_a_composite_is_told_to_nobody_else(story, client):
    story.group()
    page = client.get(story.conference.get_absolute_url()).content.decode()
    feed = client.get(f"{story.conference.get_absolute_url()}dates.ics").content.decode()
    assert THEME not in page + feed
    assert Deadline.objects.filter(kind="composites").exists()
    assert not Deadline.objects.told().filter(kind="composites").exists()
