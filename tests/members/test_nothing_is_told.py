"""No door tells whether an address has a sign-in: same status, same length, same number of mails.

Also: redirects stay inside, limits survive a forged X-Forwarded-For, links come from SITE_URL.
"""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from mailing.models import Mail
from members.models import AuditEntry, User
from tests.factories import PASSWORD, make_user, sign_in

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "ann@example.org", "eve@example.org"  # of one length


def by_code(client, address):
    return client.post(reverse("account_request_login_code"), {"email": address}, follow=True)


def by_empty_password(client, address):
    return client.post(reverse("account_login"), {"login": address, "password": ""}, follow=True)


def by_password(client, address):
    return client.post(reverse("account_login"), {"login": address, "password": "wrong"})


def by_sign_up(client, address):
    return client.post(reverse("account_signup"), {"email": address, "name": "Ann"}, follow=True)


def by_reset(client, address):
    return client.post(reverse("account_reset_password"), {"email": address}, follow=True)


def by_wrong_code(client, address):
    by_code(client, address)
    return client.post(reverse("account_confirm_login_code"), {"code": "AAA-AAA"}, follow=True)


DOORS = [by_code, by_empty_password, by_password, by_sign_up, by_reset, by_wrong_code]


def seen(door, address):
    """What an onlooker sees: every status and address on the way, the length, and the mails."""
    before = Mail.objects.count()
    answer = door(Client(), address)
    way = [(url, status) for url, status in getattr(answer, "redirect_chain", [])]
    page = answer.content.decode()
    return answer.status_code, way, len(page), Mail.objects.count() - before


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_door_answers_alike_whether_or_not_the_address_is_known(door):
    make_user(KNOWN, password=PASSWORD)
    assert seen(door, KNOWN) == seen(door, UNKNOWN)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_door_answers_alike_when_the_sign_in_is_closed(door):
    make_user(KNOWN, password=PASSWORD, is_active=False)
    assert seen(door, KNOWN) == seen(door, UNKNOWN)


@pytest.mark.parametrize("door", [by_code, by_sign_up, by_reset])
def test_mail_to_known_and_unknown_addresses_is_one_security_mail_each(door):
    make_user(KNOWN)
    for address in (KNOWN, UNKNOWN):
        door(Client(), address)
        mail = Mail.objects.get(to_address=address)
        assert mail.kind == "security"


def test_mail_that_leads_somewhere_leads_to_the_site_whatever_host_was_named(settings):
    settings.SITE_URL = "https://conference.example"
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(headers={"Host": "evil.example"})
    by_code(client, UNKNOWN)
    make_user(KNOWN)
    by_sign_up(client, KNOWN)
    texts = "".join(Mail.objects.values_list("text", flat=True))
    assert "evil.example" not in texts
    assert texts.count("https://conference.example/accounts/") == 2


def test_sign_up_makes_a_plain_sign_in_with_a_name(client):
    client.post(
        reverse("account_signup"),
        {"email": "New@Example.org", "name": "Ann\u202e\nJones", "is_staff": "1", "roles": "x"},
    )
    made = User.objects.get(email="new@example.org")
    assert (made.name, made.is_staff, made.is_superuser) == ("Ann Jones", False, False)
    assert not made.has_usable_password()
    assert not EmailAddress.objects.get(user=made).verified


def test_changed_address_is_told_to_the_old_one_and_audited(client):
    person = make_user("old@example.org")
    sign_in(client, person, second_factor=False)
    client.post(reverse("account_email"), {"action_add": "", "email": "new@example.org"})
    mail = Mail.objects.get(to_address="new@example.org")
    code = next(line.strip() for line in mail.text.splitlines() if line.startswith("    "))
    client.post(reverse("account_email_verification_sent"), {"code": code})
    person.refresh_from_db()
    assert person.email == "new@example.org"
    told = Mail.objects.get(to_address="old@example.org")
    assert "new@example.org" in told.text
    entry = AuditEntry.objects.get(action="address.changed")
    assert (entry.before, entry.after) == (
        {"address": "o…@example.org"},
        {"address": "n…@example.org"},
    )


