"""Who looks: somebody of each kind."""

from __future__ import annotations

from members.models import User
from members.roles import Role
from tests import factories


def make_people() -> dict[str, User]:
    people = {
        "member": factories.make_user("member@example.org", "Meg Member"),
        "officer": factories.make_user("officer@example.org", "Olu Officer"),
        "rival": factories.make_user("rival@example.org", "Ray Rival"),
        "cac": factories.make_user("cac@example.org", "Cat Committee"),
        "everything": factories.make_staff(*Role, name="Eve Everything"),
    }
    for role in Role:
        people[role.value] = factories.make_staff(role, name=f"The {role.label}")
    return people
