"""Walks over the site as one person: every page, every form sent as it stands, every action.

What a form changes is undone before the next request, so that every page is met in one state.
"""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from members.models import User
from tests.factories import sign_in
from tests.hostile import garbage
from tests.hostile.routes import Route, given_for, routes
from tests.hostile.world import World

ROOT = str(settings.BASE_DIR)
ACTIONS = re.compile(r'<select name="action".*?</select>', re.DOTALL)
OPTION = re.compile(r'<option value="(\w+)"')
#: They end the session or change who one is; their pages are walked, their forms are not sent.
NOT_SENT = ("account_logout", "admin:logout")


T = TypeVar("T")


@dataclass(frozen=True)
class Met:
    """One answer: of which route, at which address, how asked."""

    route: Route
    path: str
    sent: dict[str, Any] | None
    answer: HttpResponse


class Walker:
    """Asks as one person (None: a stranger); `after` sees the database before it is undone."""

    def __init__(self, world: World, person: User | None, after: Callable[[Met], None]) -> None:
        self.world = world
        self.after = after
        self.client = Client()
        if person is not None:
            sign_in(self.client, person)
        self.cookies = dict(self.client.cookies)

    def walk(self, wanted: Callable[[Route], bool]) -> None:
        """Every page of these routes; on each that opens, every form as it stands."""
        from django.urls import reverse

        for route in filter(wanted, routes()):
            for given in given_for(route, self.world):
                self._page(route, reverse(route.name, kwargs=given))

    def _page(self, route: Route, path: str) -> None:
        met = self.ask(route, path)
        if not is_page(met.answer) or route.name in NOT_SENT:
            return
        html = met.answer.content.decode()
        for form in garbage.forms_of(html):
            if form.action.partition("?")[0] in ("", path) and "action" not in form.values:
                self._send(route, path, form)
        for form in self._actions(html):
            self._send(route, path, form)

    def _send(self, route: Route, path: str, form: garbage.Form) -> None:
        met = self.ask(route, path, form.values)
        if "action" in form.values and is_page(met.answer):
            for sure in garbage.forms_of(met.answer.content.decode()):
                if "_selected_action" in sure.values:
                    reason = {name: value or ["Asked"] for name, value in sure.values.items()}
                    self.ask(route, path, reason)

    def _actions(self, html: str) -> Iterator[garbage.Form]:
        """Each action of an admin list on all its rows."""
        found = ACTIONS.search(html)
        rows = re.findall(r'name="_selected_action" value="([^"]+)"', html)
        for name in OPTION.findall(found[0]) if found and rows else ():
            yield garbage.Form("", "post", {"action": [name], "_selected_action": rows})

    def ask(self, route: Route, path: str, sent: dict[str, Any] | None = None) -> Met:
        """GET, or POST what is sent; the database and the session are as before afterwards."""
        if sent is None:
            return self._ask(route, path, sent, lambda: self.client.get(path))
        return self._ask(route, path, sent, lambda: self.client.post(path, sent))

    def ask_raw(self, route: Route, path: str, body: bytes, content_type: str) -> Met:
        """POST a body as it is."""
        post = self.client.generic
        return self._ask(route, path, {}, lambda: post("POST", path, body, content_type))

    def _ask(
        self, route: Route, path: str, sent: dict[str, Any] | None, send: Callable[[], HttpResponse]
    ) -> Met:
        with transaction.atomic():
            try:
                answer = _whole(send())
            except Exception as error:
                answer = _broken(error)
            transaction.set_rollback(False)  # a refusal may have marked it; we look before we undo
            met = Met(route, path, sent, answer)
            self.after(met)
            transaction.set_rollback(True)
        self.client.cookies.clear()
        self.client.cookies.update(self.cookies)
        return met


def _whole(answer: HttpResponse) -> HttpResponse:
    """A download read to its end: its words are looked at too, and its file is closed."""
    if not answer.streaming:
        return answer
    content = b"".join(answer.streaming_content)
    return HttpResponse(content, status=answer.status_code, headers=answer.headers)


def _broken(error: Exception) -> HttpResponse:
    """What broke and where, as an answer of 500."""
    places = traceback.extract_tb(error.__traceback__)
    ours = [place for place in places if ROOT in place.filename and "/.venv/" not in place.filename]
    where = " < ".join(f"{place.filename}:{place.lineno}" for place in reversed(ours[-2:]))
    return HttpResponse(f"{type(error).__name__}: {error} {where}"[:400], "text/plain", 500)


def is_page(answer: HttpResponse) -> bool:
    """Did it open, as HTML?"""
    return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")


def once_an_admin_page(route: Route) -> bool:
    """The admin's pages, for somebody who may everything."""
    return route.name.startswith("admin:")


def this_half(found: list[T]) -> list[T]:
    """Every other one: SQLite takes one half, PostgreSQL the other; the drill takes all."""
    return found[connection.vendor == "postgresql" :: 2]


def shared_between_databases(found: list[T]) -> list[T]:
    """Everything; half of it where both databases are known to be run (`bin/check` says so).

    For what costs most and depends on no database: what one run leaves out the other looks at.
    """
    return this_half(found) if os.environ.get("BOTH_DATABASES") else found


def site_page(route: Route) -> bool:
    """Every page but the admin's."""
    return not route.name.startswith("admin:")
