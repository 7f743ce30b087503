"""After the hour: bodies are told, nominees are asked, the roll names those who agree."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from members.models import AuditEntry
from motions import tasks
from motions.awards.services import consenting, telling
from motions.models import AwardDecision, AwardHonour
from tests.factories import make_office, make_officer, make_society, make_user, sign_in
from tests.journeys.conftest import link_in
from tests.motions.awards.make import (
    AFTER,
    BEFORE,
    COMMENDED,
    MORNING_AFTER,
    WINNER,
    Panel,
    make_nomination,
    make_nominee,
    make_proposed,
)
from tests.motions.make import key, make_category

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel():
    return Panel()


def roll_of(panel):
    return reverse("awards:roll", args=[panel.conference.slug])


def test_everybody_concerned_is_told_the_morning_after_once(panel, mailbox):
    winner = make_nominee(panel.category, "Ann Lee", email="ann@x.example")
    commended = make_proposed(panel.category, "Bo Day")
    neither = make_nominee(panel.category, "Cy Fox")
    body = make_society(contact_email="office@body.example")
    colleague = make_officer(body)
    make_nomination(winner, organisation=body, by=make_officer(body, user=make_user("s@b.example")))
    quiet = make_society(contact_email="quiet@body.example")
    make_nomination(
        neither, organisation=quiet, by=make_officer(quiet, user=make_user("q@b.example"))
    )
    panel.score_all(winner, commended, neither)
    panel.decide((winner, WINNER), (commended, COMMENDED))
    assert telling.tell(at=AFTER) == 0
    assert len(mailbox) == 0
    assert telling.tell(at=MORNING_AFTER) == 1
    assert telling.tell(at=MORNING_AFTER) == 0

    [letter] = mailbox.to("ann@x.example")
    assert "is the winner" in letter.text
    for address in ("s@b.example", colleague.email, "office@body.example"):
        assert "gave Ann Lee the award" in mailbox.to(address)[0].text
    [sorry] = mailbox.to("q@b.example")
    assert "honoured somebody else or nobody" in sorry.text
    assert "goes to you alone" in sorry.text
    assert mailbox.to("quiet@body.example") == []
    assert not any("Ann Lee" in mail.subject or "Cy Fox" in mail.subject for mail in mailbox)


def test_award_decided_late_is_told_when_it_is(panel, mailbox):
    nominee = make_proposed(panel.category, email="ann@x.example")
    panel.score_all(nominee)
    telling.tell(at=MORNING_AFTER)
    assert len(mailbox) == 0
    panel.decide((nominee, WINNER), at=MORNING_AFTER)
    telling.tell(at=MORNING_AFTER)
    assert len(mailbox.to("ann@x.example")) == 1


def test_task_lets_the_acts_into_the_trail_and_tells(panel, mailbox, at):
    panel.decided(email="ann@x.example")
    at(MORNING_AFTER)
    tasks.open_awards()
    tasks.open_awards()
    assert AuditEntry.objects.filter(action="award.decided").count() == 1
    assert len(mailbox.to("ann@x.example")) == 1


def test_nominee_agrees_by_their_link_and_stands_on_the_roll_until_they_say_no(
    panel, mailbox, client, at
):
    panel.decided("Ann Lee", email="ann@x.example")
    at(AFTER)
    page = client.get(roll_of(panel)).content.decode()
    assert "Ann Lee" not in page
    assert "once those who were honoured have agreed" in page
    at(MORNING_AFTER)
    telling.tell(at=MORNING_AFTER)
    link = link_in(mailbox.to("ann@x.example")[0], "/awards/")
    assert client.get(f"{link}certificate/").content.startswith(b"%PDF")
    refused = client.post(link, {"answer": "yes", "public_name": "Ann L."})
    assert "18 or over" in refused.content.decode()
    client.post(link, {"answer": "yes", "public_name": "Ann L.", "is_adult": "on"})
    page = client.get(roll_of(panel)).content.decode()
    assert "Ann L." in page
    honour = AwardHonour.objects.get()
    own = reverse("awards:roll-honour", args=[panel.conference.slug, honour.pk])
    assert "never tires" in client.get(own).content.decode()
    client.post(link, {"answer": "no"})
    assert "Ann L." not in client.get(roll_of(panel)).content.decode()
    assert client.get(own).status_code == 404


def test_nobody_under_18_is_listed_whatever_is_answered(panel, client, at):
    panel.decided("Ann Lee", is_under_18=True)
    at(AFTER)
    honour = AwardHonour.objects.get()
    with pytest.raises(ValidationError) as refusal:
        consenting.answer(honour=honour, agrees=True, is_adult=True, at=AFTER)
    assert refusal.value.code == "under_18"
    AwardHonour.objects.update(consent="given", public_name="Ann Lee", answered_at=AFTER)
    assert "Ann Lee" not in client.get(roll_of(panel)).content.decode()


def test_body_is_asked_through_its_officers_and_needs_no_age(mailbox):
    body = make_society("Stroud", contact_email="office@stroud.example")
    officer = make_officer(body, make_office("chair"))
    panel = Panel(make_category(honours="body"))
    panel.decided("Stroud", body=body)
    telling.tell(at=MORNING_AFTER)
    for address in ("office@stroud.example", officer.email):
        assert "winner" in mailbox.to(address)[0].text
    honour = consenting.answer(honour=AwardHonour.objects.get(), agrees=True, at=MORNING_AFTER)
    assert honour.public_name == "Stroud"


def test_answer_before_the_hour_is_refused(panel):
    panel.decided("Ann Lee")
    with pytest.raises(ValidationError) as refusal:
        consenting.answer(honour=AwardHonour.objects.get(), agrees=False, at=BEFORE)
    assert refusal.value.code == "sealed"


def test_panel_enters_a_written_answer_and_writes_again(panel, mailbox):
    panel.decided("Ann Lee")
    telling.tell(at=MORNING_AFTER)
    assert not [mail for mail in mailbox if "may name you" in mail.text]
    honour = AwardHonour.objects.get()
    sent = {"by": panel.second, "honour": honour, "email": "Ann@X.example", "key": key()}
    for _ in range(2):
        consenting.ask_at(**sent, at=MORNING_AFTER)
    [letter] = mailbox.to("ann@x.example")
    assert "may name you" in letter.text
    consenting.answer(honour=honour, agrees=True, is_adult=True, by=panel.second, at=MORNING_AFTER)
    entry = AuditEntry.objects.get(action="award.consent_answered")
    assert (entry.actor, entry.after) == (panel.second, {"consent": "given"})
    assert "Ann" not in entry.object_label
    with pytest.raises(ValidationError) as refusal:
        consenting.answer(honour=honour, agrees=False, by=make_user(), at=MORNING_AFTER)
    assert refusal.value.code == "judge"


def test_sender_sees_afterwards_what_became_of_it_and_can_no_longer_withdraw(panel, client, at):
    panel.decided("Ann Lee")
    sent = panel.category.nominations.get()
    sign_in(client, sent.submitted_by)
    listing = reverse("awards:categories", args=[panel.conference.slug])
    withdraw = reverse("awards:withdraw", args=[panel.conference.slug, sent.pk])
    at(BEFORE)
    assert "Winner" not in client.get(listing).content.decode()
    assert client.get(withdraw).status_code == 200
    at(AFTER)
    page = client.get(listing).content.decode()
    assert "Winner" in page
    assert withdraw not in page
    answer = client.post(withdraw, {"key": "1b4e28ba-2fa1-11d2-883f-0016d3cca427"})
    assert "have been presented" in answer.content.decode()


def test_decision_told_is_not_decided_anew(panel):
    panel.decided("Ann Lee")
    telling.tell(at=MORNING_AFTER)
    assert AwardDecision.objects.get().told_at == MORNING_AFTER
