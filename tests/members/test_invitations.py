"""What an invitation to an office is worth once things have changed since it was sent."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from members.models import Officeholding, OfficeInvitation
from members.services.invitations import accept_invitation, invite_officer
from members.services.offices import end_office
from members.services.sign_ins import close_sign_in
from tests.factories import (
    AT,
    make_office,
    make_officer,
    make_organisation,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def body():
    return make_organisation("Cardiff")


@pytest.fixture
def officer(body):
    return make_officer(body)


def invited(body, officer, person) -> OfficeInvitation:
    chair = make_office("chair")
    return invite_officer(by=officer, organisation=body, office=chair, email=person.email, at=AT)


def test_accepted_invitation_does_not_give_back_an_office_that_was_ended(body, officer):
    person = make_user()
    invitation = invited(body, officer, person)
    holding = accept_invitation(by=person, invitation=invitation, at=AT)
    end_office(by=officer, holding=holding, ended_on=AT.date(), at=AT)
    with pytest.raises(ValidationError, match="has been used"):
        accept_invitation(by=person, invitation=invitation, at=AT + DAY)
    assert not Officeholding.objects.in_force((AT + DAY).date()).filter(user=person).exists()


def test_accepted_invitation_sent_again_is_the_same_office(body, officer):
    person = make_user()
    invitation = invited(body, officer, person)
    first = accept_invitation(by=person, invitation=invitation, at=AT)
    assert accept_invitation(by=person, invitation=invitation, at=AT + DAY) == first
    assert Officeholding.objects.filter(user=person).count() == 1


def test_invitation_of_somebody_whose_sign_in_was_closed_hands_over_nothing(body, officer):
    person = make_user()
    invitation = invited(body, officer, person)
    close_sign_in(by=make_staff(), user=officer, reason="taken over by a stranger", at=AT)
    with pytest.raises(ValidationError, match="has been withdrawn"):
        accept_invitation(by=person, invitation=invitation, at=AT + DAY)


def test_invitation_of_somebody_who_may_no_longer_invite_hands_over_nothing(body, officer):
    person = make_user()
    invitation = invited(body, officer, person)
    officer.officeholdings.get().office.holdings.update(ended_on=AT.date())
    with pytest.raises(ValidationError, match="has been withdrawn"):
        accept_invitation(by=person, invitation=invitation, at=AT + DAY)
