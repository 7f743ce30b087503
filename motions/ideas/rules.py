"""May *you* read ideas before they are published?"""

from __future__ import annotations

from members.models import User
from members.roles import Role, has_role


def may_moderate(user: User) -> bool:
    """Programme editors (and administrators)."""
    return has_role(user, Role.PROGRAMME_EDITOR)
