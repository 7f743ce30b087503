"""A body amends a published motion: begins, writes, checks, sends; what is refused says why."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mailing.models import Mail
from motions.amendments.services.drafting import start_amendment
from motions.models import Amendment, Call, Motion, Receipt
from motions.services.late import put_on_late_list
from motions.services.sending import submit
from motions.services.withdrawing import withdraw
from tests.factories import AT, make_officer, make_society, make_user
from tests.motions.make import (
    AMENDED,
    TEXT,
    key,
    make_amendment,
    make_amendments_call,
    make_motion,
    words,
)

pytestmark = pytest.mark.django_db
LAST_MOMENT = dt.datetime(2016, 8, 1, 22, 59, 59, 999999, tzinfo=dt.UTC)
CLOSED = dt.datetime(2016, 8, 1, 23, 0, tzinfo=dt.UTC)


def sent(amendment, at=AT):
    return submit(
        by=amendment.created_by,
        motion=amendment,
        version=amendment.draft_version,
        at=at,
        key=key(),
    )


def page(name, motion, **more):
    return reverse(f"motions:{name}", args=[motion.conference.slug, motion.pk])


@pytest.fixture
def motion(at):
    at("2016-05-10 12:00")
    found = make_motion(state="published")
    make_amendments_call(found.conference)
    return found


@pytest.fixture
def officer():
    society = make_society()
    return make_officer(society)


def test_amendment_begins_as_the_text_of_its_motion(motion, client, officer):
    client.force_login(officer)
    body = officer.officeholdings.get().organisation
    posted = {"key": key(), "organisation": body.pk}
    answers = [client.post(page("amend", motion), posted) for _ in range(2)]
    amendment = Amendment.objects.get()
    assert {answer["Location"] for answer in answers} == {page("edit", amendment)}
    assert (amendment.amends, amendment.base) == (motion, motion.current_version)
    assert (amendment.draft_text, amendment.organisation) == (TEXT, body)
    assert not Motion.objects.filter(pk=amendment.pk).exists()


def test_edited_text_is_understood_as_a_sentence_and_a_diff_before_it_is_sent(
    motion, client, officer
):
    body = officer.officeholdings.get().organisation
    amendment = start_amendment(by=officer, motion=motion, organisation=body, at=AT, key=key())
    client.force_login(officer)
    answer = client.post(
        page("edit", amendment), {"version": 1, "text": AMENDED, "preview": "1"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == page("preview", amendment)
    html = answer.content.decode()
    assert "In paragraph 1, after &quot;works&quot;, insert &quot;well&quot;." in html
    assert '<ins><span class="visually-hidden">[inserted:</span> well' in html.replace("\n", "")
    assert "Send it in" in html


def test_receipt_has_number_time_sentence_and_full_text(motion):
    amendment = make_amendment(motion)
    receipt = sent(amendment)
    mail = Mail.objects.get(to_address=amendment.created_by.email)
    assert f"Receipt {receipt.number}" in mail.subject
    for words_of_it in (
        "UK time",
        'In paragraph 1, after "works", insert "well".',
        "Conference notes that co-operation works well.",
        "Conference resolves to say so.",
    ):
        assert words_of_it in mail.text


def test_sent_version_keeps_operations_and_full_wording(motion):
    amendment = make_amendment(motion)
    sent(amendment)
    version = Amendment.objects.get(pk=amendment.pk).current_version
    assert version.base == motion.current_version
    assert [one["do"] for one in version.operations["operations"]] == ["replace"]
    assert [block.text for block in version.blocks.all()] == AMENDED.split("\n\n")
    assert version.words == 1


def test_amendment_is_taken_until_the_last_microsecond_of_1_august(motion):
    sent(make_amendment(motion), LAST_MOMENT)
    late = make_amendment(motion)
    with pytest.raises(ValidationError) as refusal:
        sent(late, CLOSED)
    assert refusal.value.code == "closed"
    assert "Monday 1 August 2016" in refusal.value.messages[0]
    late.refresh_from_db()
    assert (late.state, late.draft_text) == ("draft", AMENDED)


def test_missed_amendment_goes_on_the_late_list(motion):
    amendment = make_amendment(motion)
    receipt = put_on_late_list(
        by=amendment.created_by,
        motion=amendment,
        version=1,
        reason="Our meeting was snowed off.",
        at=CLOSED,
        key=key(),
    )
    amendment.refresh_from_db()
    assert (amendment.state, receipt.kind) == ("late", Receipt.Kind.LATE)


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("withdrawn", "was withdrawn on Sunday 10 April 2016"),
        ("not_in_order", "was ruled not in order"),
        ("in_order", "is not published"),
        ("submitted", "is not published"),
    ],
)
def test_amendment_to_what_is_not_before_conference_is_refused_with_the_text_kept(
    motion, state, says
):
    amendment = make_amendment(motion)
    gone = {
        "withdrawn_by": make_user(),
        "withdrawn_at": dt.datetime(2016, 4, 10, 12, tzinfo=dt.UTC),
    }
    Motion.objects.filter(pk=motion.pk).update(
        state=state, **(gone if state == "withdrawn" else {})
    )
    with pytest.raises(ValidationError) as refusal:
        sent(amendment)
    assert refusal.value.code == "amends"
    assert says in refusal.value.messages[0]
    assert "Your text is kept." in refusal.value.messages[0]
    with pytest.raises(ValidationError, match=says):
        start_amendment(
            by=amendment.created_by,
            motion=motion,
            organisation=amendment.organisation,
            at=AT,
            key=key(),
        )
    amendment.refresh_from_db()
    assert (amendment.state, amendment.draft_text) == ("draft", AMENDED)


def test_amendment_to_an_earlier_text_is_refused(motion):
    amendment = make_amendment(motion)
    other = make_motion(motion.call, state="published")
    Motion.objects.filter(pk=motion.pk).update(current_version=other.current_version)
    with pytest.raises(ValidationError) as refusal:
        sent(amendment)
    assert refusal.value.code == "superseded"


def test_amendment_to_an_amendment_is_refused(motion):
    amendment = make_amendment(motion, state="published")
    with pytest.raises(ValidationError, match="not amended itself"):
        start_amendment(
            by=amendment.created_by,
            motion=amendment,
            organisation=amendment.organisation,
            at=AT,
            key=key(),
        )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TEXT, "Nothing is changed yet"),
        ("", "would leave nothing of the motion"),
        (f"{TEXT}\n\n{words(31)}", "inserts 31 words. At most 30 are allowed: take out 1 word."),
    ],
)
def test_amendment_that_is_not_ready_says_what_to_mend(motion, text, says):
    Call.objects.filter(kind="amendment").update(max_words=30)
    amendment = make_amendment(motion, text=text)
    with pytest.raises(ValidationError) as refusal:
        sent(amendment)
    assert says in refusal.value.message_dict["text"][0]


def test_amendment_has_no_word_limit_unless_the_conference_sets_one(motion):
    sent(make_amendment(motion, text=f"{TEXT}\n\n{words(900)}"))
    assert Amendment.objects.get().state == "submitted"


def test_conference_without_a_call_takes_no_amendments(client, officer, at):
    at("2016-05-10 12:00")
    motion = make_motion(state="published")
    client.force_login(officer)
    assert "takes no amendments" in client.get(page("amend", motion)).content.decode()
    body = officer.officeholdings.get().organisation
    with pytest.raises(ValidationError) as refusal:
        start_amendment(by=officer, motion=motion, organisation=body, at=AT, key=key())
    assert refusal.value.code == "no_call"


def test_limit_of_amendments_a_body_counts_them_apart_from_motions(motion):
    Call.objects.filter(kind="amendment").update(per_body_limit=1)
    first = make_amendment(motion)
    make_motion(motion.call, state="submitted", organisation=first.organisation)
    sent(first)
    with pytest.raises(ValidationError) as refusal:
        sent(make_amendment(motion, organisation=first.organisation))
    assert refusal.value.code == "limit"


def test_withdrawn_motion_leaves_its_amendments_bodies_told(motion):
    amendment = make_amendment(motion, state="submitted")
    withdraw(by=motion.created_by, motion=motion, at=AT, key=key())
    mail = Mail.objects.get(to_address=amendment.created_by.email)
    assert "there is nothing left to amend" in " ".join(mail.text.split())


def test_amendment_is_withdrawn_with_a_receipt(motion):
    amendment = make_amendment(motion, state="submitted")
    receipt = withdraw(by=amendment.created_by, motion=amendment, at=AT, key=key())
    assert receipt.kind == Receipt.Kind.WITHDRAWN
    assert 'insert "well"' in receipt.text
    assert motion.receipts.count() == 0


def test_draft_is_seen_by_its_body_alone(motion, client):
    amendment = make_amendment(motion)
    urls = [amendment.get_absolute_url(), page("edit", amendment), page("preview", amendment)]
    client.force_login(make_officer(make_society()))
    assert {client.get(url).status_code for url in urls} == {404}
    client.force_login(amendment.created_by)
    assert {client.get(url).status_code for url in urls} == {200}


def test_published_amendment_is_read_by_everybody_names_only_with_consent(motion, client):
    hidden = make_amendment(motion, state="published", mover="Ada Secret")
    named = make_amendment(motion, state="published", mover="Bea Named", names_consent=True)
    assert "Ada Secret" not in client.get(hidden.get_absolute_url()).content.decode()
    assert "Bea Named" in client.get(named.get_absolute_url()).content.decode()


@pytest.mark.parametrize("state", ["submitted", "in_order", "not_in_order", "withdrawn", "late"])
def test_unpublished_amendment_is_not_there_for_others(motion, client, state):
    amendment = make_amendment(motion, state=state)
    assert client.get(amendment.get_absolute_url()).status_code == 404
    assert amendment.organisation.name not in client.get(motion.get_absolute_url()).content.decode()


def test_older_form_shows_both_texts(motion, client):
    amendment = make_amendment(motion)
    client.force_login(amendment.created_by)
    for text, status in ((AMENDED + " Now.", 302), ("Mine, typed meanwhile.", 409)):
        answer = client.post(page("edit", amendment), {"version": 1, "text": text, "save": "1"})
        assert answer.status_code == status
    html = answer.content.decode()
    assert "Somebody else saved first" in html
    assert "Mine, typed meanwhile." in html
    assert "Now." in html
