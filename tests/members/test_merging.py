"""Two sign-ins of one person become one: what they hold follows, what they did stays."""

import datetime as dt

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mailing.models import Mail
from members.merging import followers
from members.models import AuditEntry, Member, User
from members.services.sign_ins import merge_users
from tests.factories import (
    AT,
    make_authorisation,
    make_conference,
    make_holding,
    make_member,
    make_officer,
    make_organisation,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db


def merged(keep, duplicate, by=None):
    return merge_users(
        by=by or make_staff(), keep=keep, duplicate=duplicate, reason="one person", at=AT
    )


def test_offices_and_membership_follow_and_the_duplicate_is_closed():
    keep, duplicate = make_user("keep@example.org"), make_user("twin@example.org")
    body = make_organisation("Cardiff")
    make_holding(duplicate, body)
    member = make_member(duplicate)
    merged(keep, duplicate)
    for row in (keep, duplicate, member):
        row.refresh_from_db()
    assert keep.officeholdings.get().organisation == body
    assert member.user == keep
    assert (duplicate.is_active, duplicate.merged_into) == (False, keep)
    assert duplicate.email.endswith("@merged.invalid")
    assert set(Mail.objects.values_list("to_address", flat=True)) == {
        "keep@example.org",
        "twin@example.org",
    }
    assert AuditEntry.objects.get(action="sign-in.merged").before == {"duplicate": duplicate.pk}


def test_freed_address_may_be_used_again():
    keep, duplicate = make_user(), make_user("twin@example.org")
    merged(keep, duplicate)
    assert User.objects.create_user("twin@example.org").pk


def test_office_both_hold_stays_once_with_the_kept_sign_in():
    keep, duplicate, body = make_user(), make_user(), make_organisation()
    make_holding(keep, body)
    make_holding(duplicate, body)
    make_holding(duplicate, body, ended_on=dt.date(2015, 6, 1))
    merged(keep, duplicate)
    assert keep.officeholdings.count() == 2
    assert duplicate.officeholdings.count() == 1


def test_acts_stay_with_the_sign_in_that_acted():
    duplicate = make_officer(make_organisation())
    body = duplicate.officeholdings.get().organisation
    given = make_authorisation(make_user(), body, make_conference(), by=duplicate)
    merged(make_user(), duplicate)
    given.refresh_from_db()
    assert given.authorised_by == duplicate


#: Fields that say who acted; ways of signing in, which are closed and not moved.
ACTS = ("by", "actor", "given_to", "merged_into")
OF_SIGNING_IN = {"account", "mfa", "usersessions", "admin", "auth"}


def test_every_field_that_says_whose_a_row_is_follows_a_merge():
    followed = {(follower.model, follower.field) for follower in followers()}
    forgotten = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is User
        and model._meta.app_label not in OF_SIGNING_IN
        and model is not Member
        and not model._meta.auto_created
        and not field.name.endswith(ACTS)
        and (model, field.name) not in followed
    ]
    assert not forgotten, (
        "Register these in their app's AppConfig.ready with members.merging.register(model, field, "
        f"unique_with=…, while_=…): {', '.join(forgotten)}"
    )


@pytest.mark.parametrize("which", ["same", "staff", "closed", "two members"])
def test_merge_that_would_be_wrong_is_refused(which):
    keep, duplicate = make_user(), make_user()
    if which == "same":
        duplicate = keep
    elif which == "staff":
        duplicate = make_staff()
    elif which == "closed":
        keep = make_user(is_active=False)
    else:
        make_member(keep)
        make_member(duplicate)
    with pytest.raises(ValidationError):
        merged(keep, duplicate)
    duplicate.refresh_from_db()
    assert duplicate.merged_into is None


@pytest.mark.parametrize("fields", [{"is_active": True}, {"merged_into": "self"}])
def test_merged_sign_in_that_is_open_or_its_own_twin_is_refused_by_the_database(fields):
    person, other = make_user(is_active=False), make_user()
    values = {"merged_into": person if "merged_into" in fields else other, "is_active": False}
    values |= {"is_active": True} if "is_active" in fields else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=person.pk).update(**values)
