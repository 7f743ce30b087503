"""A Word document as text: what is taken, what is left out and named, what is refused."""

import contextlib
import zipfile

import pytest

from motions.texts import blocks, words
from motions.texts.cleaning import clean
from motions.texts.docx import archive
from motions.texts.docx.archive import WordFileRefused
from motions.texts.docx.reading import read
from tests.texts.word_files import SPACE, packed, par, run, word


def parsed(content):
    """(kind, text) of each block as a motion would have it."""
    return [
        (block.kind.value, block.text) for block in blocks.parse(clean(read(content).text).text)
    ]


def test_document_of_a_secretary_is_read_as_it_would_be_typed():
    content = word(
        par("A fund for co-operatives", style="Titel"),
        par("This Conference notes:"),
        par("that they are growing;", style="Mine"),
        par("that capital is scarce.", item=(1, 0)),
        par("What we ask", style="berschrift1"),
        par("Conference resolves:"),
        par("to set up a fund:", item=(2, 0)),
        par("by June,", item=(2, 1)),
        par("at once;", item=(2, 2)),
        par("to report.", item=(2, 0)),
        par("It costs nothing.", style="Loop"),
    )
    assert read(content).title == "A fund for co-operatives"
    assert read(content).notices == ()
    assert parsed(content) == [
        ("clause", "This Conference notes:"),
        ("bullet", "that they are growing;"),
        ("bullet", "that capital is scarce."),
        ("heading", "What we ask"),
        ("clause", "Conference resolves:"),
        ("bullet", "1. to set up a fund:"),
        ("bullet", "(a) by June,"),
        ("bullet", "i. at once;"),
        ("bullet", "2. to report."),
        ("paragraph", "It costs nothing."),
    ]
    assert words.count(clean(read(content).text).text) == 30


def test_list_begun_anew_counts_from_its_start_and_deeper_numbers_begin_again():
    content = word(
        par("a", item=(2, 0)),
        par("b", item=(2, 1)),
        par("c", item=(2, 0)),
        par("d", item=(2, 1)),
        par("e", item=(3, 0)),
        par("f", item=(3, 3)),
    )
    assert [text for _, text in parsed(content)] == ["1. a", "(a) b", "2. c", "(a) d", "1. e", "f"]
    assert read(content).notices == (
        "1 number of several levels (such as 1.1) was made into bullets.",
    )


@pytest.mark.parametrize(
    ("inside", "text", "notice"),
    [
        ("<w:r><w:drawing/></w:r>", "Ab", "1 picture was left out."),
        ("<w:r><w:pict><w:txbxContent/></w:pict></w:r>", "Ab", "1 text box was left out with its"),
        ('<w:r><w:footnoteReference w:id="1"/></w:r>', "Ab", "1 footnote was left out."),
        ('<w:r><w:commentReference w:id="1"/></w:r>', "Ab", "1 comment was left out."),
        ("<w:r><w:object/></w:r>", "Ab", "1 embedded object was left out."),
        ("<w:del><w:r><w:delText>no </w:delText></w:r></w:del>", "Ab", "1 tracked deletion was"),
        (f"<w:ins>{run('!')}</w:ins>", "A!b", "1 tracked insertion was taken, as if accepted."),
        (f"<w:hyperlink>{run('x')}</w:hyperlink>", "Axb", "1 link was kept as words"),
        (run("x", "<w:vanish/>"), "Ab", "1 passage of hidden text was left out."),
        (run("x", "<w:strike/>"), "Axb", "1 passage that is struck through was kept"),
        (run("x", "<w:i/>"), "Axb", "Bold, italics, underlining and colours are not kept"),
        ('<w:r><w:instrText>HYPERLINK "http://x"</w:instrText></w:r>', "Ab", None),
        ("<w:r><w:noBreakHyphen/></w:r>", "A\u2011b", None),
        ("<w:r><w:tab/></w:r>", "A b", None),
        ('<w:r><w:br w:type="page"/></w:r>', "A b", None),
        (run("x", '<w:b w:val="0"/>'), "Axb", None),
        (f"<w:sdt><w:sdtContent>{run('x')}</w:sdtContent></w:sdt>", "Axb", None),
    ],
)
def test_what_a_motion_cannot_have_is_left_out_and_named(inside, text, notice):
    found = read(word(par("A", inside, "b")))
    assert found.text == text
    assert (not found.notices) if notice is None else found.notices[0].startswith(notice)


def test_table_gives_its_cells_in_order_a_deleted_row_does_not():
    def row(*cells, about=""):
        inside = "".join(f"<w:tc>{par(cell)}</w:tc>" for cell in cells)
        return f"<w:tr><w:trPr>{about}</w:trPr>{inside}</w:tr>"

    table = f"<w:tbl>{row('a', 'b')}{row('c', about='<w:del/>')}{row('d')}</w:tbl>"
    nested = f"<w:tbl><w:tr><w:tc>{table}</w:tc></w:tr></w:tbl>"
    assert read(word(table)).text == "a\n\nb\n\nd"
    assert read(word(nested)).text == "a\n\nb\n\nd"
    assert "2 tables were made into paragraphs" in " ".join(read(word(nested)).notices)


