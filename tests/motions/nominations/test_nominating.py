"""Nominations: eligibility in words, consent, receipts, the door."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mailing.models import Mail
from motions.models import Candidate, Nomination, Receipt
from motions.nominations import eligibility
from motions.nominations.services import answering, nominating, striking, withdrawing
from motions.nominations.services.nominating import Nominee, Paper
from registrations.models import PassType
from tests.factories import AT, make_officer, make_organisation, make_region, make_society, sign_in
from tests.motions.make import key, make_post

pytestmark = pytest.mark.django_db

LAST_MOMENT = dt.datetime(2016, 8, 1, 22, 59, 59, 999999, tzinfo=dt.UTC)
CLOSED = dt.datetime(2016, 8, 1, 23, 0, tzinfo=dt.UTC)


def nominate(post=None, body=None, *, region="Wales", email="nia@example.org", at=AT, **more):
    body = body or make_society()
    return nominating.nominate(
        by=more.pop("by", None) or make_officer(body),
        post=post or make_post(),
        organisation=body,
        nominee=Nominee(name="Nia Nominee", email=email, region=make_region(region)),
        at=at,
        key=more.pop("k", None) or key(),
        **more,
    )


@pytest.mark.parametrize(
    ("region", "reason"),
    [
        (
            "West Midlands",
            "A member from West Midlands cannot stand in 2016: the region is already represented "
            "on the committee.",
        ),
        (
            "North East & North Cumbria",
            "A member from North East & North Cumbria cannot stand in 2016: the region is already "
            "represented on the committee.",
        ),
        ("North West", None),
        ("Wales", None),
    ],
)
def test_nominate_by_region_of_the_candidate_follows_the_bar(region, reason):
    if reason is None:
        assert nominate(region=region).kind == Receipt.Kind.SUBMITTED
        return
    with pytest.raises(ValidationError) as refusal:
        nominate(region=region)
    assert refusal.value.message_dict == {"region": [reason]}


@pytest.mark.parametrize(
    ("kind", "is_taken"), [("party_council", True), ("society", True), ("branch", False)]
)
def test_nominate_by_kind_of_body_takes_councils_and_societies(kind, is_taken):
    body = make_organisation(kind=kind)
    if is_taken:
        assert nominate(body=body).organisation == body
        return
    with pytest.raises(ValidationError) as refusal:
        nominate(body=body)
    assert refusal.value.code == "sender"


def test_nominate_on_the_last_microsecond_is_taken_and_at_midnight_refused():
    assert nominate(at=LAST_MOMENT).number == 1
    with pytest.raises(ValidationError) as refusal:
        nominate(at=CLOSED)
    assert refusal.value.code == "closed"


def test_nominate_somebody_not_registered_is_conditional_and_says_so():
    receipt = nominate()
    candidate = receipt.nomination.candidate
    assert eligibility.is_conditional(candidate)
    officers = Mail.objects.filter(key__startswith="motions:receipt:")
    assert all("depends on Nia Nominee being registered" in mail.text for mail in officers)


def test_condition_of_a_registered_delegate_is_met(delegate_place):
    candidate = nominate().nomination.candidate
    delegate_place(candidate.post.conference, "Nia@Example.org", PassType.Role.VISITOR)
    assert eligibility.is_conditional(candidate)
    delegate_place(candidate.post.conference, "Nia@Example.org", PassType.Role.DELEGATE)
    assert not eligibility.is_conditional(candidate)


def test_nominate_twice_by_one_body_is_refused_and_by_two_bodies_is_one_candidate():
    post, body = make_post(), make_society()
    nominate(post, body)
    with pytest.raises(ValidationError) as refusal:
        nominate(post, body, email="NIA@example.org")
    assert refusal.value.code == "twice"
    nominate(post, make_society())
    assert Candidate.objects.count() == 1
    assert Nomination.objects.count() == 2


def test_receipts_of_two_bodies_keep_each_its_own_words_to_the_end():
    post, first, second = make_post(), make_society(), make_society()
    nominate(post, first)
    officer = make_officer(second)
    theirs = Nominee(
        name=" Nia  Nominée ",
        email="Nia@Example.org",
        region=make_region("London"),
        membership_number="M 7",
    )
    receipt = nominating.nominate(
        by=officer, post=post, organisation=second, nominee=theirs, at=AT, key=key()
    )
    assert receipt.title == "Nia Nominée for CAC member"
    assert receipt.text.splitlines() == [
        "Nominee: Nia Nominée",
        "E-mail: nia@example.org",
        "Membership number: M 7",
        "Region: London",
        f"Nominated by: {second.name}",
    ]
    withdrawn = withdrawing.withdraw_nomination(
        by=officer, nomination=receipt.nomination, at=AT, key=key()
    )
    assert (withdrawn.title, withdrawn.text) == (receipt.title, receipt.text)
    assert Candidate.objects.get().name == "Nia Nominee"


def test_nominate_with_one_key_twenty_times_makes_one():
    post, body, k = make_post(), make_society(), key()
    officer = make_officer(body)
    assert len({nominate(post, body, by=officer, k=k).pk for _ in range(20)}) == 1
    assert Nomination.objects.count() == 1


def test_nominate_on_paper_is_judged_by_the_instant_of_receipt():
    body = make_society()
    after = CLOSED + dt.timedelta(days=2)
    receipt = nominate(body=body, at=after, paper=Paper(channel="post", received_at=LAST_MOMENT))
    assert receipt.at == LAST_MOMENT
    with pytest.raises(ValidationError):
        nominate(body=body, at=after, paper=Paper(channel="post", received_at=CLOSED))


def test_answer_by_the_personal_link_is_recorded_and_told(client, at):
    at("2016-03-14 13:00")
    receipt = nominate()
    mail = Mail.objects.get(to_address="nia@example.org")
    path = mail.text[mail.text.index("/nominations/") :].split()[0]
    assert "Do you want to stand, Nia Nominee?" in client.get(path).content.decode()
    client.post(path, {"answer": "yes"})
    candidate = receipt.nomination.candidate
    candidate.refresh_from_db()
    assert candidate.state == Candidate.State.CONSENTED
    assert Mail.objects.filter(key__startswith="nominations:answer:consented").count() == 1
    assert client.get(reverse("nominations:answer", args=["guess"])).status_code == 404


def test_nominate_somebody_who_declined_is_refused():
    post = make_post()
    candidate = nominate(post).nomination.candidate
    answering.answer(candidate=candidate, accepts=False, at=AT)
    with pytest.raises(ValidationError) as refusal:
        nominate(post, make_society())
    assert refusal.value.code == "declined"


def test_strike_out_needs_a_reason_and_tells_the_body():
    receipt = nominate()
    candidate = receipt.nomination.candidate
    with pytest.raises(ValidationError):
        striking.strike_out(by=receipt.given_to, candidate=candidate, reason=" ", at=AT)
    striking.strike_out(
        by=receipt.given_to, candidate=candidate, reason="Not registered as a delegate.", at=AT
    )
    mail = Mail.objects.get(key__startswith="nominations:struck-out")
    assert "Not registered as a delegate." in mail.text


def test_withdraw_gives_a_receipt_and_lets_the_body_nominate_again():
    post, body = make_post(), make_society()
    receipt = nominate(post, body)
    withdrawn = withdrawing.withdraw_nomination(
        by=receipt.given_to, nomination=receipt.nomination, at=AT, key=key()
    )
    assert withdrawn.kind == Receipt.Kind.WITHDRAWN
    assert nominate(post, body).number == 3


def test_page_refuses_a_barred_region_in_words_and_keeps_what_was_typed(client, at):
    at("2016-03-14 13:00")
    post, body = make_post(), make_society()
    sign_in(client, make_officer(body))
    page = reverse("nominations:nominate", args=[post.conference.slug, post.pk])
    data = {
        "key": key(),
        "organisation": body.pk,
        "name": "Nia Nominee",
        "email": "nia@example.org",
        "region": make_region("West Midlands").pk,
        "has_agreed": "on",
    }
    shown = client.post(page, data).content.decode()
    assert "the region is already represented" in shown
    assert "Nia Nominee" in shown
    answer = client.post(page, data | {"region": make_region("Wales").pk})
    assert answer.headers["Location"].endswith("/receipts/1/")
    assert "Nia Nominee" in client.get(answer.headers["Location"]).content.decode()


def test_pages_show_a_body_its_own_nominations_only(client, at):
    at("2016-03-14 13:00")
    receipt = nominate()
    page = reverse("nominations:posts", args=[receipt.conference.slug])
    assert "Nia Nominee" not in client.get(page).content.decode()
    sign_in(client, make_officer(make_society()))
    assert "Nia Nominee" not in client.get(page).content.decode()
    sign_in(client, receipt.given_to)
    assert "Nia Nominee" in client.get(page).content.decode()
