"""Documents: tagged, titled, safe with whatever people typed, and never stopped by a letter."""

from __future__ import annotations

import io

import pdfua
import pikepdf
import pytest
from pypdf import PdfReader

from papers import typesetting

LETTER = "papers/letter.typ"


def letter(*paragraphs: str, **more: object) -> dict[str, object]:
    return {
        "title": "Your places",
        "imprint": "Promoted by A. Person, 1 High Street",
        "reference": "A-1",
        "paragraphs": paragraphs or ["Dear friend"],
    } | more


def words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_pdf_made_is_tagged_titled_and_in_a_language():
    with pikepdf.open(io.BytesIO(typesetting.pdf(LETTER, letter()))) as made:
        assert made.Root.MarkInfo.Marked
        assert str(made.Root.Lang) == "en-GB"
        assert made.Root.ViewerPreferences.DisplayDocTitle
        with made.open_metadata() as facts:
            assert facts["dc:title"] == "Your places"


def test_pdf_made_breaks_no_rule_of_accessibility_that_can_be_checked(tmp_path):
    file = tmp_path / "letter.pdf"
    file.write_bytes(typesetting.pdf(LETTER, letter()))
    assert pdfua.validate(file).findings == ()


@pytest.mark.parametrize(
    "typed",
    [
        '#read("/etc/passwd")',
        "#panic()",
        "$x$ @foo <bar>",
        "*bold* _it_ `raw`",
        "[evil] \\ // /* #{",
    ],
)
def test_pdf_of_text_that_looks_like_markup_shows_it_as_typed(typed):
    assert typed in words(typesetting.pdf(LETTER, letter(typed)))


def test_pdf_of_names_from_everywhere_has_a_square_for_letters_no_font_has():
    made = words(typesetting.pdf(LETTER, letter("Siân Ŵyn Łukasz Ольга Δημήτρης 日本")))
    assert "Siân Ŵyn Łukasz Ольга Δημήτρης □□" in made


def test_pdf_of_control_characters_leaves_them_out():
    assert "ab" in words(typesetting.pdf(LETTER, letter("a\x00\x0b\x1b\x85b")))


def test_pdf_twice_of_the_same_data_is_the_same_file():
    assert typesetting.pdf(LETTER, letter()) == typesetting.pdf(LETTER, letter())


def test_pdf_without_what_its_template_needs_is_refused_by_name():
    with pytest.raises(typesetting.Faulty, match=r"papers/letter\.typ.*paragraphs"):
        typesetting.pdf(LETTER, {"title": "T", "imprint": "", "reference": ""})
