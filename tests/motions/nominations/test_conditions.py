"""A nomination is conditional until the nominee is a delegate: tested when registration has closed."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.models import Conference, DeadlineChange
from mailing.models import Mail
from members.models import AuditEntry
from motions.models import Candidate, Seat
from motions.nominations import eligibility
from motions.nominations.services import confirming, striking
from motions.nominations.services.confirming import judge_conditions
from registrations.models import PassType, Place
from tests.factories import AT, make_deadline, make_member, make_region, make_user
from tests.motions.make import make_post
from tests.motions.nominations.make import make_candidate, make_committee

pytestmark = pytest.mark.django_db
OVER = dt.datetime(2016, 8, 22, 23, 0, tzinfo=dt.UTC)  # 23 August, 00:00 in London
LAST = OVER - dt.timedelta(microseconds=1)
REASON = (
    "They were not registered as a delegate when delegate registration closed at the end of Monday "
    "22 August 2016 (UK time)."
)


@pytest.fixture
def post():
    post = make_post()
    make_deadline(post.conference, "delegate_registration", closes_on=dt.date(2016, 8, 22))
    return post


@pytest.fixture
def register(delegate_place):
    """Makes somebody a delegate."""

    def _register(candidate, **fields):
        place = delegate_place(candidate.post.conference, candidate.email, PassType.Role.DELEGATE)
        Place.objects.filter(pk=place.pk).update(**fields)

    return _register


def state(candidate):
    candidate.refresh_from_db()
    return candidate.state


def test_conditions_before_registration_closes_are_left_alone(post, register):
    delegate, other = make_candidate(post), make_candidate(post)
    register(delegate)
    assert judge_conditions(at=LAST) == 0
    assert (state(delegate), state(other)) == ("consented", "consented")
    assert delegate.confirmed_at is None


def test_conditions_at_midnight_confirm_the_delegate_and_strike_out_the_other(post, register):
    delegate, other = make_candidate(post), make_candidate(post, "Olu Other", region="London")
    register(delegate)
    assert judge_conditions(at=OVER) == 2
    assert (state(delegate), delegate.confirmed_at) == ("consented", OVER)
    assert (state(other), other.struck_out_reason) == ("struck_out", REASON)
    assert (other.struck_out_at, other.struck_out_by) == (OVER, None)
    for candidate, words in ((delegate, "registered as a delegate"), (other, REASON)):
        officer = candidate.nominations.get().submitted_by
        for address in (candidate.email, officer.email):
            (mail,) = Mail.objects.filter(to_address=address)
            assert words in " ".join(mail.text.split())
    actions = AuditEntry.objects.filter(action__startswith="candidate.").order_by("pk")
    assert [row.action for row in actions] == ["candidate.confirmed", "candidate.struck_out"]
    assert {row.actor for row in actions} == {None}


def test_conditions_judged_again_change_and_tell_nothing(post, register):
    register(make_candidate(post))
    make_candidate(post)
    judge_conditions(at=OVER)
    before = Mail.objects.count(), AuditEntry.objects.count()
    for later in (OVER, OVER + dt.timedelta(minutes=5), OVER + dt.timedelta(days=1)):
        assert judge_conditions(at=later) == 0
    assert (Mail.objects.count(), AuditEntry.objects.count()) == before


def test_conditions_after_days_of_downtime_are_made_up_for(post, register):
    delegate, other = make_candidate(post), make_candidate(post)
    register(delegate)
    assert judge_conditions(at=OVER + dt.timedelta(days=3)) == 2
    assert (state(delegate), state(other)) == ("consented", "struck_out")


@pytest.mark.parametrize(
    ("how", "is_found"),
    [
        ({}, True),
        ({"email": "NOMINEE@Example.org"}, True),
        ({"email": ""}, False),
        ({"email": "", "name": "Somebody Else"}, False),
        ({"email": "", "member": True}, True),
        ({"email": "", "user": True}, True),
        ({"cancelled_at": AT}, False),
    ],
)
def test_delegate_is_found_by_address_membership_or_sign_in(post, register, how, is_found):
    candidate = make_candidate(post, email="nominee@example.org", membership_number="m 7")
    if how.get("member"):
        how = {**how, "member": make_member(number="M 7")}
    if how.get("user"):
        how = {**how, "user": make_user("nominee@example.org")}
    register(candidate, **how)
    assert eligibility.is_delegate(candidate) is is_found


def test_namesake_without_an_address_waits_for_people_to_look(post, register):
    candidate = make_candidate(post)
    register(candidate, email="", name="nia NOMINEE")
    assert judge_conditions(at=OVER) == 0
    assert state(candidate) == "consented"
    by = make_user()
    with pytest.raises(ValidationError):
        confirming.confirm(by=by, candidate=candidate, reason=" ", at=OVER)
    confirming.confirm(by=by, candidate=candidate, reason="Rang the secretary", at=OVER)
    assert (state(candidate), candidate.confirmed_at) == ("consented", OVER)
    with pytest.raises(ValidationError):
        confirming.confirm(by=by, candidate=candidate, reason="Again", at=OVER)


def test_extension_for_a_nominating_body_gives_its_nominee_the_same_time(post, register):
    candidate, other = make_candidate(post), make_candidate(post)
    DeadlineChange.objects.create(
        deadline=post.conference.deadlines.get(kind="delegate_registration"),
        organisation=candidate.nominations.get().organisation,
        closes_on=dt.date(2016, 8, 24),
        reason="Their secretary was ill",
        changed_by=make_user(),
        changed_at=AT,
    )
    assert judge_conditions(at=OVER) == 1
    assert (state(candidate), state(other)) == ("consented", "struck_out")
    assert judge_conditions(at=OVER + dt.timedelta(days=2)) == 1
    assert "Wednesday 24 August" in Candidate.objects.get(pk=candidate.pk).struck_out_reason


@pytest.mark.parametrize("status", ["postponed", "cancelled", "over"])
def test_conditions_wait_while_a_conference_is_halted(post, status):
    make_candidate(post)
    Conference.objects.filter(pk=post.conference.pk).update(status=status)
    assert judge_conditions(at=OVER) == 0


def test_conditions_of_a_post_that_asks_for_no_delegate_are_none(post):
    post.nominee_is_delegate = False
    post.save()
    make_candidate(post)
    assert judge_conditions(at=OVER) == 0


def test_reinstated_stands_as_before_and_is_not_struck_out_again(post):
    candidate = make_candidate(post)
    judge_conditions(at=OVER)
    candidate.refresh_from_db()
    later = OVER + dt.timedelta(hours=9)
    with pytest.raises(ValidationError):
        striking.reinstate(by=make_user(), candidate=candidate, reason="", at=later)
    striking.reinstate(by=make_user(), candidate=candidate, reason="Paid by cheque", at=later)
    assert (state(candidate), candidate.struck_out_reason) == ("consented", "")
    assert judge_conditions(at=later) == 0
    assert Mail.objects.filter(to_address=candidate.email, text__contains="after all").count() == 1


@pytest.mark.parametrize(
    ("facts", "is_barred"),
    [
        ({"from_year": 2015, "until_year": 2017}, True),
        ({"from_year": 2015, "until_year": 2016}, False),
        ({"from_year": 2015, "until_year": None}, False),
        ({"from_year": 2016, "until_year": 2019}, False),
        ({"from_year": 2015, "until_year": 2018, "given_up_on": dt.date(2016, 1, 1)}, False),
    ],
)
def test_region_of_a_sitting_member_is_barred_while_they_carry_on(facts, is_barred):
    committee = make_committee()
    post = make_post(fills=committee)
    Seat.objects.create(committee=committee, name="Sal", region=make_region("Wales"), **facts)
    reasons = eligibility.reasons_against(post, make_region("Wales"))
    said = (
        "A member from Wales cannot stand in 2016: the region is already represented, until the "
        "conference of 2017."
    )
    assert reasons == ([said] if is_barred else [])
    post.one_per_region = False
    assert eligibility.reasons_against(post, make_region("Wales")) == []
