"""What conference decided is told to followers with the text, and motions are found by it."""

import pytest
from django.urls import reverse

from mailing.models import Mail
from motions.agendas.services.outcomes import Entry, enter, take_back
from motions.models import Motion, Outcome, VotePart
from motions.reading.services import following, telling
from motions.services.withdrawing import withdraw
from tests.conftest import instant
from tests.factories import make_society, make_user
from tests.motions.make import key, make_amendment, make_call, make_motion

pytestmark = pytest.mark.django_db
MORNING = instant("2016-07-04 09:00")
NOON = instant("2016-07-04 12:00")
EVENING = instant("2016-07-04 18:10")
NEXT_NOON = instant("2016-07-05 12:00")
NEXT = instant("2016-07-05 18:10")
TOLD = {
    "carried": "It was carried.",
    "lost": "It was lost.",
    "fell": "It fell.",
    "remitted": "It was remitted.",
    "referred_back": "It was referred back.",
    "next_business": "It was left: conference went on to the next business.",
    "withdrawn": "It was withdrawn with the consent of conference.",
    "not_moved": "It was not moved.",
}


@pytest.fixture
def motion():
    found = make_motion(make_call(), state=Motion.State.PUBLISHED, title="On buses", number="4")
    following.follow_motion(by=make_user("reader@example.org"), motion=found, at=MORNING)
    return found


def entered(about, result="", at=NOON, **more):
    part, correction = more.pop("part", None), more.pop("correction", "")
    entry = Entry(result=result, **more)
    return enter(
        by=about.created_by, about=about, entry=entry, at=at, part=part, correction=correction
    )


def told(at=EVENING):
    telling.gather(at=at)
    return Mail.objects.order_by("-pk").first()


@pytest.mark.parametrize("result", Outcome.Result.values)
def test_outcome_of_a_motion_is_told_with_its_text(motion, result):
    entered(motion, result)
    mail = told()
    assert TOLD[result] in mail.text
    assert "Conference resolves to say so." in mail.text
    assert mail.subject == f"{Outcome.Result(result).label.capitalize()}: On buses"


def test_votes_and_a_note_are_told_and_a_correction_says_that_it_is_one(motion):
    entered(motion, votes_for=120, votes_against=80)
    assert "It was carried: 120 for, 80 against." in told().text
    entered(motion, votes_for=80, votes_against=120, at=NEXT_NOON, correction="Counted again.")
    mail = told(NEXT)
    assert "A correction: it was lost: 80 for, 120 against." in mail.text
    assert "undecided" not in mail.text
    assert "Counted again" not in mail.text


def test_outcome_that_is_taken_back_is_told_only_where_it_was_told(motion):
    made = entered(motion, "remitted", at=NOON)
    take_back(by=motion.created_by, outcome=made, reason="Wrong line.", at=NOON)
    assert told() is None
    made = entered(motion, "remitted", at=EVENING)
    told(NEXT)
    at = instant("2016-07-06 12:00")
    take_back(by=motion.created_by, outcome=made, reason="Wrong line.", at=at)
    mail = told(instant("2016-07-06 18:10"))
    assert "It is undecided again: “remitted” does not stand." in mail.text
    assert mail.subject == "Motion: On buses"


def test_amendments_and_parts_are_told_before_the_text_they_make(motion):
    tyne = make_society("Tyne")
    amendment = make_amendment(motion, state="published", number="4.1", organisation=tyne)
    keys = [motion.current_version.blocks.last().key]
    part = VotePart.objects.create(motion=motion, words="Paragraph 2", position=1, keys=keys)
    entered(amendment, "carried")
    entered(motion, "lost", part=part)
    text = told().text
    order = [
        "Amendment 4.1 of Tyne was carried.",
        "Its part “Paragraph 2” was lost.",
        "It has a new text: as amended by conference.",
        "Conference notes that co-operation works well.",
    ]
    assert [one for one in order if one not in text] == []
    assert sorted(order, key=text.index) == order
    assert "Conference resolves to say so." not in text


def test_amendment_withdrawn_after_publication_is_told(motion):
    amendment = make_amendment(motion, state="published", number="4.1")
    withdraw(by=amendment.created_by, motion=amendment, at=NOON, key=key())
    assert f"Amendment 4.1 of {amendment.organisation} is withdrawn." in told().text


def test_motions_are_found_by_what_became_of_them(client, at, motion):
    at(EVENING)
    plain = make_motion(motion.call, state="published", title="On trains")
    other = make_motion(motion.call, state="published", title="On boats")
    entered(motion, "withdrawn")
    entered(other, "carried", at=NOON)
    page = reverse("motions:find", args=[motion.conference.slug])

    def found(state):
        answer = client.get(page, {"state": state})
        assert answer.context["form"].errors == {}
        return [row.pk for row in answer.context["page_obj"].object_list]

    assert found("published") == [plain.pk]
    assert found("decided-withdrawn") == [motion.pk]
    assert found("decided-carried") == [other.pk]
    assert found("withdrawn") == found("decided-lost") == []
    assert client.get(page, {"state": "decided-nonsense"}).context["form"].errors
    assert "Decided by conference" in client.get(page).content.decode()
