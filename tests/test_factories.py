"""The factories make rows that every constraint accepts."""

import datetime as dt

import pytest

from events.models import Deadline
from events.rules import has_task, may_draft_for
from members.roles import Role, has_role
from members.rules import Deed, may_for_body
from tests import factories

pytestmark = pytest.mark.django_db


def test_officer_by_default_may_submit_for_their_body():
    body = factories.make_organisation()
    officer = factories.make_officer(body)
    assert may_for_body(officer, body, Deed.SUBMIT, factories.AT.date())
    assert not may_for_body(officer, factories.make_society(), Deed.SUBMIT, factories.AT.date())


def test_staff_without_a_named_role_is_an_administrator():
    assert has_role(factories.make_staff(), Role.ADMINISTRATOR)
    assert not has_role(factories.make_user(), Role.ADMINISTRATOR)


def test_conference_rows_fit_together():
    conference = factories.make_conference(venue=factories.make_venue())
    deadline = factories.make_deadline(conference, Deadline.Kind.AMENDMENTS, steps=True)
    delegate, body = factories.make_user(), factories.make_organisation()
    factories.make_authorisation(delegate, body, conference)
    appointment = factories.make_appointment(delegate, conference)
    factories.make_member(delegate, region=factories.make_region())
    assert deadline.steps.count() == 5
    assert deadline.closing == dt.datetime(2016, 4, 4, 23, 0, tzinfo=dt.UTC)
    assert may_draft_for(delegate, body, conference, factories.AT)
    assert has_task(delegate, conference, appointment.task, factories.AT)


def test_signed_in_session_carries_the_second_factor_when_asked(client):
    user = factories.make_user()
    factories.sign_in(client, user)
    assert [r["method"] for r in client.session[factories.METHODS_KEY]] == ["code", "mfa"]
    factories.sign_in(client, user, second_factor=False)
    assert [r["method"] for r in client.session[factories.METHODS_KEY]] == ["code"]
