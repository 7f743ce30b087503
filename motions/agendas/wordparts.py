"""The parts of a Word document that say the same in each of ours: styles, lists, relations. Pure."""

from __future__ import annotations

from xml.etree import ElementTree as ET

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "application/vnd.openxmlformats-package"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OF = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"

CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_TYPES}">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_OFFICE}.numbering+xml"/>'
    f'<Override PartName="/docProps/core.xml" ContentType="{_PACKAGE}.core-properties+xml"/>'
    "</Types>"
)


def _relations(*pairs: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(pairs, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_LINKS}">{rows}</Relationships>'


RELATIONS = {
    "package": _relations(
        (f"{_OF}/officeDocument", "word/document.xml"),
        (f"{_LINKS}/metadata/core-properties", "docProps/core.xml"),
    ),
    "document": _relations((f"{_OF}/styles", "styles.xml"), (f"{_OF}/numbering", "numbering.xml")),
}


def _style(
    key: str, name: str, looks: str, *, based: str = "Normal", level: int | None = None
) -> str:
    outline = f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    keeps = "<w:keepNext/>" if level is not None else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/><w:qFormat/>'
        f'<w:pPr>{keeps}<w:spacing w:before="200" w:after="80"/>{outline}</w:pPr>'
        f"<w:rPr>{looks}</w:rPr></w:style>"
    )


def _big(half_points: int) -> str:
    return f'<w:b/><w:sz w:val="{half_points}"/>'


STYLES = (
    f"{_HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="23"/>'
    '<w:lang w:val="en-GB"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:after="140" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/><w:qFormat/></w:style>'
    + _style("Title", "Title", _big(40))
    + _style("Heading1", "heading 1", _big(32), level=0)
    + _style("Heading2", "heading 2", _big(27), level=1)
    + _style("Heading3", "heading 3", _big(24), level=2)
    + _style("Heading4", "heading 4", "<w:b/>", level=3)
    + _style("Clause", "Clause", "<w:b/>")
    + _style("ListBullet", "List Bullet", "")
    + _style("Quiet", "Quiet", '<w:color w:val="5D5468"/><w:sz w:val="20"/>')
    + "</w:styles>"
)


def numbering(lists: int) -> str:
    """One list of counted paragraphs for each motion: the paragraphs that amendments speak of."""
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr>'
        '<w:rPr><w:b w:val="0"/><w:color w:val="5D5468"/><w:sz w:val="18"/></w:rPr></w:lvl>'
    )
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    counted = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{again}</w:num>'
        for n in range(1, lists + 1)
    )
    return (
        f'{_HEAD}<w:numbering {_W}><w:abstractNum w:abstractNumId="0">'
        f'<w:multiLevelType w:val="singleLevel"/>{level}</w:abstractNum>{counted}</w:numbering>'
    )


def core(title: str) -> bytes:
    """The document's title and language, which a screen reader says first."""
    root = ET.Element(f"{{{_CORE}}}coreProperties")
    ET.SubElement(root, f"{{{_DC}}}title").text = title
    ET.SubElement(root, f"{{{_DC}}}creator").text = "The Co-operative Party"
    ET.SubElement(root, f"{{{_DC}}}language").text = "en-GB"
    return ET.tostring(root, encoding="UTF-8", xml_declaration=True)
