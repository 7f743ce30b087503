"""Reads what the site answers as its readers do (browser, mailbox, spreadsheet), and tells faults.

A fault is a sentence; a page without faults gives an empty list.
"""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from unicodedata import normalize
from urllib.parse import quote, quote_plus, urlsplit

from tests.hostile import payloads

OWN_SCRIPTS = ("/static/", "/admin/jsi18n/")
FORBIDDEN = {
    "base",
    "embed",
    "foreignobject",
    "frame",
    "iframe",
    "isindex",
    "marquee",
    "math",
    "noscript",
    "object",
    "style",
    "template",
    payloads.TAG,
}
LEADS_SOMEWHERE = {"href", "src", "action", "formaction", "data", "xlink:href", "poster"}
_SCHEMES = {"", "http", "https", "mailto", "tel", "webcal", "data"}
_CARRIED = re.compile(f"{payloads.OPEN}(.*?){payloads.CLOSE}", re.DOTALL)
_SPACES = re.compile(r"\s+")


#: Where two texts are compared word by word: what was typed stands there cut apart, on purpose; and
#: the numbers of lines, which are no part of the text. So do notes that are read line by line.
COMPARED = {"diff", "spoken", "compared", "compared-side", "choice-side", "line-number", "by-line"}
_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
}


class _Page(HTMLParser):
    def __init__(self, *, own_styles: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.texts: list[str] = []
        self.attributes: list[str] = []
        self._forbidden = FORBIDDEN - ({"style"} if own_styles else set())
        self._own_styles = own_styles
        self._in_script = False
        self._within = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._in_script = tag == "script"
        is_compared = not COMPARED.isdisjoint((given.get("class") or "").split())
        if (self._within or is_compared) and tag not in _VOID:
            self._within += 1
        if tag in self._forbidden or (tag == "meta" and "http-equiv" in given):
            self._tell(f"<{tag}> {given}")
        if tag == "script" and not (given.get("src") or "").startswith(OWN_SCRIPTS):
            self._tell(f"script {given}")
        # The record of a past conference is written by staff, who may point elsewhere.
        is_pointer = tag == "a" and given.get("rel") == "nofollow"
        for name, value in attrs:
            if not (is_pointer and name == "href" and (value or "").startswith("https://")):
                self._attribute(tag, name, value or "")

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False
        if self._within and tag not in _VOID:
            self._within -= 1

    def handle_data(self, data: str) -> None:
        if self._in_script and data.strip():
            self._tell(f"inline script {data[:80]}")
        if not self._within:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        if payloads.OPEN in data:
            self._tell(f"typed text in a comment: {data[:80]}")

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self._tell(f"<!{decl[:80]}>")

    def handle_pi(self, data: str) -> None:
        self._tell(f"<?{data[:80]}>")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        self.attributes.append(value)
        if (name.startswith("on") or name == "srcdoc") or (
            name == "style" and not self._own_styles
        ):
            self._tell(f"<{tag} {name}={value[:60]!r}>")
        if not re.fullmatch(r"[A-Za-z_:][-A-Za-z0-9_:.]*", name):
            self._tell(f"attribute {name[:60]!r} of <{tag}>")
        if name in LEADS_SOMEWHERE and not leads_inside(value):
            self._tell(f"<{tag} {name}={value[:80]!r}>")

    def _tell(self, fault: str) -> None:
        self.faults.append(fault)


def leads_inside(address: str) -> bool:
    """Is an address one that a page of ours may hold? Never a script, never the attacker's host."""
    cleaned = re.sub(r"[\x00-\x20\\]", "", address)
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return False
    if parts.scheme == "data":
        return cleaned.startswith("data:image/")
    return parts.scheme in _SCHEMES and payloads.HOST not in parts.netloc


def page_faults(html: str, *, own_styles: bool = False) -> list[str]:
    """What a browser would do that no page of ours does; payloads not shown as they were typed."""
    page = _Page(own_styles=own_styles)
    page.feed(html)
    page.close()
    texts = ["".join(page.texts), *page.attributes]
    return [*page.faults, *(fault for text in texts for fault in changed_payloads(text))]


def changed_payloads(text: str) -> list[str]:
    """Payloads whose words came out as something else: a placeholder was filled, a tag evaluated."""
    return [
        f"shown as {found[:80]!r}"
        for found in _CARRIED.findall(text)
        if payloads.OPEN not in found and _bare(found) not in _KNOWN
    ]


def _bare(text: str) -> str:
    """Letters that people see: cleaning may take out controls, joiners and spaces, and composes."""
    return "".join(c for c in normalize("NFC", text) if c.isprintable() and not c.isspace())


#: As typed, as the audit trail writes them (JSON), as a link's query does, and as the sentence of an
#: amendment quotes its paragraphs one by one.
_KNOWN = {
    _bare(form)
    for payload in payloads.ALL
    for form in (
        payload,
        json.dumps(payload)[1:-1],
        json.dumps(payload, ensure_ascii=False)[1:-1],
        quote(payload),
        quote_plus(payload),
        re.sub(r"\s*\n\s*\n\s*", '""', payload),
    )
}


def calendar_faults(body: bytes) -> list[str]:
    """Content lines of a calendar that no calendar of ours holds."""
    faults = [] if b"\r\n" in body else ["no CRLF"]
    lines = re.sub(rb"\r\n[ \t]", b"", body).split(b"\r\n")
    names = [re.split(rb"[:;]", line)[0].decode(errors="replace") for line in lines if line]
    faults += [f"line {name[:60]!r}" for name in names if not re.fullmatch(r"[A-Z-]{2,40}", name)]
    faults += [f"property {name}" for name in names if name in ("ATTENDEE", "ATTACH", "X-EVIL")]
    if names.count("BEGIN") != names.count("END") or names.count("VCALENDAR"):
        faults.append("BEGIN and END do not match")
    if any(c in body.decode() for c in "\x0b\x0c\x85\u2028\u2029"):
        faults.append("a line end that is none")
    if re.search(rb"(?<!\r)\n|\r(?!\n)", body):
        faults.append("a bare CR or LF")
    return faults


def header_faults(name: str, value: str) -> list[str]:
    """Faults of one header line of an answer."""
    bad = any(c in value for c in "\r\n\x0b\x0c\x85\u2028\u2029\x00") or "evil" in name.lower()
    return [f"header {name}: {value[:80]!r}"] if bad else []


OUR_MAIL_HEADERS = {
    "Content-Type",
    "MIME-Version",
    "Subject",
    "From",
    "To",
    "Reply-To",
    "Message-ID",
    "Date",
    "X-Entity-Ref-ID",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Content-Transfer-Encoding",
}


def mail_faults(wire: bytes, to_address: str) -> list[str]:
    """Faults of a mail as it goes over the wire."""
    read = email.message_from_bytes(wire, policy=email.policy.default)
    faults = [f"mail header {name}" for name in read if name not in OUR_MAIL_HEADERS]
    faults += [f"{name} twice" for name in set(read.keys()) if len(read.get_all(name)) != 1]
    addresses = [one.addr_spec for one in read["To"].addresses]
    if addresses != [to_address]:
        faults.append(f"To: {addresses}")
    for name in ("Subject", "To", "From", "Reply-To"):
        faults += header_faults(name, str(read.get(name, "")))
    html = read.get_body(("html",))
    if html is not None:
        content = html.get_content()
        faults += [f"mail: {fault}" for fault in page_faults(content, own_styles=True)]
    faults += changed_payloads(read.get_body(("plain",)).get_content())
    return faults


# A spreadsheet drops these before it looks for a formula.
_DROPPED = "".join(map(chr, range(33))) + "\xa0\u200b\u200c\u200d\u2060\ufeff\u202e\u3000\x7f"
_FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20|%\ufe62\ufe66\u2212"


def sheet_faults(body: bytes) -> list[str]:
    """Cells of a CSV or XLSX file that a spreadsheet would run."""
    if body.startswith(b"PK"):
        return _xlsx_faults(body)
    rows = csv.reader(io.StringIO(body.decode("utf-8-sig")))
    return [f"cell {cell[:60]!r}" for row in rows for cell in row if _runs(cell)]


def _runs(cell: str) -> bool:
    text = cell.lstrip(_DROPPED)
    number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
    return text[:1] in tuple(_FORMULA) and not number


def _xlsx_faults(body: bytes) -> list[str]:
    faults = []
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        for name in book.namelist():
            if name.endswith(".bin") or "externalLink" in name:
                faults.append(f"part {name}")
            text = book.read(name).decode()
            if name.startswith("xl/worksheets/") and re.search(r"<f[ >]|<hyperlink", text):
                faults.append(f"a formula or link in {name}")
    return faults
