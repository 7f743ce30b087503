"""The roles of the party's staff, held as Django groups of the same name.

Lay people (CAC, chairs, tellers, stewards) hold appointments at one conference instead and are
never staff.
"""

from __future__ import annotations

from django.db import models

from members.models import User


class Role(models.TextChoices):
    """A role; its value is the group's name."""

    ADMINISTRATOR = "administrator", "Administrator"
    PROGRAMME_EDITOR = "programme editor", "Programme editor"
    REGISTRATIONS_OFFICER = "registrations officer", "Registrations officer"
    FINANCE = "finance", "Finance"
    ACCESS_OFFICER = "access officer", "Access officer"
    SAFEGUARDING_LEAD = "safeguarding lead", "Safeguarding lead"
    DATA_PROTECTION_OFFICER = "data protection officer", "Data protection officer"
    AUDITOR = "auditor", "Auditor (read-only)"


def roles_of(user: User) -> frozenset[Role]:
    """The roles a person holds now; none unless they are active staff with a second factor.

    A session that has not passed the second factor marks its user (`members.second_factor`), and
    then no role opens anything on any page, the site's own included.

    Asked many times in a request, so the answer is kept on the user object.
    """
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return frozenset()
    if getattr(user, "lacks_second_factor", False):
        return frozenset()
    if user.is_superuser:
        return frozenset({Role.ADMINISTRATOR})
    if not hasattr(user, "_roles"):
        names = user.groups.values_list("name", flat=True)
        user._roles = frozenset(Role(name) for name in names if name in Role.values)
    return user._roles


def has_role(user: User, *roles: Role) -> bool:
    """Does this person hold one of these roles? An administrator holds every editor's role.

    The confidential roles (access, safeguarding) are not implied: an administrator needs the group.
    """
    held = roles_of(user)
    if held.intersection(roles):
        return True
    confidential = {Role.ACCESS_OFFICER, Role.SAFEGUARDING_LEAD}
    return Role.ADMINISTRATOR in held and bool(set(roles) - confidential)


def holders(role: Role) -> models.QuerySet[User]:
    """Active people who hold a role themselves, for mail to them."""
    return User.objects.filter(groups__name=role, is_active=True).order_by("pk")
