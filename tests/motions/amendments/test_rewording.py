"""A motion gets a newer text: its amendments follow, or go back with the places marked."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from mailing.models import Mail
from motions.amendments.services.moving import set_hour
from motions.models import Amendment, DraftSave, Motion, MotionVersion, MoversAnswer, Rebasing
from motions.services.rewording import reword
from motions.services.sending import submit
from motions.services.versions import as_parsed, is_intact
from motions.texts import operations
from motions.texts.blocks import parse, render_text
from tests.factories import AT, make_user
from tests.motions.make import key, make_amendment, make_motion

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(days=1)
ELSEWHERE = "Conference notes that co-operation works.\n\nConference resolves to say so loudly."
SAME_PLACE = "Conference notes that co-operation works badly.\n\nConference resolves to say so."
AMENDED_ORIGIN = MotionVersion.Origin.AMENDED


def reworded(motion, text, **more):
    facts = {"title": motion.current_version.title, "origin": AMENDED_ORIGIN, "at": LATER}
    by = more.pop("by", None) or make_user()
    return reword(by=by, motion=motion, blocks=parse(text), **facts, **more)


def text_of(version):
    return render_text(as_parsed(version))


def test_reword_makes_the_next_version_with_the_keys_of_the_text_before():
    motion = make_motion(state="published")
    old = motion.current_version
    new = reworded(motion, ELSEWHERE)
    motion.refresh_from_db()
    assert motion.current_version == new
    assert (new.number, new.origin, text_of(new)) == (2, AMENDED_ORIGIN, ELSEWHERE)
    assert [b.key for b in new.blocks.all()] == [b.key for b in old.blocks.all()]
    assert is_intact(new)
    assert text_of(old) != text_of(new)
    assert motion.draft_text == ELSEWHERE
    assert not motion.has_unsent_changes


def test_reword_to_the_same_text_changes_nothing():
    motion = make_motion(state="published")
    amendment = make_amendment(motion, state="published")
    assert reworded(motion, text_of(motion.current_version)) == motion.current_version
    assert not amendment.rebasings.exists()


@pytest.mark.parametrize("state", ["submitted", "withdrawn", "not_in_order"])
def test_reword_of_what_is_not_before_conference_is_refused(state):
    motion = make_motion(state="published")
    Motion.objects.filter(pk=motion.pk).update(
        state=state,
        **({"withdrawn_at": AT, "withdrawn_by": make_user()} if state == "withdrawn" else {}),
    )
    with pytest.raises(ValidationError) as refusal:
        reworded(motion, ELSEWHERE)
    assert refusal.value.code == "state"


def test_clean_amendment_is_carried_over_and_its_body_told_with_the_text():
    motion = make_motion(state="published")
    amendment = make_amendment(motion, state="published")
    new = reworded(motion, ELSEWHERE)
    amendment = Amendment.objects.get(pk=amendment.pk)
    version = amendment.current_version
    assert (amendment.state, version.base, amendment.base) == ("published", new, new)
    assert text_of(version) == (
        "Conference notes that co-operation works well.\n\nConference resolves to say so loudly."
    )
    asked = operations.from_json(version.operations)
    assert operations.apply(asked, as_parsed(new)) == as_parsed(version)
    assert not amendment.is_stale
    noted = amendment.rebasings.get()
    assert (noted.outcome, noted.places) == (Rebasing.Outcome.CARRIED_OVER, [])
    mail = Mail.objects.get(to_address=amendment.created_by.email)
    assert "Carried over" in mail.subject
    assert 'In paragraph 1, after "works", insert "well"' in mail.text
    assert "say so loudly" in mail.text


def test_amendment_of_the_same_words_goes_back_with_the_place_marked():
    motion = make_motion(state="published")
    amendment = make_amendment(motion, state="published")
    answer = MoversAnswer.objects.create(
        amendment=amendment,
        version=amendment.current_version,
        answer="accepted",
        given_by=motion.created_by,
        given_at=AT,
    )
    hour = LATER + dt.timedelta(days=2)
    new = reworded(motion, SAME_PLACE, mend_by=hour)
    amendment = Amendment.objects.get(pk=amendment.pk)
    back = amendment.rebasings.get()
    assert (amendment.state, back.outcome, back.mend_by) == ("rewording", "sent_back", hour)
    (place,) = back.places
    assert (place["paragraph"], place["kind"]) == (1, "double-insert")
    assert "works badly" in place["is_now"]
    assert "works well" in place["asked"]
    # what was sent in stays as it was, the working copy is on the new text
    assert text_of(amendment.current_version).startswith(
        "Conference notes that co-operation works well"
    )
    assert (amendment.base, amendment.draft_text) == (new, SAME_PLACE)
    assert amendment.saves.order_by("-draft_version").first().text == SAME_PLACE
    answer.refresh_from_db()
    assert answer.ended_at == LATER
    mail = Mail.objects.get(to_address=amendment.created_by.email)
    assert "Please reword" in mail.subject
    assert "works badly" in mail.text
    assert "works well" in mail.text


def sent_back(**more):
    motion = make_motion(state="published")
    amendment = make_amendment(motion, state="published")
    reworded(motion, SAME_PLACE, **more)
    return Amendment.objects.get(pk=amendment.pk)


def mended(amendment, at):
    Motion.and_amendments.filter(pk=amendment.pk).update(
        draft_text=f"{SAME_PLACE}\n\nConference is glad.", draft_version=9
    )
    return submit(by=amendment.created_by, motion=amendment, version=9, at=at, key=key())


def test_new_wording_is_taken_after_the_deadline_until_the_hour_of_the_committee():
    hour = dt.datetime(2016, 8, 20, 12, tzinfo=dt.UTC)
    amendment = sent_back(mend_by=hour)
    with pytest.raises(ValidationError) as refusal:
        mended(amendment, hour)
    assert refusal.value.code == "closed"
    assert "Saturday 20 August 2016" in refusal.value.messages[0]
    mended(amendment, hour - dt.timedelta(microseconds=1))
    amendment = Amendment.objects.get(pk=amendment.pk)
    assert (amendment.state, amendment.current_version.origin) == ("submitted", "reworded")
    assert not amendment.is_stale
    assert not amendment.rebasings.waiting().exists()


def test_hour_is_set_once_it_is_still_to_come_and_the_body_is_told():
    amendment = sent_back()
    hour = LATER + dt.timedelta(days=1)
    member = make_user()
    with pytest.raises(ValidationError, match="still to come"):
        set_hour(by=member, amendment=amendment, mend_by=LATER, at=LATER)
    set_hour(by=member, amendment=amendment, mend_by=hour, at=LATER)
    assert amendment.rebasings.waiting().get().mend_by == hour
    assert Mail.objects.filter(to_address=amendment.created_by.email).count() == 2
    mended(amendment, LATER)
    with pytest.raises(ValidationError, match="does not wait"):
        set_hour(by=member, amendment=amendment, mend_by=hour, at=LATER)


def test_draft_follows_the_text_and_stays_the_save_of_its_writer():
    motion = make_motion(state="published")
    draft = make_amendment(motion)
    new = reworded(motion, ELSEWHERE)
    draft = Amendment.objects.get(pk=draft.pk)
    assert draft.draft_text == (
        "Conference notes that co-operation works well.\n\nConference resolves to say so loudly."
    )
    assert (draft.base, draft.draft_version, draft.state) == (new, 2, "draft")
    save = DraftSave.objects.get(motion=draft, draft_version=2)
    assert save.saved_by == draft.created_by


def test_part_of_a_draft_that_does_not_collide_is_kept():
    motion = make_motion(state="published")
    both = "Conference notes that co-operation works well.\n\nConference resolves to sing."
    draft = make_amendment(motion, text=both)
    reworded(motion, SAME_PLACE)
    draft = Amendment.objects.get(pk=draft.pk)
    assert draft.draft_text == (
        "Conference notes that co-operation works badly.\n\nConference resolves to sing."
    )
    assert draft.rebasings.get().outcome == "sent_back"


@pytest.mark.parametrize(("text", "moves"), [(ELSEWHERE, True), (SAME_PLACE, False)])
def test_ruled_out_amendment_follows_only_where_it_is_clean(text, moves):
    motion = make_motion(state="published")
    amendment = make_amendment(motion, state="not_in_order")
    reworded(motion, text)
    amendment = Amendment.objects.get(pk=amendment.pk)
    assert amendment.state == "not_in_order"
    assert amendment.is_stale is not moves
    assert not Mail.objects.filter(to_address=amendment.created_by.email).exists()


def test_settled_amendment_stays_as_it_was_voted_on():
    motion = make_motion(state="published")
    amendment = make_amendment(motion, state="published")
    before = amendment.current_version
    reworded(motion, text_of(before), settled=[amendment])
    amendment = Amendment.objects.get(pk=amendment.pk)
    assert (amendment.current_version, amendment.state) == (before, "published")
    assert not amendment.rebasings.exists()


def test_withdrawn_amendment_stays_withdrawn():
    motion = make_motion(state="published")
    amendment = make_amendment(motion, state="withdrawn")
    reworded(motion, SAME_PLACE)
    assert not amendment.rebasings.exists()
