"""The chair enters outcomes one by one and sees after each which text is in hand."""

import pytest
from django.urls import reverse

from events.models import LayAppointment
from motions.agendas import order, script, votes
from motions.agendas.services import ordering, outcomes, substantive
from motions.agendas.services.outcomes import Entry
from motions.agendas.text_in_words import in_words
from motions.amendments import became
from motions.amendments.models import InsertionOrder
from motions.composites.services import publishing
from motions.composites.services.amendments import decide
from motions.models import Amendment, FallsIf, MoversAnswer
from motions.texts.blocks import render_text
from tests.conftest import instant
from tests.factories import AT, make_appointment, make_user, sign_in
from tests.motions.composing import NOW, TEXTS, make_story
from tests.motions.make import TEXT, make_amendment, make_call, make_motion, make_order_paper

pytestmark = pytest.mark.django_db
WELL = TEXT.replace("works.", "works well.")
FINE = TEXT.replace("works.", "works fine.")
SHOUT = TEXT.replace("say so", "shout it")
MORE = f"{TEXT}\n\nConference thanks the volunteers."
ALSO = f"{TEXT}\n\nConference thanks the drivers."


@pytest.fixture
def motion(at):
    at(instant("2016-09-10 09:00"))
    return make_motion(make_call(), state="published", number="4")


def amendment(motion, number, text, **more):
    return make_amendment(motion, state="published", number=number, text=text, **more)


def entered(about, result, **more):
    return outcomes.enter(
        by=about.created_by, about=about, entry=Entry(result=result), at=AT, **more
    )


def in_hand(motion):
    motion.refresh_from_db()
    found = substantive.Standing(motion)
    return " ".join(in_words(found)), render_text(substantive.reading(found).blocks)


def chairs_page(client, motion):
    person = make_user()
    make_appointment(person, motion.conference, LayAppointment.Task.CHAIR)
    sign_in(client, person)
    where = [motion.conference.slug, motion.pk]
    return client.get(reverse("motions:chair-motion", args=where)).content.decode()


def test_text_in_hand_is_told_after_each_outcome(motion):
    accepted = amendment(motion, "4.4", MORE)
    MoversAnswer.objects.create(
        amendment=accepted,
        version=accepted.current_version,
        answer="accepted",
        given_by=accepted.created_by,
        given_at=AT,
    )
    one, two = amendment(motion, "4.1", WELL), amendment(motion, "4.2", SHOUT)
    keys = [motion.current_version.blocks.last().key]
    [part] = ordering.vote_in_parts(by=one.created_by, motion=motion, parts=[keys], at=AT)
    thanks = "Conference thanks the volunteers."
    assert in_hand(motion) == (
        "With amendment 4.4, accepted by the mover. Still to be voted on: 4.1, 4.2, paragraph 2.",
        MORE,
    )
    entered(one, "carried")
    assert in_hand(motion) == (
        "With amendment 4.1, carried; amendment 4.4, accepted by the mover. Still to be voted on: "
        "4.2, paragraph 2.",
        f"{WELL}\n\n{thanks}",
    )
    entered(two, "lost")
    assert in_hand(motion) == (
        "With amendment 4.1, carried; amendment 4.4, accepted by the mover. Not in it: amendment "
        "4.2, lost. Still to be voted on: paragraph 2.",
        f"{WELL}\n\n{thanks}",
    )
    entered(motion, "lost", part=part)
    said, text = in_hand(motion)
    assert said.endswith("Not in it: amendment 4.2, lost; paragraph 2, lost.")
    assert text == f"{WELL.split(chr(10))[0]}\n\n{thanks}"


def test_collision_of_carried_amendments_is_told_before_everything_is_decided(client, motion):
    one, two = amendment(motion, "4.1", WELL), amendment(motion, "4.2", FINE)
    amendment(motion, "4.3", SHOUT)
    entered(one, "carried")
    said = chairs_page(client, motion)
    assert "It meets what was carried" in said
    assert "Paragraph 1: 4.1 and 4.2 change the same words." in said
    entered(two, "carried")
    said = chairs_page(client, motion)
    assert "Until you say how it reads, the words before conference stand here." in said
    assert "Keep this text" not in said
    assert "It meets what was carried" not in said
    entered(Amendment.objects.get(number="4.3"), "lost")
    assert "Keep this text" in chairs_page(client, motion)


