"""Privileged people pass a second factor in the session, whichever door they came by."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from allauth.mfa.utils import decrypt
from django.http import HttpResponse
from django.urls import reverse

from mailing.models import Mail
from members.second_factor import second_factor_required
from tests.factories import PASSWORD, make_staff, make_user, sign_in

pytestmark = pytest.mark.django_db

ADMIN = "/admin/"
ACTIVATE = "/accounts/2fa/totp/activate/"
REAUTHENTICATE = "/accounts/2fa/reauthenticate/"


def code_now(authenticator):
    secret = decrypt(authenticator.data["secret"])
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def mailed_code(address):
    mail = Mail.objects.filter(to_address=address).latest("pk")
    return re.search(r"^    (\S+)$", mail.text, re.MULTILINE)[1]


def by_password(client, user):
    return client.post(
        reverse("account_login"), {"login": user.email, "password": PASSWORD, "next": ADMIN}
    )


def by_code(client, user):
    client.post(reverse("account_request_login_code"), {"email": user.email, "next": ADMIN})
    return client.post(
        reverse("account_confirm_login_code"), {"code": mailed_code(user.email), "next": ADMIN}
    )


def by_password_reset(client, user):
    client.post(reverse("account_reset_password"), {"email": user.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": mailed_code(user.email)})
    new = "an entirely new passphrase"
    client.post(reverse("account_complete_password_reset"), {"password1": new, "password2": new})
    return client.post(
        reverse("account_login"), {"login": user.email, "password": new, "next": ADMIN}
    )


def by_the_admins_own_form(client, user):
    return client.post(
        reverse("admin:login"), {"username": user.email, "password": PASSWORD, "next": ADMIN}
    )


DOORS = [by_password, by_code, by_password_reset, by_the_admins_own_form]


@pytest.mark.parametrize("door", DOORS)
def test_admin_of_staff_without_authenticator_is_not_reached_by_any_door(client, door):
    staff = make_staff(password=PASSWORD)
    door(client, staff)
    response = client.get(ADMIN)
    assert response.status_code == 302
    assert response.url.split("?")[0] in {ACTIVATE, "/admin/login/"}


@pytest.mark.parametrize("door", DOORS)
def test_admin_of_staff_with_authenticator_is_not_reached_before_its_code(client, door):
    staff = make_staff(password=PASSWORD)
    TOTP.activate(staff, generate_totp_secret())
    door(client, staff)
    response = client.get(ADMIN)
    assert (response.status_code, response.url.split("?")[0]) == (302, "/admin/login/")


@pytest.mark.parametrize("door", [by_password, by_code])
def test_admin_opens_when_the_authenticators_code_was_given_at_sign_in(client, door):
    staff = make_staff(password=PASSWORD)
    authenticator = TOTP.activate(staff, generate_totp_secret()).instance
    assert door(client, staff).url.startswith("/accounts/2fa/authenticate/")
    client.post(reverse("mfa_authenticate"), {"code": code_now(authenticator)})
    assert client.get(ADMIN).status_code == 200


def test_authenticators_code_used_twice_is_refused(client, django_user_model):
    staff = make_staff(password=PASSWORD)
    authenticator = TOTP.activate(staff, generate_totp_secret()).instance
    code = code_now(authenticator)
    by_password(client, staff)
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.post(reverse("account_logout"))
    by_password(client, staff)
    response = client.post(reverse("mfa_authenticate"), {"code": code})
    assert response.status_code == 200
    assert client.get(ADMIN).status_code == 302


def test_staff_signed_in_by_code_sets_up_an_authenticator_and_reaches_the_admin(client):
    staff = make_staff()
    by_code(client, staff)
    assert client.get(ADMIN).url == ACTIVATE
    page = client.get(ACTIVATE)
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post(ACTIVATE, {"code": code}).status_code == 302
    asked = client.get(ADMIN)
    assert asked.url == f"{REAUTHENTICATE}?next=%2Fadmin%2F"
    authenticator = Authenticator.objects.get(user=staff, type=Authenticator.Type.TOTP)
    client.post(asked.url, {"code": code_now(authenticator)})
    assert client.get(ADMIN).status_code == 200


def test_recovery_codes_alone_are_no_authenticator(client):
    staff = make_staff()
    sign_in(client, staff)
    Authenticator.objects.filter(user=staff).update(type=Authenticator.Type.RECOVERY_CODES)
    assert client.get(ADMIN).url == ACTIVATE


def test_record_of_another_person_opens_nothing(client):
    staff, other = make_staff(), make_staff()
    sign_in(client, other)
    records = client.session["account_authentication_methods"]
    sign_in(client, staff)
    session = client.session
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(other.pk)
    session.save()
    assert client.get(ADMIN).url.startswith(REAUTHENTICATE)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/login/",
        "/admin/logout/",
        "/admin/password_change/",
        "/admin/jsi18n/",
        "/admin/nowhere/",
    ],
)
def test_every_corner_of_the_admin_asks_for_the_second_factor(client, path):
    sign_in(client, make_staff(), second_factor=False)
    assert client.get(path).url == ACTIVATE


def test_staff_may_sign_out_without_the_second_factor(client):
    sign_in(client, make_staff(), second_factor=False)
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_admin_refuses_a_person_who_is_not_staff_even_with_a_second_factor(client):
    sign_in(client, make_user())
    assert client.get(ADMIN, follow=True).status_code == 403


def test_secret_of_an_authenticator_is_not_in_the_database(client):
    secret = generate_totp_secret()
    authenticator = TOTP.activate(make_user(), secret).instance
    authenticator.refresh_from_db()
    assert secret not in str(authenticator.data)
    assert decrypt(authenticator.data["secret"]) == secret


def test_secret_stays_readable_after_the_sites_key_was_rotated(settings):
    authenticator = TOTP.activate(make_user(), "SECRET").instance
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-that-is-long-enough-to-be-used-in-production-too"
    assert decrypt(authenticator.data["secret"]) == "SECRET"


@second_factor_required
def desk(request):
    return HttpResponse("the desk")


@pytest.mark.parametrize(("second_factor", "answer"), [(True, b"the desk"), (False, b"")])
def test_desk_of_a_lay_person_asks_for_the_second_factor(client, rf, second_factor, answer):
    person = make_user()
    sign_in(client, person, second_factor=second_factor)
    request = rf.get("/desk/")
    request.user, request.session = person, client.session
    request._messages = []
    request._messages = type("Messages", (), {"add": lambda *args: None})()
    assert desk(request).content == answer


def test_desk_leaves_strangers_to_the_sign_in_page(rf):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/desk/")
    request.user = AnonymousUser()
    assert desk(request).content == b"the desk"
    assert desk.needs_second_factor
