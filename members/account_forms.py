"""allauth's forms for an address or a password, in the words of our other forms.

A label stands above each field and stays there; a word inside the field would go as one types.
"""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    ConfirmPasswordResetCodeForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm

NEW_PASSWORD = {"password1": "New password", "password2": "The same again"}


class Worded:
    """Gives fields their `labels`, and nothing inside them."""

    labels: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class SignUp(Worded, SignupForm):
    """A new sign-in: a name and an address."""

    labels: ClassVar = {"email": "Your e-mail address"}


class Address(Worded, AddEmailForm):
    """The address somebody wants to sign in with from now on."""

    labels: ClassVar = {"email": "Your new e-mail address"}


class ForgottenPassword(Worded, ResetPasswordForm):
    """Where to send the code that lets somebody choose a new password."""

    labels: ClassVar = {"email": "Your e-mail address"}


class RecoveredPassword(Worded, ResetPasswordKeyForm):
    """A new password, after that code."""

    labels: ClassVar = NEW_PASSWORD


class FirstPassword(Worded, SetPasswordForm):
    """A password beside the codes by e-mail."""

    labels: ClassVar = NEW_PASSWORD


class OtherPassword(Worded, ChangePasswordForm):
    """Another password instead of the present one."""

    labels: ClassVar = {"oldpassword": "Present password", **NEW_PASSWORD}


class PasswordAgain(Worded, ReauthenticateForm):
    """The password once more, before something that matters."""


class SignInCode(Worded, ConfirmLoginCodeForm):
    """The one-time code that signs in."""


class AddressCode(Worded, ConfirmEmailVerificationCodeForm):
    """The code that shows that an address is one's own."""


class PasswordCode(Worded, ConfirmPasswordResetCodeForm):
    """The code that lets somebody choose a new password."""


class SecondStep(Worded, AuthenticateForm):
    """The code of the authenticator app, or a recovery code."""


class SecondStepAgain(Worded, ReauthenticateByCodeForm):
    """The same once more, before something that matters."""


class NewApp(Worded, ActivateTOTPForm):
    """The first code of an app that is being set up."""
