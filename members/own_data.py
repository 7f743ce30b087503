"""What this app, the mail above it and the sign-in library hold of people.

Mail cannot import this app, and allauth, Django and Celery know nothing of the register: their
tables are declared here. The mail's rows are found by address, since it knows no sign-ins.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q

from mailing.models import Heartbeat, Mail, Suppression
from members.models import (
    AuditEntry,
    Consent,
    Erasure,
    Member,
    Office,
    Officeholding,
    OfficeInvitation,
    Organisation,
    Region,
    User,
)
from members.personal_data import (
    Blank,
    Delete,
    Keep,
    Person,
    declare,
    declare_impersonal,
    erased_address,
)


def declare_all() -> None:
    """Enters every model of the three, once, when the site starts."""
    _people()
    _consents()
    _offices()
    _trail()
    _mail()
    _signing_in()
    _sessions()
    _impersonal()


def _of_user(field: str):
    """Rows that point at the person's sign-in by this field."""

    def found_by(person: Person) -> Q | None:
        return Q(**{field: person.user}) if person.user else None

    return found_by


def _at_address(field: str):
    """Rows with one of the person's addresses in this field."""

    def found_by(person: Person) -> Q:
        return Q(**{f"{field}__in": person.addresses})

    return found_by


def _people() -> None:
    declare(
        User,
        personal=("email", "name", "last_login", "date_joined"),
        why="to let a person in and to say who did what",
        kept="until the person asks, or two years after the last sign-in",
        found_by=lambda person: Q(pk=person.user.pk) if person.user else None,
        erasure=Blank(
            {
                "email": erased_address,
                "name": "Erased person",
                "password": "!",
                "is_active": False,
                "is_staff": False,
                "last_login": None,
            },
            reason="the row stays, without the person, because acts and votes refer to it",
        ),
        addresses=("email",),
        secret=("password",),
        order=90,
    )
    declare(
        Member,
        personal=("number", "given_names", "surname", "postcode", "email", "standing", "user"),
        why="who may vote and stand; political opinion, held as a political party may",
        kept="as long as the party's register holds it",
        found_by=_of_user("user"),
        erasure=Blank(
            {"user": None},
            reason="the party's register is the master: the record leaves here when it does there",
        ),
        is_special=True,
        order=80,
    )


def _consents() -> None:
    declare(
        Consent,
        personal=("address",),
        why="to show what was agreed to, in which words, and when it was taken back",
        kept="six years after it was taken back",
        found_by=_at_address("address"),
        erasure=Delete("without the address there is nothing to be mailed"),
        addresses=("address",),
    )


def _offices() -> None:
    declare(
        Officeholding,
        personal=("user", "evidence", "decision_reason"),
        why="who acted for a body and since when",
        kept="as long as the body's business: who submitted must stay answerable",
        found_by=_of_user("user"),
        erasure=Blank(
            {"evidence": "", "decision_reason": ""},
            reason="that somebody held the office stays; the words about the person go",
        ),
    )
    declare(
        OfficeInvitation,
        personal=("email",),
        why="to invite a successor or colleague",
        kept="a year after it was answered or ran out",
        found_by=_at_address("email"),
        erasure=Blank({"email": erased_address}, reason="that there was an invitation stays"),
        addresses=("email",),
        secret=("token_hash",),
    )


def _trail() -> None:
    declare(
        AuditEntry,
        personal=("actor",),
        why="privileged acts must stay answerable; legal claims",
        kept="six years",
        found_by=_of_user("actor"),
        erasure=Keep("it cannot be changed by anybody, and names people by number only"),
    )
    declare(
        Erasure,
        personal=("user_number", "digests", "by"),
        why="to erase again after a backup was restored",
        kept="as long as the oldest backup",
        found_by=lambda person: Q(user_number=person.user.pk) if person.user else None,
        erasure=Keep(
            "it holds keyed digests, and without it a restore would bring the person back"
        ),
        secret=("digests",),
    )


def _mail() -> None:
    declare(
        Mail,
        personal=("to_address", "to_name", "reply_to", "subject", "text", "html", "headers"),
        why="to send it, and to say what was sent",
        kept="texts thirty days after sending; the row a year",
        found_by=_at_address("to_address"),
        erasure=Delete("what was to be sent has been sent"),
        addresses=("to_address",),
        order=95,  # what other tables tell on the way out goes too
    )
    declare(
        Suppression,
        personal=("address", "note"),
        why="to keep the promise not to write to this address",
        kept="until the person lifts it",
        found_by=_at_address("address"),
        erasure=Keep("forgetting the wish not to be mailed would break it"),
    )


def _signing_in() -> None:
    declare(
        EmailAddress,
        personal=("email", "user"),
        why="to know that an address was confirmed",
        kept="as long as the sign-in",
        found_by=_of_user("user"),
        erasure=Delete("it only serves signing in"),
        addresses=("email",),
        order=60,
    )
    declare(
        EmailConfirmation,
        personal=("email_address",),
        why="to confirm an address",
        kept="three days",
        found_by=lambda person: Q(email_address__user=person.user) if person.user else None,
        erasure=Delete("it only serves signing in"),
        secret=("key",),
        order=40,
    )


def _sessions() -> None:
    declare(
        Authenticator,
        personal=("user", "last_used_at"),
        why="the second factor",
        kept="as long as the sign-in",
        found_by=_of_user("user"),
        erasure=Delete("it only serves signing in"),
        secret=("data",),
    )
    declare(
        UserSession,
        personal=("user", "ip", "user_agent", "last_seen_at"),
        why="to let people see and end their sessions",
        kept="as long as the session, twelve hours",
        found_by=_of_user("user"),
        erasure=Delete("ends the session"),
        secret=("session_key",),
    )
    declare(
        LogEntry,
        personal=("user", "object_repr", "change_message"),
        why="the admin's own note of what staff changed",
        kept="a year",
        found_by=_of_user("user"),
        erasure=Keep("what staff did must stay answerable"),
    )


def _impersonal() -> None:
    declare_impersonal(Region, Office, because="names of places and of offices")
    declare_impersonal(Organisation, because="a body; its mailbox is shared, not a person's")
    declare_impersonal(Heartbeat, because="signs of life of machines")
    declare_impersonal(Group, Permission, ContentType, because="names of roles and of tables")
    declare_impersonal(
        Session,
        because="a random key and sealed contents; ended through the list of sessions",
    )
