"""The pages of bodies and offices, as a person meets them."""

import datetime as dt
import re

import pytest
from django.urls import reverse

import clock
from mailing.models import Mail
from members.models import AuditEntry, Officeholding, OfficeInvitation
from members.services.membership import REFUSAL
from tests.factories import (
    AT,
    make_holding,
    make_member,
    make_office,
    make_officer,
    make_organisation,
    make_staff,
    make_user,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(AT):
        yield


def test_bodies_page_lists_offices_and_waiting_claims(client):
    person = make_user()
    cardiff, leeds = make_organisation("Cardiff"), make_organisation("Leeds")
    make_holding(person, cardiff)
    make_holding(person, leeds, "treasurer", state=Officeholding.State.CLAIMED)
    page = sign_in(client, person).get("/bodies/").content.decode()
    assert "Cardiff" in page
    assert "Thursday 1 January 2015" in page
    assert "Treasurer of Leeds" in page


def test_bodies_page_of_nobody_offers_to_claim_an_office(client):
    page = sign_in(client, make_user()).get("/bodies/").content.decode()
    assert "You hold no office yet." in page


def test_body_page_shows_officers_and_history_to_an_officer(client):
    body = make_organisation("Cardiff")
    officer = make_officer(body, office="treasurer")
    old = make_user(name="Olwen Before")
    make_holding(old, body, "secretary", ended_on=dt.date(2016, 1, 1))
    page = sign_in(client, officer).get("/bodies/cardiff/").content.decode()
    assert officer.name in page
    assert "Olwen Before" in page
    assert "Invite an officer" not in page


@pytest.mark.parametrize("state", Officeholding.State.values)
@pytest.mark.parametrize("ended_on", [None, AT.date(), AT.date() + dt.timedelta(days=1)])
@pytest.mark.parametrize("started_on", [AT.date(), AT.date() + dt.timedelta(days=1)])
def test_an_office_is_in_force_by_row_as_by_query(state, started_on, ended_on):
    if ended_on is not None and ended_on < started_on:
        ended_on = started_on
    dates = {"started_on": started_on, "ended_on": ended_on}
    held = make_holding(make_user(), make_organisation(), state=state, **dates)
    for days in range(-1, 3):
        on = AT.date() + dt.timedelta(days=days)
        assert held.is_in_force(on) == Officeholding.objects.in_force(on).exists()


def test_body_page_costs_the_same_queries_for_one_former_officer_and_thirty(
    client, django_assert_max_num_queries
):
    body = make_organisation("Cardiff")
    sign_in(client, make_officer(body))
    make_holding(make_user(), body, ended_on=dt.date(2016, 1, 1))
    with django_assert_max_num_queries(17) as few:
        client.get("/bodies/cardiff/")
    for _ in range(29):
        make_holding(make_user(), body, ended_on=dt.date(2016, 1, 1))
    with django_assert_max_num_queries(len(few)):
        client.get("/bodies/cardiff/")


@pytest.mark.parametrize("path", ["", "invite/", "offices/{pk}/end/"])
def test_body_page_is_not_there_for_officers_of_other_bodies(client, path):
    body = make_organisation("Cardiff")
    holding = make_holding(make_user(), body)
    client = sign_in(client, make_officer())
    assert client.get(f"/bodies/cardiff/{path.format(pk=holding.pk)}").status_code == 404


def test_officer_whose_office_ended_no_longer_sees_the_body(client):
    body = make_organisation("Cardiff")
    officer = make_officer(body, ended_on=AT.date())
    assert sign_in(client, officer).get("/bodies/cardiff/").status_code == 404


def test_claim_is_sent_once_however_often_it_is_posted(client):
    person, body, office = make_user(), make_organisation("Cardiff"), make_office()
    sign_in(client, person)
    answers = set()
    for _ in range(5):
        answer = client.post(
            "/offices/claim/",
            {
                "organisation": body.pk,
                "office": office.pk,
                "started_on": "2016-03-01",
                "evidence": "Minutes of 1 March",
            },
        )
        answers.add((answer.status_code, answer.url))
    assert answers == {(302, "/bodies/")}
    claim = Officeholding.objects.get()
    assert (claim.state, claim.user) == ("claimed", person)
    assert Mail.objects.get().to_address == person.email
    assert AuditEntry.objects.get().action == "office.claimed"


def test_claim_without_evidence_is_refused_and_keeps_what_was_typed(client):
    body, office = make_organisation("Cardiff"), make_office()
    sign_in(client, make_user())
    page = client.post(
        "/offices/claim/",
        {"organisation": body.pk, "office": office.pk, "started_on": "2016-03-20", "evidence": "x"},
    )
    assert "from the day it begins" in page.content.decode()
    assert 'value="2016-03-20"' in page.content.decode()
    assert not Officeholding.objects.exists()


def test_officer_invites_and_the_invited_person_accepts_by_the_link(client):
    body = make_organisation("Cardiff")
    officer, successor = make_officer(body), make_user("ann@example.org", name="Ann Jones")
    sign_in(client, officer)
    chair = make_office("chair")
    client.post("/bodies/cardiff/invite/", {"office": chair.pk, "email": "Ann@Example.org"})
    mail = Mail.objects.get(to_address="ann@example.org")
    path = next(line for line in mail.text.split() if "/invitations/" in line)
    path = path.partition("127.0.0.1:8000")[2] or path[path.index("/invitations/") :]
    sign_in(client, successor)
    assert "invites you" in client.get(path).content.decode()
    assert client.post(path).url == "/bodies/cardiff/"
    holding = Officeholding.objects.get(user=successor)
    assert (holding.office, holding.state, holding.source) == (chair, "verified", "invitation")
    assert Mail.objects.filter(to_address=officer.email, subject__startswith="New chair").exists()


def test_invitation_is_refused_to_another_address_than_the_invited_one(client):
    body = make_organisation("Cardiff")
    sign_in(client, make_officer(body))
    client.post("/bodies/cardiff/invite/", {"office": make_office().pk, "email": "a@example.org"})
    link = next(w for w in Mail.objects.latest("pk").text.split() if "/invitations/" in w)
    path = link[link.index("/invitations/") :]
    other = make_user()
    sign_in(client, other)
    assert "sent to another address" in client.get(path).content.decode()
    assert "sent to another address" in client.post(path).content.decode()
    assert not Officeholding.objects.filter(user=other).exists()


def test_invitation_is_stored_without_its_token(client):
    body = make_organisation("Cardiff")
    sign_in(client, make_officer(body))
    client.post("/bodies/cardiff/invite/", {"office": make_office().pk, "email": "a@example.org"})
    link = next(w for w in Mail.objects.latest("pk").text.split() if "/invitations/" in w)
    token = link.rstrip("/").rpartition("/")[2]
    assert len(token) >= 43
    assert token not in str(OfficeInvitation.objects.values().get())
    assert client.get("/invitations/unknown/").status_code == 404


def test_officer_withdraws_an_invitation(client):
    body = make_organisation("Cardiff")
    sign_in(client, make_officer(body))
    client.post("/bodies/cardiff/invite/", {"office": make_office().pk, "email": "a@example.org"})
    invitation = OfficeInvitation.objects.get()
    client.post(f"/bodies/cardiff/invitations/{invitation.pk}/withdraw/")
    invitation.refresh_from_db()
    assert invitation.withdrawn_at == AT


def test_officer_gives_up_their_own_office(client):
    body = make_organisation("Cardiff")
    officer = make_officer(body, office="treasurer")
    holding = officer.officeholdings.get()
    sign_in(client, officer)
    answer = client.post(
        f"/bodies/cardiff/offices/{holding.pk}/end/", {"ended_on": "2016-03-14", "reason": ""}
    )
    assert answer.url == "/bodies/"
    holding.refresh_from_db()
    assert holding.ended_on == AT.date()


def test_office_is_not_ended_before_it_began(client):
    body = make_organisation("Cardiff")
    officer = make_officer(body)
    holding = officer.officeholdings.get()
    sign_in(client, officer)
    page = client.post(f"/bodies/cardiff/offices/{holding.pk}/end/", {"ended_on": "2014-01-01"})
    assert "cannot end before it starts" in page.content.decode()


def test_treasurer_cannot_end_the_secretarys_office(client):
    body = make_organisation("Cardiff")
    holding = make_holding(make_user(), body)
    sign_in(client, make_officer(body, office="treasurer"))
    assert client.get(f"/bodies/cardiff/offices/{holding.pk}/end/").status_code == 404


def test_staff_see_every_body(client):
    make_organisation("Cardiff")
    assert sign_in(client, make_staff()).get("/bodies/cardiff/").status_code == 200


@pytest.mark.parametrize(
    ("number", "proof"),
    [("M1", "Jones"), ("m1", "  jones "), ("M1", "cf101aa"), ("M1", "CF10 1AA")],
)
def test_membership_is_connected_by_number_and_surname_or_postcode(client, number, proof):
    member = make_member(number="M1", surname="Jones", email="register@example.org")
    person = make_user()
    sign_in(client, person)
    assert client.post("/membership/", {"number": number, "proof": proof}).status_code == 302
    member.refresh_from_db()
    assert member.user == person
    assert set(Mail.objects.values_list("to_address", flat=True)) == {
        person.email,
        "register@example.org",
    }
    assert AuditEntry.objects.get().action == "membership.connected"


def test_membership_is_refused_with_the_same_page_whatever_is_wrong(client):
    make_member(number="M1", surname="Jones")
    make_member(make_user(), number="M2", surname="Jones")
    sign_in(client, make_user())
    pages = set()
    for number, proof in [("M1", "Smith"), ("M2", "Jones"), ("M3", "Jones"), ("M1", "!!")]:
        page = client.post("/membership/", {"number": number, "proof": proof}).content.decode()
        assert REFUSAL.replace("'", "&#x27;") in page
        # Only what was typed and the form's own random token may differ.
        page = re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", page)
        pages.add(page.replace(f'value="{proof}"', "").replace(f'value="{number}"', ""))
    assert len(pages) == 1


def test_membership_guesses_are_limited_even_with_a_forged_forwarded_for(client):
    member = make_member(number="M1", surname="Jones")
    sign_in(client, make_user())
    for i in range(5):
        client.post(
            "/membership/",
            {"number": "M1", "proof": "Smith"},
            headers={"X-Forwarded-For": f"10.0.0.{i}"},
        )
    page = client.post(
        "/membership/",
        {"number": "M1", "proof": "Jones"},
        headers={"X-Forwarded-For": "10.0.0.99"},
    )
    assert "very often" in page.content.decode()
    member.refresh_from_db()
    assert member.user is None


@pytest.mark.parametrize("name", ["members:bodies", "members:claim", "members:membership"])
def test_pages_of_people_send_strangers_to_sign_in(client, name):
    assert client.get(reverse(name)).url.startswith("/accounts/login/?next=")
