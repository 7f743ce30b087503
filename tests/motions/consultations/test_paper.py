"""What came by post: from a body, a member or anybody, with a scan and the answers as written."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mailing.models import Mail
from members.roles import Role
from motions.models import PolicySubmission, Question
from tests.factories import (
    AT,
    make_deadline,
    make_officer,
    make_region,
    make_society,
    make_staff,
    sign_in,
)
from tests.motions.consultations.make import make_full, make_sent
from tests.motions.make import key

pytestmark = pytest.mark.django_db
ENTER = "admin:motions_policysubmission_enter"


@pytest.fixture
def staff(client, at):
    at("2016-08-20 12:00")
    person = make_staff(Role.PROGRAMME_EDITOR)
    sign_in(client, person)
    return person


@pytest.fixture
def consultation():
    return make_full()


def typed(consultation, **fields):
    words = consultation.questions.get(position=1)
    return {
        "key": key(),
        "kind": "member",
        "name": "Mo Member",
        "email": "Mo@Example.org",
        "region": make_region("Wales").pk,
        "channel": "post",
        "received_at": "2016-07-30T10:00",
        f"question-{words.pk}": "More homes.",
        **fields,
    }


def test_letter_of_a_member_is_entered_with_its_scan_and_answers_and_mailed_a_receipt(
    client, staff, consultation
):
    scan = SimpleUploadedFile("letter.pdf", b"%PDF-1.4 letter")
    answer = client.post(reverse(ENTER), typed(consultation, scan=scan))
    assert answer.status_code == 302, answer.content.decode()
    row = PolicySubmission.objects.get()
    assert (row.kind, row.name, row.email, row.is_late) == (
        "member",
        "Mo Member",
        "mo@example.org",
        False,
    )
    assert (row.judged_at, row.submitted_at) == (
        dt.datetime(2016, 7, 30, 9, 0, tzinfo=dt.UTC),
        dt.datetime(2016, 8, 20, 11, 0, tzinfo=dt.UTC),
    )
    assert row.scan.read() == b"%PDF-1.4 letter"
    row.scan.close()
    assert row.answers.get().text == "More homes."
    assert "More homes." in Mail.objects.get(to_address="mo@example.org").text


def test_late_letter_of_a_body_is_asked_for_the_reason_and_nothing_typed_is_lost(
    client, staff, consultation
):
    body = make_society()
    make_officer(body)
    late = typed(consultation, kind="body", organisation=body.pk, received_at="2016-08-05T10:00")
    late |= {"name": "", "email": ""}
    shown = client.post(reverse(ENTER), late).content.decode()
    assert "Say why it is late" in shown
    assert "More homes." in shown
    assert not PolicySubmission.objects.exists()
    client.post(reverse(ENTER), late | {"late_reason": "We met on 3 August."})
    row = PolicySubmission.objects.get()
    assert (row.is_late, row.late_reason) == (True, "We met on 3 August.")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "body"}, "Choose the body, if a body sent it; only then."),
        ({"name": ""}, "Give the name of the sender, as the paper has it."),
        ({"received_at": "2016-08-21T10:00"}, "This time is still to come."),
    ],
)
def test_what_the_paper_lacks_is_said_beside_its_field(
    client, staff, consultation, fields, sentence
):
    shown = client.post(reverse(ENTER), typed(consultation, **fields)).content.decode()
    assert sentence in shown
    assert not PolicySubmission.objects.exists()


def test_of_several_consultations_one_is_chosen_first(client, staff, consultation):
    other = make_full(deadline=make_deadline(kind="consultation"), title="Other")
    shown = client.get(reverse(ENTER)).content.decode()
    assert "To which consultation" in shown
    assert "What should change?" not in shown
    shown = client.get(reverse(ENTER), {"to": other.pk}).content.decode()
    assert "What should change?" in shown
    assert client.get(reverse(ENTER), {"to": "9" * 30}).status_code == 404


def test_questions_are_changed_until_somebody_has_answered_and_then_stay(
    client, staff, consultation
):
    page = reverse("admin:motions_consultation_change", args=[consultation.pk])
    assert 'name="questions-0-text"' in client.get(page).content.decode()
    make_sent(consultation, submitted_at_minutes=1)
    shown = client.get(page).content.decode()
    assert 'name="questions-0-text"' not in shown
    assert "What should change?" in shown


def test_choices_are_typed_one_a_line_and_a_choice_without_any_is_refused(
    client, staff, consultation
):
    page = reverse("admin:motions_consultation_change", args=[consultation.pk])
    form = client.get(page).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields}
    for formset in client.get(page).context["inline_admin_formsets"]:
        prefix = formset.formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    new = {"position": "9", "text": "Which?", "kind": "choice", "most": "5", "choices": ""}
    data |= {"questions-TOTAL_FORMS": "1"}
    sent = data | {f"questions-0-{name}": value for name, value in new.items()}
    assert "Give the choices, one a line." in client.post(page, sent).content.decode()
    sent["questions-0-choices"] = "Trains\r\n\r\n Buses "
    assert client.post(page, sent).status_code == 302
    assert Question.objects.get(text="Which?").offered == ["Trains", "Buses"]


def test_page_of_a_consultation_asks_few_questions(
    client, consultation, at, django_assert_max_num_queries
):
    at(AT)
    make_sent(consultation)
    with django_assert_max_num_queries(12):
        client.get(consultation.get_absolute_url())
