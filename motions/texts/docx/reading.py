"""A .docx as the plain text that people would have typed: headings, bullets, numbers, paragraphs.

Tracked changes are read as if accepted. Tables become paragraphs, so that no wording is lost; what
a motion cannot have is left out and named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from motions.texts.docx.archive import SAVE_AGAIN, Archive, WordFileRefused
from motions.texts.docx.leaving_out import sentences
from motions.texts.docx.lists import Lists
from motions.texts.docx.styles import Styles, is_on
from motions.texts.pasting import NUMBERED, is_clause

LONGEST_TITLE = 200
HEADING_WORDS = 12
"""Of a paragraph all in bold, which people make where they mean a heading."""

_INSIDE = frozenset(
    {
        *("w_sdt", "w_sdtContent", "w_smartTag", "w_fldSimple", "w_customXml", "w_bdo", "w_dir"),
        *("mc_Choice",),
    }
)
_LEFT_OUT = {
    "w_drawing": "picture",
    "w_pict": "picture",
    "w_object": "object",
    "w_altChunk": "object",
    "w_footnoteReference": "footnote",
    "w_endnoteReference": "endnote",
    "w_commentReference": "comment",
    "m_oMath": "equation",
    "m_oMathPara": "equation",
    "w_del": "deletion",
    "w_moveFrom": "deletion",
}
_INSERTED = frozenset({"w_ins", "w_moveTo"})
_LOOK = ("w_b", "w_i", "w_u", "w_highlight")
_PAGE_PARTS = ("word/header", "word/footer")
_MOST_PAGE_PARTS = 12


@dataclass(frozen=True, slots=True)
class Understood:
    """What a document says: its title ('' when it names none), its text, and what was left out.

    `is_heading`: the title is a heading on top of the text, not a paragraph in the title's style.
    `is_tracked`: it held tracked changes, and is read as it is with all of them accepted.
    """

    title: str
    text: str
    notices: tuple[str, ...]
    is_heading: bool = False
    is_tracked: bool = False


def read(content: bytes) -> Understood:
    """What the document says. Raises ``WordFileRefused``, also where it holds no words."""
    archive = Archive(content)
    document = archive.tree(_main_part(archive))
    body = None if document is None else document.find("w_body")
    if body is None:
        raise WordFileRefused(f"This is not a Word document that can be read. {SAVE_AGAIN}")
    reader = _Reader(
        Styles(archive.tree("word/styles.xml")), Lists(archive.tree("word/numbering.xml"))
    )
    reader.take(body)
    if any(_has_words(archive.tree(name)) for name in _around_the_page(archive)):
        reader.counts["margin"] += 1
    if not any(sign.isalnum() for block in reader.blocks for sign in block):
        raise WordFileRefused(
            "There are no words in this document that could be read. If it is a scan or a picture, "
            "type the text, or paste it."
        )
    title, blocks = _title(reader)
    return Understood(
        title,
        "\n\n".join(blocks),
        sentences(reader.counts),
        is_heading=bool(title) and reader.title_at is None,
        is_tracked=bool(reader.counts["insertion"] or reader.counts["deletion"]),
    )


def _main_part(archive: Archive) -> str:
    """Where the document itself lies; the standard lets it have any name."""
    relations = archive.tree("_rels/.rels")
    for row in () if relations is None else relations:
        if row.get("Type", "").endswith("/officeDocument"):
            return row.get("Target", "").lstrip("/")
    return "word/document.xml"


def _around_the_page(archive: Archive) -> list[str]:
    found = [name for start in _PAGE_PARTS for name in archive.named(start)]
    return [name for name in found if name.endswith(".xml")][:_MOST_PAGE_PARTS]


def _has_words(root: Element | None) -> bool:
    """Letters, that is: a page number alone is nothing to tell."""
    texts = () if root is None else root.iter("w_t")
    return any(sign.isalpha() for text in texts for sign in text.text or "")


def _title(reader: _Reader) -> tuple[str, list[str]]:
    """The title and the blocks without it: a paragraph in that style, else a heading on top."""
    blocks = reader.blocks
    place = reader.title_at
    if place is None and len(blocks) > 1 and blocks[0].startswith("# "):
        place = 0
    if place is None or len(blocks[place]) > LONGEST_TITLE:
        return "", blocks
    return blocks[place].removeprefix("# "), blocks[:place] + blocks[place + 1 :]


class _Reader:
    """Walks a document once, in reading order."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self.styles, self.lists = styles, lists
        self.blocks: list[str] = []
        self.counts: Counter[str] = Counter()
        self.title_at: int | None = None
        self._carried = ""

    def take(self, parent: Element) -> None:
        """The paragraphs and tables of a body or a cell."""
        for child in parent:
            if child.tag == "w_p":
                self._paragraph(child)
            elif child.tag == "w_tbl":
                self.counts["table"] += 1
                self._table(child)
            elif child.tag in _INSIDE or child.tag in _INSERTED:
                self.take(child)
            elif child.tag == "mc_AlternateContent":
                self._leave_out(child)
            elif child.tag in _LEFT_OUT:
                self.counts[_LEFT_OUT[child.tag]] += 1

    def _table(self, table: Element) -> None:
        for row in table:
            if row.tag in _INSIDE:
                self._table(row)
            elif row.find("w_trPr/w_del") is not None:
                self.counts["deletion"] += 1
            elif row.tag == "w_tr":
                for cell in _cells(row):
                    self.take(cell)

    def _paragraph(self, paragraph: Element) -> None:
        before = Counter(self.counts)
        text = self._carried + "".join(self._inline(paragraph))
        self._carried = ""
        if paragraph.find("w_pPr/w_rPr/w_del") is not None:
            self._carried = text  # its end was deleted: the next paragraph goes on with it
            return
        lines = [" ".join(line.split()) for line in text.split("\n")]
        lines = [line for line in lines if line]
        item = self.styles.list_of(paragraph)
        if not lines:
            return
        if self.styles.is_title(paragraph) and self.title_at is None:
            self.title_at = len(self.blocks)
            self.blocks.append(" ".join(lines))
        elif item is not None:
            self.blocks.append(self._item(" ".join(lines), *item))
        elif self._is_heading(paragraph, lines):
            self.counts["look"] = before["look"]  # bold is what makes it one: nothing is lost
            self.blocks.append(f"# {' '.join(lines)}")
        else:
            self.blocks.append("\n".join(lines))

    def _item(self, text: str, number: str, depth: int) -> str:
        sign = self.lists.sign(number, depth)
        if sign and NUMBERED.match(f"{sign} {text}"):
            return f"{sign} {text}"
        if sign:
            self.counts["number"] += 1
        return f"- {text}"

    def _is_heading(self, paragraph: Element, lines: list[str]) -> bool:
        text = " ".join(lines)
        if is_clause(text) or NUMBERED.match(text):
            return False
        if self.styles.is_heading(paragraph):
            return True
        runs = [run for run in paragraph.iter("w_r") if run.find("w_t") is not None]
        is_bold = bool(runs) and all(is_on(run.find("w_rPr"), "w_b") for run in runs)
        is_short = len(text.split()) <= HEADING_WORDS and text[-1] not in ".;,:"
        return is_bold and is_short and len(lines) == 1

    def _inline(self, parent: Element) -> Iterator[str]:
        for child in parent:
            name = child.tag
            if name == "w_r":
                yield from self._run(child)
            elif name in _INSERTED:
                self.counts["insertion"] += 1
                yield from self._inline(child)
            elif name == "w_hyperlink":
                self.counts["link"] += 1
                yield from self._inline(child)
            elif name in _INSIDE:
                yield from self._inline(child)
            elif name in _LEFT_OUT:
                self.counts[_LEFT_OUT[name]] += 1

    def _run(self, run: Element) -> Iterator[str]:
        look = run.find("w_rPr")
        if is_on(look, "w_vanish"):
            self.counts["hidden"] += 1
            return
        if is_on(look, "w_strike") or is_on(look, "w_dstrike"):
            self.counts["struck"] += 1
        if any(is_on(look, name) for name in _LOOK):
            self.counts["look"] += 1
        for child in run:
            yield self._sign(child)

    def _sign(self, child: Element) -> str:
        """What one element of a run adds to the text."""
        name = child.tag
        if name == "w_t":
            return (child.text or "").replace("\n", " ")
        if name in {"w_tab", "w_ptab"}:
            return "\t"
        if name in {"w_br", "w_cr"}:
            return " " if child.get("w_type") in {"page", "column"} else "\n"
        if name == "w_noBreakHyphen":
            return "\u2011"
        if name == "w_sym":
            return _symbol(child.get("w_char", ""))
        if name == "mc_AlternateContent" or name in _LEFT_OUT:
            self._leave_out(child)
        return ""

    def _leave_out(self, child: Element) -> None:
        if next(child.iter("w_txbxContent"), None) is not None:
            self.counts["text box"] += 1
        else:
            self.counts[_LEFT_OUT.get(child.tag, "picture")] += 1


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _cells(row: Element) -> Iterator[Element]:
    """The cells of a row, those inside a form field too; not those of a table in a cell."""
    for child in row:
        if child.tag == "w_tc":
            yield child
        elif child.tag in _INSIDE:
            yield from _cells(child)
