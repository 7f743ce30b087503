"""Numbers on motions, agendas that stay as they were printed, slips for what changed."""

import pytest
from django.core.exceptions import ValidationError

from members.models import AuditEntry
from motions.agendas import content
from motions.agendas.services import numbering, releasing
from motions.models import Call, CommitteeRules, Motion, MotionVersion, MoversAnswer, Release, Slip
from motions.services.rewording import reword
from motions.services.versions import make_version
from motions.services.withdrawing import withdraw
from motions.texts.blocks import parse
from tests.factories import AT, make_user
from tests.motions.make import key, make_amendment, make_call, make_motion

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return make_call()


@pytest.fixture
def member():
    return make_user("cac@example.org")


def published(call, *titles, **more):
    return [make_motion(call, state="published", title=title, **more) for title in titles]


def numbered(call, member, *titles):
    motions = published(call, *titles)
    pks = [motion.pk for motion in motions]
    numbering.number(by=member, conference=call.conference, order=pks, at=AT)
    return motions


def numbers(call):
    return dict(Motion.objects.for_conference(call.conference).values_list("title", "number"))


def printed(call, member, kind="preliminary"):
    return releasing.release(by=member, conference=call.conference, kind=kind, at=AT)


def test_motions_are_numbered_in_the_order_given_and_can_be_put_in_another(call, member):
    homes, trains = numbered(call, member, "Homes", "Trains")
    assert numbers(call) == {"Homes": "1", "Trains": "2"}
    again = [trains.pk, homes.pk]
    numbering.number(by=member, conference=call.conference, order=again, at=AT)
    assert numbers(call) == {"Homes": "2", "Trains": "1"}
    assert AuditEntry.objects.filter(action="motion.numbered").count() == 4


def test_numbering_the_same_twice_changes_nothing(call, member):
    motions = numbered(call, member, "Homes", "Trains")
    pks = [motion.pk for motion in motions]
    assert numbering.number(by=member, conference=call.conference, order=pks, at=AT) == []


def test_number_that_was_printed_never_moves_and_later_ones_follow(call, member):
    numbered(call, member, "Homes", "Trains")
    printed(call, member)
    [late] = published(call, "Late")
    every = list(Motion.objects.values_list("pk", flat=True))
    with pytest.raises(ValidationError) as refused:
        numbering.number(by=member, conference=call.conference, order=every, at=AT)
    assert refused.value.code == "stale"
    numbering.number(by=member, conference=call.conference, order=[late.pk], at=AT)
    assert numbers(call) == {"Homes": "1", "Trains": "2", "Late": "3"}


def test_number_of_a_withdrawn_motion_is_never_given_again(call, member):
    homes, trains = numbered(call, member, "Homes", "Trains")
    printed(call, member)
    withdraw(by=trains.created_by, motion=trains, at=AT, key=key())
    [late] = published(call, "Late")
    numbering.number(by=member, conference=call.conference, order=[late.pk], at=AT)
    assert numbers(call)["Late"] == "3"


def test_numbers_by_category_are_a_setting_of_the_conference(call, member):
    CommitteeRules.objects.create(conference=call.conference, numbering="by_category")
    housing = call.conference.motion_categories.create(name="Housing", position=2)
    economy = call.conference.motion_categories.create(name="Economy", position=1)
    published(call, "Homes", category=housing)
    published(call, "Fares", category=economy)
    published(call, "Other")
    order = [motion.pk for motion in numbering.on_the_agenda(call.conference)]
    numbering.number(by=member, conference=call.conference, order=order, at=AT)
    assert numbers(call) == {"Fares": "101", "Homes": "201", "Other": "301"}
    groups = [group["name"] for group in printed(call, member).content["groups"]]
    assert groups == ["Economy", "Housing", "Other motions"]