def test_insertions_in_the_order_the_committee_decided_do_not_collide(motion):
    one, two = amendment(motion, "4.1", MORE), amendment(motion, "4.2", ALSO)
    InsertionOrder.objects.create(
        base=motion.current_version,
        first=two,
        second=one,
        decided_by=one.created_by,
        decided_at=AT,
    )
    entered(one, "carried")
    entered(two, "carried")
    thanks = "Conference thanks the drivers.\n\nConference thanks the volunteers."
    said, text = in_hand(motion)
    assert text == f"{TEXT}\n\n{thanks}"
    assert said == "With amendment 4.1, carried; amendment 4.2, carried."
    assert motion.current_version.origin == "amended"


def test_what_falls_with_what_stands_beside_the_vote(client, motion):
    one, two = amendment(motion, "4.1", WELL), amendment(motion, "4.2", FINE)
    FallsIf.objects.create(item=two, carried=one, set_by=one.created_by, set_at=AT)
    said = chairs_page(client, motion)
    assert "If it is carried, amendment 4.2 falls." in said
    assert "Falls if amendment 4.1 is carried." in said
    entered(one, "carried")
    said = chairs_page(client, motion)
    assert "Not in it: amendment 4.2, fell." in said
    assert "Falls if amendment 4.1 is carried.</strong>" not in said


@pytest.fixture
def moved(at):
    """An amendment that was printed as 7.1, and the composite it is to now."""
    at(NOW)
    story = make_story()
    severn = story.motions["Severn"]
    severn.number = "7"
    severn.save()
    text = TEXTS["Severn"].replace("a plan for", "a bold plan for")
    row = make_amendment(severn, text=text, state="published", number="7.1")
    story.group("Severn", "Tyne")
    story.lay("Severn", "Tyne")
    story.answer("Severn")
    story.answer("Tyne")
    publishing.publish(by=story.cac, composite=story.composite, at=NOW)
    story.composite.refresh_from_db()
    decide(
        by=story.cac,
        composite=story.composite,
        amendment=row,
        outcome="carried_over",
        words="",
        at=NOW,
    )
    return Amendment.objects.get(pk=row.pk)


def test_amendment_that_keeps_its_printed_number_says_which_motion_it_is_to(client, moved):
    page = client.get(moved.get_absolute_url()).content.decode()
    assert "<h1>Amendment 7.1 to C1</h1>" in page
    assert "It was to motion 7 and keeps the number it was printed with" in page
    composite = client.get(moved.amends.get_absolute_url()).content.decode()
    assert "Amendment 7.1 to C1</a>" in composite
    original = moved.composite_decision.original
    assert [one.sentence for one in became.of_motion(original)] == ["It is to motion C1 now."]
    assert "It is to motion C1 now." in client.get(original.get_absolute_url()).content.decode()


def test_papers_call_it_by_its_number_and_the_motion_it_is_to(moved):
    paper = make_order_paper(moved.amends)
    sheet = order.sheet(paper)
    item = sheet["items"][0]
    assert item["votes"][0]["words"] == "That amendment 7.1 to motion C1 be carried"
    [printed] = item["amendments"]
    assert printed["number"] == "7.1"
    assert printed["status"].startswith("It was to motion 7 and keeps the number")
    [page] = script.pages(sheet)
    assert [step["name"] for step in page["steps"]][1] == "Amendment 7.1 to motion C1"
    assert votes.named(votes.Item(1, "C1")) == "motion C1"


def test_numbers_of_amendments_that_stay_with_their_motion_say_no_more(motion):
    own = amendment(motion, "4.1", WELL)
    plain = amendment(make_motion(motion.call, state="published"), "9.1", WELL)
    assert (own.numbered_under, plain.numbered_under, motion.numbered_under) == ("", "", "")
