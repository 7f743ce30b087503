"""Two members look independently: what each sees, what agrees, who decides, who is kept away."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mailing.models import Mail
from motions.committee.queue import queue
from motions.committee.services import interests, notes, opinions
from motions.models import CommitteeRules, DeclaredInterest, Motion, Opinion, Ruling, RulingReason
from motions.services import ruling
from motions.services.ruling import Judgement
from motions.services.versions import make_version
from tests.factories import AT, make_appointment, make_officer, make_user, sign_in
from tests.motions.make import make_call, make_motion

pytestmark = pytest.mark.django_db
VERDICTS = ("in_order", "not_in_order", "referred", "clarification")
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def motion(at):
    at("2016-04-20 12:00")
    motion = make_motion(state="submitted")
    CommitteeRules.objects.create(conference=motion.conference, readers=2)
    return motion


@pytest.fixture
def committee(motion):
    people = [make_user(f"cac{n}@example.org", f"Member {n}") for n in (1, 2, 3)]
    for person in people:
        make_appointment(person, motion.conference)
    return people


def said(verdict="in_order", **more):
    if verdict != "in_order":
        more.setdefault("words", "Because.")
    return Judgement(verdict=verdict, **more)


def give(member, motion, verdict="in_order", at=AT, **more):
    return opinions.give(
        by=member,
        motion=motion,
        version=motion.current_version,
        judgement=said(verdict, **more),
        at=at,
    )


def decide(member, motion, verdict="in_order"):
    return opinions.decide(
        by=member, motion=motion, version=motion.current_version, judgement=said(verdict), at=AT
    )


def refused(act, *args, **more):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **more)
    return refusal.value.code


@pytest.mark.parametrize("first", VERDICTS)
@pytest.mark.parametrize("second", VERDICTS)
def test_two_opinions_make_the_ruling_exactly_when_they_say_the_same(
    motion, committee, first, second
):
    one, two, _ = committee
    assert give(one, motion, first) is None
    assert not Ruling.objects.exists()
    assert not Mail.objects.exists()
    made = give(two, motion, second)
    motion.refresh_from_db()
    if first == second:
        assert motion.state == first
        assert (made.basis, made.ruled_by, made.also_by) == ("agreed", one, two)
        assert list(made.opinions.values_list("member", flat=True)) == [one.pk, two.pk]
        assert Mail.objects.filter(to_address=motion.created_by.email).count() == 1
    else:
        assert (made, motion.state) == (None, "submitted")
        assert opinions.differ(opinions.looked(motion))


def test_agreement_with_two_reasons_tells_the_body_both(motion, committee):
    reasons = RulingReason.objects.order_by("position")[:2]
    give(committee[0], motion, "not_in_order", reason=reasons[0], words="See rule 4.")
    made = give(committee[1], motion, "not_in_order", reason=reasons[1], words="It is two motions.")
    assert made.reasons == list(reasons)
    text = " ".join(Mail.objects.get().text.split())
    for words in (reasons[0].words, reasons[1].words, "See rule 4.", "It is two motions."):
        assert words in text


def test_two_questions_are_one_letter_with_the_later_date(motion, committee):
    soon, later = AT + HOUR, AT + 24 * HOUR
    give(committee[0], motion, "clarification", words="Which?", reply_by=later)
    made = give(committee[1], motion, "clarification", words="Who?", reply_by=soon)
    assert (made.words, made.reply_by) == ("Which?\n\nWho?", later)


def test_opinion_of_another_is_not_seen_before_ones_own_is_in(client, motion, committee):
    one, two, three = committee
    give(one, motion, "not_in_order", words="Secret thoughts.")
    address = reverse("motions:cac-motion", args=[motion.conference.slug, motion.pk])
    for member in committee:
        sign_in(client, member)
        page = client.get(address).content.decode()
        assert ("Secret thoughts." in page) == (member == one)
        assert "Member 1" not in page
    give(two, motion, "in_order")
    for member in committee:
        sign_in(client, member)
        assert "Secret thoughts." in client.get(address).content.decode()


def test_member_who_changes_their_opinion_agrees_with_the_other(motion, committee):
    one, two, _ = committee
    give(one, motion, "not_in_order")
    give(two, motion, "in_order")
    made = give(one, motion, "in_order", at=AT + HOUR)
    assert (made.verdict, made.basis) == ("in_order", "agreed")
    changed = Opinion.objects.get(ended_at=AT + HOUR)
    assert (changed.member, changed.verdict, changed.ruling) == (one, "not_in_order", None)


def test_third_opinion_is_refused_and_the_third_member_decides(motion, committee):
    one, two, three = committee
    give(one, motion, "not_in_order")
    assert refused(decide, three, motion) == "agreed"
    give(two, motion, "in_order")
    assert refused(give, three, motion) == "looked"
    assert refused(decide, one, motion) == "decider"
    made = decide(three, motion, "not_in_order")
    assert (made.basis, made.ruled_by, made.also_by) == ("decided", three, None)
    assert made.opinions.count() == 2
    motion.refresh_from_db()
    assert motion.state == "not_in_order"


def test_chair_decides_alone_unless_one_of_the_two_or_kept_from_it(motion, committee):
    one, two, three = committee
    chair = make_user("chair@example.org")
    make_appointment(chair, motion.conference)
    CommitteeRules.objects.update(chair=chair)
    give(one, motion, "not_in_order")
    give(two, motion, "in_order")
    state = opinions.looked(motion)
    assert not opinions.may_decide(three, motion, state, AT)
    assert opinions.may_decide(chair, motion, state, AT)
    CommitteeRules.objects.update(chair=two)
    assert opinions.may_decide(three, motion, state, AT)
    CommitteeRules.objects.update(chair=chair)
    make_officer(motion.organisation, user=chair)
    assert not opinions.may_decide(chair, motion, state, AT)
    assert opinions.may_decide(three, motion, state, AT)
    assert not opinions.may_decide(make_user(), motion, state, AT)


def test_corrected_text_starts_the_looking_anew(motion, committee):
    one, two, _ = committee
    give(one, motion, "in_order")
    make_version(by=motion.created_by, motion=motion, origin="correction", at=AT)
    motion.save()
    assert opinions.looked(motion).opinions == []
    assert give(two, motion, "in_order") is None
    assert give(one, motion, "in_order").version == motion.current_version


def test_opinion_of_a_member_who_became_an_officer_of_the_body_no_longer_counts(motion, committee):
    one, two, three = committee
    give(one, motion, "in_order")
    make_officer(motion.organisation, user=one)
    assert give(two, motion, "in_order") is None
    assert give(three, motion, "in_order").ruled_by in {two, three}
    assert Opinion.objects.get(member=one).ended_at == AT


def test_ruling_alone_is_refused_where_two_must_look(motion, committee):
    version = motion.current_version
    assert (
        refused(
            ruling.rule, by=committee[0], motion=motion, version=version, verdict="in_order", at=AT
        )
        == "two_readers"
    )


def test_one_reader_rules_by_one_opinion(motion, committee):
    CommitteeRules.objects.update(readers=1)
    made = give(committee[0], motion, "in_order")
    assert (made.basis, made.ruled_by) == ("alone", committee[0])


@pytest.mark.parametrize("whole_body", [False, True])
def test_declared_interest_keeps_from_the_ruling_until_it_is_withdrawn(
    motion, committee, whole_body
):
    one, two, _ = committee
    other = make_motion(motion.call, organisation=motion.organisation, state="submitted")
    give(one, motion, "in_order")
    interest = interests.declare(
        by=one, motion=motion, words="My firm", whole_body=whole_body, at=AT
    )
    again = interests.declare(by=one, motion=motion, words="Twice", whole_body=whole_body, at=AT)
    assert (again, interest.words) == (interest, "My firm")
    assert opinions.looked(motion).opinions == []
    assert refused(give, one, motion) == "own_body"
    assert refused(notes.add, by=one, motion=motion, text="Hm", at=AT) == "own_body"
    if whole_body:
        assert refused(give, one, other) == "own_body"
    else:
        give(one, other)
    give(two, motion, "in_order")
    interests.withdraw(by=one, interest=interest, at=AT + HOUR)
    assert refused(interests.withdraw, by=one, interest=interest, at=AT) == "state"
    assert give(one, motion, "in_order").basis == "agreed"
    assert DeclaredInterest.objects.get().withdrawn_at == AT + HOUR


def test_member_kept_from_a_motion_reads_it_without_the_committees_thoughts(
    client, motion, committee
):
    one, two, three = committee
    notes.add(by=two, motion=motion, text="Ask the lawyer.", at=AT)
    give(one, motion, "not_in_order", words="First thought.")
    give(two, motion, "in_order")
    interests.declare(by=three, motion=motion, words="My sister", whole_body=False, at=AT)
    sign_in(client, three)
    address = reverse("motions:cac-motion", args=[motion.conference.slug, motion.pk])
    page = client.get(address).content.decode()
    assert "You are kept from this motion" in page
    assert "co-operation works" in page
    for words in ("Ask the lawyer.", "First thought.", "Two members differ</h2>"):
        assert words not in page
    data = {"act": "decision", "version": motion.current_version_id, "verdict": "in_order"}
    assert "Another member of the committee rules" in client.post(address, data).content.decode()
    motion.refresh_from_db()
    assert motion.state == "submitted"


def test_interest_is_seen_by_the_others_and_withdrawn_on_the_desk_by_its_member_alone(
    client, motion, committee
):
    one, two, _ = committee
    address = reverse("motions:cac-motion", args=[motion.conference.slug, motion.pk])
    sign_in(client, one)
    data = {"act": "declare", "interest-covers": "motion", "interest-words": "I own a shop there"}
    assert client.post(address, data).status_code == 302
    interest = DeclaredInterest.objects.get()
    sign_in(client, two)
    assert "I own a shop there" in client.get(address).content.decode()
    withdrawal = {"act": "withdraw", "interest": interest.pk}
    assert client.post(address, withdrawal).status_code == 404
    sign_in(client, one)
    assert client.post(address, withdrawal).status_code == 302
    interest.refresh_from_db()
    assert interest.withdrawn_at is not None


def test_note_is_kept_once_and_the_body_never_sees_it(client, motion, committee):
    for _ in range(2):
        notes.add(by=committee[0], motion=motion, text="They mean well.", at=AT)
    assert motion.committee_notes.count() == 1
    sign_in(client, motion.created_by)
    assert "They mean well." not in client.get(motion.get_absolute_url()).content.decode()
    assert not Mail.objects.exists()


def test_queue_says_where_each_motion_stands_for_each_member(motion, committee):
    one, two, three = committee
    call = motion.call
    late = make_motion(call, state="late", title="Late")
    asked = make_motion(call, state="clarification", title="Asked")
    ruled = make_motion(call, state="in_order", title="Ruled")
    differing = make_motion(call, state="submitted", title="Differing")
    give(one, differing, "in_order")
    give(two, differing, "not_in_order")
    give(one, motion, "in_order")
    make_officer(late.organisation, user=two)

    def stages(member):
        rows = queue(member, motion.conference).rows
        return [str(next(row.stage for row in rows if row.motion == each)) for each in every]

    every = (motion, late, differing, asked, ruled)
    assert stages(one) == ["second", "mine", "differ", "body", "ruled"]
    assert stages(two) == ["mine", "others", "differ", "body", "ruled"]
    assert stages(three) == ["mine", "mine", "differ", "body", "ruled"]
    assert [row.motion for row in queue(three, motion.conference).shown("late")] == [late]


def test_queue_counts_what_a_body_sent_against_its_limit(at):
    at("2016-04-20 12:00")
    call = make_call(per_body_limit=1)
    first = make_motion(call, state="submitted")
    make_motion(call, organisation=first.organisation, state="submitted")
    withdrawn = make_motion(call, organisation=first.organisation, state="withdrawn")
    Motion.objects.filter(pk=withdrawn.pk).update(current_version=first.current_version)
    member = make_user()
    row = queue(member, call.conference).rows[0]
    assert (row.entitlement, row.is_beyond) == ("2 of at most 1", True)
