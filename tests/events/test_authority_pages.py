"""The page on which an officer lets others act: who may, what it says, who is told."""

from __future__ import annotations

import pytest
from django.urls import reverse

import clock
from events import rules
from events.models import Authorisation, Conference
from mailing.models import Mail
from members.models import User
from tests.factories import (
    AT,
    make_conference,
    make_officer,
    make_organisation,
    make_user,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(AT):
        yield


@pytest.fixture
def body():
    return make_organisation("Cardiff")


@pytest.fixture
def conference():
    return make_conference("Annual")


def where(conference, body):
    return reverse("events:acting-for", args=[conference.slug, body.slug])


@pytest.mark.parametrize("address", ["known@example.org", "New@Example.org"])
def test_address_known_or_not_is_authorised_and_told_once_with_the_same_answer(
    client, body, conference, address
):
    make_user("known@example.org", name="A Known Person")
    sign_in(client, make_officer(body))
    for _ in range(2):
        page = client.post(where(conference, body), {"email": address}, follow=True)
    text = page.content.decode()
    assert f"{address.lower()} may act for Cardiff here." in text
    assert "A Known Person" not in text
    given = Authorisation.objects.get()
    assert rules.may_draft_for(given.user, body, conference, AT)
    assert [(mail.to_address, mail.conference) for mail in Mail.objects.all()] == [
        (address.lower(), "annual")
    ]


def test_authority_is_withdrawn_and_the_record_stays_to_be_seen(client, body, conference):
    officer = make_officer(body)
    sign_in(client, officer)
    client.post(where(conference, body), {"email": "a@example.org"})
    given = Authorisation.objects.get()
    url = reverse("events:withdraw-authority", args=["annual", "cardiff", given.pk])
    assert client.get(url).status_code == 405
    page = client.post(url, follow=True).content.decode()
    assert "a@example.org no longer acts for Cardiff here." in page
    assert "withdrawn Monday 14 March 2016, 12:00 UK time" in page
    assert not rules.may_draft_for(given.user, body, conference, AT)


def test_strangers_to_the_body_find_no_such_page(client, body, conference):
    assert client.get(where(conference, body)).status_code == 302
    for user in (make_user(), make_officer(make_organisation())):
        sign_in(client, user)
        assert client.get(where(conference, body)).status_code == 404
        assert client.post(where(conference, body), {"email": "a@example.org"}).status_code == 404
    assert not Authorisation.objects.exists()


def test_authority_of_another_body_is_not_found(client, body, conference):
    other = make_organisation()
    sign_in(client, make_officer(other))
    client.post(where(conference, other), {"email": "a@example.org"})
    sign_in(client, make_officer(body))
    pk = Authorisation.objects.get().pk
    url = reverse("events:withdraw-authority", args=["annual", "cardiff", pk])
    assert client.post(url).status_code == 404


@pytest.mark.parametrize("status", ["draft", "over"])
def test_conference_that_is_draft_or_over_takes_no_authority(client, body, status):
    conference = make_conference("Old", status=status)
    sign_in(client, make_officer(body))
    page = client.post(where(conference, body), {"email": "a@example.org"})
    assert page.status_code == (404 if status == "draft" else 200)
    assert not Authorisation.objects.exists()
    assert not User.objects.filter(email="a@example.org").exists()


def test_body_page_names_the_conferences_and_who_acts(client, body, conference):
    make_conference("Old", status=Conference.Status.OVER)
    sign_in(client, make_officer(body))
    url = reverse("members:body", args=[body.slug])
    assert "Only the officers" in client.get(url).content.decode()
    client.post(where(conference, body), {"email": "a@example.org"})
    page = client.get(url).content.decode()
    assert "1 besides the officers" in page
    assert "Old" not in page
