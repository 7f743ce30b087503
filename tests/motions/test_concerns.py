"""What start pages, bodies' pages, conference pages and staff are told of business."""

import pytest

from events.panels import panels_for
from members.body_page import State
from motions import concerns
from motions.awards.services.proposing import Proposal, propose
from motions.models import Post
from motions.panel import panel
from tests.factories import (
    AT,
    make_appointment,
    make_authorisation,
    make_conference,
    make_officer,
    make_society,
    make_staff,
    make_user,
)
from tests.motions.make import CLOSED, key, make_call, make_category, make_motion, make_post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "action"),
    [
        ("draft", "Go on writing"),
        ("awaiting_confirmation", "Confirm"),
        ("clarification", "Answer"),
        ("submitted", None),
        ("published", None),
    ],
)
def test_concerns_of_an_officer_by_state_of_a_motion(state, action):
    motion = make_motion(state=state)
    found = concerns.concerns(motion.created_by, AT)
    assert [concern.action for concern in found] == ([action] if action else [])


def test_concerns_of_an_authorised_member_are_the_drafts_of_that_conference():
    body, delegate = make_society(), make_user()
    here, elsewhere = make_motion(organisation=body), make_motion(organisation=body)
    make_authorisation(delegate, body, here.conference)
    found = concerns.concerns(delegate, AT)
    assert [concern.conference for concern in found] == [here.conference.title]
    assert elsewhere.conference.title not in {concern.conference for concern in found}


def test_concerns_of_an_officer_whose_body_has_sent_nothing_name_the_open_call():
    body, call = make_society(), make_call()
    officer = make_officer(body)
    [concern] = concerns.concerns(officer, AT)
    assert (concern.action, concern.body) == ("Write a motion", body.name)
    assert concern.closes_at == call.deadline.closing
    assert concerns.concerns(officer, CLOSED) == []
    make_motion(call, organisation=body, state="submitted")
    assert concerns.concerns(officer, AT) == []


def test_concerns_of_an_officer_do_not_name_calls_their_body_may_not_answer():
    body = make_society()
    make_call(from_societies=False)
    make_call(kind="emergency")
    assert concerns.concerns(make_officer(body), AT) == []


def test_concerns_of_a_committee_member_count_what_waits():
    motion = make_motion(state="submitted")
    member = make_user()
    make_appointment(member, motion.conference)
    (concern,) = concerns.concerns(member, AT)
    assert concern.title == "1 motion waits for the Conference Arrangements Committee"


def test_concerns_cost_the_same_queries_for_one_draft_and_thirty(django_assert_max_num_queries):
    body = make_society()
    officer = make_officer(body)
    call = make_call()
    for _ in range(30):
        make_motion(call, organisation=body, by=officer)
    with django_assert_max_num_queries(7):
        assert len(concerns.concerns(officer, AT)) == 30


def rows(body, officer, at=AT):
    section = concerns.body_section(body, officer, at)
    return {row.text: row for row in section.rows} if section else {}


def test_body_section_tells_what_is_due_done_missing_and_closed():
    conference = make_conference()
    call = make_call(conference=conference)
    make_post(conference=conference)
    body = make_society()
    officer = make_officer(body)
    assert rows(body, officer)["Organisational motion"].state == State.DUE
    make_motion(call, organisation=body, by=officer)
    assert rows(body, officer)["Organisational motion"].state == State.BEGUN
    make_motion(call, organisation=body, by=officer, state="submitted")
    assert rows(body, officer)["Organisational motion"].state == State.DONE
    assert rows(make_society(), officer, CLOSED)["Organisational motion"].state == State.CLOSED
    assert rows(body, officer)["Nominations: CAC member"].state == State.DUE


def test_body_section_costs_the_same_queries_for_one_door_of_each_kind_and_thirty(
    django_assert_num_queries,
):
    conference = make_conference()
    officer = make_officer(body := make_society())
    call, post = make_call(conference=conference), make_post(conference=conference)
    # a question for each kind, those without doors too, one for the windows, one for all counts
    with django_assert_num_queries(6):
        assert len(rows(body, officer)) == 2
    for number in range(29):
        make_call(deadline=call.deadline, name=f"Call {number}")
        Post.objects.create(deadline=post.deadline, title=f"Post {number}")
    with django_assert_num_queries(6):
        assert len(rows(body, officer)) == 60


def test_body_section_says_nothing_of_what_was_sent_for_an_award():
    category = make_category()
    body = make_society()
    officer = make_officer(body)
    before = rows(body, officer)
    propose(
        by=officer,
        category=category,
        organisation=body,
        proposal=Proposal(name="Sally Secret", citation="Much."),
        at=AT,
        key=key(),
    )
    assert rows(body, officer) == before


def test_panel_is_there_once_something_is_published_and_costs_one_query(
    django_assert_num_queries,
):
    call = make_call()
    make_motion(call, state="in_order")
    assert panel(call.conference, AT) is None
    make_motion(call, state="published")
    with django_assert_num_queries(1):
        shown = panel(call.conference, AT)
    assert len(shown.facts["motions"]) == 1
    assert "Motions" in [each.title for each in panels_for(call.conference, AT)]


def test_attention_is_for_staff_who_enter_business():
    make_motion(state="submitted")
    assert list(concerns.attention(make_user(), AT)) == []
    counts = {item.text: item.count for item in concerns.attention(make_staff(), AT)}
    assert counts["motions wait for the committee"] == 1
