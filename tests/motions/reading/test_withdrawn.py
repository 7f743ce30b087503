"""What everybody could read once and was withdrawn: its readers see what became of it, calmly."""

import pytest
from django.urls import reverse

from motions.models import Amendment, Motion, MotionVersion, PrivateNote, ReadingMark
from motions.reading.services import following, marking
from motions.reading.wording import last_read
from motions.services.versions import make_version
from motions.services.withdrawing import withdraw
from tests.conftest import instant
from tests.factories import make_society, make_user, sign_in
from tests.motions.make import key, make_amendment, make_call, make_motion

pytestmark = pytest.mark.django_db
NOON = instant("2016-07-04 12:00")
SAID = "Withdrawn by Severn Food on Monday 4 July 2016, 12:00 UK time"


@pytest.fixture
def motion(at):
    at(NOON)
    return make_motion(
        make_call(),
        state="published",
        organisation=make_society("Severn Food"),
        mover="Mo Mover",
        names_consent=True,
        number="4",
    )


def withdrawn(motion):
    withdraw(by=motion.created_by, motion=motion, at=NOON, key=key())
    motion.refresh_from_db()
    return motion


def page(client, row):
    answer = client.get(row.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_withdrawn_motion_tells_strangers_who_when_and_what_it_said(client, motion):
    withdrawn(motion)
    said = page(client, motion)
    assert SAID in said
    assert "no vote is taken on it" in said
    assert "Conference notes that co-operation works." in said
    assert "Mo Mover" not in said
    assert "Amend this motion" not in said
    history = reverse("motions:history", args=[motion.conference.slug, motion.pk])
    assert client.get(history).status_code == 200


def test_withdrawn_motion_that_was_never_published_stays_unknown(client, at):
    at(NOON)
    for state in ("submitted", "in_order"):
        hidden = withdrawn(make_motion(make_call(), state=state))
        assert client.get(hidden.get_absolute_url()).status_code == 404


def test_page_of_a_motion_says_it_is_withdrawn_the_moment_it_is(client, motion):
    assert SAID not in page(client, motion)
    withdrawn(motion)
    assert SAID in page(client, motion)


def test_amendments_of_a_withdrawn_motion_are_told_with_what_became_of_them(client, motion):
    amendments = {
        "published": "No vote is taken on it: its motion was withdrawn.",
        "rewording": "No vote is taken on it: its motion was withdrawn.",
    }
    shown = {make_amendment(motion, state=state): said for state, said in amendments.items()}
    gone = make_amendment(motion, state="published", organisation=make_society("Tyne"))
    withdrawn(gone)
    draft = make_amendment(motion)
    withdrawn(motion)
    said = page(client, motion)
    for one, sentence in shown.items():
        assert one.get_absolute_url() in said
        assert sentence in page(client, one)
    assert "Withdrawn by Tyne on Monday 4 July 2016, 12:00 UK time." in said
    assert draft.get_absolute_url() not in said
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_withdrawn_amendment_is_told_on_the_page_of_its_motion_and_its_own(client, motion):
    gone = make_amendment(motion, state="published", organisation=make_society("Tyne"))
    withdrawn(gone)
    said = "Withdrawn by Tyne on Monday 4 July 2016, 12:00 UK time."
    assert said in page(client, motion)
    assert said in page(client, gone)
    assert "co-operation works" in page(client, gone)


@pytest.mark.parametrize("state", [state for state in Motion.State if state != "draft"])
def test_new_wording_of_an_amendment_is_not_read_before_it_is_published(client, motion, state):
    amendment = make_amendment(motion, state="published")
    read = amendment.current_version
    amendment.draft_text = "Conference sings a secret."
    origin = MotionVersion.Origin.REWORDED
    made = make_version(by=amendment.created_by, motion=amendment, origin=origin, at=NOON)
    columns = {"state": state, "current_version": made}
    if state == "withdrawn":
        columns |= {"withdrawn_at": NOON, "withdrawn_by": amendment.created_by}
    if state == "composited":
        columns["composited_into"] = make_motion(amendment.call, state="published")
    Amendment.objects.filter(pk=amendment.pk).update(**columns)
    amendment.refresh_from_db()
    if amendment.is_shown:  # only a text that is before conference, or was, is in these states
        assert last_read(amendment) == made
        return
    assert last_read(amendment) == read
    assert "secret" not in page(client, amendment)


def test_amendment_that_was_carried_over_is_read_as_it_was_last(motion):
    amendment = make_amendment(motion, state="published")
    amendment.draft_text = "Conference notes that co-operation works fine."
    origin = MotionVersion.Origin.CARRIED_OVER
    moved = make_version(by=amendment.created_by, motion=amendment, origin=origin, at=NOON)
    amendment.save()
    withdrawn(amendment)
    assert last_read(Amendment.objects.get(pk=amendment.pk)) == moved


def test_lists_show_a_withdrawn_motion_with_its_status_in_words(client, motion):
    reader = make_user()
    marking.mark(by=reader, motion=motion, as_="to_read", at=NOON)
    marking.note(by=reader, motion=motion, text="Ask why.", seen="", at=NOON)
    following.follow_motion(by=reader, motion=motion, at=NOON)
    withdrawn(motion)
    slug = [motion.conference.slug]
    title = motion.current_version.title
    published = client.get(reverse("motions:list", args=slug)).content.decode()
    assert published.index("<h2>Withdrawn</h2>") < published.index(title)
    assert "withdrawn on Monday 4 July 2016, 12:00 UK time" in published
    found = client.get(reverse("motions:find", args=slug), {"state": "withdrawn"})
    assert [row.pk for row in found.context["page_obj"].object_list] == [motion.pk]
    assert "Withdrawn</span>" in found.content.decode()
    mine = sign_in(client, reader).get(reverse("motions:mine", args=slug)).content.decode()
    assert mine.count(title) == 5  # to read, note, its link for readers, followed, its button
    assert "Ask why." in mine
    assert (ReadingMark.objects.count(), PrivateNote.objects.count()) == (1, 1)


def test_withdrawn_motion_is_not_followed_anew_and_who_follows_can_stop(client, motion):
    withdrawn(motion)
    reader = sign_in(client, make_user())
    keep = reverse("motions:keep", args=[motion.conference.slug, motion.pk])
    said = reader.post(keep, {"act": "follow"}, follow=True).content.decode()
    assert "nothing more will happen to it" in said
    assert "Follow by mail" not in said
    assert reader.post(keep, {"act": "mark", "mark": "read"}, follow=True).status_code == 200


def test_mover_does_not_answer_an_amendment_once_the_motion_is_withdrawn(client, motion):
    amendment = make_amendment(motion, state="published")
    withdrawn(motion)
    officer = sign_in(client, motion.created_by)
    assert "Answer it as the mover" not in page(officer, amendment)
    answer = reverse("motions:answer-amendment", args=[motion.conference.slug, amendment.pk])
    assert officer.get(answer).status_code == 404
