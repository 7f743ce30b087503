"""What the declarations of personal data of this app have in common."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from members.personal_data import Person

RECORD = "with the record of the conference; names ten years"
SENT = "the record of what a body sent to conference stays, with who acted for it"


def acted(*fields: str) -> Callable[[Person], Q | None]:
    """Rows on which the person acted, by any of these fields."""

    def found_by(person: Person) -> Q | None:
        if person.user is None:
            return None
        found = Q()
        for field in fields:
            found |= Q(**{field: person.user})
        return found

    return found_by
