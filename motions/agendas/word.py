"""An agenda as a Word document, amendments as real tracked changes. Pure: plain data in, bytes out.

The document is written by hand, part for part: a dozen elements are all it takes, and no library we
have writes `w:ins` and `w:del`. Text goes in through an XML tree, so nothing that was typed can be
read as markup. Accepting all changes of a section gives the wording as that amendment would have
it, rejecting them the motion's. The same data gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree as ET

from motions.agendas.wordparts import CONTENT_TYPES, RELATIONS, STYLES, core, numbering

Item = dict[str, Any]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML = "http://www.w3.org/XML/1998/namespace"
_STYLE = {"bullet": "ListBullet", "heading": "Heading4", "clause": "Clause"}
ET.register_namespace("w", W)


def agenda(content: Item, slips: Iterable[str] = ()) -> bytes:
    """The .docx. `slips` are the sentences of errata slips, printed first."""
    paper = _Paper(content)
    paper.line(content["title"], "Title")
    paper.line(" · ".join(filter(None, [content["dates"], content["released"]])), "Quiet")
    said = list(slips)
    if said:
        paper.line("Errata", "Heading1")
        for one in said:
            paper.line(one)
    for group in content["groups"]:
        paper.line(group["name"], "Heading1")
        for one in group["items"]:
            paper.item(one)
    paper.line(content["imprint"], "Quiet")
    return paper.packed()


class _Paper:
    """The body of one document as it grows; changes are counted through."""

    def __init__(self, content: Item) -> None:
        self.content = content
        self.root = ET.Element(_w("document"))
        self.body = ET.SubElement(self.root, _w("body"))
        self.changes = 0
        self.lists = 0
        self.date = content.get("released_at", "2000-01-01T00:00:00Z")

    def item(self, one: Item) -> None:
        """A motion: heading, facts, numbered paragraphs, then each amendment as tracked changes."""
        self.line(f"{one['number']}. {one['title']}", "Heading2")
        facts = [one["body"], one["category"], f"To be carried: {one['threshold']}", one["status"]]
        self.line(" · ".join(filter(None, facts)), "Quiet")
        self.lists += 1
        lang = one["language"]
        for block in one["blocks"]:
            paragraph = self.paragraph(_STYLE.get(block["kind"], ""), numbered=self.lists)
            self.run(paragraph, block["text"], lang=lang)
        for each in one["amendments"]:
            self.amendment(each, lang)

    def amendment(self, one: Item, lang: str) -> None:
        """The motion's text with one amendment in it, as changes of the body that proposes it."""
        self.line(f"Amendment {one['number']} from {one['body']}", "Heading3")
        self.line(one["status"], "Quiet")
        for sentence in one["sentences"]:
            self.line(sentence)
        author = f"Amendment {one['number']}, {one['body']}"
        for row in one["rows"]:
            self.row(row, author, lang)

    def row(self, row: Item, author: str, lang: str) -> None:
        """One paragraph of the comparison; a whole one that comes or goes takes its mark along."""
        whole = {"inserted": "ins", "deleted": "del"}.get(row["state"])
        paragraph = self.paragraph(_STYLE.get(row["kind"], ""), mark=whole, author=author)
        for state, text in row["segments"]:
            if state == "kept":
                self.run(paragraph, text, lang=lang)
            else:
                change = self.change(paragraph, "ins" if state == "inserted" else "del", author)
                self.run(change, text, lang=lang, gone=state == "deleted")

    def line(self, words: str, style: str = "") -> None:
        """A paragraph of plain words; none for no words."""
        if words:
            self.run(self.paragraph(style), words)

    def paragraph(
        self, style: str, *, numbered: int = 0, mark: str | None = None, author: str = ""
    ) -> ET.Element:
        """An empty paragraph; `numbered` is the list it counts in, `mark` what became of its end."""
        made = ET.SubElement(self.body, _w("p"))
        properties = ET.SubElement(made, _w("pPr"))
        if style:
            ET.SubElement(properties, _w("pStyle"), {_w("val"): style})
        if numbered:
            counted = ET.SubElement(properties, _w("numPr"))
            ET.SubElement(counted, _w("ilvl"), {_w("val"): "0"})
            ET.SubElement(counted, _w("numId"), {_w("val"): str(numbered)})
        if mark:
            self.change(ET.SubElement(properties, _w("rPr")), mark, author)
        return made

    def change(self, parent: ET.Element, name: str, author: str) -> ET.Element:
        """`w:ins` or `w:del` with its author; Word wants a number of its own for each."""
        self.changes += 1
        facts = {"id": str(self.changes), "author": author, "date": self.date}
        return ET.SubElement(parent, _w(name), {_w(key): value for key, value in facts.items()})

    def run(self, parent: ET.Element, text: str, *, lang: str = "en", gone: bool = False) -> None:
        """Words of one kind."""
        made = ET.SubElement(parent, _w("r"))
        if lang != "en":
            properties = ET.SubElement(made, _w("rPr"))
            ET.SubElement(properties, _w("lang"), {_w("val"): f"{lang}-GB"})
        words = ET.SubElement(made, _w("delText" if gone else "t"), {f"{{{XML}}}space": "preserve"})
        words.text = printable(text)

    def packed(self) -> bytes:
        """All parts in one archive."""
        self._end()
        parts = {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELATIONS["package"],
            "word/_rels/document.xml.rels": RELATIONS["document"],
            "word/document.xml": ET.tostring(self.root, encoding="UTF-8", xml_declaration=True),
            "word/styles.xml": STYLES,
            "word/numbering.xml": numbering(self.lists),
            "docProps/core.xml": core(printable(self.content["title"])),
        }
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts.items():
                entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, part)
        return made.getvalue()

    def _end(self) -> None:
        section = ET.SubElement(self.body, _w("sectPr"))
        ET.SubElement(section, _w("pgSz"), {_w("w"): "11906", _w("h"): "16838"})
        sides = {"top": "1134", "right": "1134", "bottom": "1134", "left": "1134"}
        more = {"header": "567", "footer": "567", "gutter": "0"}
        ET.SubElement(section, _w("pgMar"), {_w(k): v for k, v in (sides | more).items()})


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


def printable(text: str) -> str:
    """Without the characters that no XML may hold."""
    return "".join(
        sign
        for sign in text
        if sign in "\t\n"
        or (
            ord(sign) >= 32
            and not 0xD800 <= ord(sign) <= 0xDFFF
            and ord(sign) not in (0xFFFE, 0xFFFF)
        )
    )
