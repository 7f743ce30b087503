"""What the page of a motion asks the database: at most twelve questions, however many amendments."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.services.public_pages import mark_changed
from motions.models import FallsIf, Follow, InsertionOrder, MoversAnswer, Outcome, ReadingMark
from motions.reading.services import marking
from motions.services.withdrawing import withdraw
from motions.views import public
from tests.conftest import instant
from tests.factories import AT, make_officer, make_society, make_user, sign_in
from tests.motions.make import TEXT, key, make_amendment, make_call, make_motion

pytestmark = pytest.mark.django_db
NOON = instant("2016-07-04 12:00")
MOST = 12


@pytest.fixture
def motion(at):
    at(NOON)
    return make_motion(make_call(), state="published", number="4")


def amended(motion, number):
    """Amendments that meet, with everything that can be known of them."""
    made = [
        make_amendment(
            motion,
            state="published",
            number=f"{motion.number}.{n}",
            text=TEXT.replace("works.", f"works well {n}."),
        )
        for n in range(1, number + 1)
    ]
    by = motion.created_by
    for one in made:
        MoversAnswer.objects.create(
            amendment=one, version=one.current_version, answer="declined", given_by=by, given_at=AT
        )
        Outcome.objects.create(
            motion_id=one.pk,
            version=one.current_version,
            result="lost",
            threshold="simple",
            entered_by=by,
            entered_at=AT,
        )
    FallsIf.objects.create(item=made[1], carried=made[0], set_by=by, set_at=AT)
    InsertionOrder.objects.create(
        base=motion.current_version, first=made[0], second=made[1], decided_by=by, decided_at=AT
    )
    gone = make_amendment(motion, state="published", number=f"{motion.number}.98")
    withdraw(by=gone.created_by, motion=gone, at=AT, key=key())


def asked(browser, row):
    address = row.get_absolute_url()
    assert browser.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return [query["sql"] for query in queries]


def people(client, motion):
    """A member who keeps something of it, and an officer of the body that moves it."""
    member = make_user()
    ReadingMark.objects.create(reader=member, motion=motion, mark="read", marked_at=AT)
    Follow.objects.create(
        follower=member, conference=motion.conference, motion=motion, since=AT, told_until=AT
    )
    marking.note(by=member, motion=motion, text="Hm.", seen="", at=NOON)
    return {
        "member": sign_in(client.__class__(), member),
        "officer": sign_in(client.__class__(), motion.created_by),
        "officer of another body": sign_in(client.__class__(), make_officer(make_society())),
        "stranger": client,
    }


def counts(client, motion):
    return {who: len(asked(browser, motion)) for who, browser in people(client, motion).items()}


def test_page_of_a_motion_with_amendments_asks_twelve_questions_at_most(client, motion):
    amended(motion, 3)
    mark_changed()
    found = counts(client, motion)
    assert found.pop("stranger") == 1
    assert max(found.values()) <= MOST, found


def test_page_that_is_made_anew_asks_the_same_for_three_amendments_and_for_nine(
    client, motion, monkeypatch
):
    monkeypatch.setattr(public, "kept", lambda name, at, read: read())
    amended(motion, 3)
    few = counts(client, motion)
    other = make_motion(motion.call, state="published", number="5")
    amended(other, 9)
    assert counts(client, other) == few


def test_page_of_a_reader_says_what_has_changed_the_moment_it_has(client, motion):
    amended(motion, 3)
    mark_changed()
    reader = sign_in(client, make_user())
    page = motion.get_absolute_url()
    assert "Withdrawn by" not in reader.get(page).content.decode().split("4.98")[0]
    withdraw(by=motion.created_by, motion=motion, at=NOON, key=key())
    assert "Withdrawn by" in reader.get(page).content.decode().split("4.98")[0]
