"""Late submissions: announced beforehand or explained afterwards, marked, and counted."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from events.models import Conference
from mailing.models import Mail
from motions.consultations import counting
from motions.consultations.services.drafting import (
    Contribution,
    save_submission,
    start_own,
    start_submission,
)
from motions.consultations.services.late import announce
from motions.consultations.services.sending import send_submission
from motions.models import LateNotice
from tests.factories import AT, make_member, make_officer, make_society, make_user, sign_in
from tests.motions.consultations.make import make_answered, make_full, make_sent
from tests.motions.make import key, make_consultation

pytestmark = pytest.mark.django_db
CLOSED = dt.datetime(2016, 8, 1, 23, 0, tzinfo=dt.UTC)
MOMENT = dt.timedelta(microseconds=1)


@pytest.fixture
def consultation():
    return make_consultation(takes_late=True)


@pytest.fixture
def draft(consultation):
    body = make_society()
    officer = make_officer(body)
    begun = start_submission(
        by=officer, consultation=consultation, organisation=body, at=AT, key=key()
    )
    typed = Contribution(title="On health", text="Our view.")
    return save_submission(by=officer, submission=begun, version=1, contribution=typed)


def send(draft, at=CLOSED, **more):
    return send_submission(
        by=draft.created_by, submission=draft, version=2, at=at, key=key(), **more
    )


def say(consultation, draft, at=AT, reason="We meet on 3 August."):
    return announce(
        by=draft.created_by,
        consultation=consultation,
        organisation=draft.organisation,
        reason=reason,
        expected_on=dt.date(2016, 8, 3),
        at=at,
    )


def test_up_to_the_last_microsecond_it_is_not_late(draft):
    send(draft, at=CLOSED - MOMENT, late_reason="We feared so.")
    draft.refresh_from_db()
    assert (draft.is_late, draft.late_reason) == (False, "")


def test_from_the_close_on_a_reason_is_asked_for_and_the_draft_is_kept(draft):
    with pytest.raises(ValidationError) as refusal:
        send(draft)
    [sentence] = refusal.value.message_dict["late_reason"]
    assert "closed at the end of Monday 1 August 2016 (UK time)." in sentence
    draft.refresh_from_db()
    assert draft.is_draft


def test_explained_afterwards_it_counts_and_the_receipt_says_so(draft):
    send(draft, late_reason="We met on 3 August.")
    draft.refresh_from_db()
    assert (draft.state, draft.is_late, draft.late_reason) == (
        "submitted",
        True,
        "We met on 3 August.",
    )
    assert "marked as a late submission, and it counts" in Mail.objects.get().text
    assert counting.totals(draft.consultation) == counting.Totals(sent=1, late=1)


def test_announced_beforehand_no_reason_is_asked_for_again(consultation, draft):
    say(consultation, draft)
    send(draft)
    draft.refresh_from_db()
    assert (draft.is_late, draft.late_reason) == (True, "We meet on 3 August.")


def test_announcing_twice_changes_the_one_notice(consultation, draft):
    say(consultation, draft)
    say(consultation, draft, reason="We meet on 9 August.")
    assert LateNotice.objects.get().reason == "We meet on 9 August."


def test_announcing_after_the_close_is_told_to_explain_it_when_it_is_sent(consultation, draft):
    with pytest.raises(ValidationError) as refusal:
        say(consultation, draft, at=CLOSED)
    assert refusal.value.code == "closed"
    assert "say there why it is late: it still counts" in refusal.value.messages[0]


def test_where_late_ones_do_not_count_they_are_refused_whatever_the_reason(draft):
    draft.consultation.takes_late = False
    draft.consultation.save()
    with pytest.raises(ValidationError) as refusal:
        send(draft, late_reason="Snow.")
    assert refusal.value.code == "closed"


def test_once_the_response_is_published_nothing_comes_late_any_more(consultation, draft):
    make_answered(consultation, make_sent(consultation), by=make_user())
    with pytest.raises(ValidationError) as refusal:
        send(draft, late_reason="Snow.")
    assert "until the response was published, and it is" in refusal.value.messages[0]


def test_a_person_is_never_late(at):
    consultation = make_full()
    member = make_user()
    make_member(member)
    own = start_own(by=member, consultation=consultation, at=AT, key=key())
    with pytest.raises(ValidationError) as refusal:
        send_submission(
            by=member, submission=own, version=1, at=CLOSED, key=key(), late_reason="Snow."
        )
    assert refusal.value.code == "closed"


@pytest.mark.parametrize("status", ["postponed", "cancelled"])
def test_late_or_not_nothing_is_taken_while_it_is_halted(draft, status):
    Conference.objects.update(status=status)
    with pytest.raises(ValidationError) as refusal:
        send(draft, late_reason="Snow.")
    assert refusal.value.code == "halted"


def test_page_after_the_close_asks_why_and_sends(client, draft, at):
    at(CLOSED)
    sign_in(client, draft.created_by)
    page = reverse("consultations:send", args=[draft.consultation.conference.slug, draft.pk])
    shown = client.get(page)
    assert "Send it in as a late submission" in shown.content.decode()
    data = {"key": key(), "version": 2, "late_reason": ""}
    assert "Say why it is late" in client.post(page, data).content.decode()
    client.post(page, data | {"late_reason": "We met on 3 August."})
    draft.refresh_from_db()
    assert draft.is_late


def test_page_before_the_close_lets_an_officer_announce_it(client, consultation, draft, at):
    at(AT)
    sign_in(client, draft.created_by)
    where = [consultation.conference.slug, consultation.pk]
    page = reverse("consultations:late", args=where)
    assert page in client.get(consultation.get_absolute_url()).content.decode()
    data = {"organisation": draft.organisation.pk, "reason": "We meet late.", "expected_on": ""}
    answer = client.post(page, data, follow=True).content.decode()
    assert "it counts, and is marked as late" in answer
    other = make_society()
    assert (
        "Select a valid choice"
        in client.post(page, data | {"organisation": other.pk}).content.decode()
    )