def test_emergency_motions_have_numbers_of_their_own(call, member):
    emergency = make_call(deadline=call.deadline, kind=Call.Kind.EMERGENCY)
    published(call, "Homes")
    published(emergency, "Flood")
    order = [motion.pk for motion in numbering.on_the_agenda(call.conference)]
    numbering.number(by=member, conference=call.conference, order=order, at=AT)
    assert numbers(call) == {"Homes": "1", "Flood": "E1"}


def test_agenda_keeps_every_word_number_and_line_and_names_no_person(call, member):
    published(call, "Homes", mover="Mo Mover", seconder="Sec", names_consent=True)
    with pytest.raises(ValidationError) as refused:
        printed(call, member)
    assert refused.value.code == "unnumbered"
    order = [motion.pk for motion in numbering.on_the_agenda(call.conference)]
    numbering.number(by=member, conference=call.conference, order=order, at=AT)
    release = printed(call, member)
    [item] = release.items
    assert (item["number"], item["title"]) == ("1", "Homes")
    assert [row["lines"] for row in item["blocks"]] == [
        [[1, "Conference notes that co-operation works."]],
        [[2, "Conference resolves to say so."]],
    ]
    assert "Mo Mover" not in str(release.content)
    assert release.sha256 == content.seal(release.content)


def test_agenda_of_nothing_or_of_the_same_again_is_refused(call, member):
    with pytest.raises(ValidationError) as refused:
        printed(call, member)
    assert refused.value.code == "empty"
    numbered(call, member, "Homes")
    printed(call, member)
    with pytest.raises(ValidationError) as refused:
        printed(call, member)
    assert refused.value.code == "unchanged"
    assert printed(call, member, "final").name == "Final agenda"
    assert Release.objects.count() == 2


def reworded(motion, text):
    motion.refresh_from_db()
    motion.draft_text = text
    make_version(by=motion.created_by, motion=motion, origin=MotionVersion.Origin.CORRECTION, at=AT)
    motion.save()


def test_changes_after_print_become_slips_and_the_agenda_stays_as_it_was(call, member):
    homes, trains = numbered(call, member, "Homes", "Trains")
    release = printed(call, member)
    before = dict(release.content)
    reworded(homes, homes.draft_text.replace("works", "helps"))
    withdraw(by=trains.created_by, motion=trains, at=AT, key=key())
    [late] = published(call, "Late")
    with pytest.raises(ValidationError) as refused:
        releasing.issue_slips(by=member, release=release, at=AT)
    assert refused.value.code == "unnumbered"
    numbering.number(by=member, conference=call.conference, order=[late.pk], at=AT)
    slips = releasing.issue_slips(by=member, release=release, at=AT)
    assert [(slip.number, slip.kind) for slip in slips] == [
        (1, "reworded"),
        (2, "gone"),
        (3, "added"),
    ]
    assert slips[0].text == (
        'Motion 1 has a new wording. In paragraph 1, delete "works", insert "helps".'
    )
    assert (
        slips[1].text
        == f"Motion 2, “Trains”, from {trains.organisation}, is no longer on the agenda: withdrawn."
    )
    release.refresh_from_db()
    assert release.content == before
    assert releasing.issue_slips(by=member, release=release, at=AT) == []
    # what came in addition is printed by its slip: it stands
    assert numbering.number(by=member, conference=call.conference, order=[], at=AT) == []


def test_second_slip_tells_what_changed_since_the_first(call, member):
    [homes] = numbered(call, member, "Homes")
    release = printed(call, member)
    reworded(homes, homes.draft_text.replace("works", "helps"))
    releasing.issue_slips(by=member, release=release, at=AT)
    reworded(homes, homes.draft_text.replace("say so", "do so"))
    [slip] = releasing.issue_slips(by=member, release=release, at=AT)
    assert 'delete "say", insert "do"' in slip.text
    assert "helps" not in slip.text


def test_misprint_is_corrected_in_words_once(call, member):
    numbered(call, member, "Homes")
    release = printed(call, member)
    slip = releasing.correct(by=member, release=release, text=" For 3 read 4. ", at=AT)
    assert (slip.number, slip.text, slip.kind) == (1, "For 3 read 4.", Slip.Kind.CORRECTION)
    with pytest.raises(ValidationError) as refused:
        releasing.correct(by=member, release=release, text="For 3 read 4.", at=AT)
    assert refused.value.code == "twice"


