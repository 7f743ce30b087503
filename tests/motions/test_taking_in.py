"""A Word file beside typing: shown as it was understood, taken on one press, nothing typed lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motions.models import DraftSave, Motion
from tests.factories import sign_in
from tests.motions.make import TEXT, make_motion
from tests.texts.word_files import par, run, word

pytestmark = pytest.mark.django_db
CONTENT = word(
    par("A fund", style="Titel"),
    par("Conference notes:"),
    par("growth;", item=(1, 0)),
    par("We ask ", run("boldly", "<w:b/>"), "."),
)


def file(name="motion.docx", content=CONTENT):
    return SimpleUploadedFile(name, content)


def typed(**fields):
    return {"version": 1, "title": "", "text": TEXT, "mover": "Mo", "upload": "1", **fields}


@pytest.fixture
def motion(client, at):
    at("2016-03-14 12:00")
    motion = make_motion(title="", draft_text="")
    sign_in(client, motion.created_by)
    return motion


@pytest.fixture
def page(motion):
    return reverse("motions:edit", args=[motion.conference.slug, motion.pk])


def hidden(response, which="form"):
    """What the form on the page would post."""
    form = response.context[which]
    return {field.name: field.value() or "" for field in form if field.name != "document"}


def test_word_file_is_shown_as_understood_and_nothing_is_taken_yet(client, motion, page):
    answer = client.post(page, typed(text="", document=file()))
    said = answer.content.decode()
    assert [block.kind.value for block in answer.context["blocks"]] == [
        "clause",
        "bullet",
        "paragraph",
    ]
    assert answer.context["words"] == 6
    assert "Bold, italics, underlining and colours are not kept" in said
    assert "Add it below my draft" not in said
    motion.refresh_from_db()
    assert (motion.title, motion.draft_text, motion.mover) == ("", "", "Mo")


def test_understood_text_is_taken_with_what_was_typed_beside_it(client, motion, page):
    answer = client.post(page, typed(text="", document=file()))
    client.post(page, {**hidden(answer), "save": "1"})
    motion.refresh_from_db()
    assert motion.title == "A fund"
    assert motion.draft_text == "Conference notes:\n\n- growth;\n\nWe ask boldly."
    assert motion.mover == "Mo"


def test_what_was_typed_before_is_saved_first_and_stays_or_stands_above(client, motion, page):
    answer = client.post(page, typed(title="Mine", document=file()))
    motion.refresh_from_db()
    assert (motion.title, motion.draft_text) == ("Mine", TEXT)
    assert "Your draft now (10 words)" in answer.content.decode()
    client.post(page, {**hidden(answer, "below"), "save": "1"})
    motion.refresh_from_db()
    assert motion.draft_text.startswith(f"{TEXT}\n\nConference notes:")
    assert DraftSave.objects.filter(motion=motion, title="Mine", text=TEXT).exists()


def test_taking_a_file_over_a_newer_copy_shows_both(client, motion, page):
    answer = client.post(page, typed(text="", document=file()))
    Motion.objects.update(draft_text="Somebody else's.", draft_version=7)
    conflict = client.post(page, {**hidden(answer), "save": "1"})
    assert conflict.status_code == 409
    motion.refresh_from_db()
    assert motion.draft_text == "Somebody else's."
    assert DraftSave.objects.filter(outcome="conflict", text__contains="boldly").exists()


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (None, "Choose the Word file (.docx) first"),
        (file("motion.doc"), "old Word format"),
        (file("motion.odt"), "LibreOffice"),
        (file("MOTION.PDF"), "A PDF does not say"),
        (file("motion.docm"), "may hold macros"),
        (file("motion.pages"), "copy its text and paste it"),
        (file("motion.docx", b"not a zip"), "not a Word document"),
        (file("motion.docx", b""), "This file is empty"),
        (file("motion.docx", word(par("word " * 60_000))), "too long to be read"),
    ],
)
def test_file_that_is_not_read_says_what_to_do_and_keeps_what_was_typed(
    client, motion, page, upload, sentence
):
    fields = typed(title="Mine", **({"document": upload} if upload else {}))
    answer = client.post(page, fields)
    said = answer.content.decode()
    assert sentence in said
    assert 'name="text"' in said
    assert TEXT.split("\n")[0] in said
    again = {**hidden(answer), "text": "More.", "save": "1"}
    assert client.post(page, again).status_code == 302
    motion.refresh_from_db()
    assert motion.draft_text == "More."


def test_script_in_a_file_is_words(client, motion, page):
    content = word(par("&lt;script&gt;alert(1)&lt;/script&gt;"), par("{{ 7|add:7 }}"))
    said = client.post(page, typed(document=file(content=content))).content.decode()
    assert "<script>alert" not in said
    assert "&lt;script&gt;alert(1)" in said
    assert "{{ 7|add:7 }}" in said
