"""How allauth works here: its mails go through the outbox, its secrets are kept encrypted.

No answer tells whether an address is known: allauth sends one mail in either case, and the texts of
the two differ only for the owner of the mailbox. Links come from `SITE_URL`, never a request.
"""

from __future__ import annotations

import base64
import datetime as dt
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse

import clock
from mailing import links, outbox

#: allauth's name of a mail -> subject, our template, and after how many minutes it is pointless.
MAILS: dict[str, tuple[str, str, int | None]] = {
    "account/email/login_code": ("Your sign-in code", "login_code", 15),
    "account/email/email_confirmation": ("Confirm your e-mail address", "confirm_address", 15),
    "account/email/email_confirmation_signup": (
        "Confirm your e-mail address",
        "confirm_address",
        15,
    ),
    "account/email/unknown_account": ("Signing in", "unknown_account", 60),
    "account/email/account_already_exists": ("Signing in", "account_already_exists", 60),
    "account/email/password_reset_code": ("Choose a new password", "password_reset", 15),
    "account/email/email_changed": ("Your e-mail address was changed", "address_changed", None),
    "account/email/email_deleted": ("An e-mail address was removed", "security_notice", None),
    "account/email/email_confirm": ("Your e-mail address is confirmed", "security_notice", None),
    "account/email/password_changed": ("Your password was changed", "security_notice", None),
    "account/email/password_reset": ("Your password was changed", "security_notice", None),
    "account/email/password_set": ("A password was set", "security_notice", None),
    "mfa/email/totp_activated": ("Your authenticator app is set up", "security_notice", None),
    "mfa/email/totp_deactivated": ("Your authenticator app was removed", "security_notice", None),
    "mfa/email/recovery_codes_generated": ("New recovery codes were made", "security_notice", None),
}
#: What of allauth's facts our texts may see.
FACTS = ("code", "from_email", "to_email", "deleted_email")


class AccountAdapter(DefaultAccountAdapter):
    """allauth's hooks for people and addresses."""

    def clean_email(self, email: str) -> str:
        """One spelling of an address, so that one is one."""
        return super().clean_email(email.strip().lower())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Puts allauth's mail into the outbox as security mail, in our words."""
        subject, template, minutes = MAILS[template_prefix]
        at = clock.now()
        outbox.put(
            key=f"sign-in:{uuid.uuid4()}",
            to=email,
            subject=subject,
            template=f"members/{template}",
            context={
                **{name: context[name] for name in FACTS if name in context},
                "sign_in_url": links.site(reverse("account_request_login_code")),
                "sign_up_url": links.site(reverse("account_signup")),
                "at": at,
            },
            kind="security",
            at=at,
            pointless_after=at + dt.timedelta(minutes=minutes) if minutes else None,
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tells a person of a change to their sign-in, at the address they had before it."""
        self.send_mail(template_prefix, email or user.email, context or {})


class MFAAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps and recovery codes encrypted in the database."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    """Encrypts with the key in force and still reads what a key before it encrypted."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([_fernet(key) for key in keys])


def _fernet(secret: str) -> Fernet:
    """A key of its own for this purpose, derived from the site's secret."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"coopconf second factor secrets")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret.encode())))
