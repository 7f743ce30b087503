"""Elections through the services: 2016 from call to places, 2018's figures, lots, vacancies."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from mailing.models import Mail
from members.models import AuditEntry
from motions.models import Candidate, Contest, Count, Seat
from motions.nominations import eligibility, showing
from motions.nominations.services import (
    answering,
    confirming,
    counts,
    lots,
    nominating,
    regions,
    results,
    settling,
    withdrawing,
)
from motions.nominations.services.counts import Figures
from motions.nominations.services.lots import Draw
from motions.nominations.services.nominating import Nominee
from registrations.models import PassType
from tests.factories import (
    make_conference,
    make_deadline,
    make_officer,
    make_region,
    make_society,
    make_user,
)
from tests.motions.make import key, make_post
from tests.motions.nominations.make import make_candidate, make_committee

pytestmark = pytest.mark.django_db
SETTLED = dt.datetime(2016, 8, 23, 9, 0, tzinfo=dt.UTC)
DECLARED = dt.datetime(2016, 9, 11, 11, 0, tzinfo=dt.UTC)


@pytest.fixture
def officer():
    return make_user("returning@example.org")


def post_of(terms=(), **fields):
    fields.setdefault("nominee_is_delegate", False)
    post = make_post(fills=make_committee(), **fields)
    for years in terms:
        post.terms.create(years=years, places=1)
    return post


def settled(post, officer):
    return settling.settle(by=officer, post=post, at=SETTLED)


def enter(contest, officer, votes, at=DECLARED, **more):
    figures = Figures(
        votes=votes, tellers=more.pop("tellers", "Ada, Bob"), **more.pop("papers", {})
    )
    return counts.enter(by=officer, contest=contest, figures=figures, at=at, **more)


def draw(contest, officer, *order, at=DECLARED):
    made = Draw(
        order=[one.pk for one in order],
        drawn_at=DECLARED - dt.timedelta(hours=1),
        drawn_by="The returning officer",
        witnesses="Ada, Bob",
    )
    return lots.record(by=officer, contest=contest, draw=made, at=at)


def declared(contest, officer):
    results.declare(by=officer, contest=contest, at=DECLARED)
    return {
        one.name: (one.state, one.years)
        for one in Candidate.objects.filter(post=contest.post).order_by("name")
    }


def test_committee_of_2016_from_the_call_to_the_declared_places(at, delegate_place, officer):
    """Two vacancies, two regions barred, nominations by 1 August, delegates by 22 August."""
    conference = make_conference("Annual Conference 2016")
    post = make_post(conference=conference, fills=make_committee(), statement_max_words=50)
    make_deadline(conference, "delegate_registration", closes_on=dt.date(2016, 8, 22))
    bodies = [make_society() for _ in range(3)]

    def nominate(name, region, body, when):
        person = Nominee(name=name, email=f"{name.lower()}@example.org", region=make_region(region))
        return nominating.nominate(
            by=make_officer(body), post=post, organisation=body, nominee=person, at=when, key=key()
        ).nomination.candidate

    july = at("2016-07-10 12:00")
    for barred in ("West Midlands", "North East & North Cumbria"):
        with pytest.raises(ValidationError) as refusal:
            nominate("Barry", barred, bodies[0], july)
        assert "already represented on the committee" in str(refusal.value)
    ann = nominate("Ann", "Wales", bodies[0], july)
    ben = nominate("Ben", "London", bodies[1], at("2016-08-01 23:59:59"))
    with pytest.raises(ValidationError):
        nominate("Late", "Scotland", bodies[2], at("2016-08-02 00:00"))
    for one in (ann, ben):
        answering.answer(candidate=one, accepts=True, at=at("2016-08-05 09:00"))
        assert eligibility.is_conditional(one)
    answering.save_statement(
        candidate=ann,
        version=1,
        wording=answering.Wording(statement="I keep minutes."),
        at=at("2016-08-06 09:00"),
    )
    delegate_place(conference, "ann@example.org", PassType.Role.DELEGATE)
    with pytest.raises(ValidationError) as refusal:
        settling.settle(by=officer, post=post, at=at("2016-08-22 23:59:59"))
    assert "Ann: not confirmed as a delegate yet." in refusal.value.messages
    assert confirming.judge_conditions(at=at("2016-08-22 23:59:59.999999")) == 0
    assert confirming.judge_conditions(at=at("2016-08-23 00:00")) == 2
    assert confirming.judge_conditions(at=at("2016-08-23 00:05")) == 0
    ann.refresh_from_db()
    ben.refresh_from_db()
    assert (ann.state, ben.state) == ("consented", "struck_out")
    assert "end of Monday 22 August 2016" in ben.struck_out_reason
    told = [mail.to_address for mail in Mail.objects.filter(text__contains="cannot stand")]
    assert "ben@example.org" in told
    assert len(told) == 2

    contest = settling.settle(by=officer, post=post, at=at("2016-08-23 09:00"))
    assert contest.kind == Contest.Kind.UNOPPOSED
    assert declared(contest, officer) == {"Ann": ("elected", None), "Ben": ("struck_out", None)}
    contest.refresh_from_db()
    assert showing.unfilled(contest) == 1
    seat = Seat.objects.get()
    assert (seat.name, seat.region.name, seat.from_year, seat.until_year) == (
        "Ann",
        "Wales",
        2016,
        None,
    )
    trail = AuditEntry.objects.filter(action__startswith="contest.").order_by("pk")
    assert [row.action for row in trail] == ["contest.settled", "contest.declared"]


def test_figures_of_2018_are_entered_and_declared_for_three_years_and_one(officer):
    post = post_of([3, 1])
    first = make_candidate(post, "First", region="Wales")
    second = make_candidate(post, "Second", region="London")
    third = make_candidate(post, "Third", region="Scotland")
    contest = settled(post, officer)
    assert contest.kind == Contest.Kind.CONTESTED
    with pytest.raises(ValidationError) as refusal:
        results.declare(by=officer, contest=contest, at=DECLARED)
    assert refusal.value.messages == ["The tellers' figures are not entered yet."]
    enter(contest, officer, {second.pk: 83, third.pk: 65, first.pk: 88})
    assert declared(contest, officer) == {
        "First": ("elected", 3),
        "Second": ("elected", 1),
        "Third": ("not_elected", None),
    }
    seats = Seat.objects.order_by("-until_year").values_list("name", "from_year", "until_year")
    assert list(seats) == [("First", 2016, 2019), ("Second", 2016, 2017)]
    contest.refresh_from_db()
    assert [(row.candidate.name, row.votes, row.words) for row in showing.result_of(contest)] == [
        ("First", 88, "elected for 3 years"),
        ("Second", 83, "elected for 1 year"),
        ("Third", 65, "not elected"),
    ]
    mail = Mail.objects.get(to_address=first.email)
    assert "elected: CAC member" in mail.text
    assert "for 3 years with 88 votes" in mail.text


def test_next_year_the_region_of_who_carries_on_is_barred_without_typing(officer):
    post = post_of([3, 1])
    make_candidate(post, "Long", region="Wales")
    make_candidate(post, "Short", region="London")
    contest = settled(post, officer)
    draw(contest, officer, *post.candidates.order_by("name"))
    assert declared(contest, officer) == {"Long": ("elected", 3), "Short": ("elected", 1)}
    year = make_conference("2017", starts_on=dt.date(2017, 9, 1), ends_on=dt.date(2017, 9, 3))
    following = post.__class__.objects.create(
        deadline=make_deadline(year, "cac_nominations", closes_on=dt.date(2017, 8, 1)),
        title="CAC member",
        fills=post.fills,
    )
    assert eligibility.reasons_against(following, make_region("Wales")) == [
        "A member from Wales cannot stand in 2017: the region is already represented, until the "
        "conference of 2019."
    ]
    assert eligibility.reasons_against(following, make_region("London")) == []


def test_unopposed_with_different_terms_waits_for_a_lot_drawn_by_people(officer):
    post = post_of([3, 1])
    ann, ben = make_candidate(post, "Ann"), make_candidate(post, "Ben", region="London")
    contest = settled(post, officer)
    assert contest.kind == Contest.Kind.UNOPPOSED
    assert results.obstacles(contest) == ["A lot has to be drawn between Ann and Ben."]
    for wrong in ([ann], [ann, ann]):
        with pytest.raises(ValidationError):
            draw(contest, officer, *wrong)
    with pytest.raises(ValidationError) as refusal:
        draw(contest, officer, ben, ann, at=DECLARED - dt.timedelta(hours=2))
    assert "drawn_at" in refusal.value.message_dict
    lot = draw(contest, officer, ann, ben)
    assert draw(contest, officer, ann, ben) == lot
    lots.take_back(by=officer, lot=lot, reason="Read out wrongly", at=DECLARED)
    assert results.lot_needed(contest) == (ann.pk, ben.pk)
    draw(contest, officer, ben, ann)
    assert declared(contest, officer) == {"Ann": ("elected", 1), "Ben": ("elected", 3)}
    entry = AuditEntry.objects.filter(action="lot.recorded").order_by("pk").last()
    assert entry.after["order"] == [ben.pk, ann.pk]


def test_nobody_who_stands_is_a_vacancy_and_sitting_members_carry_on(officer):
    post = post_of([3, 1])
    for name, until in (("Sal", 2016), ("Ted", 2018)):
        Seat.objects.create(
            committee=post.fills,
            name=name,
            region=make_region("Wales"),
            from_year=2014,
            until_year=until,
        )
    make_candidate(post, "Shy", state="asked", decided_at=None)
    contest = settled(post, officer)
    shy = Candidate.objects.get()
    assert (shy.state, shy.struck_out_reason) == ("struck_out", settling.NOT_ANSWERED)
    assert contest.kind == Contest.Kind.VACANT
    results.declare(by=officer, contest=contest, at=DECLARED)
    assert [seat.name for seat in showing.carrying_on(post)] == ["Sal"]
    results.take_back(by=officer, contest=contest, reason="Too early", at=DECLARED)
    assert list(Seat.objects.order_by("name").values_list("until_year", flat=True)) == [2016, 2018]


def test_two_of_a_region_contest_a_place_and_staff_confirm_the_rule_first(officer):
    post = post_of()
    ann = make_candidate(post, "Ann")
    ben = make_candidate(post, "Ben")
    contest = settled(post, officer)
    assert contest.kind == Contest.Kind.CONTESTED
    enter(contest, officer, {ann.pk: 5, ben.pk: 7})
    assert "Staff first confirm" in results.obstacles(contest)[0]
    regions.confirm_region_rule(by=officer, post=post, one_per_region=True, at=DECLARED)
    post.refresh_from_db()
    contest.post = post
    assert declared(contest, officer) == {"Ann": ("not_elected", None), "Ben": ("elected", None)}
    contest.refresh_from_db()
    assert (
        showing.result_of(contest)[1].why_not == "Wales is represented by somebody elected before"
    )


def test_region_rule_lifted_by_staff_elects_both_without_a_vote(officer):
    post = post_of()
    make_candidate(post, "Ann"), make_candidate(post, "Ben")
    contest = settled(post, officer)
    regions.confirm_region_rule(by=officer, post=post, one_per_region=False, at=DECLARED)
    contest.refresh_from_db()
    assert contest.kind == Contest.Kind.UNOPPOSED
    assert declared(contest, officer) == {"Ann": ("elected", None), "Ben": ("elected", None)}


@pytest.mark.parametrize(
    ("papers", "votes", "field"),
    [
        ({"papers": 80}, (88, 10, 10), "votes_"),
        ({"papers": 90}, (88, 83, 65), "papers"),
        ({"papers": 118}, (88, 83, 65), None),
        ({}, (88, 83, 65), None),
    ],
)
def test_figures_that_papers_cannot_give_are_refused(officer, papers, votes, field):
    post = post_of([3, 1])
    regions_of = ("Wales", "London", "Scotland")
    people = [make_candidate(post, f"C{n}", region=name) for n, name in enumerate(regions_of)]
    contest = settled(post, officer)
    given = dict(zip((one.pk for one in people), votes, strict=True))
    if field is None:
        assert enter(contest, officer, given, papers=papers).lines.count() == 3
        return
    with pytest.raises(ValidationError) as refusal:
        enter(contest, officer, given, papers=papers)
    assert next(iter(refusal.value.message_dict)).startswith(field)


def test_figures_entered_again_change_nothing_and_corrections_leave_a_trail(officer):
    post = post_of([1], vacancies=1)
    ann, ben = make_candidate(post, "Ann"), make_candidate(post, "Ben", region="London")
    contest = settled(post, officer)
    first = enter(contest, officer, {ann.pk: 5, ben.pk: 6})
    assert enter(contest, officer, {ann.pk: 5, ben.pk: 6}) == first
    with pytest.raises(ValidationError) as refusal:
        enter(contest, officer, {ann.pk: 6, ben.pk: 5})
    assert "correction" in refusal.value.message_dict
    second = enter(contest, officer, {ann.pk: 6, ben.pk: 5}, correction="Columns swapped")
    assert (second.corrects, Count.objects.in_force().get()) == (first, second)
    actions = AuditEntry.objects.filter(action__startswith="count.").order_by("pk")
    assert [row.action for row in actions] == ["count.entered", "count.corrected"]
    with pytest.raises(ValidationError):
        enter(contest, officer, {ann.pk: 6})
    assert declared(contest, officer)["Ann"] == ("elected", 1)


def test_tie_for_the_last_place_is_decided_by_lot_between_exactly_the_tied(officer):
    post = post_of([3, 1])
    ann = make_candidate(post, "Ann")
    ben = make_candidate(post, "Ben", region="London")
    cat = make_candidate(post, "Cat", region="Scotland")
    contest = settled(post, officer)
    enter(contest, officer, {ann.pk: 9, ben.pk: 4, cat.pk: 4})
    with pytest.raises(ValidationError):
        draw(contest, officer, ann, ben, cat)
    draw(contest, officer, cat, ben)
    with pytest.raises(ValidationError) as refusal:
        draw(contest, officer, ben, cat)
    assert refusal.value.code == "no_lot"
    assert declared(contest, officer) == {
        "Ann": ("elected", 3),
        "Ben": ("not_elected", None),
        "Cat": ("elected", 1),
    }


def test_result_taken_back_restores_candidates_and_tells_them(officer):
    post = post_of([1], vacancies=1)
    ann, ben = make_candidate(post, "Ann"), make_candidate(post, "Ben", region="London")
    contest = settled(post, officer)
    enter(contest, officer, {ann.pk: 5, ben.pk: 6})
    declared(contest, officer)
    with pytest.raises(ValidationError) as refusal:
        enter(contest, officer, {ann.pk: 7, ben.pk: 6}, correction="Recounted")
    assert refusal.value.code == "declared"
    results.take_back(by=officer, contest=contest, reason="Recount", at=DECLARED)
    assert set(Candidate.objects.values_list("state", "years")) == {("consented", None)}
    assert not Seat.objects.exists()
    assert Mail.objects.filter(to_address=ann.email, text__contains="stands no longer").exists()
    enter(contest, officer, {ann.pk: 7, ben.pk: 6}, correction="Recounted")
    assert declared(contest, officer)["Ann"] == ("elected", 1)


def test_settling_waits_for_every_door_and_strikes_out_who_lacks_nominations(officer):
    post = post_of(nominations_needed=2)
    post.answers_deadline = make_deadline(
        post.conference, "other", name="Statements", closes_on=dt.date(2016, 8, 10)
    )
    post.save()
    make_candidate(post, "Ann")
    with pytest.raises(ValidationError) as refusal:
        settling.settle(by=officer, post=post, at=dt.datetime(2016, 7, 1, tzinfo=dt.UTC))
    assert refusal.value.messages == [
        "Nominations close at the end of Monday 1 August 2016 (UK time).",
        "Nominees answer and write until the end of Wednesday 10 August 2016 (UK time).",
    ]
    settled(post, officer)
    assert Candidate.objects.get().struck_out_reason == "2 needed, and 1 nomination was made."
    with pytest.raises(ValidationError) as refusal:
        settled(post, officer)
    assert refusal.value.code == "settled"


def test_list_opened_again_takes_nominations_back_until_figures_are_entered(officer):
    post = post_of()
    ann = make_candidate(post, "Ann")
    contest = settled(post, officer)
    nomination = ann.nominations.get()
    with pytest.raises(ValidationError) as refusal:
        withdrawing.withdraw_nomination(
            by=nomination.submitted_by, nomination=nomination, at=SETTLED, key=key()
        )
    assert refusal.value.code == "settled"
    with pytest.raises(ValidationError):
        settling.open_again(by=officer, contest=contest, reason=" ", at=SETTLED)
    settling.open_again(by=officer, contest=contest, reason="A letter was found", at=SETTLED)
    assert not Contest.objects.exists()


@pytest.mark.parametrize("act", ["settle", "declare"])
def test_nominee_who_is_returning_officer_acts_nowhere_in_their_own_matter(officer, act):
    post = post_of()
    if act == "settle":
        make_candidate(post, email=officer.email.upper())
        with pytest.raises(ValidationError) as refusal:
            settled(post, officer)
    else:
        make_candidate(post)
        contest = settled(post, officer)
        make_candidate(post, "Me", email=officer.email, region="London")
        with pytest.raises(ValidationError) as refusal:
            results.declare(by=officer, contest=contest, at=DECLARED)
    assert refusal.value.code == "own"
