"""What the database itself refuses about people, offices and invitations, and in which words."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from members.models import Consent, Erasure, Member, Officeholding, OfficeInvitation, Organisation
from tests.factories import (
    AT,
    make_holding,
    make_member,
    make_office,
    make_organisation,
    make_society,
    make_user,
)

pytestmark = pytest.mark.django_db

LATER = AT + dt.timedelta(days=14)


def invitation(**fields):
    return OfficeInvitation(
        **{
            "organisation": make_organisation(),
            "office": make_office(),
            "email": "ann@example.org",
            "token_hash": "x",
            "invited_by": make_user(),
            "created_at": AT,
            "expires_at": LATER,
            **fields,
        }
    )


def second_invitation():
    first = invitation()
    first.save()
    return invitation(organisation=first.organisation, token_hash="y")


def second_holding():
    first = make_holding(make_user(), make_organisation())
    return Officeholding(
        user=first.user,
        organisation=first.organisation,
        office=first.office,
        started_on=AT.date(),
        state="claimed",
        source="claim",
        created_at=AT,
    )


def holding(**fields):
    return Officeholding(
        **{
            "user": make_user(),
            "organisation": make_organisation(),
            "office": make_office(),
            "started_on": dt.date(2016, 1, 1),
            "state": "verified",
            "source": "staff",
            "decided_at": AT,
            "created_at": AT,
            **fields,
        }
    )


def second_consent():
    facts = {"address": "a@example.org", "purpose": "marketing", "wording": "x", "source": "x"}
    Consent.objects.create(given_at=AT, **facts)
    return Consent(given_at=AT, **facts)


def second_member():
    make_member(number="m1")
    return Member(number="M1", given_names="A", surname="B")


CASES = {
    "Another sign-in has this e-mail address.": lambda: type(make_user("a@example.org"))(
        email="a@example.org", password="!"
    ),
    "E-mail addresses are kept in lower case.": lambda: invitation(email="Ann@example.org"),
    "This address is already invited to this office.": second_invitation,
    "An invitation ends after it was made.": lambda: invitation(expires_at=AT),
    "An accepted invitation says who accepted it.": lambda: invitation(accepted_at=AT),
    "This person already holds or has claimed this office.": second_holding,
    "An office cannot end before it starts.": lambda: holding(ended_on=dt.date(2015, 1, 1)),
    "A decided claim carries the time of the decision.": lambda: holding(decided_at=None),
    "Only a branch belongs to a party council.": lambda: Organisation(
        name="x", slug="x", kind="society", parent=make_society()
    ),
    "There is already a member with this number.": second_member,
    "A membership cannot lapse before it began.": lambda: Member(
        number="M9",
        given_names="A",
        surname="B",
        joined_on=dt.date(2016, 1, 1),
        lapsed_on=dt.date(2015, 1, 1),
    ),
    "This consent is already recorded.": second_consent,
    "Consent cannot be withdrawn before it was given.": lambda: Consent(
        address="a@example.org",
        purpose="marketing",
        wording="x",
        source="x",
        given_at=LATER,
        withdrawn_at=AT,
    ),
    "Say why this person is erased.": lambda: Erasure(at=AT, reason=""),
}


def checked(row):
    """What a form asks beyond its fields."""
    row.validate_unique()
    row.validate_constraints()


@pytest.mark.parametrize("words", CASES, ids=lambda words: words)
def test_database_refuses_it_and_the_form_says_why(words):
    row = CASES[words]()
    with pytest.raises(ValidationError) as refusal:
        checked(row)
    assert words in refusal.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_body_that_is_part_of_itself_is_refused():
    body = make_organisation(kind="branch")
    body.parent = body
    with pytest.raises(ValidationError, match="part of itself"):
        body.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        body.save()
