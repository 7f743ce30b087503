"""The body's page of its delegation, more places, the lead; the staff's list and acts."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from events.services.public_pages import mark_changed
from members.roles import Role
from registrations import checklist
from registrations.models import Delegation, DelegationRules, PlaceRequest, Waiver
from registrations.orders import PlaceWish
from registrations.services import delegations, drafting
from registrations.views.delegation import STATES, TONES
from tests.factories import make_staff, sign_in
from tests.registrations import build
from tests.registrations.delegates import allocated, answered, booked, finding
from tests.registrations.walking import get, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def cardiff():
    return build.body("Cardiff")


@pytest.fixture
def officer(client, cardiff):
    person = build.officer(cardiff)
    sign_in(client, person)
    return person


@pytest.fixture
def desk(client):
    person = make_staff(Role.REGISTRATIONS_OFFICER)
    sign_in(client, person)
    return person


def page(name, year, body):
    return reverse(f"registrations:{name}", args=[year.slug, body.slug])


def steps(answer) -> dict[str, str]:
    return {row["sentence"]: row["url"] for row in answer.context["findings"]}


def test_page_before_anything_is_booked_leads_to_booking_and_writes_nothing(
    client, year, cardiff, officer
):
    answer = get(client, page("delegation", year, cardiff))
    assert steps(answer) == {"No places booked.": page("body", year, cardiff)}
    assert Delegation.objects.count() == 0


def test_page_leads_back_to_a_booking_that_was_begun(client, year, cardiff, officer):
    begun = drafting.start_draft(
        by=officer,
        conference=year,
        organisation=cardiff,
        wishes=[PlaceWish(pass_type=year.pass_types.get(code="delegate"))],
        at=build.EARLY,
        key=uuid.uuid4(),
    )
    answer = get(client, page("delegation", year, cardiff))
    assert reverse("registrations:draft_places", args=[begun.reference]) in answer.text
    booked(year, cardiff, "Ann")
    begun.delete()
    assert "Begun, not booked yet" not in get(client, page("delegation", year, cardiff)).text


def test_page_says_in_words_what_is_missing_and_each_finding_has_one_step(
    client, year, cardiff, officer, staff
):
    allocated(year, cardiff, 5, by=staff)
    booking = booked(year, cardiff, "Ann", "Ben", "")
    answer = get(client, page("delegation", year, cardiff))
    text = answer.content.decode()
    assert "3 of 5 places used, 1 without a name, lead delegate missing" in text
    unnamed = booking.places.get(name="")
    naming = reverse("registrations:name_place", args=[booking.reference, unnamed.pk])
    found = steps(answer)
    assert found["3 of 5 places used."] == page("body", year, cardiff)
    assert found["1 place is without a name. The price stays."] == naming
    lead = "No lead delegate is chosen: nobody can cast the delegation's votes."
    assert found[lead] == page("lead", year, cardiff)
    assert "grant letter" in text


def test_page_shows_until_when_names_are_taken(client, year, cardiff, officer):
    build.deadline(year, "names", build.CLOSES.date())
    booked(year, cardiff, "")
    text = get(client, page("delegation", year, cardiff)).content.decode()
    assert "the end of Monday 22 August 2016" in text


PRIVATE = {
    "gender_words": "two-spirit-xyzzy",
    "pronouns": "xe-xyzzy",
    "guardian_name": "Guardian Xyzzy",
    "guardian_contact": "07700 xyzzy",
}


@pytest.mark.parametrize("name", ["delegation", "lead", "more_places"])
def test_officers_never_see_what_a_delegate_answered(client, year, cardiff, officer, staff, name):
    allocated(year, cardiff, 5, by=staff)
    first, second = booked(year, cardiff, "Ann", "Ben").places.all()
    told = get(client, page(name, year, cardiff)).content.decode()
    answered(first, gender="another", age_band="under_18", born_on="2001-02-03", **PRIVATE)
    answered(second, gender="undisclosed", age_band="over_30", may_photograph=True)
    shown = get(client, page(name, year, cardiff)).content.decode()
    for word in (
        "xyzzy",
        "2001",
        "under 18",
        "over 30",
        "undisclosed",
        "prefer not",
        "another way",
    ):
        assert word not in shown
    # but for the one state and its step, no line of the page has changed
    changed = {*_lines(shown)} - {*_lines(told)}
    assert {line for line in changed if "Has answered" not in line} <= TOLD


TOLD = {
    "<p>The delegation is balanced, as far as people have said.</p>",
    '<p class="check-word"><span class="status status-good">In order</span></p>',
}


def _lines(page: str) -> set[str]:
    lines = {line.strip() for line in page.splitlines()}
    return {line for line in lines if "csrf" not in line}


def test_booking_pages_lead_officers_to_the_delegation(client, year, cardiff, officer):
    booking = booked(year, cardiff, "Ann")
    here = page("delegation", year, cardiff)
    for url in (
        page("body", year, cardiff),
        reverse("registrations:booking", args=[booking.reference]),
        reverse("registrations:done", args=[booking.reference]),
        reverse("members:body", args=[cardiff.slug]),
    ):
        assert here in get(client, url).content.decode()


def test_officer_asks_for_more_and_sees_the_decision(client, year, cardiff, officer, staff):
    allocated(year, cardiff, 1, by=staff)
    url = page("more_places", year, cardiff)
    form = {"kind": "standard", "places": "2", "reason": "We have grown."}
    answer = post(client, url, form)
    assert (answer.status_code, answer["Location"]) == (302, page("delegation", year, cardiff))
    request = PlaceRequest.objects.get()
    assert (request.places, request.reason, request.asked_by) == (2, "We have grown.", officer)
    delegations.refuse(by=staff, request=request, why="The hall is full.", at=build.EARLY)
    assert "The hall is full." in get(client, page("delegation", year, cardiff)).content.decode()


def test_request_while_one_waits_shows_the_one_and_adds_nothing(
    client, year, cardiff, officer, staff
):
    allocated(year, cardiff, 1, by=staff)
    url, form = page("more_places", year, cardiff), {"kind": "standard", "reason": "We grew."}
    post(client, url, {**form, "places": "2"})
    post(client, page("more_places", year, cardiff), {**form, "kind": "youth", "places": "1"})
    shown = get(client, url).content.decode()
    assert "Your request waits for our answer" in shown
    assert "2 more for delegates, asked" in shown
    again = post(client, url, {**form, "places": "3"}, at=build.EARLY + build.TICK)
    assert again.status_code == 302
    told = get(client, again["Location"]).content.decode()
    assert "for 2 more still waits for our answer, so nothing was added" in told
    assert [row.places for row in PlaceRequest.objects.filter(kind="standard")] == [2]


@pytest.mark.parametrize(
    "form", [{"kind": "standard"}, {"kind": "standard", "places": "0", "reason": "x"}]
)
def test_request_that_says_too_little_is_shown_again(client, year, cardiff, officer, staff, form):
    allocated(year, cardiff, 1, by=staff)
    answer = post(client, page("more_places", year, cardiff), form)
    assert (answer.status_code, PlaceRequest.objects.count()) == (200, 0)
    assert answer.context["form"].errors


def test_request_where_none_are_taken_is_refused_with_what_was_typed(
    client, year, cardiff, officer, staff
):
    DelegationRules.objects.create(conference=year, beyond="refused")
    allocated(year, cardiff, 1, by=staff)
    form = {"kind": "standard", "places": "2", "reason": "We have grown."}
    answer = post(client, page("more_places", year, cardiff), form)
    assert answer.context["form"].non_field_errors() == [
        "This conference takes no requests for more places. Please contact us if the number is not "
        "right."
    ]


def test_officer_chooses_the_lead_among_those_named(client, year, cardiff, officer):
    ann, unnamed = booked(year, cardiff, "Ann", "").places.all()
    url = page("lead", year, cardiff)
    refused = post(client, url, {"lead": unnamed.pk})
    assert "lead" in refused.context["form"].errors
    post(client, url, {"lead": ann.pk})
    assert Delegation.objects.get().lead == ann
    shown = get(client, page("delegation", year, cardiff)).content.decode()
    assert "Lead delegate" in shown
    assert "lead delegate missing" not in shown


def test_pages_of_another_bodys_delegation_are_not_there(client, year, officer):
    leeds = build.body("Leeds")
    for name in ("delegation", "more_places", "lead"):
        assert get(client, page(name, year, leeds)).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize("name", ["delegation", "lead", "more_places"])
def test_pages_cost_the_same_however_large_the_delegation(
    client, year, cardiff, officer, staff, name, number, django_assert_max_num_queries
):
    build.deadline(year, "names", build.CLOSES.date())
    allocated(year, cardiff, 40, by=staff)
    for place in booked(year, cardiff, *[f"D{n}" for n in range(number)]).places.all():
        answered(place, gender="woman")
    mark_changed()
    get(client, page(name, year, cardiff))  # what is the same for everybody is read once
    with django_assert_max_num_queries(12):
        assert get(client, page(name, year, cardiff)).status_code == 200


# Staff


def act(model, row, name):
    return reverse(f"admin:registrations_{model}_act", args=[row.pk, name])


def test_staff_allocate_and_waive_from_the_delegations_page(client, year, cardiff, desk):
    booked(year, cardiff, "Ann")
    row = Delegation.objects.get()
    letter = {"kind": "standard", "places": "4", "source": "grant letter of 3 March"}
    post(client, act("delegation", row, "allocate"), letter)
    assert [str(one) for one in row.allocations.all()] == ["4 delegates (grant letter of 3 March)"]
    post(client, act("delegation", row, "waive"), {"rule": "lead", "reason": "Alone."})
    waiver = Waiver.objects.get()
    assert (waiver.rule, waiver.reason, waiver.waived_by) == ("lead", "Alone.", desk)
    url = reverse("admin:registrations_delegation_change", args=[row.pk])
    assert "The party has waived this." in get(client, url).content.decode()


def test_waiver_that_staff_end_lets_the_rule_hold_again_and_stays_told(client, year, cardiff, desk):
    booked(year, cardiff, "Ann")
    row, rule = Delegation.objects.get(), {"rule": "lead", "reason": "Alone."}
    post(client, act("delegation", row, "waive"), rule)
    first = Waiver.objects.get()
    ended = {"waiver": first.pk, "reason": "Two more came."}
    assert post(client, act("delegation", row, "end-waiver"), {"waiver": first.pk}).context["form"]
    post(client, act("delegation", row, "end-waiver"), ended)
    first.refresh_from_db()
    assert (first.why_ended, first.ended_by, first.reason) == ("Two more came.", desk, "Alone.")
    assert finding(year, cardiff, "lead").is_waived is False
    text = get(client, reverse("admin:registrations_delegation_change", args=[row.pk]))
    assert "Two more came." in text.content.decode()
    # nothing is left to end, and the same rule can be waived again
    assert post(client, act("delegation", row, "end-waiver"), ended).status_code == 302
    post(client, act("delegation", row, "waive"), rule)
    assert [one.ended_at is None for one in row.waivers.all()] == [False, True]
    assert finding(year, cardiff, "lead").is_waived is True


def test_staff_decide_requests(client, year, cardiff, desk, staff):
    row = allocated(year, cardiff, 1, by=staff)
    officer = build.officer(cardiff)
    facts = {"delegation": row, "places": 2, "reason": "x", "at": build.EARLY}
    first = delegations.request_more(by=officer, kind="standard", **facts)
    second = delegations.request_more(by=officer, kind="youth", **facts)
    post(client, act("placerequest", first, "grant"), {"places": "1", "why": ""})
    post(client, act("placerequest", second, "refuse"), {"why": "No room."})
    states = dict(PlaceRequest.objects.values_list("kind", "state"))
    assert states == {"standard": "granted", "youth": "refused"}
    too_many = post(client, act("placerequest", first, "grant"), {"places": "1"})
    assert too_many.status_code == 302


QUESTIONS = {
    "over": "over",
    "lead": "no lead",
    "balance": "unbalanced",
    "unnamed": "unnamed",
    "waiting": "waiting",
    "unentered": "nothing entered",
}


def test_each_question_of_the_list_finds_its_delegation(client, year, desk, staff):
    """One delegation for each question, everything else in order."""
    made = {name: build.body(name.title()) for name in QUESTIONS.values()}
    for name, body in made.items():
        if name != "nothing entered":
            allocated(year, body, 2, by=staff)
        places = booked(year, body, "Ann", "" if name == "unnamed" else "Ben").places.all()
        genders = ("woman", "woman") if name == "unbalanced" else ("woman", "man")
        for place, gender in zip(places, genders, strict=True):
            answered(place, gender=gender)
        row = Delegation.objects.get(organisation=body)
        if name != "no lead":
            facts = {"by": staff, "place": places[0], "at": build.EARLY}
            delegations.name_lead(delegation=row, **facts)
        if name == "waiting":
            facts = {"kind": "standard", "places": 1, "reason": "x", "at": build.EARLY}
            delegations.request_more(by=build.officer(body), delegation=row, **facts)
        if name == "over":
            allocated(year, body, 1, by=staff)
    url = reverse("admin:registrations_delegation_changelist")
    found = {
        question: [
            str(row.organisation)
            for row in get(client, f"{url}?question={question}").context["cl"].queryset
        ]
        for question in QUESTIONS
    }
    assert found == {question: [name.title()] for question, name in QUESTIONS.items()}


@pytest.mark.parametrize("number", [1, 30])
def test_list_costs_the_same_with_one_row_and_with_thirty(
    client, year, desk, number, django_assert_max_num_queries
):
    for n in range(number):
        booked(year, build.body(f"Body {n}"), "Ann", "")
    with django_assert_max_num_queries(15):
        url = reverse("admin:registrations_delegation_changelist")
        assert get(client, url).status_code == 200


def test_requests_that_wait_are_on_the_staffs_start_page(client, year, cardiff, desk, staff):
    row = allocated(year, cardiff, 1, by=staff)
    facts = {"kind": "standard", "places": 2, "reason": "x", "at": build.EARLY}
    delegations.request_more(by=build.officer(cardiff), delegation=row, **facts)
    text = get(client, reverse("admin:index")).content.decode()
    assert "Requests for more places: 1" in text


def test_step_words_cover_every_step_of_the_checklist():
    assert set(TONES) == set(checklist.Level)
    assert set(STATES) == set(checklist.State)


@pytest.mark.parametrize("page", ["change", "history"])
@pytest.mark.parametrize("number", [2**63, 10**40, -(10**40)])
def test_row_keyed_by_another_with_an_impossible_number_is_not_there(client, page, number):
    sign_in(
        client, make_staff(Role.ADMINISTRATOR, Role.REGISTRATIONS_OFFICER, Role.SAFEGUARDING_LEAD)
    )
    for model in ("particulars", "delegationrules"):
        answer = client.get(reverse(f"admin:registrations_{model}_{page}", args=[number]))
        assert answer.status_code in (302, 404)
