"""The pages of agendas: the committee's desk, the chair's, the register, and what strangers see."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from events.models import LayAppointment, Session
from motions.agendas.services import following, releasing
from motions.models import Decision, Motion, OrderItem, OrderPaper, Outcome, Print, Release, Slip
from tests.factories import AT, make_appointment, make_conference, make_user, sign_in
from tests.motions.make import (
    SESSION,
    make_amendment,
    make_call,
    make_motion,
    make_order_paper,
    make_release,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(at):
    at("2016-08-20 12:00")


@pytest.fixture
def call(now):
    return make_call()


@pytest.fixture
def slug(call):
    return call.conference.slug


def seated(call, task):
    person = make_user()
    make_appointment(person, call.conference, task)
    client = Client()
    sign_in(client, person)
    return client


@pytest.fixture
def member(call):
    return seated(call, LayAppointment.Task.CAC_MEMBER)


@pytest.fixture
def chair(call):
    return seated(call, LayAppointment.Task.CHAIR)


def page(client, name, *arguments):
    answer = client.get(reverse(f"motions:{name}", args=arguments))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def post(client, name, *arguments, **data):
    return client.post(reverse(f"motions:{name}", args=arguments), data, follow=True)


def test_committee_numbers_prints_and_issues_slips(member, call, slug):
    homes = make_motion(call, state="published", title="Homes")
    trains = make_motion(call, state="published", title="Trains")
    assert "2 motions without a number" in page(member, "cac-agenda", slug)
    places = {f"place_{homes.pk}": "2", f"place_{trains.pk}": "1"}
    post(member, "cac-agenda", slug, act="number", **places)
    assert list(Motion.objects.order_by("pk").values_list("number", flat=True)) == ["2", "1"]
    post(member, "cac-agenda", slug, act="release", kind="preliminary")
    release = Release.objects.get()
    assert set(release.prints.values_list("form", flat=True)) == set(Print.Form.values)
    post(member, "cac-agenda", slug, act="correct", text="For 3 read 4.")
    assert Slip.objects.get().text == "For 3 read 4."
    stranger = page(Client(), "agenda", slug, release.pk)
    for there in ("1. Trains", "2. Homes", "For 3 read 4."):
        assert there in stranger
    assert "Preliminary agenda" in page(Client(), "agendas", slug)
    assert "Agendas and order papers" in page(Client(), "list", slug)


def test_place_that_is_no_number_is_refused_and_kept(member, call, slug):
    homes = make_motion(call, state="published", title="Homes")
    answer = post(member, "cac-agenda", slug, act="number", **{f"place_{homes.pk}": "first"})
    assert "first" in answer.content.decode()
    assert not Motion.objects.exclude(number="").exists()


@pytest.mark.parametrize("act", ["slips", "correct"])
def test_slips_before_anything_is_printed_are_not_there(member, slug, act):
    assert post(member, "cac-agenda", slug, act=act, text="x").status_code == 404


def test_agenda_of_another_conference_is_not_there(client, call):
    release = make_release(make_motion(call, state="published"))
    other = make_conference("Other", slug="other")
    for name, more in (("agenda", ()), ("agenda-paper", ("text",))):
        url = reverse(f"motions:{name}", args=[other.slug, release.pk, *more])
        assert client.get(url).status_code == 404


def test_agenda_shows_what_was_typed_harmlessly(client, call, slug):
    evil = "<script>alert(1)</script>"
    motion = make_motion(call, state="published", title=evil, draft_text=evil)
    make_amendment(motion, state="published", number="1.1", text=f"{evil} and more")
    release = make_release(motion, kind="final")
    shown = page(client, "agenda", slug, release.pk)
    assert evil not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_public_agenda_costs_few_queries_for_one_motion_and_for_thirty(
    client, call, slug, django_assert_max_num_queries
):
    for n in range(1, 31):
        make_motion(call, state="published", number=str(n))
    by = make_user()
    release = releasing.release(by=by, conference=call.conference, kind="final", at=AT)
    with django_assert_max_num_queries(5):
        client.get(reverse("motions:agenda", args=[slug, release.pk]))
    with django_assert_max_num_queries(5):
        client.get(reverse("motions:agendas", args=[slug]))


@pytest.mark.parametrize("many", [1, 12])
def test_desks_cost_the_same_queries_whatever_is_on_them(
    member, chair, call, slug, many, django_assert_max_num_queries
):
    motion = make_motion(call, state="published", number="1")
    paper = make_order_paper(motion)
    make_amendment(motion, state="published", number="1.1")
    for n in range(2, many + 1):
        one = make_motion(call, state="published", number=str(n))
        OrderItem.objects.create(paper=paper, position=n, motion=one)
        make_amendment(one, state="published", number=f"{n}.1")
    make_release(motion)
    for client, name, arguments, most in (
        (member, "cac-agenda", [slug], 24),
        (member, "cac-sessions", [slug], 24),
        (member, "cac-order", [slug, paper.pk], 26),
        (chair, "chair", [slug], 24),
        (chair, "chair-motion", [slug, motion.pk], 40),
    ):
        with django_assert_max_num_queries(most):
            page(client, name, *arguments)


def test_order_paper_is_built_published_and_followed_by_everybody(member, call, slug):
    session = Session.objects.create(
        conference=call.conference,
        title="Motions",
        kind=Session.Kind.BUSINESS,
        starts_at=SESSION,
        ends_at=SESSION.replace(minute=30),
    )
    homes = make_motion(call, state="published", number="1", title="Homes")
    trains = make_motion(call, state="published", number="2", title="Trains")
    build = ("cac-order", slug, session.pk)
    assert "Nothing on the paper yet" in page(member, "cac-sessions", slug)
    post(member, *build, act="motions", motions=[homes.pk, trains.pk])
    post(member, *build, act="words", words="Report", minutes="10")
    assert Client().get(reverse("motions:order", args=[slug, session.pk])).status_code == 404
    last = OrderItem.objects.get(words="Report")
    for _ in range(3):
        post(member, *build, act="up", item=last.pk)
    positions = list(OrderItem.objects.values_list("position", "words", "motion__title"))
    assert positions == [(1, "Report", None), (2, "", "Homes"), (3, "", "Trains")]
    shown = page(member, *build)
    # 10 for the report; a motion: 5 + 4 × 3 + 3 + 2 minutes
    assert "The business needs 54 minutes; the session has 30 minutes." in shown
    assert "24 minutes over" in shown
    post(member, *build, act="publish")
    stranger = page(Client(), "order", slug, session.pk)
    assert "10:10" in stranger
    assert "“That motion 1 be carried”" in stranger
    post(member, *build, act="off", item=last.pk)
    assert "Report" not in page(Client(), "order", slug, session.pk)


def test_item_of_another_paper_is_not_moved(member, call, slug):
    paper = make_order_paper(make_motion(call, state="published", number="1"))
    other = make_order_paper(make_motion(call, state="published", number="2"))
    item = other.items.get()
    answer = post(member, "cac-order", slug, paper.pk, act="off", item=item.pk)
    assert "This item is no longer on the paper." in answer.content.decode()
    assert OrderItem.objects.filter(pk=item.pk).exists()


def test_motion_that_moves_to_another_paper_stands_on_one(member, call, slug):
    motion = make_motion(call, state="published", number="1")
    make_order_paper(motion)
    other = Session.objects.create(
        conference=call.conference, title="Sunday", kind=Session.Kind.BUSINESS
    )
    paper = OrderPaper.objects.create(session=other)
    answer = post(member, "cac-order", slug, paper.pk, act="motions", motions=[motion.pk])
    assert "Every numbered motion is on an order paper." in answer.content.decode()
    assert not paper.items.exists()


def test_parts_are_chosen_by_paragraph(chair, call, slug):
    motion = make_motion(call, state="published", number="1")
    post(chair, "parts", slug, motion.pk, paragraph_1="1", paragraph_2="0")
    assert motion.vote_parts.get().words == "paragraph 1"
    answer = post(chair, "parts", slug, motion.pk, paragraph_1="1", paragraph_2="2")
    assert "Leave at least one paragraph" in answer.content.decode()
    post(chair, "parts", slug, motion.pk, paragraph_1="0", paragraph_2="0")
    assert not motion.vote_parts.exists()


def test_chair_enters_outcomes_in_order_and_corrects_one(chair, call, slug):
    motion = make_motion(call, state="published", number="1")
    make_order_paper(motion)
    one = make_amendment(motion, state="published", number="1.1")
    about, where = f"motion-{one.pk}", ("chair-motion", slug, motion.pk)
    answer = post(chair, *where, act="enter", about=f"motion-{motion.pk}", result="carried")
    assert "Amendments first: 1.1." in answer.content.decode()
    counts = {"votes_for": "10", "votes_against": "10", "abstentions": "4", "spoilt": "1"}
    post(chair, *where, act="enter", about=about, result="", **counts)
    shown = page(chair, *where)
    assert "10 for, 10 against, 4 abstentions, 1 spoilt" in shown
    counts["votes_for"] = "11"
    answer = post(chair, *where, act="correct", about=about, result="lost", **counts)
    assert "Why is it corrected?" in answer.content.decode()
    answer = post(
        chair, *where, act="correct", about=about, result="lost", correction="Recount", **counts
    )
    assert "by the count it is carried" in answer.content.decode()
    post(chair, *where, act="correct", about=about, result="", correction="Recount", **counts)
    assert "co-operation works well" in page(chair, *where)
    post(chair, *where, act="enter", about=f"motion-{motion.pk}", result="carried", words="Hands")
    assert "Carried" in page(chair, "chair", slug)
    motion.refresh_from_db()
    assert motion.current_version.get_origin_display() == "as amended by conference"


def test_chair_says_how_colliding_amendments_read(chair, call, slug):
    motion = make_motion(call, state="published", number="1")
    where = ("chair-motion", slug, motion.pk)
    for n, word in enumerate(("thrives", "helps"), start=1):
        text = motion.draft_text.replace("works", word)
        one = make_amendment(motion, state="published", number=f"1.{n}", text=text)
        post(chair, *where, act="enter", about=f"motion-{one.pk}", result="carried")
    shown = page(chair, *where)
    assert "Carried amendments change the same words" in shown
    answer = post(chair, *where, act="wording", text=" ")
    assert "This field is required" in answer.content.decode()
    post(chair, *where, act="wording", text="Conference notes that it thrives and helps.")
    assert "it thrives and helps" in page(chair, *where)


@pytest.mark.parametrize(
    "data",
    [
        {"act": "enter", "about": "motion-999999"},
        {"act": "correct", "about": "part-1"},
        {"act": "nonsense", "about": ""},
    ],
)
def test_outcome_of_something_else_is_not_there(chair, call, slug, data):
    motion = make_motion(call, state="published", number="1")
    assert post(chair, "chair-motion", slug, motion.pk, **data).status_code == 404


def test_votes_that_are_no_whole_numbers_are_refused(chair, call, slug):
    motion = make_motion(call, state="published", number="1")
    for wrong in ("-1", "1.5", "many", "99999999999999999999"):
        data = {"about": f"motion-{motion.pk}", "votes_for": wrong, "votes_against": "1"}
        post(chair, "chair-motion", slug, motion.pk, act="enter", **data)
    assert not Outcome.objects.exists()


def test_decision_is_given_reported_on_and_read_by_everybody(member, call, slug):
    motion = make_motion(call, state="published", number="1", title="Homes")
    assert post(member, "cac-decision", slug, motion.pk, owner="NEC").status_code == 200
    assert not Decision.objects.exists()
    Outcome.objects.create(
        motion=motion,
        version=motion.current_version,
        result="carried",
        threshold="simple",
        entered_by=motion.created_by,
        entered_at=AT,
    )
    assert "Nobody’s task yet" in page(member, "cac-decisions", slug)
    keeper = following.possible_keepers(call.conference).get()
    data = {"owner": "The NEC", "keeper": keeper.pk, "due_on": "2017-03-01"}
    post(member, "cac-decision", slug, motion.pk, **data)
    for _ in range(2):
        post(member, "decision", slug, motion.pk, state="in_hand", text="A working group sits.")
    assert Decision.objects.get().reports.count() == 1
    stranger = page(Client(), "decisions", slug)
    for there in ("The NEC", "Wednesday 1 March 2017", "A working group sits.", "In hand"):
        assert there in stranger
    assert keeper.email not in stranger


def test_decision_is_reported_on_by_its_keeper_alone(call, slug):
    motion = make_motion(call, state="published", number="1")
    keeper, other = make_user(), make_user()
    Decision.objects.create(
        motion=motion, owner="The NEC", keeper=keeper, given_by=keeper, given_at=AT
    )
    for person, status in ((keeper, 200), (other, 404)):
        client = Client()
        sign_in(client, person)
        url = reverse("motions:decision", args=[slug, motion.pk])
        assert client.get(url).status_code == status


def test_page_of_the_next_conference_reports_what_the_last_one_decided(client, call):
    motion = make_motion(call, state="published", number="1", title="Homes")
    Outcome.objects.create(
        motion=motion,
        version=motion.current_version,
        result="remitted",
        threshold="simple",
        entered_by=motion.created_by,
        entered_at=AT,
    )
    following.give(by=motion.created_by, motion=motion, owner="The NEC", at=AT)
    later = make_conference(
        "Annual Conference 2017",
        slug="annual-2017",
        starts_on=call.conference.starts_on.replace(year=2017),
        ends_on=call.conference.ends_on.replace(year=2017),
    )
    make_motion(make_call(conference=later), state="published", title="New")
    shown = " ".join(client.get(later.get_absolute_url()).content.decode().split())
    assert f"What became of the decisions of {call.conference}" in shown
    assert "Homes" in shown
    assert "remitted" in shown
    assert "not begun" in shown.lower()
