"""What the bodies agreed on becomes a motion, and nothing is lost on the way."""

import datetime as dt

import pytest

from motions.committee.services import interests
from motions.composites.models import Composite
from motions.models import Block, Motion, MotionVersion
from motions.services.versions import is_intact
from motions.services.withdrawing import withdraw
from tests.motions.composing import (
    CLOSED,
    NOW,
    THEME,
    agree,
    mails,
    make_story,
    obstacles,
    publish,
    refused,
)
from tests.motions.make import key

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


def test_publish_makes_a_motion_with_the_words_and_keys_that_were_signed(agreed):
    motion = publish(agreed)
    laid = Composite.objects.get().laid
    assert (motion.number, motion.state, motion.title) == ("C1", "published", THEME)
    assert motion.organisation == agreed.motions["Severn"].organisation
    assert (motion.mover, motion.seconder) == ("Severn Speaker", "Tyne Speaker")
    assert motion.names_consent
    version = motion.current_version
    assert (version.origin, version.words) == (MotionVersion.Origin.COMPOSITE, laid.words)
    assert is_intact(version)
    rows = ("key", "kind", "text")
    assert list(version.blocks.values_list(*rows)) == list(
        laid.clauses.order_by("position").values_list(*rows)
    )


def test_publish_keeps_the_originals_readable_and_leaves_alone_who_stays_out(agreed, client):
    motion = publish(agreed)
    for name in ("Severn", "Tyne"):
        original = agreed.motions[name]
        before = list(Block.objects.filter(version=original.current_version).values("key", "text"))
        original.refresh_from_db()
        assert (original.state, original.composited_into) == ("composited", motion)
        assert original.state_in_words == "composited into C1"
        page = client.get(original.get_absolute_url()).content.decode()
        assert "Composited into C1" in page
        assert motion.get_absolute_url() in page
        assert all(row["text"] in page for row in before)
    agreed.motions["Mersey"].refresh_from_db()
    assert agreed.motions["Mersey"].state == "in_order"


def test_publish_tells_every_body_that_was_asked(agreed):
    publish(agreed)
    letters = {mail.to_address: mail.text for mail in mails("Published as C1")}
    assert set(letters) == {"severn@example.org", "tyne@example.org", "mersey@example.org"}
    assert "is not part of it and stands alone" in letters["mersey@example.org"]
    assert "as composited into C1" in letters["tyne@example.org"]


def test_publish_twice_is_once(agreed):
    motion = publish(agreed)
    agreed.composite.refresh_from_db()
    assert publish(agreed) == motion
    assert Motion.objects.filter(number__startswith="C").count() == 1


def test_publish_hides_both_names_when_one_does_not_agree(agreed, client):
    agreed.answer("Tyne", names_consent=False, at=NOW + HOUR)
    motion = publish(agreed)
    page = client.get(motion.get_absolute_url()).content.decode()
    assert "Severn Speaker" not in page
    assert "Tyne Speaker" not in page
    assert not any("Tyne Speaker" in mail.text for mail in mails("Published as C1"))


def test_second_composite_is_c2(agreed):
    publish(agreed)
    other = make_story(agreed.call, prefix="New")
    other.group("Severn", "Tyne")
    other.lay("Severn", "Tyne")
    other.answer("Severn")
    other.answer("Tyne")
    assert publish(other).number == "C2"


def test_publish_is_refused_before_everybody_has_answered(story):
    story.group()
    story.lay("Severn", "Tyne")
    story.answer("Severn")
    story.answer("Tyne")
    assert obstacles(story) == ["Not everybody has answered: Mersey Co-operative."]


def test_publish_after_the_date_takes_silence_as_staying_out(story):
    story.group()
    story.lay("Severn", "Tyne")
    story.answer("Severn")
    story.answer("Tyne")
    assert publish(story, at=CLOSED).number == "C1"
    story.motions["Mersey"].refresh_from_db()
    assert story.motions["Mersey"].state == "in_order"


def test_publish_is_refused_with_words_of_a_body_that_stays_out(story):
    story.group()
    story.lay()
    story.answer("Severn")
    story.answer("Tyne")
    story.answer("Mersey", "stays_out")
    assert obstacles(story) == [
        "Clause 8: the words come only from motions that do not take part. Lay a text without "
        "them before the bodies."
    ]


def test_publish_is_refused_when_the_mover_stays_out(story):
    story.group()
    story.lay("Mersey", "Tyne")
    story.answer("Severn")
    story.answer("Tyne")
    story.answer("Mersey", "stays_out")
    assert "Mersey Co-operative, which moves it, does not take part." in obstacles(story)


def test_publish_is_refused_for_a_member_kept_from_it(agreed):
    interests.declare(
        by=agreed.cac, motion=agreed.motions["Tyne"], words="My shop", whole_body=False, at=NOW
    )
    assert refused(publish, agreed) == "own_body"


def test_composite_does_not_count_towards_its_bodys_limit(agreed):
    motion = publish(agreed)
    counted = Motion.objects.counted_for(call=agreed.call, organisation=motion.organisation)
    assert list(counted) == [agreed.motions["Severn"]]


def test_composite_is_not_withdrawn_by_one_of_its_bodies(agreed):
    motion = publish(agreed)
    assert (
        refused(withdraw, by=agreed.officers["Severn"], motion=motion, at=NOW, key=key())
        == "composite"
    )
