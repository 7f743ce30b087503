"""What this app, the mail above it and the sign-in library hold of people.

Mail cannot import this app, and allauth, Django and Celery know nothing of the register: their
tables are declared here. The mail's rows are found by address, since it knows no sign-ins.
"""

from __future__ import annotations

import datetime as dt

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q

from mailing.models import Heartbeat, Mail, Suppression
from members.endings import ERASED_HOST
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
from members.periods import after
from members.personal_data import (
    Blank,
    Delete,
    Keep,
    Period,
    Person,
    WordsOf,
    declare,
    declare_impersonal,
    erased_address,
    hold_back,
)

#: Nothing will happen to these mails any more; the others have a way to go or wait for a person.
OVER = Q(state__in=["sent", "failed", "cancelled", "expired", "suppressed"])
WORDS = Blank(
    {"text": "", "html": "", "subject": "", "to_name": ""},
    reason="that a mail was sent stays for a year",
)
#: What only serves a sign-in goes with it.
WHEN_ERASED = after("user__date_joined", only=Q(user__email__endswith=ERASED_HOST))


def _session_is_over(at: dt.datetime) -> Q:
    living = Session.objects.filter(expire_date__gt=at)
    return ~Q(session_key__in=living.values("session_key"))


def declare_all() -> None:
    """Enters every model of the three, once, when the site starts."""
    _people()
    _members()
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
        kept="until the person asks, or two years after the last sign-in; longer while they work "
        "for the party, hold an office or come to a conference that is not over",
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
        ends=(
            after("last_login", years=2, only=Q(is_staff=False)),
            after("date_joined", years=2, only=Q(is_staff=False, last_login__isnull=True)),
        ),
        addresses=("email",),
        secret=("password",),
        order=90,
    )


def _members() -> None:
    declare(
        Member,
        personal=("number", "given_names", "surname", "postcode", "email", "standing", "user"),
        why="who may vote and stand; political opinion, held as a political party may",
        kept="as long as the party's register holds it",
        found_by=_of_user("user"),
        erasure=Blank(
            {"user": None},
            reason="the party's register is the master: the record leaves here when it does there",
            stays=dict.fromkeys(
                ("number", "given_names", "surname", "postcode", "email"),
                "the party's register is the master",
            ),
        ),
        stays="the party's register is the master: the record leaves here when it does there",
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
        ends=(after("withdrawn_at", years=6),),
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
        stays="who submitted must stay answerable; the name goes with the sign-in",
    )
    hold_back(
        User,
        lambda at: Q(
            pk__in=Officeholding.objects.filter(ended_on__isnull=True)
            .exclude(state=Officeholding.State.REJECTED)
            .values("user")
        ),
    )
    declare(
        OfficeInvitation,
        personal=("email",),
        why="to invite a successor or colleague",
        kept="a year after it was answered or ran out",
        found_by=_at_address("email"),
        erasure=Blank({"email": erased_address}, reason="that there was an invitation stays"),
        ends=(Period(after("accepted_at", "withdrawn_at", "expires_at", years=1), Delete()),),
        addresses=("email",),
        secret=("token_hash",),
    )


def _trail() -> None:
    declare(
        AuditEntry,
        personal=("actor",),
        why="privileged acts must stay answerable; legal claims",
        kept="as long as the site: nobody can change it, and it names people by number only",
        found_by=_of_user("actor"),
        erasure=Keep("it cannot be changed by anybody, and names people by number only"),
        stays="it cannot be changed by anybody; the number says nothing once the sign-in is erased",
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
        stays="only whoever keeps the backups knows how old the oldest is",
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
        ends=(
            Period(after("created_at", days=365, only=OVER), Delete()),
            Period(after("created_at", days=30, only=OVER), WORDS),
        ),
        words=WordsOf(("subject", "text", "html"), WORDS, only=OVER),
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
        stays="forgetting the wish not to be mailed would break it",
    )


def _signing_in() -> None:
    declare(
        EmailAddress,
        personal=("email", "user"),
        why="to know that an address was confirmed",
        kept="as long as the sign-in",
        found_by=_of_user("user"),
        erasure=Delete("it only serves signing in"),
        ends=(WHEN_ERASED,),
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
        ends=(after("created", days=3),),
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
        ends=(WHEN_ERASED,),
        secret=("data",),
    )
    declare(
        UserSession,
        personal=("user", "ip", "user_agent", "last_seen_at"),
        why="to let people see and end their sessions",
        kept="as long as the session, twelve hours",
        found_by=_of_user("user"),
        erasure=Delete("ends the session"),
        ends=(_session_is_over,),
        secret=("session_key",),
    )
    declare(
        LogEntry,
        personal=("user", "object_repr", "change_message"),
        why="the admin's own note of what staff changed",
        kept="a year",
        found_by=_of_user("user"),
        erasure=Keep("what staff did must stay answerable"),
        ends=(Period(after("action_time", years=1), Delete()),),
    )
    declare(
        Session,
        personal=("session_data",),
        why="to know who sent the next request",
        kept="twelve hours",
        found_by=lambda person: None,  # sealed: found through the list of sessions
        erasure=Keep("ended through the list of sessions"),
        ends=(Period(after("expire_date"), Delete()),),
        secret=("session_key", "session_data"),
    )


def _impersonal() -> None:
    declare_impersonal(Region, Office, because="names of places and of offices")
    declare_impersonal(Organisation, because="a body; its mailbox is shared, not a person's")
    declare_impersonal(Heartbeat, because="signs of life of machines")
    declare_impersonal(Group, Permission, ContentType, because="names of roles and of tables")
