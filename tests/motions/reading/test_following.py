"""Following by mail: what is told, to whom, once, with the text, and never what is not public."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from mailing.models import Mail, Suppression
from mailing.services import suppressing
from motions.models import Category, Follow, Motion, MotionVersion
from motions.reading.services import following, telling
from motions.services import rewording
from motions.texts.blocks import parse
from tests.conftest import instant
from tests.factories import make_conference, make_user
from tests.motions.make import make_call, make_motion

pytestmark = pytest.mark.django_db
MORNING = instant("2016-07-04 09:00")
NOON = instant("2016-07-04 12:00")
EVENING = instant("2016-07-04 18:10")
NEXT = instant("2016-07-05 18:10")


@pytest.fixture
def call():
    return make_call()


@pytest.fixture
def reader():
    return make_user("reader@example.org", "Rhys Reader")


def published(call, at=NOON, **fields):
    motion = make_motion(call, state=Motion.State.PUBLISHED, **fields)
    Motion.objects.filter(pk=motion.pk).update(published_at=at)
    motion.refresh_from_db()
    return motion


def follow_all(person, conference, at=MORNING, categories=(), everything=True):
    following.choose(
        by=person, conference=conference, everything=everything, categories=categories, at=at
    )


def mails():
    return list(Mail.objects.order_by("pk"))


def test_news_of_a_day_come_in_one_mail_with_the_texts_after_six(call, reader):
    follow_all(reader, call.conference)
    published(call, title="On buses", number="4")
    published(call, title="On trains", draft_text="Conference resolves to run trains.")
    assert telling.gather(at=instant("2016-07-04 18:09:59")) == 0
    assert telling.gather(at=EVENING) == 1
    [mail] = mails()
    assert (mail.to_address, mail.subject) == (reader.email, f"2 motions of {call.conference}")
    assert "4. On buses" in mail.text
    assert "Conference resolves to say so." in mail.text
    assert "Conference resolves to run trains." in mail.text
    assert mail.unsubscribe_scope == "following"
    assert telling.gather(at=EVENING) == telling.gather(at=NEXT) == 0


def test_what_was_there_before_one_followed_is_not_told(call, reader):
    published(call, at=MORNING)
    follow_all(reader, call.conference, at=MORNING)
    telling.gather(at=EVENING)
    assert mails() == []
    assert Follow.objects.get().told_until == instant("2016-07-04 18:00")


def test_what_comes_after_six_waits_for_the_next_day(call, reader):
    follow_all(reader, call.conference)
    published(call, at=instant("2016-07-04 18:00:00") + dt.timedelta(microseconds=1))
    assert telling.gather(at=EVENING) == 0
    assert telling.gather(at=NEXT) == 1


@pytest.mark.parametrize("state", [s for s in Motion.State if s not in Motion.PUBLIC])
def test_motion_that_is_not_public_is_never_told(call, reader, state):
    follow_all(reader, call.conference)
    motion = make_motion(call, state=state, title="Secret")
    columns = {} if state != "withdrawn" else {"withdrawn_at": NOON}
    Motion.objects.filter(pk=motion.pk).update(submitted_at=motion.submitted_at, **columns)
    MotionVersion.objects.filter(motion=motion).update(created_at=NOON)
    telling.gather(at=EVENING)
    assert mails() == []


def test_follower_of_a_category_or_a_motion_is_told_of_that_alone(call, reader):
    housing = Category.objects.create(conference=call.conference, name="Housing")
    follow_all(reader, call.conference, categories=[housing], everything=False)
    other = make_user("other@example.org")
    on_homes = published(call, at=MORNING, title="On homes", category=housing)
    following.follow_motion(by=other, motion=on_homes, at=MORNING)
    Motion.objects.filter(pk=on_homes.pk).update(published_at=NOON)
    published(call, title="On buses")
    telling.gather(at=EVENING)
    told = {mail.to_address: mail.subject for mail in mails()}
    assert told == {reader.email: "Motion: On homes", other.email: "Motion: On homes"}
    assert not any("On buses" in mail.text for mail in mails())


def test_new_text_is_told_with_its_wording_and_a_withdrawal_without(call, reader):
    motion = published(call, at=MORNING)
    following.follow_motion(by=reader, motion=motion, at=MORNING)
    rewording.reword(
        by=motion.created_by,
        motion=motion,
        title=motion.title,
        blocks=parse("Conference resolves to sing."),
        origin=MotionVersion.Origin.COMMITTEE,
        at=NOON,
    )
    telling.gather(at=EVENING)
    [first] = mails()
    assert "It has a new text: corrected by the committee." in first.text
    assert "Conference resolves to sing." in first.text
    later = NEXT - dt.timedelta(hours=1)
    Motion.objects.filter(pk=motion.pk).update(
        state="withdrawn", withdrawn_at=later, withdrawn_by=motion.created_by
    )
    telling.gather(at=NEXT)
    [_, second] = mails()
    assert "Its body has withdrawn it." in second.text
    assert "to sing" not in second.text
    assert f"marked as withdrawn: http://127.0.0.1:8000{motion.get_absolute_url()}" in second.text


def test_names_stand_in_a_mail_only_with_consent(call, reader):
    follow_all(reader, call.conference)
    published(call, mover="Mo Mover", title="Silent")
    telling.gather(at=EVENING)
    assert "Mo Mover" not in mails()[0].text
    published(call, at=NEXT - dt.timedelta(hours=1), mover="Mo Mover", names_consent=True)
    telling.gather(at=NEXT)
    assert "Moved by: Mo Mover" in mails()[1].text


def test_forty_texts_at_most_are_in_one_mail(call, reader, monkeypatch):
    monkeypatch.setattr(telling, "MOST_TEXTS", 1)
    follow_all(reader, call.conference)
    published(call, title="First", draft_text="Alpha.")
    last = published(call, title="Second", draft_text="Beta.")
    telling.gather(at=EVENING)
    [mail] = mails()
    assert "Alpha." in mail.text
    assert "Beta." not in mail.text
    assert last.get_absolute_url() in mail.text


def test_reader_unsubscribes_in_one_click_and_asks_again_on_the_site(call, reader):
    follow_all(reader, call.conference)
    published(call)
    telling.gather(at=EVENING)
    suppressing.unsubscribe(message_id=mails()[0].message_id, at=EVENING)
    assert Suppression.objects.scopes_of(reader.email) == {"following"}
    follow_all(reader, call.conference, at=NEXT)
    assert Suppression.objects.scopes_of(reader.email) == set()
    suppressing.suppress(
        by=None, address=reader.email, scope="following", reason="bounced", note="", at=NEXT
    )
    follow_all(reader, call.conference, at=NEXT)
    assert Suppression.objects.scopes_of(reader.email) == {"following"}


def test_signed_off_person_gets_nothing(call, reader):
    follow_all(reader, call.conference)
    published(call)
    reader.is_active = False
    reader.save()
    assert telling.gather(at=EVENING) == 0


def test_gathering_is_at_six_by_londons_clock_in_summer_and_winter():
    assert telling.last_gathering(instant("2016-07-04 18:09:59")) == instant("2016-07-03 18:00")
    assert telling.last_gathering(instant("2016-07-04 18:10")) == instant("2016-07-04 18:00")
    assert telling.last_gathering(instant("2016-12-05 18:10")) == instant("2016-12-05 18:00")


def test_choosing_anew_keeps_what_stays_and_ends_the_rest(call, reader):
    one, two = [Category.objects.create(conference=call.conference, name=n) for n in ("A", "B")]
    follow_all(reader, call.conference, categories=[one, two])
    following.follow_motion(by=reader, motion=published(call), at=MORNING)
    follow_all(reader, call.conference, at=NOON, categories=[two], everything=False)
    rows = list(Follow.objects.values_list("category__name", "motion__title", "since"))
    assert sorted(rows, key=str) == [("B", None, MORNING), (None, "On co-operation", MORNING)]
    foreign = Category.objects.create(conference=make_conference(), name="C")
    with pytest.raises(ValidationError):
        follow_all(reader, call.conference, categories=[foreign])


def test_draft_cannot_be_followed(call, reader):
    with pytest.raises(ValidationError):
        following.follow_motion(by=reader, motion=make_motion(call), at=NOON)


def test_gathering_asks_as_much_for_one_motion_and_one_reader_as_for_many(
    call, reader, django_assert_max_num_queries
):
    follow_all(reader, call.conference)
    for n in range(12):
        follow_all(make_user(f"r{n}@example.org"), call.conference)
        published(call, title=f"Motion {n}")
    with django_assert_max_num_queries(40):
        assert telling.gather(at=EVENING) == 13