def test_change_to_a_known_address_answers_like_one_to_an_unknown_address():
    make_user(KNOWN)
    lengths = set()
    for address in (KNOWN, UNKNOWN):
        client = sign_in(Client(), make_user(), second_factor=False)
        answer = client.post(
            reverse("account_email"), {"action_add": "", "email": address}, follow=True
        )
        way = tuple(answer.redirect_chain)
        person = answer.wsgi_request.user.email + answer.wsgi_request.user.name
        lengths.add((answer.status_code, way, len(answer.content) - 2 * len(person)))
        assert Mail.objects.filter(to_address=address).count() == 1
    assert len({length[:2] for length in lengths}) == 1


# Limits


@pytest.mark.parametrize("address", [KNOWN, UNKNOWN])
def test_sign_in_codes_are_limited_for_one_address_whatever_forwarded_for_says(address):
    make_user(KNOWN)
    for i in range(8):
        answer = Client().post(
            reverse("account_request_login_code"),
            {"email": address},
            headers={"X-Forwarded-For": f"10.0.{i}.1"},
        )
    assert (answer.status_code, Mail.objects.count()) == (200, 3)


def test_wrong_passwords_from_one_place_are_stopped_whatever_forwarded_for_says(client):
    for i in range(100):
        answer = client.post(
            reverse("account_login"),
            {"login": f"person{i}@example.org", "password": "wrong"},
            headers={"X-Forwarded-For": f"10.{i}.0.1, 192.0.2.{i}"},
        )
    assert answer.status_code == 429 or "Too many" in answer.content.decode()
    make_user(KNOWN, password=PASSWORD)
    client.post(
        reverse("account_login"),
        {"login": KNOWN, "password": PASSWORD},
        headers={"X-Forwarded-For": "203.0.113.9"},
    )
    assert "_auth_user_id" not in client.session


# Redirects

HOSTS = ("evil.example", "evil.example:443", "user@evil.example", "127.0.0.1.evil.example")
SHAPES = (
    "//{0}",
    "///{0}",
    "////{0}",
    "http://{0}",
    "https://{0}/",
    "HTTPS://{0}",
    "http:{0}",
    "http:/{0}",
    "http:///{0}",
    "\\\\{0}",
    "/\\{0}",
    "/\t/{0}",
    "\t//{0}",
    "%20//{0}",
    "https:\\\\{0}",
    "//testserver@{0}",
    "//{0}\\@testserver",
    "https://testserver:80@{0}",
)
SCRIPTS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "javascript://testserver/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "ftp://evil.example/",
    "file:///etc/passwd",
    "mailto:x@evil.example",
)
PAYLOADS = sorted({shape.format(host) for shape in SHAPES for host in HOSTS} | set(SCRIPTS))


def test_there_are_sixty_payloads_at_least():
    assert len(PAYLOADS) >= 60


@pytest.mark.parametrize("payload", PAYLOADS)
def test_redirect_after_signing_in_and_out_stays_inside(client, payload):
    person = make_user(password=PASSWORD)
    form = {"login": person.email, "password": PASSWORD, "next": payload}
    assert leads_inside(client.post(reverse("account_login"), form), payload)
    assert leads_inside(client.get(reverse("account_login"), {"next": payload}), payload)
    assert leads_inside(client.post(reverse("account_logout"), {"next": payload}), payload)
    assert leads_inside(client.get("/admin/login/", {"next": payload}), payload)


def leads_inside(response, payload):
    """Where a browser would go, which reads backslashes as slashes and skips tabs and line ends."""
    target = response.headers.get("Location", "/")
    read = re.sub(r"[\t\r\n]", "", target).replace("\\", "/").strip()
    return urlsplit(urljoin("http://testserver/accounts/login/", read))[:2] == (
        "http",
        "testserver",
    )
