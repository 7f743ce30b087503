"""Lists of the admin answer the questions that they offer, and no others.

Django lets a list be filtered by any column of its table from the address bar. Whoever may see a
list could so read, letter by letter, what is never shown on it: a code in the text of a mail, the
hash of a password or of a link.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.http import HttpRequest

#: What Django's own filters and the dates above a list ask of a field.
ENDINGS = frozenset(
    {"exact", "in", "isnull", "isempty", "gt", "gte", "lt", "lte", "year", "month", "day"}
    | {"id__exact", "pk__exact"}
)


class OfferedLookups:
    """For a ModelAdmin: anything but its filters, its dates and its key gets 400."""

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return any(
            lookup == name or lookup.removeprefix(f"{name}__") in ENDINGS
            for name in self._offered(request)
        )

    def _offered(self, request: HttpRequest | None) -> Iterator[str]:
        yield self.opts.pk.name
        if self.date_hierarchy:
            yield self.date_hierarchy
        for offered in self.get_list_filter(request):
            if isinstance(offered, type) and issubclass(offered, SimpleListFilter):
                yield offered.parameter_name
            else:
                yield offered[0] if isinstance(offered, list | tuple) else offered
