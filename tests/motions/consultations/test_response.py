"""The response: what keeps it back, what everybody reads, what each sender finds of theirs."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from events.models import LayAppointment
from mailing.models import Mail
from members.models import AuditEntry
from motions.consultations import counting, reports
from motions.consultations.services import coding, responding
from motions.models import PolicySubmission, Theme
from tests.factories import AT, make_appointment, make_officer, make_society, make_user, sign_in
from tests.motions.consultations.make import make_full, make_many, make_sent

pytestmark = pytest.mark.django_db
AFTER = dt.datetime(2016, 8, 3, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def now(at):
    at(AFTER)


@pytest.fixture
def consultation():
    return make_full()


@pytest.fixture
def reader(consultation):
    person = make_user()
    make_appointment(person, consultation.conference, LayAppointment.Task.POLICY)
    return person


def answered(consultation, reader, name="Homes", words="We will build."):
    theme = coding.save_theme(
        by=reader, consultation=consultation, name=name, description="", position=1, at=AT
    )
    return responding.respond(by=reader, theme=theme, outcome="taken_up", words=words, at=AT)


def publish(consultation, reader, at=AFTER):
    return responding.publish(by=reader, consultation=consultation, at=at)


def read(client, consultation):
    where = [consultation.conference.slug, consultation.pk]
    return client.get(reverse("consultations:response", args=where))


def test_what_keeps_it_back_is_said_in_sentences(consultation, reader):
    make_sent(consultation)
    coding.save_theme(
        by=reader, consultation=consultation, name="Homes", description="", position=1, at=AT
    )
    with pytest.raises(ValidationError) as refusal:
        publish(consultation, reader, at=AT)
    assert refusal.value.messages == [
        "The consultation is open until the end of Monday 1 August 2016 (UK time): what still "
        "comes would go unanswered.",
        "1 theme has no response yet.",
        "1 submission has neither a theme nor a reply: their senders would find nothing.",
    ]


def test_published_report_tells_every_sender_by_mail_and_on_their_own_page(
    client, consultation, reader
):
    body = make_society()
    officer = make_officer(body)
    ours = make_sent(consultation, organisation=body, created_by=officer, number=1)
    pats = make_sent(
        consultation, kind="public", name="Pat", email="pat@example.org", number=2, title="Mine"
    )
    theme = answered(consultation, reader)
    coding.code(by=reader, submission=ours, themes=[theme], at=AT)
    coding.reply(by=reader, submission=pats, words="Thank you, Pat.", at=AT)
    publish(consultation, reader)
    assert {mail.to_address for mail in Mail.objects.all()} == {officer.email, "pat@example.org"}
    link = re.search(
        r"/consultations/link/\S+", Mail.objects.get(to_address="pat@example.org").text
    )[0]
    shown = client.get(link).content.decode()
    assert "Thank you, Pat." in shown
    assert "We will build." not in shown
    sign_in(client, officer)
    page = reverse("consultations:submission", args=[consultation.conference.slug, ours.pk])
    shown = client.get(page).content.decode()
    assert "We will build." in shown
    assert "Taken up." in shown
    assert "Thank you, Pat." not in shown
    assert AuditEntry.objects.get(action="response_report.published").after == {"mails": 2}


def test_before_it_is_published_nobody_reads_a_word_of_it(client, consultation, reader):
    ours = make_sent(consultation)
    coding.code(by=reader, submission=ours, themes=[answered(consultation, reader)], at=AT)
    assert read(client, consultation).status_code == 404
    sign_in(client, ours.created_by)
    page = reverse("consultations:submission", args=[consultation.conference.slug, ours.pk])
    assert "We will build." not in client.get(page).content.decode()


def test_names_stand_in_the_report_only_with_consent(client, consultation, reader):
    theme = answered(consultation, reader)
    for name, consent in (("Openly Named", True), ("Quietly Kept", False)):
        row = make_sent(
            consultation,
            kind="public",
            name=name,
            email=f"{name[:5].lower()}@example.org",
            names_consent=consent,
            text="My words.",
        )
        coding.code(by=reader, submission=row, themes=[theme], at=AT)
    publish(consultation, reader)
    shown = read(client, consultation).content.decode()
    assert "Openly Named" in shown
    assert "Quietly" not in shown
    assert "quiet@example.org" not in shown
    assert "My words." not in shown
    assert "1 more was sent without a name." in shown


def test_published_twice_is_refused_and_mails_nobody_again(consultation, reader):
    publish(consultation, reader)
    before = Mail.objects.count()
    with pytest.raises(ValidationError) as refusal:
        publish(consultation, reader)
    assert (refusal.value.code, Mail.objects.count()) == ("answered", before)


def test_report_on_two_hundred_says_the_totals_and_rounds_all_else(client, consultation, reader):
    make_many(consultation, 200, late=9)
    theme = answered(consultation, reader)
    rare = answered(consultation, reader, name="Ferries")
    for n, row in enumerate(PolicySubmission.objects.order_by("number")):
        themes = [theme, rare] if n < 3 else [theme]
        coding.code(by=reader, submission=row, themes=themes, at=AT)
    publish(consultation, reader)
    shown = read(client, consultation).content.decode()
    assert "200 submissions came in. 9 of them came late and counted." in shown
    assert "fewer than 5" in shown
    assert "100 more were sent without a name." in shown
    found = reports.of(consultation)
    assert (len(found.lines), found.unnamed) == (100, 100)
    assert sum(line.is_late for line in found.lines) == 5
    assert all(line.themes for line in found.lines)
    for chart in found.charts:
        for bar in chart.bars:
            assert re.fullmatch(r"about \d*[05]|fewer than 5|too few to say", bar.words)
    pdf = reports.as_pdf(consultation, AFTER).content
    assert pdf.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in pdf


def test_small_numbers_are_not_told_to_everybody_but_to_the_committee(consultation):
    make_sent(consultation)
    for chart in counting.charts(consultation, counting.rounded):
        assert {(bar.words, bar.width) for bar in chart.bars} == {("too few to say", 0)}
    assert reports.of(consultation).charts == []
    [who] = [c for c in counting.charts(consultation, counting.exact) if c.key == "who"]
    assert [bar.words for bar in who.bars] == ["1", "0", "0"]


def test_pages_of_the_desk_publish_it(client, consultation, reader):
    row = make_sent(consultation)
    theme = answered(consultation, reader)
    sign_in(client, reader)
    where = [consultation.conference.slug, consultation.pk]
    desk = reverse("consultations:report-desk", args=where)
    shown = client.get(desk).content.decode()
    assert "1 submission has neither a theme nor a reply" in shown
    assert "Publish the report" not in shown
    coding.code(by=reader, submission=row, themes=[theme], at=AT)
    client.post(desk, {"introduction": "Thank you all."})
    assert "Publish the report" in client.get(desk).content.decode()
    answer = client.post(reverse("consultations:publish", args=where))
    assert answer["Location"] == reverse("consultations:response", args=where)
    assert "Thank you all." in read(client, consultation).content.decode()


def test_response_to_a_theme_needs_words_and_an_outcome(consultation, reader):
    theme = Theme.objects.create(consultation=consultation, name="Homes")
    for outcome, words, field in (("taken_up", " ", "response"), ("", "Yes.", "outcome")):
        with pytest.raises(ValidationError) as refusal:
            responding.respond(by=reader, theme=theme, outcome=outcome, words=words, at=AT)
        assert set(refusal.value.message_dict) == {field}