def test_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    assert read(word(par("one ", mark="<w:del/>"), par("two"))).text == "one two"


def test_line_broken_by_hand_is_a_line_and_a_short_line_in_bold_a_heading():
    content = word(
        par("First.", "<w:r><w:br/></w:r>", "Second."),
        par(run("Our aims", "<w:b/>")),
        par(run("A whole sentence in bold is no heading.", "<w:b/>")),
    )
    assert parsed(content) == [
        ("paragraph", "First."),
        ("paragraph", "Second."),
        ("heading", "Our aims"),
        ("paragraph", "A whole sentence in bold is no heading."),
    ]


def test_heading_on_top_is_the_title_and_a_header_with_words_is_named():
    header = f"<w:hdr {SPACE}>{par('Severn Food')}</w:hdr>"
    number = f"<w:ftr {SPACE}>{par('1')}</w:ftr>"
    found = read(word(par(run("On food", "<w:b/>")), par("We eat."), header1=header))
    assert (found.title, found.text) == ("On food", "We eat.")
    assert found.notices == ("The header or footer of the page was left out.",)
    assert read(word(par("We eat."), footer1=number)).notices == ()


def test_document_in_the_strict_edition_or_under_another_name_is_read():
    strict = SPACE.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    body = f"<w:document {strict}><w:body>{par('We eat.')}</w:body></w:document>"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Type="http://x/officeDocument" Target="/other.xml"/></Relationships>'
    )
    assert read(packed({"other.xml": body, "_rels/.rels": relations})).text == "We eat."


def bomb():
    return packed({"word/document.xml": b" " * (archive.MOST_XML + 1)}, compressed=True)


def entities(encoding):
    text = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "b">]><w:document {SPACE}/>'
    return packed({"word/document.xml": text.encode(encoding)})


def external():
    text = f'<!DOCTYPE d SYSTEM "file:///etc/passwd"><w:document {SPACE}/>'
    return packed({"word/document.xml": text})


def deep():
    inside = "<w:sdt>" * 300 + "</w:sdt>" * 300
    return packed({"word/document.xml": f"<w:document {SPACE}>{inside}</w:document>"})


def lying():
    """A header that says the part is small."""
    content = bytearray(bomb())
    place = content.index(b"PK\x01\x02")
    content[place + 24 : place + 28] = (10).to_bytes(4, "little")
    return bytes(content)


def locked():
    content = bytearray(word(par("a")))
    for place in range(len(content) - 4):
        if content[place : place + 4] == b"PK\x01\x02":
            content[place + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a Word document"),
        (b"%PDF-1.7", "not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old Word format"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"PK\x03\x04" + b"x" * archive.MOST_BYTES, "too large"),
        (packed({"readme.txt": "a"}), "not a Word document that can be read"),
        (packed({"word/document.xml": "<open>"}), "damaged"),
        (packed({"word/document.xml": '<?xml version="1.0" encoding="nonsense"?><a/>'}), "damaged"),
        (packed({f"{n}": "" for n in range(archive.MOST_PARTS + 1)}), "far larger than a motion"),
        (word(par("")), "no words"),
        (word(par("<w:r><w:drawing/></w:r>")), "no words"),
        (bomb(), "far longer than a motion"),
        (entities("utf-8"), "not a Word document that can be read"),
        (entities("utf-16"), "not a Word document that can be read"),
        (external(), "not a Word document that can be read"),
        (deep(), "more complicated than a motion"),
        (lying(), "damaged"),
        (locked(), "locked with a password"),
    ],
    ids=range(18),
)
def test_file_that_is_none_or_means_harm_is_refused_with_what_to_do(content, sentence):
    with pytest.raises(WordFileRefused) as refusal:
        read(content)
    assert sentence in str(refusal.value)


def test_file_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(archive, "MOST_UNPACKED", 1000)
    content = packed({"word/document.xml": "", "media/a.png": b" " * 1001}, compressed=True)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    with pytest.raises(WordFileRefused) as refusal:
        read(content)
    assert "far larger than a motion" in str(refusal.value)


def test_every_cut_of_a_document_is_refused_or_read_and_never_fails_otherwise():
    content = word(par("Conference notes."), par("one", item=(2, 0)))
    for end in range(0, len(content), 97):
        with pytest.raises(WordFileRefused):
            read(content[:end])
    for place in range(0, len(content), 61):
        broken = content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]
        with contextlib.suppress(WordFileRefused):
            assert read(broken).text is not None
