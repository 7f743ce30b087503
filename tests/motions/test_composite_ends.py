"""A composite ends without agreement, by the committee or by itself; its trail."""

import datetime as dt

import pytest

from members.models import AuditEntry
from motions.composites.models import Composite
from motions.composites.services import ending, grouping, laying
from motions.models import Motion
from tests.motions.composing import (
    CLOSED,
    LAST_DAY,
    NOW,
    agree,
    mails,
    make_story,
    publish,
    refused,
)

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def story(at):
    at(NOW)
    return make_story()


@pytest.fixture
def agreed(story):
    """Severn and Tyne have signed what Mersey stays out of."""
    return agree(story)


def test_end_tells_everybody_and_the_motions_stand(story):
    story.group()
    story.lay("Severn", "Tyne")
    story.answer("Severn")
    ending.end(by=story.cac, composite=story.composite, words="Tyne wants no plan.", at=NOW)
    assert {mail.to_address for mail in mails("The composite")} == {
        "severn@example.org",
        "tyne@example.org",
        "mersey@example.org",
    }
    assert all("Tyne wants no plan." in mail.text for mail in mails("The composite"))
    states = [Motion.objects.get(pk=one.pk).state for one in story.motions.values()]
    assert states == ["published", "published", "in_order"]
    assert story.group("Severn", "Tyne").is_open


def test_end_without_words_is_refused(story):
    story.group()
    assert refused(ending.end, by=story.cac, composite=story.composite, words=" ", at=NOW) == {
        "words"
    }


def test_overdue_composite_ends_by_itself_and_says_why(story):
    story.group()
    story.lay("Severn", "Tyne")
    story.answer("Severn")
    assert ending.end_overdue(at=CLOSED - dt.timedelta(microseconds=1)) == 0
    assert ending.end_overdue(at=CLOSED) == 1
    assert ending.end_overdue(at=CLOSED) == 0
    row = Composite.objects.get()
    assert (row.state, row.closed_by) == ("ended", None)
    assert row.ending == (
        "The date for answers was the end of Tuesday 10 May 2016 (UK time). Fewer than two bodies "
        "take part in it. Tyne Co-operative, which seconds it, does not take part."
    )


def test_overdue_composite_that_is_agreed_waits_for_the_committee(agreed):
    assert ending.end_overdue(at=CLOSED) == 0
    assert publish(agreed, at=CLOSED + HOUR).number == "C1"


def test_overdue_composite_waits_while_the_conference_is_postponed(story):
    story.group()
    type(story.conference).objects.filter(pk=story.conference.pk).update(status="postponed")
    assert ending.end_overdue(at=CLOSED) == 0


def test_date_moved_keeps_the_door_open(story):
    story.group()
    story.lay("Severn", "Tyne")
    grouping.move_date(
        by=story.cac,
        composite=story.composite,
        answer_by=LAST_DAY + dt.timedelta(days=7),
        reason="Easter",
        at=NOW,
    )
    assert ending.end_overdue(at=CLOSED) == 0
    assert story.answer("Severn", at=CLOSED).counts


@pytest.mark.parametrize("state", ["published", "ended"])
def test_closed_composite_refuses_every_verb(agreed, state):
    if state == "published":
        publish(agreed)
    else:
        ending.end(by=agreed.cac, composite=agreed.composite, words="No.", at=NOW)
    agreed.composite.refresh_from_db()
    facts = {"by": agreed.cac, "composite": agreed.composite, "at": NOW}
    assert refused(agreed.draft, title="Other") == "state"
    assert refused(laying.lay, **facts, version=1) == "state"
    assert refused(ending.end, **facts, words="No.") == "state"
    assert refused(agreed.answer, "Severn") == "state"
    assert refused(grouping.move_date, **facts, answer_by=LAST_DAY, reason="x") == "state"


def test_trail_tells_every_step(agreed):
    publish(agreed)
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert [action for action in actions if action.startswith("composite.")] == [
        "composite.grouped",
        "composite.drafted",
        "composite.laid",
        *["composite.answered"] * 3,
        "composite.published",
    ]
