"""Plain functions that make real rows for tests. Everything not asked for gets a sensible value.

The instants default to `AT`, a Monday noon in the year of the real Annual Conference 2016, so that
a test reads the same whenever it runs. Rows are made directly, past the services: a test of a
service starts from a state, not from another service.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as METHODS_USER_KEY,
)
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS_KEY
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.test import Client
from django.utils.text import slugify

from events.models import (
    Authorisation,
    Conference,
    Deadline,
    LayAppointment,
    ReminderStep,
    Venue,
)
from members.models import Member, Office, Officeholding, Organisation, Region, User
from members.roles import Role

AT = dt.datetime(2016, 3, 14, 12, 0, tzinfo=dt.UTC)
PASSWORD = "correct horse battery staple"

_numbers = itertools.count(1)


def number() -> int:
    """A number no other row of this test run has."""
    return next(_numbers)


# People


def make_user(
    email: str = "",
    name: str = "",
    *,
    roles: tuple[Role, ...] = (),
    is_staff: bool | None = None,
    password: str | None = None,
    **fields: Any,
) -> User:
    """A person with a confirmed address; staff when given roles. Signs in by code or `password`."""
    n = number()
    email = email or f"person{n}@example.org"
    user = User.objects.create_user(
        email=email,
        password=password,
        name=name or f"Person {n}",
        is_staff=bool(roles) if is_staff is None else is_staff,
        **{"date_joined": AT, **fields},
    )
    user.groups.set(Group.objects.get_or_create(name=role.value)[0] for role in roles)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def make_staff(*roles: Role, **fields: Any) -> User:
    """Staff with these roles; an administrator when none is named."""
    return make_user(roles=roles or (Role.ADMINISTRATOR,), **fields)


def make_authenticator(user: User) -> Authenticator:
    """Gives a person an authenticator app, and returns it; the one they have if they have one."""
    already = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return already or TOTP.activate(user, generate_totp_secret()).instance


def sign_in(client: Client, user: User, *, second_factor: bool = True) -> Client:
    """Signs a person in, by default with the second factor passed in this session."""
    client.force_login(user)
    records: list[dict[str, Any]] = [{"method": "code", "at": AT.timestamp(), "email": user.email}]
    if second_factor:
        authenticator = make_authenticator(user)
        records.append(
            {"method": "mfa", "at": AT.timestamp(), "id": authenticator.pk, "type": "totp"}
        )
    session = client.session
    session[METHODS_KEY] = records
    session[METHODS_USER_KEY] = str(user.pk)
    session.save()
    return client


def make_member(user: User | None = None, **fields: Any) -> Member:
    """A membership record, matched to a sign-in when one is given."""
    n = number()
    return Member.objects.create(
        **{
            "number": f"M{n:05}",
            "given_names": "Ann",
            "surname": f"Member{n}",
            "postcode": "CF10 1AA",
            "joined_on": dt.date(2010, 1, 1),
            "user": user,
            **fields,
        }
    )


# Bodies and offices


def make_region(name: str = "Wales", **fields: Any) -> Region:
    """The region of that name, made when it is not there."""
    return Region.objects.get_or_create(slug=slugify(name), defaults={"name": name, **fields})[0]


def make_organisation(
    name: str = "", *, kind: str = Organisation.Kind.PARTY_COUNCIL, **fields: Any
) -> Organisation:
    """A party council unless said otherwise."""
    name = name or f"Body {number()}"
    return Organisation.objects.create(
        **{"name": name, "slug": slugify(name), "kind": kind, **fields}
    )


def make_society(name: str = "", **fields: Any) -> Organisation:
    """A subscribing society."""
    return make_organisation(name, kind=Organisation.Kind.SOCIETY, **fields)


def make_office(slug: str = "secretary", **may: bool) -> Office:
    """The office with this slug; `may_…` overrides what its holder may do."""
    powers = dict.fromkeys(("may_book", "may_submit", "may_pay", "may_invite", "may_authorise"))
    defaults = {name: slug == "secretary" and name != "may_pay" for name in powers} | may
    office, _ = Office.objects.get_or_create(
        slug=slug, defaults={"name": slug.replace("-", " ").capitalize(), **defaults}
    )
    if may:
        Office.objects.filter(pk=office.pk).update(**may)
        office.refresh_from_db()
    return office


def make_holding(
    user: User, organisation: Organisation, office: Office | str = "secretary", **fields: Any
) -> Officeholding:
    """A verified office held since 1 January 2015."""
    state = fields.get("state", Officeholding.State.VERIFIED)
    decided = state != Officeholding.State.CLAIMED
    return Officeholding.objects.create(
        **{
            "user": user,
            "organisation": organisation,
            "office": make_office(office) if isinstance(office, str) else office,
            "started_on": dt.date(2015, 1, 1),
            "state": state,
            "source": Officeholding.Source.STAFF,
            "decided_at": AT if decided else None,
            "created_at": AT,
            **fields,
        }
    )


def make_officer(
    organisation: Organisation | None = None,
    office: Office | str = "secretary",
    user: User | None = None,
    **fields: Any,
) -> User:
    """A person with a verified office of a body, by default secretary of a new party council."""
    user = user or make_user()
    make_holding(user, organisation or make_organisation(), office, **fields)
    return user


# Conferences


def make_venue(name: str = "", **fields: Any) -> Venue:
    """A venue."""
    return Venue.objects.create(
        **{"name": name or f"Hall {number()}", "town": "Cardiff", "address": "1 Street", **fields}
    )


def make_conference(title: str = "", **fields: Any) -> Conference:
    """An open annual conference of 9 to 11 September 2016."""
    title = title or f"Annual Conference no. {number()}"
    return Conference.objects.create(
        **{
            "title": title,
            "slug": slugify(title),
            "kind": Conference.Kind.ANNUAL,
            "mode": Conference.Mode.IN_PERSON,
            "status": Conference.Status.OPEN,
            "starts_on": dt.date(2016, 9, 9),
            "ends_on": dt.date(2016, 9, 11),
            **fields,
        }
    )


def make_deadline(
    conference: Conference | None = None,
    kind: str = Deadline.Kind.ORGANISATIONAL_MOTIONS,
    *,
    steps: bool = False,
    **fields: Any,
) -> Deadline:
    """A deadline that closes at the end of 4 April 2016; with the default ladder when asked."""
    if "closes_at" not in fields:
        fields.setdefault("closes_on", dt.date(2016, 4, 4))
    deadline = Deadline.objects.create(
        conference=conference or make_conference(),
        kind=kind,
        **{"audience": Deadline.Audience.BODIES, **fields},
    )
    if steps:
        When = ReminderStep.When
        ladder = [(When.OPENING, 0), *((When.DAYS_BEFORE, d) for d in (28, 7, 2))]
        for when, days in [*ladder, (When.LAST_DAY, 0)]:
            ReminderStep.objects.create(deadline=deadline, when=when, days=days)
    return deadline


def make_appointment(
    user: User,
    conference: Conference,
    task: str = LayAppointment.Task.CAC_MEMBER,
    *,
    by: User | None = None,
    **fields: Any,
) -> LayAppointment:
    """A lay task at a conference."""
    return LayAppointment.objects.create(
        user=user,
        conference=conference,
        task=task,
        **{"appointed_by": by or make_staff(), "appointed_at": AT, **fields},
    )


def make_authorisation(
    user: User,
    organisation: Organisation,
    conference: Conference,
    *,
    by: User | None = None,
    **fields: Any,
) -> Authorisation:
    """An officer has let this person act for the body at one conference."""
    return Authorisation.objects.create(
        user=user,
        organisation=organisation,
        conference=conference,
        **{
            "authorised_by": by or make_officer(organisation),
            "authorised_at": AT,
            **fields,
        },
    )
