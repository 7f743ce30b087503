"""Small Word documents, made part by part, so that a test says what is in the file."""

from __future__ import annotations

import io
import zipfile

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {SPACE}>
<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Bullets"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="Bullets"/></w:style>
<w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering {SPACE}>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="*"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%4"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""


def run(text: str, look: str = "") -> str:
    """A run of text, with what its `w:rPr` holds."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(*inside: str, style: str = "", item: tuple[int, int] | None = None, mark: str = "") -> str:
    """A paragraph of runs (or plain words), in a style or as an item (list, depth)."""
    about = f'<w:pStyle w:val="{style}"/>' if style else ""
    if item:
        number, depth = item
        about += f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    if mark:
        about += f"<w:rPr>{mark}</w:rPr>"
    runs = "".join(part if part.startswith("<") else run(part) for part in inside)
    return f"<w:p><w:pPr>{about}</w:pPr>{runs}</w:p>"


def packed(parts: dict[str, str | bytes], *, compressed: bool = False) -> bytes:
    """An archive of parts."""
    kind = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", kind) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def word(*blocks: str, **more: str) -> bytes:
    """A document of paragraphs; `more` are further parts, `header1='…'` for word/header1.xml."""
    body = f"<w:document {SPACE}><w:body>{''.join(blocks)}</w:body></w:document>"
    parts = {"word/document.xml": body, "word/styles.xml": STYLES}
    parts["word/numbering.xml"] = NUMBERING
    return packed(parts | {f"word/{name}.xml": content for name, content in more.items()})
