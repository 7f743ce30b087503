"""An amendment from a Word file: the whole text, compared before it is taken, nothing typed lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motions.models import DraftSave, MotionVersion
from motions.services.rewording import reword
from motions.texts.blocks import parse
from tests.conftest import instant
from tests.factories import make_conference, sign_in
from tests.motions.make import TEXT, make_amendment, make_call, make_motion
from tests.texts.word_files import par, run, word

pytestmark = pytest.mark.django_db
NOON = instant("2016-07-04 12:00")
FIRST, LAST = TEXT.split("\n\n")
BETTER = "Conference notes that co-operation works well."
WRITTEN = word(par("On co-operation", style="Titel"), par(BETTER), par(LAST))


def file(*blocks, name="amendment.docx", content=None):
    return SimpleUploadedFile(name, content or word(*(blocks or (par(BETTER), par(LAST)))))


def deleted(text):
    return f'<w:del><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def inserted(text):
    return f"<w:ins>{run(text)}</w:ins>"


@pytest.fixture
def amendment(client, at):
    at(NOON)
    motion = make_motion(make_call(conference=make_conference()), state="published", number="4")
    made = make_amendment(motion, text=TEXT)
    sign_in(client, made.created_by)
    return made


@pytest.fixture
def page(amendment):
    return reverse("motions:edit", args=[amendment.conference.slug, amendment.pk])


def typed(**fields):
    return {"version": 1, "text": TEXT, "mover": "Mo", "upload": "1", **fields}


def hidden(response):
    form = response.context["form"]
    return {field.name: field.value() or "" for field in form if field.name != "document"}


def test_file_is_shown_as_what_it_changes_and_then_kept_as_the_draft(client, amendment, page):
    answer = client.post(page, typed(document=file(content=WRITTEN)))
    said = answer.content.decode()
    assert "In paragraph 1, after &quot;works&quot;, insert &quot;well&quot;." in said
    assert answer.context["words"] == 1
    assert answer.context["warnings"] == answer.context["notices"] == []
    amendment.refresh_from_db()
    assert (amendment.draft_text, amendment.mover) == (TEXT, "Mo")
    assert client.post(page, {**hidden(answer), "save": "1"}).status_code == 302
    amendment.refresh_from_db()
    assert amendment.draft_text == f"{BETTER}\n\n{LAST}"
    assert (amendment.title, amendment.mover) == ("Amendment to “On co-operation”", "Mo")


def test_tracked_changes_are_read_as_accepted_and_that_is_said(client, amendment, page):
    tracked = file(
        par("Conference notes that co-operation works", inserted(" well"), "."),
        par("Conference resolves to ", deleted("say so"), inserted("sing"), "."),
    )
    answer = client.post(page, typed(document=tracked))
    assert "It is read as it is with all of them accepted" in answer.content.decode()
    assert [block.text for block in answer.context["blocks"]] == [
        BETTER,
        "Conference resolves to sing.",
    ]
    assert "2 tracked insertions were taken" in answer.content.decode()


@pytest.mark.parametrize(
    ("blocks", "texts", "told"),
    [
        # the title on top, however it is made, is no part of the text
        ([par("On co-operation", style="berschrift1"), par(BETTER), par(LAST)], [BETTER, LAST], ""),
        (
            [par("ON CO-OPERATION"), par(BETTER), par(LAST)],
            [BETTER, LAST],
            "The title of the motion",
        ),
        ([par("Better", style="Titel"), par(BETTER), par(LAST)], [BETTER, LAST], "not its title"),
        # another heading is
        ([par("Notes", style="berschrift1"), par(FIRST), par(LAST)], ["Notes", FIRST, LAST], ""),
    ],
)
def test_title_of_the_file_is_no_change_and_a_heading_is(
    client, amendment, page, blocks, texts, told
):
    answer = client.post(page, typed(document=file(*blocks)))
    assert [block.text for block in answer.context["blocks"]] == texts
    notices = answer.context["notices"]
    assert told in notices[0] if told else notices == []


def test_file_with_the_changed_words_alone_asks_to_look_twice(client, amendment, page):
    answer = client.post(page, typed(document=file(par("Insert “well”."))))
    assert "Less than half of the motion’s words" in answer.content.decode()


def test_file_made_from_an_earlier_text_is_told_as_such(client, amendment, page):
    motion = amendment.amends
    newer = "Conference notes that trade works.\n\nConference resolves to sing of it aloud."
    reword(
        by=motion.created_by,
        motion=motion,
        title=motion.title,
        blocks=parse(newer),
        origin=MotionVersion.Origin.COMMITTEE,
        at=NOON,
    )
    amendment.refresh_from_db()
    fields = typed(version=amendment.draft_version, text=amendment.draft_text)
    answer = client.post(page, {**fields, "document": file()})
    assert "an earlier text of the motion" in answer.content.decode()


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (None, "Choose the Word file (.docx) first"),
        (file(par(FIRST), par(LAST)), "nothing is changed. Change the text in Word"),
        (file(name="amendment.doc"), "old Word format"),
        (file(name="amendment.pdf"), "A PDF does not say"),
        (file(content=b"not a zip"), "not a Word document"),
        (file(par("word " * 60_000)), "too long to be read"),
    ],
)
def test_file_that_is_not_taken_says_what_to_do_and_keeps_what_was_typed(
    client, amendment, page, upload, sentence
):
    mine = f"{FIRST}\n\nConference resolves to dance."
    fields = typed(text=mine, **({"document": upload} if upload else {}))
    answer = client.post(page, fields)
    said = answer.content.decode()
    assert sentence in said
    assert "Amend “On co-operation”" in said
    assert "to dance" in said
    amendment.refresh_from_db()
    assert amendment.draft_text == mine


def test_draft_that_was_changed_before_stays_in_the_record(client, amendment, page):
    mine = f"{FIRST}\n\nConference resolves to dance."
    answer = client.post(page, typed(text=mine, document=file()))
    assert "Take it instead of my draft" in answer.content.decode()
    client.post(page, {**hidden(answer), "save": "1"})
    amendment.refresh_from_db()
    assert amendment.draft_text == f"{BETTER}\n\n{LAST}"
    assert DraftSave.objects.filter(motion=amendment, text=mine).exists()


def test_script_in_a_file_is_words(client, amendment, page):
    harm = file(par("&lt;script&gt;alert(1)&lt;/script&gt;"), par("{{ 7|add:7 }}"), par(LAST))
    said = client.post(page, typed(document=harm)).content.decode()
    assert "<script>alert" not in said
    assert "&lt;script&gt;" in said
