"""The sign-in form: an address, and a password for those who have one."""

from __future__ import annotations

from typing import ClassVar

from allauth.account.forms import LoginForm

from members.account_forms import Worded


class SignInForm(Worded, LoginForm):
    """Without a password a one-time code is sent; nobody needs a password at all.

    allauth takes the field away when signing up asks for no password; here it stays, optional.
    """

    labels: ClassVar = {"login": "E-mail address"}

    def _setup_password_field(self) -> None:
        password = self.fields["password"]
        password.required = False
        password.help_text = "Leave it empty to get a one-time code by e-mail."
