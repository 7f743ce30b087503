"""An officer cannot have us write to any number of addresses, whatever X-Forwarded-For says."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

import clock
from mailing.models import Mail
from tests.factories import (
    AT,
    make_conference,
    make_office,
    make_officer,
    make_organisation,
    make_region,
    sign_in,
)
from tests.motions.make import make_post

pytestmark = pytest.mark.django_db
REFUSAL = "You did this very often. Please wait an hour and try again, or write to us."


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(AT):
        yield


@pytest.fixture
def body():
    return make_organisation("Cardiff")


def invite(body):
    url = reverse("members:invite", args=[body.slug])
    office = make_office("chair")
    return lambda client, email, **more: client.post(
        url, {"office": office.pk, "email": email}, **more
    )


def authorise(body):
    url = reverse("events:acting-for", args=[make_conference().slug, body.slug])
    return lambda client, email, **more: client.post(url, {"email": email}, **more)


def nominate(body):
    post, region = make_post(), make_region("Wales")
    url = reverse("nominations:nominate", args=[post.deadline.conference.slug, post.pk])

    def send(client, email, **more):
        typed = {"organisation": body.pk, "name": "Nia", "email": email, "region": region.pk}
        return client.post(url, {**typed, "has_agreed": "on", "key": uuid.uuid4()}, **more)

    return send


DOORS = [(invite, "invite_officer"), (authorise, "authorise_address"), (nominate, "nominate")]


@pytest.mark.parametrize(("door", "action"), DOORS, ids=[action for _, action in DOORS])
def test_officer_beyond_the_limit_is_refused_with_what_they_typed_kept(
    client, settings, body, door, action
):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, action: "2/h/user"}
    send = door(body)
    sign_in(client, make_officer(body))
    assert [send(client, f"{n}@example.org").status_code for n in range(2)] == [302, 302]
    sent = Mail.objects.count()
    page = send(client, "third@example.org", headers={"X-Forwarded-For": "10.9.8.7"})
    assert page.status_code == 200
    assert REFUSAL in page.content.decode()
    assert "third@example.org" in page.content.decode()
    assert Mail.objects.count() == sent


@pytest.mark.parametrize(("door", "action"), DOORS, ids=[action for _, action in DOORS])
def test_limit_of_one_officer_is_not_that_of_another(client, settings, body, door, action):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, action: "1/h/user"}
    send = door(body)
    for n in range(2):
        sign_in(client, make_officer(body))
        assert send(client, f"{n}@example.org").status_code == 302


@pytest.mark.parametrize("action", [action for _, action in DOORS])
def test_limit_is_set(settings, action):
    assert settings.ACCOUNT_RATE_LIMITS[action].endswith("/h/user")
