"""The committee's reading pack: what waits, numbered, tagged, without what members think."""

import io

import pdfua
import pytest
from django.urls import reverse
from pypdf import PdfReader

from motions.committee import documents
from motions.committee.queue import queue
from motions.committee.services import notes
from tests.factories import AT, make_appointment, make_user, sign_in
from tests.motions.make import make_amendment, make_call, make_motion, words

pytestmark = pytest.mark.django_db


def text_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_pack_has_each_motion_that_waits_on_a_page_with_its_lines_and_no_notes(
    client, at, tmp_path
):
    at("2016-04-20 12:00")
    call, member = make_call(per_body_limit=1), make_user()
    make_appointment(member, call.conference)
    long = make_motion(call, state="submitted", title="Long", draft_text=words(301), mover="Mo")
    make_motion(call, state="in_order", title="Ruled already")
    make_motion(call, state="late", title="Late one", draft_text="- a bullet\n\nAnd so on.")
    notes.add(by=member, motion=long, text="Between us.", at=AT)
    sign_in(client, member)
    answer = client.get(reverse("motions:cac-pack", args=[call.conference.slug]))
    assert answer.headers["Content-Type"] == "application/pdf"
    cover, *pages = text_of(answer.content)
    assert "Long" in cover
    assert "Late one" in cover
    everything = " ".join([cover, *pages])
    for there in ("301 of at most 300 (too many)", "word300", "Mo", "1 of at most 1", "a bullet"):
        assert there in everything
    for absent in ("Ruled already", "Between us."):
        assert absent not in everything
    file = tmp_path / "pack.pdf"
    file.write_bytes(answer.content)
    assert pdfua.validate(file).findings == ()


def test_pack_says_what_an_amendment_changes_before_the_text_as_amended():
    amendment = make_amendment(state="submitted")
    conference = amendment.conference
    rows = queue(make_user(), conference).rows
    *_, page = text_of(documents.pack(conference, rows, at=AT))
    sentence = 'In paragraph 1, after "works", insert "well".'
    assert page.index("What it changes") < page.index(sentence)
    assert page.index(sentence) < page.index("The text as amended")


def test_pack_of_nothing_says_so(tmp_path):
    call = make_call()
    rows = queue(make_user(), call.conference).rows
    [page] = text_of(documents.pack(call.conference, rows, at=AT))
    assert "Nothing waits to be ruled on." in page
