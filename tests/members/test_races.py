"""Two administrators at once, on PostgreSQL, whose locks are the guard."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from members.models import User
from members.roles import Role, roles_of
from members.services.sign_ins import set_roles
from tests.factories import AT, make_staff
from tests.registrations.race import together

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.drill,
    pytest.mark.django_db(transaction=True),
]


def test_administrators_who_take_each_others_role_at_once_leave_one():
    both = [make_staff(), make_staff()]

    def take(n: int) -> str:
        by, other = (User.objects.get(pk=both[i].pk) for i in (n, 1 - n))
        try:
            set_roles(by=by, user=other, roles=[], at=AT)
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        return "taken"

    answers = together(2, take)
    left = [user for user in User.objects.all() if Role.ADMINISTRATOR in roles_of(user)]
    assert len(left) == 1, answers
    assert answers == {"taken": 1, "The party needs at least one administrator.": 1}
