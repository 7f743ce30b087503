"""What a fresh installation finds filled: regions, offices, the groups of the roles."""

import pytest
from django.contrib.auth.models import Group

from members.models import Office, Region
from members.roles import Role
from members.rules import Deed

pytestmark = pytest.mark.django_db


def test_regions_of_a_fresh_installation_are_the_working_list():
    assert list(Region.objects.values_list("name", "is_nation")) == [
        ("East Midlands", False),
        ("East of England", False),
        ("London", False),
        ("North East & North Cumbria", False),
        ("North West", False),
        ("South East", False),
        ("South West", False),
        ("West Midlands", False),
        ("Yorkshire & the Humber", False),
        ("Scotland", True),
        ("Wales", True),
        ("Northern Ireland", True),
    ]


def test_offices_of_a_fresh_installation_say_what_each_may_do():
    powers = {
        office.slug: {deed.name for deed in Deed if getattr(office, deed)}
        for office in Office.objects.all()
    }
    assert powers == {
        "secretary": {"SUBMIT", "BOOK", "INVITE", "AUTHORISE"},
        "treasurer": {"BOOK", "PAY"},
        "chair": {"SUBMIT", "BOOK", "INVITE", "AUTHORISE"},
        "membership-officer": set(),
        "constituency-delegate": set(),
        "constituency-liaison": set(),
    }


def test_every_role_has_its_group_and_no_other_exists():
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)
