"""The committee's desk with 200 submissions, 9 of them late: lists, filters, counts, tables."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from events.models import LayAppointment
from members.models import AuditEntry
from motions.consultations import counting
from motions.consultations.services import coding
from motions.models import Coding, PolicySubmission, ReadBy, Theme
from tests.factories import (
    AT,
    make_appointment,
    make_deadline,
    make_officer,
    make_region,
    make_society,
    make_user,
    sign_in,
)
from tests.motions.consultations.make import make_answered, make_full, make_many, make_sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(at):
    at(AT)


@pytest.fixture
def consultation():
    return make_full()


@pytest.fixture
def reader(client, consultation):
    person = make_user("reader@example.org")
    make_appointment(person, consultation.conference, LayAppointment.Task.POLICY)
    sign_in(client, person)
    return person


def page(consultation, name="desk", *more):
    return reverse(
        f"consultations:{name}", args=[consultation.conference.slug, consultation.pk, *more]
    )


def make_theme(consultation, name="Homes", **fields):
    return Theme.objects.create(consultation=consultation, name=name, **fields)


def count_of(client, consultation, **asked):
    return client.get(page(consultation), asked).context["page_obj"].paginator.count


def test_two_hundred_are_counted_filtered_and_found(client, consultation, reader):
    make_many(consultation, 200, late=9)
    assert counting.totals(consultation) == counting.Totals(sent=200, late=9)
    rows = PolicySubmission.objects.all()
    kinds = {kind: rows.filter(kind=kind).count() for kind in ("body", "member", "public")}
    assert sum(kinds.values()) == 200
    for kind, number in kinds.items():
        assert count_of(client, consultation, kind=kind) == number
    assert count_of(client, consultation, late="1") == 9
    wales = make_region("Wales")
    assert count_of(client, consultation, region=wales.pk) == 40
    assert count_of(client, consultation, region=wales.pk, late="1") == 2
    assert count_of(client, consultation, q="Change 117.") == 1
    assert count_of(client, consultation, q="Submission 117") == 1
    assert count_of(client, consultation, question=consultation.questions.first().pk) == 200
    assert count_of(client, consultation, unread="1") == 200
    theme = make_theme(consultation)
    for row in rows[:30]:
        Coding.objects.create(submission=row, theme=theme, coded_by=reader, coded_at=AT)
        ReadBy.objects.create(submission=row, reader=reader, read_at=AT)
    assert count_of(client, consultation, theme=theme.pk) == 30
    assert count_of(client, consultation, theme="none") == 170
    assert count_of(client, consultation, unread="1") == 170
    shown = client.get(page(consultation)).content.decode()
    assert "200 submissions, 9 of them late." in shown
    assert shown.count('class="queue-row"') == 50
    counts = client.get(page(consultation, "counts")).content.decode()
    assert counts.count("<svg viewBox") == 5  # who, where, themes, two questions
    assert "<td>40</td>" in counts
    table = client.post(page(consultation, "export", "csv") + "?late=1")
    lines = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert (len(lines), lines[0][:3]) == (10, ["Number", "From", "Sender"])
    assert {line[6] for line in lines[1:]} == {"yes"}
    assert AuditEntry.objects.get(action="policy_submission.exported").after == {"rows": 9}


@pytest.mark.parametrize(
    ("name", "first"), [("desk", 1), ("counts", 1), ("themes", 1), ("report-desk", 10)]
)
def test_number_of_queries_is_the_same_for_one_and_thirty(
    client, consultation, reader, name, first, django_assert_max_num_queries
):
    """The report says nothing of counts among fewer than ten, so it begins there."""
    theme = make_theme(consultation)

    def asked():
        with django_assert_max_num_queries(40) as found:
            client.get(page(consultation, name))
        return len(found)

    def send(number):
        row = make_sent(consultation, number=number, region=make_region("Wales"))
        Coding.objects.create(submission=row, theme=theme, coded_by=reader, coded_at=AT)

    for n in range(first):
        send(n)
    asked()
    for_one = asked()
    for n in range(first, 30):
        send(n)
    assert asked() == for_one


def test_address_with_garbage_asks_for_nothing(client, consultation, reader):
    make_sent(consultation)
    for asked in ({"region": "x"}, {"theme": "9" * 40}, {"question": "-1"}, {"kind": "none"}):
        assert count_of(client, consultation, **asked) == 1
    assert count_of(client, consultation, q="\x00") == 1


def test_submission_is_coded_as_a_whole_and_by_answer_and_is_read_then(
    client, consultation, reader
):
    make_many(consultation, 2, late=0)
    first, second = PolicySubmission.objects.order_by("submitted_at")
    homes, trains = make_theme(consultation), make_theme(consultation, "Trains")
    answer = first.answers.get(question__position=1)
    where = page(consultation, "desk-submission", first.pk)
    sent = {"themes": [homes.pk, trains.pk], f"answer-{answer.pk}": [trains.pk], "next": "1"}
    onward = client.post(where, {**sent, "reply": "Thank you."})
    assert onward["Location"] == page(consultation, "desk-submission", second.pk)
    assert set(first.codings.values_list("theme__name", "answer")) == {
        ("Homes", None),
        ("Trains", None),
        ("Trains", answer.pk),
    }
    first.refresh_from_db()
    assert first.reply == "Thank you."
    assert ReadBy.objects.get().submission == first
    client.post(where, {"themes": [homes.pk], "reply": "Thank you."})
    assert list(first.codings.values_list("theme__name", "answer")) == [("Homes", None)]


def test_looking_at_a_submission_marks_nothing(client, consultation, reader):
    row = make_sent(consultation)
    client.get(page(consultation, "desk-submission", row.pk))
    assert not ReadBy.objects.exists()


def test_theme_of_another_consultation_is_refused(consultation, reader):
    row = make_sent(consultation)
    other = make_theme(make_full(deadline=make_deadline(kind="consultation")))
    with pytest.raises(ValidationError) as refusal:
        coding.code(by=reader, submission=row, themes=[other], at=AT)
    assert refusal.value.code == "theme"


def test_theme_in_use_is_not_taken_away_and_a_name_stands_once(client, consultation, reader):
    row, theme = make_sent(consultation), make_theme(consultation)
    coding.code(by=reader, submission=row, themes=[theme], at=AT)
    shown = client.post(page(consultation, "remove-theme", theme.pk), follow=True)
    assert "Take it off them first, or rename it." in shown.content.decode()
    shown = client.post(page(consultation, "themes"), {"name": "HOMES", "position": "1"})
    assert "There is a theme of that name already." in shown.content.decode()


def test_nothing_is_coded_once_the_response_is_published(consultation, reader):
    row = make_sent(consultation)
    make_answered(consultation, row, by=reader)
    consultation.refresh_from_db()
    with pytest.raises(ValidationError) as refusal:
        coding.code(by=reader, submission=row, themes=[], at=AT)
    assert refusal.value.code == "answered"


def test_drafts_are_nobodys_business_on_the_desk(client, consultation, reader):
    row = make_sent(consultation)
    PolicySubmission.objects.filter(pk=row.pk).update(
        state="draft", submitted_at=None, submitted_by=None
    )
    assert count_of(client, consultation) == 0
    assert client.get(page(consultation, "desk-submission", row.pk)).status_code == 404


def test_table_holds_no_formula(client, consultation, reader):
    make_sent(consultation, title="=cmd|'/C calc'!A0", text="+1")
    table = client.post(page(consultation, "export", "csv")).content.decode("utf-8-sig")
    assert "\"'=cmd|" in table
    assert '"\'+1"' in table
    assert client.post(page(consultation, "export", "xlsx")).content[:2] == b"PK"


def test_desk_is_closed_to_officers_and_committees_of_other_conferences(client, consultation):
    body = make_society()
    officer = make_officer(body)
    make_sent(consultation, organisation=body, created_by=officer)
    elsewhere = make_user()
    make_appointment(elsewhere, make_deadline().conference, LayAppointment.Task.POLICY)
    for person in (officer, elsewhere):
        sign_in(client, person)
        assert client.get(page(consultation)).status_code == 404
