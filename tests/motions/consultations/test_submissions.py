"""Policy submissions: drafts, documents, the door, read-only afterwards."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mailing.models import Mail
from motions.consultations.services.drafting import (
    Contribution,
    save_submission,
    start_submission,
)
from motions.consultations.services.paper import Sender, enter_paper_submission
from motions.consultations.services.sending import send_submission
from motions.models import PolicySubmission
from tests.factories import AT, make_officer, make_organisation, make_society, sign_in
from tests.motions.make import key, make_consultation

pytestmark = pytest.mark.django_db

CLOSED = dt.datetime(2016, 8, 1, 23, 0, tzinfo=dt.UTC)


@pytest.fixture
def submission(at):
    at("2016-03-14 13:00")
    body = make_society()
    return start_submission(
        by=make_officer(body),
        consultation=make_consultation(),
        organisation=body,
        at=AT,
        key=key(),
    )


def save(submission, version=1, **fields):
    return save_submission(
        by=submission.created_by,
        submission=submission,
        version=version,
        contribution=Contribution(**{"title": "On health", "text": "Our view.", **fields}),
    )


def send(submission, at=AT, version=2, k=None):
    return send_submission(
        by=submission.created_by, submission=submission, version=version, at=at, key=k or key()
    )


def page(name, submission):
    conference = submission.consultation.conference
    return reverse(f"consultations:{name}", args=[conference.slug, submission.pk])


def test_send_before_the_end_of_the_last_day_is_taken_with_a_receipt(submission):
    save(submission)
    receipt = send(submission, at=CLOSED - dt.timedelta(microseconds=1))
    submission.refresh_from_db()
    assert submission.state == "submitted"
    assert "Our view." in receipt.text
    assert "Our view." in Mail.objects.get().text


def test_send_after_the_close_is_refused_and_the_draft_is_kept(submission):
    save(submission)
    with pytest.raises(ValidationError) as refusal:
        send(submission, at=CLOSED)
    assert refusal.value.code == "closed"
    submission.refresh_from_db()
    assert (submission.state, submission.text) == ("draft", "Our view.")


def test_send_twenty_times_with_one_key_gives_one_receipt(submission):
    save(submission)
    k = key()
    assert len({send(submission, k=k).pk for _ in range(20)}) == 1


def test_send_without_a_text_or_document_is_refused(submission):
    save(submission, text="")
    with pytest.raises(ValidationError) as refusal:
        send(submission)
    assert "text" in refusal.value.message_dict


def test_save_after_sending_is_refused(submission):
    save(submission)
    send(submission)
    with pytest.raises(ValidationError) as refusal:
        save(submission, version=2, text="Changed.")
    assert refusal.value.code == "state"


def test_start_for_a_branch_is_refused(submission):
    with pytest.raises(ValidationError) as refusal:
        start_submission(
            by=submission.created_by,
            consultation=submission.consultation,
            organisation=make_organisation(kind="branch"),
            at=AT,
            key=key(),
        )
    assert refusal.value.code == "sender"


def test_late_paper_of_a_body_that_says_why_is_marked_and_counts(submission):
    consultation = submission.consultation
    consultation.takes_late = True
    consultation.save()
    enter_paper_submission(
        by=submission.created_by,
        consultation=consultation,
        sender=Sender(organisation=make_society()),
        contribution=Contribution(title="Late", text="Our view."),
        channel="post",
        received_at=CLOSED,
        at=CLOSED,
        key=key(),
        late_reason="Our meeting was late.",
    )
    late = PolicySubmission.objects.get(is_late=True, state="submitted")
    assert late.late_reason == "Our meeting was late."


def test_page_saving_an_older_copy_shows_both_texts(client, submission):
    sign_in(client, submission.created_by)
    data = {"version": 1, "title": "On health", "text": "First."}
    client.post(page("submission", submission), data)
    shown = client.post(page("submission", submission), data | {"text": "Second."})
    assert "First." in shown.content.decode()
    assert ">\nSecond.</textarea>" in shown.content.decode()
    again = shown.context["form"]["version"].value()
    client.post(page("submission", submission), data | {"text": "Both.", "version": again})
    submission.refresh_from_db()
    assert submission.text == "Both."


def test_page_takes_a_document_and_gives_it_back_as_a_download_to_its_body_only(client, submission):
    sign_in(client, submission.created_by)
    upload = SimpleUploadedFile("our <b>view.pdf", b"%PDF-1.4 view")
    data = {"version": 1, "title": "On health", "text": "", "document": upload}
    client.post(page("submission", submission), data)
    answer = client.get(page("document", submission))
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 view"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "<b>view" not in client.get(page("submission", submission)).content.decode()
    sign_in(client, make_officer(make_society()))
    assert client.get(page("document", submission)).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"), [("view.exe", b"MZ"), ("view.pdf", b"<script>"), ("view.docx", b"%PDF-")]
)
def test_page_refuses_files_that_are_not_what_they_say(client, submission, name, content):
    sign_in(client, submission.created_by)
    data = {
        "version": 1,
        "title": "T",
        "text": "Kept.",
        "document": SimpleUploadedFile(name, content),
    }
    shown = client.post(page("submission", submission), data).content.decode()
    assert "There is a problem" in shown
    assert "Kept." in shown


def test_page_send_leads_to_the_receipt_and_the_page_becomes_read_only(client, submission):
    save(submission)
    sign_in(client, submission.created_by)
    form = client.get(page("send", submission)).context["form"]
    data = {"key": form["key"].value(), "version": form["version"].value()}
    answer = client.post(page("send", submission), data)
    assert "Our view." in client.get(answer.headers["Location"]).content.decode()
    assert "<textarea" not in client.get(page("submission", submission)).content.decode()


def test_page_saving_what_was_sent_meanwhile_shows_what_was_typed(client, submission):
    save(submission)
    send(submission)
    sign_in(client, submission.created_by)
    data = {"version": 2, "title": "On health", "text": "A second thought."}
    shown = client.post(page("submission", submission), data).content.decode()
    assert "A second thought." in shown
    assert "it can be read, not changed" in shown
    submission.refresh_from_db()
    assert submission.text == "Our view."
