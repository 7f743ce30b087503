"""Whatever people type is shown as they typed it, wherever it is shown, and does nothing.

Every text column of every row holds a few dozen payloads, others in every column; in the long form
all at once (on SQLite, which does not count letters; on PostgreSQL as many as the column takes).
Every page, mail, calendar and spreadsheet that shows them is read as its reader reads it.
"""

from __future__ import annotations

import itertools

import pytest
from django.db import connection
from django.http import HttpResponse

from mailing.message import build
from mailing.models import Mail
from tests.hostile import payloads, reading
from tests.hostile import world as worlds
from tests.hostile.routes import routes
from tests.hostile.walking import Met, Walker, once_an_admin_page, site_page, this_half
from tests.hostile.world import AT, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.drill]


class Payloads:
    """Words for `make_world`: another rotation of the payloads for every column."""

    def __init__(self, most: int | None = 1200) -> None:
        self.most = most
        self._turn = itertools.count(0, 11)
        self.counts_letters = connection.vendor != "sqlite"

    def __call__(self, model, column) -> str:
        start = next(self._turn) % len(payloads.ALL)
        rotated = [*payloads.ALL[start:], *payloads.ALL[:start]]
        counts = column.unique or self.counts_letters
        fits = column.max_length if counts else None
        most = min(filter(None, (fits, self.most)), default=None)
        return payloads.carried(rotated, most)


class Reader:
    """Reads every answer of a walk and the mails it caused, and keeps the faults."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.read: dict[str, int] = {}
        self._last_mail = 0

    def __call__(self, met: Met) -> None:
        told = [*self._answer(met.answer), *self._mails()]
        how = "POST" if met.sent is not None else "GET"
        self.faults += [f"{how} {met.path}: {fault}" for fault in dict.fromkeys(told)]

    def _answer(self, answer: HttpResponse) -> list[str]:
        faults = [f for name, value in answer.items() for f in reading.header_faults(name, value)]
        if answer.status_code >= 500:
            faults.append(f"{answer.status_code} {answer.content.decode()[-400:]}")
        if 300 <= answer.status_code < 400 and not reading.leads_inside(answer["Location"]):
            faults.append(f"leads to {answer['Location']}")
        kind = answer.get("Content-Type", "").partition(";")[0]
        self.read[kind] = self.read.get(kind, 0) + 1
        if kind == "text/html":
            faults += reading.page_faults(answer.content.decode())
        elif kind == "text/calendar":
            faults += reading.calendar_faults(answer.content)
        elif kind == "text/csv" or "sheet" in kind:
            faults += reading.sheet_faults(answer.content)
        return faults

    def _mails(self) -> list[str]:
        faults = []
        for mail in Mail.objects.filter(created_at__gte=AT).exclude(key="receipt:1"):
            self.read["mail"] = self.read.get("mail", 0) + 1
            wire = build(mail, at=AT).message().as_bytes()
            faults += [
                f"mail {mail.key.partition(':')[0]}: {fault}"
                for fault in reading.mail_faults(wire, mail.to_address)
            ]
        return faults


def _walk(at, is_drill: bool, person: str | None, wanted) -> Reader:
    at(AT)
    world = make_world(Payloads(most=None if is_drill else 1200))
    reader = Reader()
    found = [route for route in routes() if wanted(route)]
    if wanted is once_an_admin_page and not is_drill:
        found = this_half(found)
    Walker(world, world.people[person] if person else None, reader).walk(set(found).__contains__)
    return reader


@pytest.mark.parametrize("person", [None, "member", "officer", "cac"])
def test_site_full_of_payloads_shows_them_and_runs_none(at, is_drill, person) -> None:
    reader = _walk(at, is_drill, person, site_page)
    assert reader.read["text/html"] > 60
    assert person is None or person == "cac" or reader.read["mail"] > 5
    assert reader.faults == [], "\n".join(reader.faults[:60])


def test_admin_full_of_payloads_shows_them_and_runs_none(at, is_drill) -> None:
    reader = _walk(at, is_drill, "everything", once_an_admin_page)
    # either half of the admin's pages has these; what answers in JSON stands in one of them
    kinds = {"text/html", "text/csv", "mail"} | ({"application/json"} if is_drill else set())
    assert kinds <= set(reader.read)
    assert reader.faults == [], "\n".join(reader.faults[:60])


def test_every_model_with_words_is_filled_with_payloads() -> None:
    make_world(Payloads())
    untouched = [
        f"{model._meta.label}.{column.name}"
        for model in worlds.typed_models()
        for column in worlds.typed_fields(model)
        if not model._base_manager.filter(**{f"{column.name}__contains": payloads.OPEN}).exists()
    ]
    assert untouched == []
