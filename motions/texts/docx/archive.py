"""The archive of a .docx: weighed before it is unpacked, its XML read without entities.

A .docx is an archive of XML, so that a small file can unpack to gigabytes, nest without end or name
entities that grow. All of it is refused before anything is made of it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

MOST_BYTES = 10 * 1024 * 1024
MOST_PARTS = 2000
MOST_UNPACKED = 100 * 1024 * 1024
"""Of all parts together, pictures included."""
MOST_XML = 5 * 1024 * 1024
"""Of one part that is read: some fifty thousand words with all that Word writes around them."""
MOST_ELEMENTS = 150_000
DEEPEST = 100

SAVE_AGAIN = "Open it in Word, save it as .docx and upload it again, or paste its text."
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_DAMAGED = (
    zipfile.BadZipFile,
    NotImplementedError,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    zlib.error,
    expat.ExpatError,
    LookupError,
)
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
}


class WordFileRefused(ValueError):
    """The file is not read; the message is a sentence that says what to do instead."""


class Archive:
    """The parts of a document, by name. Raises ``WordFileRefused`` for what cannot be read."""

    def __init__(self, content: bytes) -> None:
        if len(content) > MOST_BYTES:
            raise WordFileRefused(
                f"The file is too large: at most {MOST_BYTES // 1024 // 1024} MB. Take the pictures "
                "out, or paste its text."
            )
        if content.startswith(_OLD_WORD):
            raise WordFileRefused(
                "This file is locked with a password, or is in the old Word format (.doc). Open it "
                "in Word, save it as .docx without a password and upload that, or paste its text."
            )
        if not content.startswith(_ZIP):
            raise WordFileRefused(f"This is not a Word document (.docx). {SAVE_AGAIN}")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _DAMAGED as error:
            raise WordFileRefused(f"This file is damaged. {SAVE_AGAIN}") from error
        self._parts = {part.filename: part for part in self._zip.infolist()}
        self._weigh()

    def _weigh(self) -> None:
        parts = self._zip.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
            raise WordFileRefused(
                "Unpacked, this file is far larger than a motion. Copy the text into a new document "
                "and upload that, or paste it."
            )
        if any(part.flag_bits & 1 for part in parts):
            raise WordFileRefused("The file is locked with a password. Save it without one.")

    def named(self, start: str) -> list[str]:
        """The names of parts that begin so, in order."""
        return sorted(name for name in self._parts if name.startswith(start))

    def tree(self, name: str) -> Element | None:
        """The root of a part with names such as 'w_p'; None when there is no such part."""
        part = self._parts.get(name)
        if part is None:
            return None
        try:
            with self._zip.open(part) as opened:
                xml = opened.read(MOST_XML + 1)
            if len(xml) > MOST_XML:
                raise WordFileRefused(
                    "This document is far longer than a motion. Copy the motion alone into a new "
                    "document and upload that, or paste it."
                )
            return _tree(xml)
        except WordFileRefused:
            raise
        except _DAMAGED as error:
            raise WordFileRefused(f"This file is damaged. {SAVE_AGAIN}") from error


def _tree(xml: bytes) -> Element:
    builder = TreeBuilder()
    depth = elements = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > DEEPEST or elements > MOST_ELEMENTS:
            raise WordFileRefused(
                f"This document is more complicated than a motion can be. {SAVE_AGAIN}"
            )
        builder.start(_short(name), {_short(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_short(name))

    def refuse(*_: Any) -> None:
        raise WordFileRefused(f"This is not a Word document that can be read. {SAVE_AGAIN}")

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse  # with it goes every entity, in whatever encoding
    parser.EntityDeclHandler = refuse
    parser.Parse(xml, True)
    return builder.close()


def _short(name: str) -> str:
    """'w_p' for 'w:p', a paragraph, in either edition of the standard (a colon would be a prefix)."""
    space, separator, local = name.rpartition("}")
    if not separator:
        return name
    return f"{_PREFIXES.get(space, 'other')}_{local}"