def test_second_edition_has_its_own_name(call, member):
    numbered(call, member, "Homes")
    printed(call, member)
    [late] = published(call, "Late")
    numbering.number(by=member, conference=call.conference, order=[late.pk], at=AT)
    assert printed(call, member).name == "Preliminary agenda, second edition"


def test_published_motions_stand_in_the_order_of_their_numbers(call):
    for number in ("10", "2", "C1", "", "E1", "C10", "C2"):
        make_motion(call, state="published", number=number)
    found = Motion.objects.for_conference(call.conference).published()
    assert [motion.number for motion in found] == ["2", "10", "C1", "C2", "C10", "E1", ""]


def test_amendments_are_numbered_after_their_motion_and_stand_once_printed(call, member):
    homes, trains = numbered(call, member, "Homes", "Trains")
    Motion.objects.filter(pk=homes.pk).update(number="1")
    homes.refresh_from_db()
    later = make_amendment(homes, state="published")
    first = make_amendment(homes, state="published")
    order = [first.pk, later.pk, trains.pk, homes.pk]
    numbering.number(by=member, conference=call.conference, order=order, at=AT)
    found = dict(Motion.and_amendments.values_list("pk", "number"))
    assert found == {trains.pk: "1", homes.pk: "2", first.pk: "2.1", later.pk: "2.2"}
    release = printed(call, member, "final")
    third = make_amendment(homes, state="published")
    numbering.number(by=member, conference=call.conference, order=[third.pk], at=AT)
    third.refresh_from_db()
    assert third.number == "2.3"
    assert release.entries.count() == 4


def test_final_agenda_has_amendments_as_sentences_and_compared_and_says_which_are_accepted(
    call, member
):
    [homes] = numbered(call, member, "Homes")
    homes.refresh_from_db()
    one = make_amendment(homes, state="published")
    MoversAnswer.objects.create(
        amendment=one, version=one.current_version, answer="accepted", given_by=member, given_at=AT
    )
    numbering.number(by=member, conference=call.conference, order=[homes.pk, one.pk], at=AT)
    assert printed(call, member).items[0]["amendments"] == []
    [[found]] = [item["amendments"] for item in printed(call, member, "final").items]
    assert found["number"] == "1.1"
    assert found["status"] == "Accepted by the mover"
    assert found["sentences"] == ['In paragraph 1, after "works", insert "well".']
    assert found["rows"][0]["segments"][1] == ["inserted", " well"]


def test_slip_after_a_final_agenda_tells_of_an_amendment_that_came_or_went(call, member):
    [homes] = numbered(call, member, "Homes")
    homes.refresh_from_db()
    one = make_amendment(homes, state="published")
    numbering.number(by=member, conference=call.conference, order=[homes.pk, one.pk], at=AT)
    release = printed(call, member, "final")
    withdraw(by=one.created_by, motion=one, at=AT, key=key())
    two = make_amendment(homes, state="published")
    numbering.number(by=member, conference=call.conference, order=[two.pk], at=AT)
    slips = releasing.issue_slips(by=member, release=release, at=AT)
    assert [(slip.kind, slip.motion_id) for slip in slips] == [("gone", one.pk), ("added", two.pk)]
    assert slips[1].text == f"Amendment 1.2, from {two.organisation}, comes in addition."


def test_text_that_conference_amended_is_no_misprint(call, member):
    [homes] = numbered(call, member, "Homes")
    release = printed(call, member, "final")
    homes.refresh_from_db()
    reword(
        by=member,
        motion=homes,
        title="Homes",
        blocks=parse("Conference resolves otherwise."),
        origin=MotionVersion.Origin.AMENDED,
        at=AT,
    )
    assert releasing.issue_slips(by=member, release=release, at=AT) == []
