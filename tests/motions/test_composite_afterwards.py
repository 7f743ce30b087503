"""After a composite is published: drafts of amendments follow it, its margin keeps the sources."""

import datetime as dt

import pytest

from mailing.models import Mail
from members.models import AuditEntry
from motions.composites.services import publishing
from motions.models import Amendment, MotionVersion
from motions.services.rewording import reword
from motions.services.sending import submit
from motions.services.versions import as_parsed
from motions.texts.blocks import Block
from tests.motions.composing import NOW, TEXTS, make_story
from tests.motions.make import key, make_amendment, make_amendments_call

pytestmark = pytest.mark.django_db
BOLD = TEXTS["Severn"].replace("a plan for", "a bold plan for")
BILLS = TEXTS["Tyne"].replace("lowers our bills", "lowers the bills of us all")


@pytest.fixture
def story(at):
    at(NOW)
    return make_story()


def published(story):
    story.group("Severn", "Tyne")
    story.lay("Severn", "Tyne")
    story.answer("Severn")
    story.answer("Tyne")
    return publishing.publish(by=story.cac, composite=story.composite, at=NOW)


def margins(client, motion):
    page = client.get(motion.get_absolute_url())
    return {line.text: line.margin for line in page.context["lines"]}


def reworded(motion, change, origin=MotionVersion.Origin.AMENDED):
    motion.refresh_from_db()
    blocks = [
        Block(block.key, block.kind, change(block.text))
        for block in as_parsed(motion.current_version)
    ]
    return reword(
        by=motion.created_by,
        motion=motion,
        title=motion.title,
        blocks=[*blocks, Block("", "paragraph", "Conference thanks them.")],
        origin=origin,
        at=NOW + dt.timedelta(days=1),
    )


def test_paragraph_that_is_reworded_keeps_its_source_and_a_new_one_is_new(story, client):
    motion = published(story)
    before = margins(client, motion)
    assert before["to ask the NEC for a plan for community energy."] == "from Severn Co-operative"
    reworded(motion, lambda text: text.replace("a plan for", "a bold plan for"))
    after = margins(client, motion)
    changed = "to ask the NEC for a bold plan for community energy."
    assert after.pop(changed) == "reworded from Severn Co-operative"
    assert after.pop("Conference thanks them.") == "new"
    del before["to ask the NEC for a plan for community energy."]
    assert after == before


def test_draft_of_an_amendment_follows_its_motion_into_the_composite(story, client):
    draft = make_amendment(story.motions["Severn"], text=BOLD)
    motion = published(story)
    row = Amendment.objects.get(pk=draft.pk)
    assert (row.state, row.amends, row.base) == ("draft", motion, motion.current_version)
    assert row.title == f"Amendment to “{motion.title}”"
    assert "to ask the NEC for a bold plan for community energy." in row.draft_text
    assert "to train organisers in every region." in row.draft_text
    assert row.saves.filter(text=row.draft_text).exists()
    entry = AuditEntry.objects.get(action="amendment.draft_moved")
    assert (entry.actor, entry.organisation) == (story.cac, row.organisation)
    [mail] = Mail.objects.filter(key__contains=":draft:")
    assert mail.subject == "Your draft is to the composite C1 now"
    assert "All that you changed is carried over." in mail.text
    assert "by the end of Monday 1 August 2016 (UK time), or put it away." in mail.text
    assert "bold plan" in mail.text
    sent = submit(by=row.created_by, motion=row, version=row.draft_version, at=NOW, key=key())
    assert sent.kind == "submitted"


def test_draft_that_meets_the_composite_says_where_and_loses_nothing(story):
    draft = make_amendment(story.motions["Tyne"], text=BILLS)
    published(story)
    row = Amendment.objects.get(pk=draft.pk)
    rebasing = row.rebasings.get()
    assert (rebasing.outcome, len(rebasing.places)) == ("sent_back", 1)
    assert "the places that are marked" in Mail.objects.get(key__contains=":draft:").text
    assert row.rebasings.get().old == story.motions["Tyne"].current_version


@pytest.mark.parametrize(
    ("takes_late", "way_on"),
    [(True, "You can still put the draft before the committee"), (False, "closed at the end of")],
)
def test_draft_whose_door_has_closed_is_told_so_with_what_is_left(story, takes_late, way_on):
    call = make_amendments_call(story.conference)
    call.takes_late = takes_late
    call.save()
    call.deadline.closes_on = dt.date(2016, 4, 19)
    call.deadline.save()
    make_amendment(story.motions["Severn"], text=BOLD)
    published(story)
    text = Mail.objects.get(key__contains=":draft:").text
    assert "The door for amendments closed at the end of Tuesday 19 April 2016 (UK time)." in text
    assert way_on in text
    assert ("before the committee" in text) == takes_late


def test_drafts_to_a_motion_that_stays_out_stay_where_they_are(story):
    draft = make_amendment(story.motions["Mersey"], text="Conference believes otherwise.")
    published(story)
    row = Amendment.objects.get(pk=draft.pk)
    assert row.amends == story.motions["Mersey"]
    assert not Mail.objects.filter(key__contains=":draft:").exists()
