"""Who answers and how: questions, a body, a member, somebody without an account; drafts, receipts."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mailing.models import Mail
from members.models import AuditEntry
from motions.consultations.services.drafting import (
    Contribution,
    ask_for_link,
    save_submission,
    start_own,
    start_submission,
)
from motions.consultations.services.sending import send_submission, unmet, withdraw_submission
from motions.models import PolicySubmission, SubmissionLink
from tests.factories import (
    AT,
    make_deadline,
    make_member,
    make_officer,
    make_region,
    make_society,
    make_user,
    sign_in,
)
from tests.motions.consultations.make import make_full
from tests.motions.make import key, make_consultation
from tests.texts.word_files import par, word

pytestmark = pytest.mark.django_db
CLOSED = dt.datetime(2016, 8, 1, 23, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def now(at):
    at(AT)


@pytest.fixture
def consultation():
    return make_full()


def questions(consultation):
    return list(consultation.questions.order_by("position"))


def address(consultation, name):
    return reverse(f"consultations:{name}", args=[consultation.conference.slug, consultation.pk])


def member_of(region="Wales"):
    user = make_user("mo@example.org", "Mo Member")
    make_member(user, region=make_region(region))
    return user


def link_in(mail):
    return re.search(r"/consultations/link/[^/\s]+/", mail.text)[0]


def test_member_answers_the_questions_and_gets_a_receipt_with_number_time_and_text(
    client, consultation
):
    words, choice, scale = questions(consultation)
    sign_in(client, member_of())
    begin = address(consultation, "begin-own")
    form = client.get(begin).context["form"]
    page = client.post(begin, {"key": form["key"].value()})["Location"]
    typed = {
        "version": 1,
        "name": "Mo Member",
        "region": make_region("Wales").pk,
        f"question-{words.pk}": "More homes.",
        f"question-{choice.pk}": "Energy",
        f"question-{scale.pk}": "4",
    }
    check = client.post(page, {**typed, "check": "1"})["Location"]
    shown = client.get(check)
    assert "4 of 5" in shown.content.decode()
    form = shown.context["form"]
    client.post(check, {"key": form["key"].value(), "version": form["version"].value()})
    row = PolicySubmission.objects.get()
    assert (row.kind, row.state, row.region.name, row.answered) == (
        "member",
        "submitted",
        "Wales",
        3,
    )
    [mail] = Mail.objects.filter(to_address="mo@example.org")
    assert f"Receipt {row.number} of" in mail.text
    assert "Monday 14 March 2016, 12:00 UK time" in mail.text
    assert "What comes first?\nEnergy" in mail.text


def test_needed_question_left_out_is_named_with_what_to_do_and_nothing_is_sent(consultation):
    own = start_own(by=member_of(), consultation=consultation, at=AT, key=key())
    words, *_ = questions(consultation)
    assert unmet(own)[f"question-{words.pk}"] == ["Answer “What should change?”."]
    with pytest.raises(ValidationError) as refusal:
        send_submission(by=own.created_by, submission=own, version=1, at=AT, key=key())
    assert f"question-{words.pk}" in refusal.value.message_dict
    own.refresh_from_db()
    assert own.is_draft


@pytest.mark.parametrize(
    ("value", "kept"), [("Energy", 1), ("Something else", 0), ("", 0)], ids=["ours", "none", "out"]
)
def test_choice_that_was_not_offered_is_not_kept(consultation, value, kept):
    own = start_own(by=member_of(), consultation=consultation, at=AT, key=key())
    _, choice, _ = questions(consultation)
    typed = Contribution(title="", name="Mo", answers={choice.pk: value})
    save_submission(by=own.created_by, submission=own, version=1, contribution=typed)
    assert own.answers.count() == kept


def test_two_windows_of_one_draft_the_older_copy_sees_both_and_overwrites_nothing(
    client, consultation
):
    own = start_own(by=member_of(), consultation=consultation, at=AT, key=key())
    sign_in(client, own.created_by)
    words, *_ = questions(consultation)
    page = reverse("consultations:submission", args=[consultation.conference.slug, own.pk])
    typed = {"version": 1, "name": "Mo", f"question-{words.pk}": "First."}
    client.post(page, typed)
    shown = client.post(page, typed | {f"question-{words.pk}": "Second."})
    text = shown.content.decode()
    assert "Saved meanwhile" in text
    assert ">\nSecond.</textarea>" in text
    assert own.answers.get().text == "First."
    again = shown.context["form"]["version"].value()
    client.post(page, typed | {f"question-{words.pk}": "Both.", "version": again})
    assert own.answers.get().text == "Both."


def test_form_posted_twenty_times_makes_one_draft_and_one_receipt(consultation):
    member, k = member_of(), key()
    drafts = {
        start_own(by=member, consultation=consultation, at=AT, key=key()).pk for _ in range(20)
    }
    [pk] = drafts
    own = PolicySubmission.objects.get(pk=pk)
    words, *_ = questions(consultation)
    typed = Contribution(title="", name="Mo", answers={words.pk: "Homes."})
    own = save_submission(by=member, submission=own, version=1, contribution=typed)
    sent = {
        send_submission(by=member, submission=own, version=2, at=AT, key=k).pk for _ in range(20)
    }
    assert len(sent) == 1
    assert AuditEntry.objects.filter(action="policy_submission.submitted").count() == 1


@pytest.mark.parametrize(
    ("asks", "who", "kind"),
    [
        ({"from_members": True, "from_public": False}, "member", "member"),
        ({"from_members": True, "from_public": False}, "user", None),
        ({"from_members": False, "from_public": True}, "member", "member"),
        ({"from_members": False, "from_public": True}, "user", "public"),
        ({"from_members": False, "from_public": False}, "member", None),
    ],
)
def test_who_may_answer_for_themself(asks, who, kind):
    consultation = make_full(**asks)
    person = member_of() if who == "member" else make_user()
    if kind is None:
        with pytest.raises(ValidationError) as refusal:
            start_own(by=person, consultation=consultation, at=AT, key=key())
        assert refusal.value.code == "sender"
    else:
        own = start_own(by=person, consultation=consultation, at=AT, key=key())
        assert own.kind == kind


def test_a_member_reads_only_their_own_and_no_officer_reads_it(client, consultation):
    own = start_own(by=member_of(), consultation=consultation, at=AT, key=key())
    page = reverse("consultations:submission", args=[consultation.conference.slug, own.pk])
    for other in (make_officer(make_society()), make_user()):
        sign_in(client, other)
        assert client.get(page).status_code == 404
    sign_in(client, own.created_by)
    assert client.get(page).status_code == 200


def ask(consultation, email="pat@example.org", at=AT):
    ask_for_link(consultation=consultation, name="Pat Public", email=email, at=at, key=key())


def test_stranger_writes_behind_the_mailed_link_and_the_receipt_leads_back(client, consultation):
    words, *_ = questions(consultation)
    form = client.get(address(consultation, "ask")).context["form"]
    typed = {"key": form["key"].value(), "name": "Pat Public", "email": "Pat@Example.org"}
    answer = client.post(address(consultation, "ask"), typed)
    assert "A link to your own page is on its way to" in answer.content.decode()
    page = link_in(Mail.objects.get())
    saved = {"version": 1, "name": "Pat Public", f"question-{words.pk}": "Trains."}
    check = client.post(page, {**saved, "check": "1"})["Location"]
    form = client.get(check).context["form"]
    sent = {"key": form["key"].value(), "version": form["version"].value()}
    shown = client.post(check, sent, follow=True).content.decode()
    row = PolicySubmission.objects.get()
    assert f"Receipt {row.number}: sent in. It goes to pat@example.org as well." in shown
    receipt = Mail.objects.order_by("-pk").first()
    assert (receipt.to_address, link_in(receipt)) == ("pat@example.org", page)
    assert "Trains." in receipt.text
    assert (row.created_by, row.submitted_by, row.state) == (None, None, "submitted")
    assert "<textarea" not in client.get(page).content.decode()


def test_answer_to_a_known_address_is_the_same_and_leads_to_what_was_begun(client, consultation):
    ask(consultation)
    pages = []
    for email in ("pat@example.org", "new@example.org"):
        typed = {"key": key(), "name": "P", "email": email}
        shown = client.post(address(consultation, "ask"), typed).content.decode()
        pages.append(re.sub(r"(pat|new)@example\.org", "", shown))
    assert pages[0] == pages[1]
    ask(consultation, at=AT + HOUR)
    assert PolicySubmission.objects.filter(email="pat@example.org").count() == 1
    assert SubmissionLink.objects.filter(submission__email="pat@example.org").count() == 2


def test_one_address_is_mailed_once_in_ten_minutes_however_often_it_is_asked(consultation):
    for minute in range(9):
        ask(consultation, at=AT + dt.timedelta(minutes=minute))
    assert Mail.objects.count() == 1


def test_many_links_asked_from_one_network_are_refused_in_words(client, consultation):
    page = address(consultation, "ask")
    answers = [
        client.post(page, {"key": key(), "name": "P", "email": f"p{n}@example.org"})
        for n in range(61)
    ]
    assert "Please wait an hour and try again." in answers[-1].content.decode()
    assert "Please wait an hour" not in answers[0].content.decode()


def test_link_that_is_wrong_or_has_run_out_is_not_there(client, consultation, at):
    ask(consultation)
    page = link_in(Mail.objects.get())
    assert client.get(page).status_code == 200
    assert client.get("/consultations/link/unknown/").status_code == 404
    at(AT + dt.timedelta(days=400))
    gone = client.get(page)
    assert gone.status_code == 404
    assert "ask for a new one" in gone.content.decode()


def test_token_is_stored_as_a_hash_only(consultation):
    ask(consultation)
    token = link_in(Mail.objects.get()).split("/")[3]
    assert SubmissionLink.objects.get().token_hash != token
    assert len(token) >= 32


def test_after_the_close_a_new_address_gets_nothing_and_a_known_one_its_link(consultation):
    ask(consultation)
    ask(consultation, at=CLOSED)
    ask(consultation, email="new@example.org", at=CLOSED)
    assert [mail.to_address for mail in Mail.objects.order_by("pk")] == ["pat@example.org"] * 2
    assert PolicySubmission.objects.count() == 1


def test_word_document_is_shown_as_text_to_whoever_sent_it(client):
    body = make_society()
    own = start_submission(
        by=make_officer(body),
        consultation=make_consultation(),
        organisation=body,
        at=AT,
        key=key(),
    )
    sign_in(client, own.created_by)
    slug = own.consultation.conference.slug
    page = reverse("consultations:submission", args=[slug, own.pk])
    upload = SimpleUploadedFile("view.docx", word(par("Our &lt;b&gt;view&lt;/b&gt; of it.")))
    client.post(page, {"version": 1, "title": "T", "text": "", "document": upload})
    shown = client.get(reverse("consultations:preview", args=[slug, own.pk])).content.decode()
    assert "Our &lt;b&gt;view&lt;/b&gt; of it." in shown


def test_withdrawn_before_the_response_no_longer_counts_and_gives_a_receipt(consultation):
    own = start_own(by=member_of(), consultation=consultation, at=AT, key=key())
    words, *_ = questions(consultation)
    typed = Contribution(title="", name="Mo", answers={words.pk: "Homes."})
    own = save_submission(by=own.created_by, submission=own, version=1, contribution=typed)
    send_submission(by=own.created_by, submission=own, version=2, at=AT, key=key())
    k = key()
    receipts = {
        withdraw_submission(by=own.created_by, submission=own, at=AT, key=k).pk for _ in range(3)
    }
    assert len(receipts) == 1
    assert not PolicySubmission.objects.sent().exists()


def test_no_account_is_asked_for_where_the_public_is_not_asked(client):
    consultation = make_consultation(deadline=make_deadline(kind="policy_submissions"))
    assert client.get(address(consultation, "ask")).status_code == 404
    with pytest.raises(ValidationError):
        ask(consultation)
