"""What people and programs send that no form expects, and the forms a page offers to send it to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

LONG = "x" * 100_000
TEXTS = [
    "",
    "\x00",
    "a\x00b",
    "\ud7ff\uffff\U0010ffff",
    "\r\nSet-Cookie: a=b",
    "\u2028\u2029\x0b\x0c\x85",
    "\u202eeman\u202c\u200b\ufeff",
    "Z\u0351\u036b" * 40,
    "'; DROP TABLE members_user; --",
    "<script>alert(1)</script>{{7*7}}{% now 'Y' %}{0.__class__}%(x)s%s",
    "../../../../etc/passwd",
    LONG,
]
NUMBERS = [
    "-1",
    "0",
    "999999999999999999999999999999",
    "9223372036854775808",
    "2147483648",
    "NaN",
    "-Infinity",
    "sNaN",
    "1e400",
    "1E-9999999",
    "1.005",
    "0x10",
    "²",
    "٣",
    "1,000",
    "£5",
    "9" * 5000,
]
DATES = [
    "2016-11-31",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "31/11/2016",
    "2016-02-30T25:61",
    "2016-03-27T01:30",
    "2016-10-30 01:30",
    "9999-12-31T23:59:59.999999",
    "0001-01-01T00:00",
    "25:00",
    "2016-W01-1",
]
ODD = [
    "[]",
    "{}",
    "null",
    "true",
    "on",
    "None",
    "00000000-0000-0000-0000-000000000000",
    "a@b",
    "a@" + "b" * 300 + ".example",
    '"a b"@x.example',
    "a\n@x.example",
]
ALL = [*TEXTS, *NUMBERS, *DATES, *ODD]
QUERIES = [
    "page=-1&p=-1",
    "page=99999999999999999999&p=99999999999999999999",
    "page=%00&p=%00&q=%00",
    "q=%00&o=%00",
    "q=%ff%fe&o=1.2.-3.99",
    "o=-0.0.%2e.x&ot=asc",
    "q=" + "a%20" * 400,
    "q=%22%22%27%25_%5c",
    "all=&_facets=1&_popup=1",
    "_to_field=password&_popup=1",
    "id=1&pk=x&id__exact=abc",
    "user__password__startswith=a",
    "state=%00&state__exact=%00&conference=x&conference__id__exact=x",
    "next=//evil.example&next=javascript:1",
    "sent=%00&page=1&page=2",
    "e=1",
    "=&&&==&%",
    "a[]=1&a[b]=2&__proto__=x",
    "state=in_order%27--",
    "date__gte=31-31-31&created_at__year=99999&created_at__month=13",
]


@dataclass
class Form:
    """One form of a page as a browser would send it."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    #: What kind of control each is, and what a choice offers.
    kinds: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Form] = []
        self._form: Form | None = None
        self._select = self._area = ""
        self._chosen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.found.append(self._form)
        elif self._form is not None:
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        values = self._form.values
        if name:
            kind = given.get("type", "text") if tag == "input" else tag
            self._form.kinds.setdefault(name, kind)
            if kind in ("radio", "checkbox"):
                self._form.options.setdefault(name, []).append(given.get("value", "on"))
        if tag == "option" and self._select:
            self._form.options.setdefault(self._select, []).append(given.get("value", ""))
        if tag == "input" and name:
            kind = given.get("type", "text")
            if kind == "file":
                self._form.files.append(name)
            elif kind not in ("radio", "checkbox") or "checked" in given:
                values.setdefault(name, []).append(given.get("value", "on"))
            else:
                values.setdefault(name, [])
        elif tag == "button" and name:
            values.setdefault(name, []).append(given.get("value", ""))
        elif tag in ("select", "textarea") and name:
            self._select, self._area = (name, "") if tag == "select" else ("", name)
            values.setdefault(name, [])
        elif tag == "option" and self._select and ("selected" in given or not values[self._select]):
            values[self._select] = [given.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form.values[self._area] = ["".join([*self._form.values[self._area], data])]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag in ("select", "textarea"):
            self._select = self._area = ""


def forms_of(html: str) -> list[Form]:
    """The forms of a page that are sent by POST."""
    parser = _Forms()
    parser.feed(html)
    return [form for form in parser.found if form.method == "post"]


def all_at_once(form: Form, turn: int) -> dict[str, Any]:
    """Every field with garbage, another one each turn."""
    names = [name for name in form.values if name != "csrfmiddlewaretoken"]
    return {name: ALL[(turn * 7 + place * 5) % len(ALL)] for place, name in enumerate(names)}


def one_at_a_time(form: Form, pieces: list[str]) -> Iterator[dict[str, Any]]:
    """The form as it stands but for one field; and without that field, and with it twice."""
    for name in form.values:
        if name == "csrfmiddlewaretoken":
            continue
        for piece in pieces:
            yield {**form.values, name: piece}
        yield {other: value for other, value in form.values.items() if other != name}
        yield {**form.values, name: [*form.values[name], "x", "\x00"]}


def uploads() -> list[SimpleUploadedFile]:
    """Files that claim to be something else, are too large, or carry an evil name."""
    png = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x7f\xff\xff\xff" * 2 + b"\x08\x02\0\0\0"
    zipped = b"PK\x03\x04" + b"\0" * 1000
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    return [
        SimpleUploadedFile("evil.svg", svg, "image/svg+xml"),
        SimpleUploadedFile("evil.png", svg, "image/png"),
        SimpleUploadedFile("huge.png", png, "image/png"),
        SimpleUploadedFile("a.php.png", b"<?php phpinfo();", "image/png"),
        SimpleUploadedFile("polyglot.pdf", b"<script>alert(1)</script>%PDF-1.4", "application/pdf"),
        SimpleUploadedFile("bomb.docx", zipped, "application/zip"),
        SimpleUploadedFile("..%2f..%2fetc%2fpasswd.pdf", b"%PDF-1.4", "application/pdf"),
        SimpleUploadedFile("n" * 250 + ".pdf", b"%PDF-1.4", "application/pdf"),
        SimpleUploadedFile("empty.pdf", b"", "application/pdf"),
        SimpleUploadedFile("nul\x00.pdf", b"%PDF-1.4", "application/pdf"),
        SimpleUploadedFile("noname", b"%PDF-1.4", "text/html"),
    ]
