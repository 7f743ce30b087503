"""The papers of an agenda in every form: PDF, large print, plain text, Word."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.cache import caches

from clock.words import instant_words
from events.imprints import imprint_for
from motions.agendas import budget, plain, script, word
from motions.agendas.order import sheet as order_of
from motions.models import OrderPaper, Print, Release, Slip
from papers import typesetting

Item = dict[str, Any]
Form = Print.Form
MEDIA = {
    Form.PDF: ("application/pdf", "pdf"),
    Form.LARGE: ("application/pdf", "pdf"),
    Form.TEXT: ("text/plain; charset=utf-8", "txt"),
    Form.WORD: (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
}
ERRATA_FORMS = (Form.PDF, Form.LARGE, Form.TEXT)
#: A paper typeset for one reader is at hand for the next; nothing in it is a reader's own.
KEPT_SECONDS = 3600


def of_release(release: Release, form: str) -> bytes:
    """A paper as it was printed: the kept one, or made of what the release keeps."""
    kept = release.prints.filter(form=form).first()
    return bytes(kept.made) if kept else agenda(release.content, form)


def every_form(release: Release) -> dict[str, bytes]:
    """All papers of a release, to be kept with it."""
    return {form: agenda(release.content, form) for form in Form.values}


def agenda(content: Item, form: str, slips: Sequence[str] = ()) -> bytes:
    """An agenda in one form. Raises papers.typesetting.Faulty."""
    if form == Form.TEXT:
        return plain.agenda(content, slips).encode()
    if form == Form.WORD:
        return word.agenda(content, slips)
    return typeset("motions/papers/agenda.typ", _for_typst(content, slips, form))


def errata(release: Release, slips: Iterable[Slip], form: str) -> bytes:
    """The slips alone, to be laid into a printed agenda; PDF, large print or plain text."""
    rows = [{"number": slip.number, "text": slip.text, "item": slip.item} for slip in slips]
    if form == Form.TEXT:
        return plain.slips(release.content, rows).encode()
    data = {
        **{key: release.content[key] for key in ("conference", "imprint")},
        "title": f"Errata to the {release}",
        "large": form == Form.LARGE,
        "slips": rows,
    }
    return typeset("motions/papers/errata.typ", data)


def order(paper: OrderPaper, form: str, at: dt.datetime) -> bytes:
    """The order paper of a session as it stands at an instant."""
    data = _sheet(paper, at)
    if form == Form.TEXT:
        return plain.order(data).encode()
    return typeset("motions/papers/order.typ", {**data, "large": form == Form.LARGE})


def chairs_script(paper: OrderPaper, at: dt.datetime) -> bytes:
    """The chair's script of a session: a page an item."""
    data = _sheet(paper, at)
    title = f"Chair’s script, {paper.session.title}"
    return typeset(
        "motions/papers/script.typ", {**data, "title": title, "pages": script.pages(data)}
    )


def _sheet(paper: OrderPaper, at: dt.datetime) -> Item:
    sheet = order_of(paper)
    for item in sheet["items"]:
        item["minutes_words"] = budget.in_words(item["minutes"])
    conference = paper.session.conference
    return {
        **sheet,
        "title": f"Order paper, {paper.session.title}",
        "printed": f"As it stood on {instant_words(at)}",
        "imprint": imprint_for(conference, at),
    }


def typeset(template: str, data: Item) -> bytes:
    """The PDF; of the same data within the hour the one that is at hand."""
    source = (typesetting.TEMPLATES / template).read_bytes()
    facts = hashlib.sha256(source + repr(data).encode())
    key = f"paper:{facts.hexdigest()}"
    made = caches["pages"].get(key)
    if made is None:
        made = typesetting.pdf(template, data)
        caches["pages"].set(key, made, KEPT_SECONDS)
    return made


def _for_typst(content: Item, slips: Sequence[str], form: str) -> Item:
    groups = [
        {**group, "items": [{**one, "anchor": f"motion-{one['key']}"} for one in group["items"]]}
        for group in content["groups"]
    ]
    return {**content, "groups": groups, "slips": list(slips), "large": form == Form.LARGE}
