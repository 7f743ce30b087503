"""Every route of the URL conf, as the matrix names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver

#: The pages Django's admin gives every table, and `act` from `members.staff.RoleAdmin`.
ADMIN_PAGES = ("changelist", "add", "history", "delete", "change", "act")


@dataclass(frozen=True)
class Route:
    """One address: its name with namespaces, its parameters, and the admin page it may be."""

    name: str
    parameters: tuple[str, ...]
    table: str = ""
    page: str = ""

    def __str__(self) -> str:
        return self.name


def all_routes() -> list[Route]:
    """Every route that has a name, in the order of the URL conf."""
    tables = {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}": (
            model._meta.label_lower,
            page,
        )
        for model in admin.site._registry
        for page in ADMIN_PAGES
    }
    found = []
    for name, parameters in _walk(get_resolver(), (), ()):
        table, page = tables.get(name, ("", ""))
        found.append(Route(name, parameters, table, page))
    return found


def nameless_routes() -> list[str]:
    """Patterns without a name: nobody can list them, so there must be none of ours."""
    return [
        pattern
        for pattern in _nameless(get_resolver(), "")
        # the admin's own: an old address of a change page, and everything it does not know
        if not re.fullmatch(r"admin/(\w+/\w+/<path:object_id>/|\(\?P<url>\.\*\)\$)", pattern)
    ]


def _walk(
    resolver: URLResolver, namespaces: tuple[str, ...], outer: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in resolver.url_patterns:
        parameters = (*outer, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry, inner, parameters)
        elif isinstance(entry, URLPattern) and entry.name:
            yield ":".join((*namespaces, entry.name)), parameters


def _nameless(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _nameless(entry, pattern)
        elif not entry.name:
            yield pattern
