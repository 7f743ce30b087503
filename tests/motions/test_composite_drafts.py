"""The committee drafts a composite from its motions' words and lays it before their bodies."""

import datetime as dt

import pytest

from motions.composites.models import CompositeVersion
from motions.composites.services import laying
from motions.composites.services.drafting import newest_of
from motions.models import CommitteeRules
from motions.texts.blocks import Kind
from motions.texts.composing import Clause, Source
from tests.motions.composing import (
    CLOSED,
    NOW,
    mails,
    make_story,
    refused,
)

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def story(at):
    at(NOW)
    return make_story()


def test_draft_keeps_the_source_of_every_clause(story):
    story.group()
    version = story.draft()
    said = {
        clause.text: [source.part.label for source in clause.sources.order_by("pk")]
        for clause in version.clauses.order_by("position")
    }
    assert said["Conference notes:"] == ["A", "B"]
    assert said["that community energy lowers bills;"] == ["A", "B"]
    assert said["to train organisers in every region."] == ["B"]


def test_draft_names_the_source_of_words_that_were_typed_without_one(story):
    story.group()
    words = "to train organisers in every region."
    version = story.draft(clauses=[Clause(Kind.BULLET, words)])
    assert version.clauses.get().sources.get().part == story.part("Tyne")


def test_draft_drops_a_source_that_is_not_of_this_composite(story):
    story.group()
    made_up = Source("Z", "nothing")
    version = story.draft(clauses=[Clause(Kind.PARAGRAPH, "Something new.", (made_up,))])
    assert not version.clauses.get().sources.exists()


def test_draft_based_on_an_older_one_is_kept_aside(story):
    story.group()
    first = story.draft()
    late = story.draft(base=0, title="Mine")
    assert (late.outcome, late.title, late.number) == ("aside", "Mine", 2)
    assert newest_of(story.composite) == first
    assert late.clauses.exists()


def test_draft_saved_twice_is_saved_once(story):
    story.group()
    assert story.draft() == story.draft()
    assert CompositeVersion.objects.count() == 1


def test_draft_keeps_the_key_of_a_clause_that_is_reworded(story):
    story.group()
    first = story.draft()
    clauses = [
        Clause(Kind(row.kind), row.text.replace("a plan", "a bold plan"))
        for row in first.clauses.order_by("position")
    ]
    second = story.draft(clauses=clauses)
    assert [row.key for row in second.clauses.order_by("position")] == [
        row.key for row in first.clauses.order_by("position")
    ]
    assert first.clauses.filter(text__contains="bold").count() == 0


def test_draft_refuses_a_body_of_another_composite(story):
    story.group("Severn", "Tyne")
    part = story.part("Severn")
    other = make_story(story.call, prefix="New")
    other.group("Severn", "Tyne")
    assert refused(other.draft, "Severn", "Tyne", moved_by=part) == {"moved_by"}


def test_draft_without_clauses_is_refused(story):
    story.group()
    assert refused(story.draft, clauses=[]) == "empty"


# Laying before the bodies


def test_lay_tells_each_body_what_became_of_its_own(story):
    story.group()
    story.lay("Severn", "Tyne")
    text = mails("Please answer").get(to_address="tyne@example.org").text
    assert "Reworded, in paragraph 2. Yours: that community energy lowers our bills;" in text
    assert "Kept, as paragraph 7: to train organisers in every region." in text
    out = mails("Please answer").get(to_address="mersey@example.org").text
    assert "Not in it: Conference believes that roofs" in out


def test_lay_is_refused_for_a_draft_that_lacks_something(story):
    story.group()
    for facts in ({"title": ""}, {"moved_by": None}, {"seconded_by": None}):
        version = story.draft("Severn", "Tyne", **facts)
        lay = {"by": story.cac, "composite": story.composite, "version": version.number}
        assert refused(laying.lay, **lay, at=NOW) == "unfinished"


def test_lay_asks_no_seconder_of_a_rule_change(story):
    type(story.call).objects.filter(pk=story.call.pk).update(kind="rule_change")
    story.group()
    assert story.lay("Severn", "Tyne", seconded_by=None).laid_at == NOW


def test_lay_is_refused_beyond_the_words_of_the_conference(story):
    rules = CommitteeRules.objects.create(conference=story.conference, composite_max_words=5)
    story.group()
    assert refused(story.lay, "Severn", "Tyne") == "unfinished"
    rules.composite_max_words = 500
    rules.save()
    assert story.lay("Severn", "Tyne").laid_at == NOW


def test_lay_is_refused_for_a_draft_that_was_not_the_newest(story):
    story.group()
    old = story.draft("Severn", "Tyne")
    story.draft()
    lay = {"by": story.cac, "composite": story.composite, "version": old.number}
    assert refused(laying.lay, **lay, at=NOW) == "stale"


def test_lay_is_refused_after_the_date(story):
    story.group()
    assert refused(story.lay, "Severn", "Tyne", at=CLOSED) == "closed"


def test_lay_is_refused_when_one_body_alone_is_left(story):
    story.group("Severn", "Tyne")
    story.answer("Tyne", "stays_out")
    assert refused(story.lay, "Severn", "Tyne") == "few"
