"""Recognition awards: the door, and that nobody but the sender learns anything."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mailing.models import Mail
from members.models import AuditEntry
from motions.awards.services import proposing as services
from motions.awards.services.proposing import Proposal
from motions.models import AwardNomination
from tests.factories import AT, make_officer, make_organisation, make_society, sign_in
from tests.motions.make import key, make_category, words

pytestmark = pytest.mark.django_db

SECRET = "Sally Secret"
CLOSED = dt.datetime(2016, 8, 1, 23, 0, tzinfo=dt.UTC)


def propose(category=None, body=None, at=AT, citation="She founded a food co-op.", **more):
    body = body or make_society(contact_email="office@body.example")
    return services.propose(
        by=more.pop("by", None) or make_officer(body),
        category=category or make_category(),
        organisation=body,
        proposal=Proposal(
            name=more.pop("name", SECRET),
            citation=citation,
            body=more.pop("nominee_body", None),
            email=more.pop("email", ""),
            is_under_18=more.pop("is_under_18", False),
            files=more.pop("files", ()),
        ),
        at=at,
        key=more.pop("k", None) or key(),
        **more,
    )


def test_propose_gives_the_receipt_to_the_sender_alone_and_names_nobody_elsewhere():
    body = make_society(contact_email="office@body.example")
    other_officer = make_officer(body)
    sender = make_officer(body)
    receipt = propose(body=body, by=sender)
    mail = Mail.objects.get()
    assert mail.to_address == sender.email != other_officer.email
    assert SECRET in mail.text
    assert SECRET not in mail.subject
    entry = AuditEntry.objects.get(action="award_nomination.submitted")
    assert SECRET not in f"{entry.object_label} {entry.after}"
    assert (receipt.organisation, receipt.title) == (None, "Recognition award")


def test_pages_show_a_nomination_to_its_sender_and_to_nobody_else(client, at):
    at("2016-03-14 13:00")
    body = make_society()
    receipt = propose(body=body)
    nomination = AwardNomination.objects.get()
    listing = reverse("awards:categories", args=[receipt.conference.slug])
    pages = [
        reverse("motions:receipt", args=[receipt.conference.slug, receipt.number]),
        reverse("awards:withdraw", args=[receipt.conference.slug, nomination.pk]),
    ]
    for other in (None, make_officer(body), make_officer(make_society())):
        if other:
            sign_in(client, other)
            assert [client.get(page).status_code for page in pages] == [404, 404]
        assert SECRET not in client.get(listing).content.decode()
    sign_in(client, receipt.given_to)
    assert [client.get(page).status_code for page in pages] == [200, 200]
    assert SECRET in client.get(listing).content.decode()


def test_propose_after_the_door_closed_is_refused():
    propose(at=CLOSED - dt.timedelta(microseconds=1))
    with pytest.raises(ValidationError) as refusal:
        propose(at=CLOSED)
    assert refusal.value.code == "closed"


def test_propose_on_paper_received_in_time_is_taken_later():
    receipt = propose(at=CLOSED + dt.timedelta(days=1), channel="post", received_at=AT)
    assert receipt.at == AT


def test_propose_by_a_branch_when_branches_may_is_taken():
    category = make_category(from_branches=True)
    assert propose(category, make_organisation(kind="branch")).number == 1


def test_propose_with_too_long_a_citation_is_refused_with_the_count():
    with pytest.raises(ValidationError) as refusal:
        propose(make_category(max_words=10), citation=words(11))
    assert "11 words" in refusal.value.message_dict["citation"][0]


def test_one_nominee_of_two_bodies_is_kept_twice():
    category = make_category()
    propose(category)
    propose(category)
    assert AwardNomination.objects.filter(nominee_name=SECRET).count() == 2


def test_withdraw_gives_a_receipt_and_only_once():
    receipt = propose()
    nomination = AwardNomination.objects.get()
    facts = {"by": receipt.given_to, "nomination": nomination, "at": AT}
    assert services.withdraw_proposal(**facts, key=key()).kind == "withdrawn"
    with pytest.raises(ValidationError):
        services.withdraw_proposal(**facts, key=key())


def test_page_refused_keeps_the_citation_and_sent_leads_to_the_receipt(client, at):
    at("2016-03-14 13:00")
    category, body = make_category(), make_society()
    sign_in(client, make_officer(body))
    page = reverse("awards:propose", args=[category.conference.slug, category.pk])
    data = {"key": key(), "organisation": body.pk, "citation": "A long story."}
    assert "A long story." in client.post(page, data).content.decode()
    answer = client.post(page, data | {"nominee_name": SECRET})
    assert SECRET in client.get(answer.headers["Location"]).content.decode()
