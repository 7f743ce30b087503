"""The sign-in: one person, one e-mail address."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    """Creates users by e-mail address; addresses are kept in lower case, so that one is one."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make an ordinary sign-in. Without a password it is used with one-time codes."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make the first administrator of an installation."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str) -> User:
        return self.get(email=(email or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What they may do comes from roles, offices and appointments."""

    email = models.EmailField(
        "e-mail address",
        max_length=254,
        unique=True,
        error_messages={"unique": "Another sign-in has this e-mail address."},
    )
    name = models.CharField("full name", max_length=150, blank=True)
    is_staff = models.BooleanField(
        "works in the admin",
        default=False,
        help_text="Staff of the party. Lay people (CAC, tellers, stewards) are never staff.",
    )
    is_active = models.BooleanField("may sign in", default=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        help_text="The sign-in that this duplicate was made one with.",
    )
    date_joined = models.DateTimeField("since", default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()

    class Meta:
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="members_user_email_in_lower_case",
                violation_error_message="E-mail addresses are kept in lower case.",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | models.Q(is_active=False),
                name="members_user_merged_is_not_active",
                violation_error_message="A sign-in that was merged into another is closed.",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True)
                | ~models.Q(merged_into=models.F("pk")),
                name="members_user_not_merged_into_itself",
                violation_error_message="A sign-in cannot be merged into itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def audit_label(self) -> str:
        """What the audit trail, which cannot forget, calls this person."""
        return f"sign-in {self.pk}"

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email
