"""The papers of an agenda: tagged PDF, large print, plain text, Word with tracked changes."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

import pdfua
import pikepdf
import pytest
from django.urls import reverse
from pypdf import PdfReader

from motions.agendas import papers, word
from motions.agendas.services import ordering, releasing
from motions.models import FallsIf, OrderPaper, Print
from tests.factories import AT, make_user
from tests.motions.make import (
    TEXT,
    make_amendment,
    make_motion,
    make_order_paper,
    make_release,
)

pytestmark = pytest.mark.django_db

EVIL = '#panic() <script>alert(1)</script> & "x" ]]> \\'
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def motion():
    return make_motion(state="published", number="1", title="Homes", mover="Mo", seconder="Sec")


@pytest.fixture
def final(motion):
    make_amendment(
        motion,
        state="published",
        number="1.1",
        text=f"{TEXT.replace('works', 'helps')}\n\nConference thanks {EVIL}.",
    )
    return make_release(motion, kind="final")


def pages_of(pdf):
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def accessible(pdf, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    with pikepdf.open(file) as made:
        assert made.Root.MarkInfo.Marked
    return pdfua.validate(file).findings == ()


@pytest.mark.parametrize("form", ["pdf", "large-print"])
def test_agenda_as_pdf_is_tagged_and_shows_lines_amendments_and_what_was_typed(
    final, form, tmp_path
):
    made = papers.of_release(final, form)
    assert accessible(made, tmp_path)
    text = " ".join(pages_of(made))
    for there in (
        "Final agenda",
        "1. Homes",
        "Conference notes that co-operation works.",
        "Amendment 1.1",
        'In paragraph 1, delete "works", insert "helps".',
        "[insert: helps",
        EVIL,
    ):
        assert there in text


def test_agenda_as_text_has_the_numbers_of_the_lines(final):
    text = papers.of_release(final, "text").decode()
    assert "   1 Conference notes that co-operation works.\n" in text
    assert 'In paragraph 1, delete "works", insert "helps".' in text
    assert EVIL in " ".join(text.split())


def words(root, *, accepted):
    """The document's paragraphs with all changes accepted, or all rejected."""
    found = []
    for paragraph in root.iter(f"{W}p"):
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        gone = "del" if accepted else "ins"
        text = ""
        for node in paragraph:
            if node.tag == f"{W}{gone}":
                continue
            text += "".join(
                one.text or "" for one in node.iter() if one.tag in (f"{W}t", f"{W}delText")
            )
        if not (mark is not None and mark.find(f"{W}{gone}") is not None):
            found.append(text)
    return found


def test_agenda_in_word_has_real_tracked_changes(final):
    with zipfile.ZipFile(io.BytesIO(papers.of_release(final, "word"))) as archive:
        assert archive.testzip() is None
        root = ET.fromstring(archive.read("word/document.xml"))
        for name in archive.namelist():
            ET.fromstring(archive.read(name))
    authors = {one.get(f"{W}author") for one in [*root.iter(f"{W}ins"), *root.iter(f"{W}del")]}
    [author] = authors
    assert author.startswith("Amendment 1.1, ")
    numbers = [one.get(f"{W}id") for tag in ("ins", "del") for one in root.iter(f"{W}{tag}")]
    assert len(set(numbers)) == len(numbers) > 2
    accepted, rejected = words(root, accepted=True), words(root, accepted=False)
    proposal = [
        "Conference notes that co-operation helps.",
        "Conference resolves to say so.",
        f"Conference thanks {EVIL}.",
    ]
    assert accepted[-3:] == proposal
    assert rejected[-2:] == TEXT.split("\n\n")


def test_word_leaves_out_characters_that_no_document_may_hold(final):
    content = final.content
    content["groups"][0]["items"][0]["title"] = "A\x00\x0b\x1b\ud800\ufffeB"
    with zipfile.ZipFile(io.BytesIO(word.agenda(content))) as archive:
        assert b"AB" in archive.read("word/document.xml")


def test_papers_are_kept_as_they_were_printed_whatever_becomes_of_the_layout(client, final, at):
    at("2016-08-20 12:00")
    releasing.keep_prints(final, {Print.Form.PDF: b"as printed"}, AT)
    releasing.keep_prints(final, {Print.Form.PDF: b"another layout"}, AT)
    url = reverse("motions:agenda-paper", args=[final.conference.slug, final.pk, "pdf"])
    answer = client.get(url)
    assert answer.content == b"as printed"
    assert answer.headers["Content-Type"] == "application/pdf"
    name = f'attachment; filename="final-agenda-{final.conference.slug}.pdf"'
    assert answer.headers["Content-Disposition"] == name


def test_paper_of_an_unknown_form_is_not_there(client, final, at):
    at("2016-08-20 12:00")
    for name in ("agenda-paper", "agenda-errata"):
        url = reverse(f"motions:{name}", args=[final.conference.slug, final.pk, "odt"])
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("form", ["pdf", "large-print", "text"])
def test_errata_have_the_wording_of_what_came_in_addition(client, final, form, at, tmp_path):
    at("2016-08-20 12:00")
    call = final.entries.first().motion.call
    make_motion(call, state="published", number="2", title="Late")
    releasing.issue_slips(by=make_user(), release=final, at=AT)
    url = reverse("motions:agenda-errata", args=[final.conference.slug, final.pk, form])
    made = client.get(url).content
    text = made.decode() if form == "text" else " ".join(pages_of(made))
    assert form == "text" or accessible(made, tmp_path)
    assert "comes in addition" in text
    assert "Conference notes that co-operation works." in text


def test_order_paper_has_times_votes_and_names_only_with_consent(motion, tmp_path):
    paper = make_order_paper(motion)
    make_amendment(motion, state="published", number="1.1")
    made = papers.order(paper, "pdf", AT)
    assert accessible(made, tmp_path)
    text = " ".join(pages_of(made))
    for there in (
        "10:00 1. Homes",
        "“That amendment 1.1 be carried”",
        "“That motion 1 be carried”",
        "more votes for than against",
    ):
        assert there in text
    assert "Moved by" not in text
    version = motion.current_version
    type(version).objects.filter(pk=version.pk).update(names_consent=True)
    plain = papers.order(OrderPaper.objects.get(pk=paper.pk), "text", AT).decode()
    assert "Moved by Mo" in plain
    assert "Seconded by Sec" in plain


def test_chairs_script_is_a_page_an_item_with_what_follows(motion, tmp_path):
    paper = make_order_paper(motion)
    one = make_amendment(motion, state="published", number="1.1")
    other = make_motion(motion.call, state="published", number="2", title="Trains")
    by = make_user()
    FallsIf.objects.create(item=other, carried=one, set_by=by, set_at=AT)
    ordering.add_motion(by=by, session=paper.session, motion=other, at=AT)
    made = papers.chairs_script(paper, AT)
    assert accessible(made, tmp_path)
    first, second = pages_of(made)
    for there in (
        "We come to motion 1, “Homes”",
        'In paragraph 1, after "works", insert "well".',
        "The question is: That amendment 1.1 be carried. It needs more votes for than against.",
        "If carried: Motion 1 is amended. Motion 2 falls.",
        "A tie falls.",
    ):
        assert there in first
    assert "Falls if amendment 1.1 is carried: then do not put it." in second
