"""Several motions made one: grouped, drafted, signed, published, and nothing lost on the way."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.models import Deadline
from mailing.models import Mail
from members.models import AuditEntry
from motions.committee.services import interests
from motions.composites.models import Answer, Composite, CompositeVersion
from motions.composites.services import answering, ending, grouping, laying, publishing
from motions.composites.services.drafting import newest_of
from motions.models import Block, CommitteeRules, Motion, MotionVersion
from motions.services.versions import is_intact
from motions.services.withdrawing import withdraw
from motions.texts.blocks import Kind
from motions.texts.composing import Clause, Source
from tests.factories import make_authorisation, make_user
from tests.motions.composing import CLOSED, LAST_DAY, NOW, THEME, make_story
from tests.motions.make import key, make_call, make_motion

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def story(at):
    at(NOW)
    return make_story()


def refused(act, *args, **more):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **more)
    error = refusal.value
    return set(error.message_dict) if hasattr(error, "error_dict") else error.error_list[0].code


def obstacles(story):
    with pytest.raises(ValidationError) as refusal:
        publishing.publish(by=story.cac, composite=story.composite, at=NOW)
    return refusal.value.messages


def publish(story, at=NOW):
    return publishing.publish(by=story.cac, composite=story.composite, at=at)


def mails(subject):
    return Mail.objects.filter(subject__startswith=subject).order_by("to_address")


# Grouping


def test_group_invites_each_body_with_the_texts_of_the_others(story):
    story.group()
    letters = mails("Composite proposed")
    assert [mail.to_address for mail in letters] == [
        "mersey@example.org",
        "severn@example.org",
        "tyne@example.org",
    ]
    for mail in letters:
        assert "the end of Tuesday 10 May 2016 (UK time)" in mail.text
        assert "to train organisers in every region." in mail.text
        assert "that the rules of the grid hold societies back." in mail.text
        assert "roofs of co-operative shops" in mail.text
        assert "Secret mover" not in mail.text


def test_group_twice_by_one_form_is_one_group(story):
    form = key()
    assert story.group(key=form) == story.group(key=form)
    assert Composite.objects.count() == 1
    assert mails("Composite proposed").count() == 3


def test_group_is_refused_for_one_body_alone(story):
    assert refused(story.group, "Severn") == {"motions"}


def test_group_is_refused_for_motions_of_two_kinds(story):
    other = make_call(deadline=story.call.deadline, kind="rule_change")
    story.motions["Rule"] = make_motion(other, state="published")
    assert refused(story.group, "Severn", "Rule") == {"motions"}


@pytest.mark.parametrize(
    "state",
    sorted(set(Motion.State.values) - {"in_order", "published", "draft", "composited"}),
)
def test_group_is_refused_in_every_other_state(at, state):
    at(NOW)
    story = make_story(Tyne=state)
    assert refused(story.group, "Severn", "Tyne") == {"motions"}


def test_group_is_refused_for_a_motion_that_is_being_composited(story):
    story.group("Severn", "Tyne")
    assert refused(story.group, "Severn", "Mersey") == {"motions"}


def test_group_is_refused_for_a_member_kept_from_one_motion(story):
    interests.declare(
        by=story.cac, motion=story.motions["Tyne"], words="My shop", whole_body=False, at=NOW
    )
    assert refused(story.group) == "own_body"
    assert not Composite.objects.exists()


def test_group_is_refused_without_theme_or_with_a_day_that_has_passed(story):
    assert refused(story.group, theme=" ", answer_by=NOW.date() - dt.timedelta(days=1)) == {
        "theme",
        "answer_by",
    }
    assert refused(story.group, answer_by=dt.date.max) == {"answer_by"}


def test_group_takes_the_last_day_itself(story):
    story.group(answer_by=NOW.date())
    assert story.composite.deadline.closes_on == NOW.date()


def test_group_is_refused_while_the_conference_is_postponed(story):
    type(story.conference).objects.filter(pk=story.conference.pk).update(status="postponed")
    story.conference.refresh_from_db()
    assert refused(story.group) == "halted"


def test_date_of_a_composite_is_told_to_nobody_else(story, client):
    story.group()
    page = client.get(story.conference.get_absolute_url()).content.decode()
    feed = client.get(f"{story.conference.get_absolute_url()}dates.ics").content.decode()
    assert THEME not in page + feed
    assert Deadline.objects.filter(kind="composites").exists()
    assert not Deadline.objects.told().filter(kind="composites").exists()


# Drafting


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


# Answering


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


# Publishing


@pytest.fixture
def agreed(story):
    story.group()
    story.lay("Severn", "Tyne")
    story.answer("Severn")
    story.answer("Tyne")
    story.answer("Mersey", "stays_out")
    return story


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


# Ending


def test_end_tells_everybody_and_the_motions_stand(story):
    story.group()
    story.lay("Severn", "Tyne")
    story.answer("Severn")
    ending.end(by=story.cac, composite=story.composite, words="Tyne wants no plan.", at=NOW)
    assert {mail.to_address for mail in mails("The composite")} == {
        "severn@example.org",
        "tyne@example.org",
        "mersey@example.org",
    }
    assert all("Tyne wants no plan." in mail.text for mail in mails("The composite"))
    states = [Motion.objects.get(pk=one.pk).state for one in story.motions.values()]
    assert states == ["published", "published", "in_order"]
    assert story.group("Severn", "Tyne").is_open


def test_end_without_words_is_refused(story):
    story.group()
    assert refused(ending.end, by=story.cac, composite=story.composite, words=" ", at=NOW) == {
        "words"
    }


def test_overdue_composite_ends_by_itself_and_says_why(story):
    story.group()
    story.lay("Severn", "Tyne")
    story.answer("Severn")
    assert ending.end_overdue(at=CLOSED - dt.timedelta(microseconds=1)) == 0
    assert ending.end_overdue(at=CLOSED) == 1
    assert ending.end_overdue(at=CLOSED) == 0
    row = Composite.objects.get()
    assert (row.state, row.closed_by) == ("ended", None)
    assert row.ending == (
        "The date for answers was the end of Tuesday 10 May 2016 (UK time). Fewer than two bodies "
        "take part in it. Tyne Co-operative, which seconds it, does not take part."
    )


def test_overdue_composite_that_is_agreed_waits_for_the_committee(agreed):
    assert ending.end_overdue(at=CLOSED) == 0
    assert publish(agreed, at=CLOSED + HOUR).number == "C1"


def test_overdue_composite_waits_while_the_conference_is_postponed(story):
    story.group()
    type(story.conference).objects.filter(pk=story.conference.pk).update(status="postponed")
    assert ending.end_overdue(at=CLOSED) == 0


def test_date_moved_keeps_the_door_open(story):
    story.group()
    story.lay("Severn", "Tyne")
    grouping.move_date(
        by=story.cac,
        composite=story.composite,
        answer_by=LAST_DAY + dt.timedelta(days=7),
        reason="Easter",
        at=NOW,
    )
    assert ending.end_overdue(at=CLOSED) == 0
    assert story.answer("Severn", at=CLOSED).counts


@pytest.mark.parametrize("state", ["published", "ended"])
def test_closed_composite_refuses_every_verb(agreed, state):
    if state == "published":
        publish(agreed)
    else:
        ending.end(by=agreed.cac, composite=agreed.composite, words="No.", at=NOW)
    agreed.composite.refresh_from_db()
    facts = {"by": agreed.cac, "composite": agreed.composite, "at": NOW}
    assert refused(agreed.draft, title="Other") == "state"
    assert refused(laying.lay, **facts, version=1) == "state"
    assert refused(ending.end, **facts, words="No.") == "state"
    assert refused(agreed.answer, "Severn") == "state"
    assert refused(grouping.move_date, **facts, answer_by=LAST_DAY, reason="x") == "state"


def test_trail_tells_every_step(agreed):
    publish(agreed)
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert [action for action in actions if action.startswith("composite.")] == [
        "composite.grouped",
        "composite.drafted",
        "composite.laid",
        *["composite.answered"] * 3,
        "composite.published",
    ]
