"""What the declarations of personal data of this app have in common."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from members.periods import Due, after_the_day
from members.personal_data import FileOf, Person

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


def ten_years(conference: str) -> Due:
    """Ten years after the last day of the conference at the end of this path."""
    return after_the_day(f"{conference}__ends_on", years=10)


def letter(conference: str, *names: str, address: str = "") -> FileOf:
    """What came on paper, typed over word for word: the letter is of whoever it names."""

    def found_by(person: Person) -> Q | None:
        found = Q(**{f"{address}__in": person.addresses}) if address else Q()
        for name in names:
            for words in person.names:
                found |= Q(**{f"{name}__iexact": words})
        return found or None

    return FileOf("scan", found_by, ends=after_the_day(f"{conference}__ends_on", years=1))
