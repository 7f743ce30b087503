"""Whom to ask: on the contact page and in mails, the conference's people before the site's."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

import clock
from events.imprints import facts_of_mail
from events.models import Conference, Imprint, SiteContact
from mailing import outbox
from mailing.models import Mail
from members.models import AuditEntry
from members.roles import Role
from tests.factories import AT, make_conference, make_staff, sign_in

pytestmark = pytest.mark.django_db
TEAM = {"name": "Conference team", "email": "team@party.example", "phone": "020 7946 0000"}


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(AT):
        yield


@pytest.fixture(autouse=True)
def _imprint(_noon):
    Imprint.objects.create(text="Promoted by A. N. Other, 1 Street", in_force_from=AT)


def page() -> str:
    return Client().get(reverse("contact")).content.decode()


def test_page_with_nobody_named_leads_to_the_conferences() -> None:
    assert "Each conference has people of its own to ask." in page()
    assert "Find your conference" in page()
    assert "About one conference" not in page()


def test_page_names_the_contact_of_the_site_with_what_is_known() -> None:
    row = SiteContact.objects.create(pk=1, hours="Weekdays", **TEAM)
    shown = page()
    assert "Conference team is glad to help." in shown
    assert 'href="mailto:team@party.example"' in shown
    assert "Weekdays" in shown
    assert "Letters" not in shown
    row.postal_address = "1 Street\nLondon"
    row.save()
    assert "1 Street<br>London" in page()


def test_page_lists_the_people_of_conferences_to_come_and_of_no_draft() -> None:
    named = {"contact_name": "Claire", "contact_email": "claire@party.example"}
    make_conference("Coming", **named)
    make_conference("Nobody Named")
    make_conference("Secret", status=Conference.Status.DRAFT, **named)
    make_conference("Gone", status=Conference.Status.OVER, **named)
    shown = page()
    assert "Coming" in shown
    assert shown.count("claire@party.example</a>") == 1
    assert not any(title in shown for title in ("Nobody Named", "Secret", "Gone"))


def test_contact_of_a_mail_is_the_conferences_own_or_the_sites() -> None:
    make_conference("Own", slug="own", contact_name="Claire", contact_email="claire@party.example")
    make_conference("None", slug="none")
    assert [facts_of_mail(AT, slug)["contact"] for slug in ("none", "")] == [{}, {}]
    SiteContact.objects.create(pk=1, **TEAM)
    claire = {"name": "Claire", "email": "claire@party.example", "phone": ""}
    assert [facts_of_mail(AT, slug)["contact"] for slug in ("own", "")] == [claire, TEAM]


def test_mail_says_whom_to_ask_in_text_and_in_html() -> None:
    SiteContact.objects.create(pk=1, **TEAM)
    outbox.put(
        key="k",
        to="ann@example.org",
        subject="Hello",
        template="members/claim_received",
        context={},
        kind="notice",
        at=AT,
    )
    mail = Mail.objects.get()
    words = "Questions? Conference team, team@party.example, 020 7946 0000"
    assert words in mail.text
    assert words in mail.html


def test_staff_enter_it_once_and_change_it_ever_after() -> None:
    client = sign_in(Client(), make_staff(Role.REGISTRATIONS_OFFICER))
    add = reverse("admin:events_sitecontact_add")
    assert client.post(add, TEAM).status_code == 302
    assert "Conference team is glad to help." in page()
    assert client.get(add).status_code == 403
    change = reverse("admin:events_sitecontact_change", args=[1])
    assert client.post(change, {**TEAM, "name": "The office"}).status_code == 302
    assert "The office is glad to help." in page()
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "sitecontact.added",
        "sitecontact.changed",
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"pk": 2, **TEAM}, "There is one contact of the site: change it."),
        ({"pk": 1, "name": "Team"}, "Give an e-mail address, a phone number or an address."),
    ],
)
def test_contact_that_cannot_be_is_refused(fields, words) -> None:
    with pytest.raises(ValidationError) as refusal:
        SiteContact(**fields).validate_constraints()
    assert refusal.value.messages == [words]
