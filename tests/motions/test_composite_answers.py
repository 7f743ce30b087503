"""A body signs the text before it, stays out or withdraws, by the date."""

import datetime as dt

import pytest

from mailing.models import Mail
from motions.composites.models import Answer
from motions.composites.services import answering
from motions.services.withdrawing import withdraw
from tests.factories import make_authorisation, make_user
from tests.motions.composing import (
    CLOSED,
    NOW,
    mails,
    make_story,
    refused,
)
from tests.motions.make import key

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def story(at):
    at(NOW)
    return make_story()


def test_signature_is_asked_again_for_a_new_text_and_told_what_changed(story):
    story.group()
    story.lay("Severn", "Tyne")
    story.answer("Severn")
    assert story.says("Severn") == "signed"
    story.lay("Severn", "Tyne", title="Energy for all")
    assert story.says("Severn") == "signed_earlier"
    letters = Mail.objects.filter(
        to_address="severn@example.org", subject__startswith="Please answer"
    )
    assert "The title becomes “Energy for all”." in letters.order_by("-pk").first().text


def test_signature_under_a_text_that_was_replaced_is_refused(story):
    story.group()
    old = story.lay("Severn", "Tyne")
    story.lay("Severn", "Tyne", title="Energy for all")
    assert refused(story.answer, "Severn", reply={"laid": old.pk}) == "stale"


def test_answer_is_taken_until_the_last_microsecond_and_no_longer(story):
    story.group()
    story.lay("Severn", "Tyne")
    moment = dt.timedelta(microseconds=1)
    assert story.answer("Severn", at=CLOSED - moment).counts
    assert refused(story.answer, "Tyne", at=CLOSED) == "closed"


def test_answer_twice_by_one_form_is_one_answer(story):
    story.group()
    story.lay("Severn", "Tyne")
    form = key()
    assert story.answer("Severn", key=form) == story.answer("Severn", key=form)
    assert Answer.objects.count() == 1
    assert mails("Your answer").count() == 1


def test_answer_can_be_changed_and_the_first_stays_in_the_record(story):
    story.group()
    story.lay("Severn", "Tyne")
    story.answer("Severn")
    story.answer("Severn", "stays_out", at=NOW + HOUR)
    assert story.says("Severn") == "out"
    assert Answer.objects.filter(superseded_at=NOW + HOUR).count() == 1
    story.answer("Severn", at=NOW + 2 * HOUR)
    assert story.says("Severn") == "signed"


def test_body_that_moves_it_names_who_does(story):
    story.group()
    story.lay("Severn", "Tyne")
    assert refused(story.answer, "Severn", speaker=" ") == {"speaker"}
    story.answer("Mersey")
    assert story.part("Mersey").answers.get().speaker == ""


def test_answer_of_an_authorised_person_counts_once_an_officer_confirms(story):
    type(story.conference).objects.filter(pk=story.conference.pk).update(officer_confirms=True)
    story.group()
    story.lay("Severn", "Tyne")
    delegate = make_user("delegate@example.org")
    body = story.motions["Severn"].organisation
    make_authorisation(delegate, body, story.conference, by=story.officers["Severn"])
    given = story.answer("Severn", by=delegate)
    assert (story.says("Severn"), given.counts) == ("unconfirmed", False)
    answering.confirm(by=story.officers["Severn"], given=given, at=NOW + HOUR)
    assert story.says("Severn") == "signed"
    assert refused(answering.confirm, by=story.officers["Severn"], given=given, at=NOW) == "state"


def test_withdrawal_of_an_authorised_person_withdraws_only_when_confirmed(story):
    type(story.conference).objects.filter(pk=story.conference.pk).update(officer_confirms=True)
    story.group()
    delegate = make_user("delegate@example.org")
    body = story.motions["Tyne"].organisation
    make_authorisation(delegate, body, story.conference, by=story.officers["Tyne"])
    given = story.answer("Tyne", "withdraws", by=delegate)
    story.motions["Tyne"].refresh_from_db()
    assert story.motions["Tyne"].state == "published"
    answering.confirm(by=story.officers["Tyne"], given=given, at=NOW + HOUR)
    story.motions["Tyne"].refresh_from_db()
    assert story.motions["Tyne"].state == "withdrawn"


def test_withdrawing_is_a_receipt_like_any_other(story):
    story.group()
    story.answer("Tyne", "withdraws")
    story.motions["Tyne"].refresh_from_db()
    assert story.motions["Tyne"].state == "withdrawn"
    assert story.motions["Tyne"].receipts.get().kind == "withdrawn"
    assert story.says("Tyne") == "withdrawn"


def test_motion_withdrawn_by_the_ordinary_way_leaves_its_composite(story):
    story.group()
    story.lay("Severn", "Tyne")
    withdraw(by=story.officers["Mersey"], motion=story.motions["Mersey"], at=NOW, key=key())
    assert story.says("Mersey") == "withdrawn"
    assert refused(story.answer, "Mersey") == "state"
