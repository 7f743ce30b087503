"""The amendments beside a motion's text: collisions by name, equal edits, orders, what is accepted."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mailing.models import Mail
from motions.amendments import beside
from motions.amendments.models import FallsIf, InsertionOrder
from motions.amendments.services.answering import answer
from motions.amendments.services.relations import decide_order, set_falls_if, take_back
from motions.models import Amendment, Motion, MoversAnswer
from motions.texts.blocks import render_text
from tests.factories import AT, make_officer, make_society, make_user
from tests.motions.make import AMENDED, TEXT, make_amendment, make_amendments_call, make_motion

pytestmark = pytest.mark.django_db
FIRST, SECOND = TEXT.split("\n\n")
#: kind of collision → the texts of two amendments
COLLISIONS = {
    "overlap": (TEXT.replace("works", "fails"), TEXT.replace("works", "flourishes")),
    "delete-vs-change": (SECOND, TEXT.replace("works", "works well")),
    "double-insert": (f"{FIRST}\n\nTrains run.\n\n{SECOND}", f"{FIRST}\n\nBuses run.\n\n{SECOND}"),
    "replace-all": ("Nothing remains here.\n\nAnother plan entirely.", AMENDED),
}
SAID = {
    "overlap": "change the same words in different ways",
    "delete-vs-change": "what is deleted here is changed there",
    "double-insert": "which comes first is still to be decided",
    "replace-all": "the whole text is replaced",
}


@pytest.fixture
def motion(at):
    at("2016-05-10 12:00")
    found = make_motion(state="published")
    make_amendments_call(found.conference)
    return found


def published(motion, *texts):
    return [make_amendment(motion, text=text, state="published") for text in texts]


@pytest.mark.parametrize("kind", COLLISIONS)
def test_collision_is_named_beside_the_text_with_both_wordings(motion, client, kind):
    one, other = published(motion, *COLLISIONS[kind])
    (meeting,) = beside.beside(motion).meetings
    assert (meeting.kind, meeting.amendments) == (kind, [one, other])
    html = client.get(motion.get_absolute_url()).content.decode()
    assert SAID[kind] in html
    assert f"Amendment from {one.organisation} and Amendment from {other.organisation}" in html


def test_stale_amendment_is_named_and_collides_with_nothing(motion, client):
    one, _ = published(motion, *COLLISIONS["overlap"])
    Motion.and_amendments.filter(pk=one.pk).update(state="rewording")
    assert beside.beside(motion).meetings == []
    assert (
        "Written against an earlier text" in client.get(motion.get_absolute_url()).content.decode()
    )


def test_equal_edits_are_one_edit(motion, client):
    one, other = published(motion, AMENDED, AMENDED)
    found = beside.beside(motion)
    assert found.meetings == []
    assert render_text(found.merged.blocks) == AMENDED
    html = client.get(motion.get_absolute_url()).content.decode()
    assert "ask for the same here. It is one edit." in html


def test_two_clean_edits_of_one_sentence_carry_a_hint(motion, client):
    published(motion, TEXT.replace("notes", "sees"), TEXT.replace("works", "flourishes"))
    assert "each in other words: read it" in client.get(motion.get_absolute_url()).content.decode()


def test_page_shows_each_amendment_with_sentence_and_changed_paragraphs_alone(motion, client):
    (one,) = published(motion, AMENDED)
    html = client.get(motion.get_absolute_url()).content.decode()
    assert "In paragraph 1, after &quot;works&quot;, insert &quot;well&quot;." in html
    assert one.get_absolute_url() in html
    assert html.count("say so") == 1  # the second paragraph only in the motion's own text


def test_page_with_thirty_amendments_asks_as_much_as_with_one(motion, client):
    client.force_login(make_user())
    counted = []
    for count in (1, 29):
        published(motion, *[TEXT.replace("works", f"works {n}") for n in range(count)])
        client.get(motion.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            client.get(motion.get_absolute_url())
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_decided_order_settles_two_insertions_at_one_point(motion, client):
    one, other = published(motion, *COLLISIONS["double-insert"])
    decide_order(by=make_user(), first=other, second=one, at=AT)
    found = beside.beside(motion)
    assert found.meetings == []
    assert render_text(found.merged.blocks) == (f"{FIRST}\n\nBuses run.\n\nTrains run.\n\n{SECOND}")
    html = client.get(motion.get_absolute_url()).content.decode()
    assert "as the committee decided" in html


def test_order_the_other_way_round_replaces_the_first_and_the_same_again_is_one(motion):
    one, other = published(motion, *COLLISIONS["double-insert"])
    member = make_user()
    first = decide_order(by=member, first=one, second=other, at=AT)
    assert decide_order(by=member, first=one, second=other, at=AT) == first
    decide_order(by=member, first=other, second=one, at=AT)
    assert list(InsertionOrder.objects.standing().values_list("first", flat=True)) == [other.pk]
    assert InsertionOrder.objects.count() == 2


def test_order_between_amendments_to_two_motions_is_refused(motion):
    (one,) = published(motion, AMENDED)
    (other,) = published(make_motion(motion.call, state="published"), AMENDED)
    with pytest.raises(ValidationError) as refusal:
        decide_order(by=make_user(), first=one, second=other, at=AT)
    assert refusal.value.code == "state"


def says(amendment, word, by=None):
    by = by or amendment.amends.created_by
    return answer(by=by, amendment=amendment, says=word, at=AT)


def test_mover_accepts_and_the_proposer_is_told_with_the_text(motion, client):
    (one,) = published(motion, AMENDED)
    says(one, "accepted")
    mail = Mail.objects.get(to_address=one.created_by.email)
    assert mail.subject.startswith("Accepted by the mover")
    assert "One vote is taken" in mail.text
    assert 'insert "well"' in mail.text
    assert render_text(beside.accepted(motion).blocks) == AMENDED
    assert "Accepted by the mover" in client.get(motion.get_absolute_url()).content.decode()


def test_mover_changes_the_answer_and_the_same_again_is_one(motion):
    (one,) = published(motion, AMENDED)
    first = says(one, "accepted")
    assert says(one, "accepted") == first
    says(one, "declined")
    standing = MoversAnswer.objects.get(ended_at__isnull=True)
    assert (standing.answer, MoversAnswer.objects.count()) == ("declined", 2)
    assert render_text(beside.accepted(motion).blocks) == TEXT


def test_accepting_what_collides_with_an_accepted_one_is_refused_by_name(motion):
    one, other = published(motion, *COLLISIONS["overlap"])
    says(one, "accepted")
    with pytest.raises(ValidationError) as refusal:
        says(other, "accepted")
    assert refusal.value.code == "collides"
    assert str(one.organisation) in refusal.value.messages[0]
    says(other, "declined")


@pytest.mark.parametrize("state", ["submitted", "in_order", "withdrawn", "rewording"])
def test_answer_to_what_is_not_published_is_refused(motion, state):
    amendment = make_amendment(motion, state=state)
    with pytest.raises(ValidationError) as refusal:
        says(amendment, "accepted")
    assert refusal.value.code == "state"


def test_answer_page_is_for_officers_of_the_movers_body(motion, client):
    (one,) = published(motion, AMENDED)
    url = reverse("motions:answer-amendment", args=[motion.conference.slug, one.pk])
    for person in (one.created_by, make_officer(make_society()), make_user()):
        client.force_login(person)
        assert client.get(url).status_code == 404
        assert client.post(url, {"answer": "accepted"}).status_code == 404
    assert not MoversAnswer.objects.exists()


def test_falls_if_is_said_on_the_page_and_taken_back(motion, client):
    one, other = published(motion, *COLLISIONS["overlap"])
    Motion.and_amendments.filter(pk=other.pk).update(number="4.2")
    member = make_user()
    relation = set_falls_if(by=member, item=one, carried=other, at=AT)
    page = one.get_absolute_url()
    assert "Falls if amendment 4.2 is carried." in client.get(page).content.decode()
    take_back(by=member, relation=relation, at=AT)
    assert "Falls if" not in client.get(page).content.decode()
    with pytest.raises(ValidationError):
        take_back(by=member, relation=relation, at=AT)
    assert FallsIf.objects.count() == 1


def test_nothing_falls_with_itself_however_far_round(motion):
    one, other, third = published(motion, AMENDED, AMENDED, AMENDED)
    member = make_user()
    set_falls_if(by=member, item=one, carried=other, at=AT)
    set_falls_if(by=member, item=other, carried=third, at=AT)
    for item, carried in ((other, one), (third, one), (one, one)):
        with pytest.raises(ValidationError) as refusal:
            set_falls_if(by=member, item=item, carried=carried, at=AT)
        assert refusal.value.code == "circle"


def test_member_with_a_stake_decides_nothing(motion):
    one, other = published(motion, *COLLISIONS["double-insert"])
    for kept in (one.created_by, motion.created_by):
        with pytest.raises(ValidationError) as refusal:
            decide_order(by=kept, first=one, second=other, at=AT)
        assert refusal.value.code == "own_body"
        with pytest.raises(ValidationError) as refusal:
            set_falls_if(by=kept, item=one, carried=other, at=AT)
        assert refusal.value.code == "own_body"


def test_what_is_accepted_and_moved_on_is_no_longer_accepted(motion):
    (one,) = published(motion, AMENDED)
    says(one, "accepted")
    Motion.and_amendments.filter(pk=one.pk).update(state="rewording")
    assert render_text(beside.accepted(motion).blocks) == TEXT
    assert Amendment.objects.to(motion).shown().count() == 1


def test_merged_text_does_not_depend_on_who_came_first(motion):
    texts = [TEXT.replace("notes", "sees"), f"{TEXT}\n\nConference is glad."]
    published(motion, *texts)
    first = render_text(beside.beside(motion).merged.blocks)
    Motion.and_amendments.filter(amends=motion).update(published_at=AT + dt.timedelta(days=1))
    rows = Amendment.objects.to(motion).with_wording().order_by("-pk")
    assert render_text(beside.beside(motion, rows).merged.blocks) == first
