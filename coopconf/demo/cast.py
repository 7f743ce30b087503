"""Makes the bodies and people of the demo year; safe to run again."""

from __future__ import annotations

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.utils.text import slugify

from coopconf.demo import people
from events.models import Conference, LayAppointment
from members.models import Member, Office, Officeholding, Organisation, Region, User
from members.roles import Role


def make_bodies() -> dict[str, Organisation]:
    """The bodies by name."""
    regions = {region.name: region for region in Region.objects.all()}
    return {
        name: Organisation.objects.get_or_create(
            slug=slugify(name),
            defaults={"name": name, "kind": kind, "region": regions.get(region)},
        )[0]
        for name, kind, region in people.BODIES
    }


def make_user(
    email: str, name: str, *, roles: tuple[Role, ...] = (), second_factor: bool = False
) -> User:
    """A sign-in with a confirmed address, its roles, and an authenticator where one is needed."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email=email, name=name, is_staff=bool(roles))
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    user.groups.set(Group.objects.get_or_create(name=role.value)[0] for role in roles)
    if second_factor and not user.authenticator_set.exists():
        TOTP.activate(user, generate_totp_secret())
    return user


def make_staff() -> User:
    """Everybody in the office; returns the administrator."""
    users = [
        make_user(person.email, person.name, roles=person.roles, second_factor=True)
        for person in people.STAFF
    ]
    return users[0]


def make_lay(conference: Conference, *, by: User, at: dt.datetime) -> None:
    """The lay people with a task at one conference."""
    for email, name, task, _ in people.LAY:
        LayAppointment.objects.get_or_create(
            conference=conference,
            user=make_user(email, name, second_factor=True),
            task=task,
            ended_at=None,
            defaults={"appointed_by": by, "appointed_at": at},
        )


def make_officers(bodies: dict[str, Organisation], *, by: User, at: dt.datetime) -> None:
    """The officers of the bodies, verified by staff."""
    for person in people.OFFICERS:
        Officeholding.objects.get_or_create(
            organisation=bodies[person.body],
            office=Office.objects.get(slug=person.office),
            user=make_user(person.email, person.name),
            defaults={
                "started_on": at.date() - dt.timedelta(days=200),
                "state": Officeholding.State.VERIFIED,
                "source": Officeholding.Source.STAFF,
                "decided_by": by,
                "decided_at": at,
                "created_at": at,
            },
        )


def make_members(at: dt.datetime) -> dict[str, User]:
    """Members with a matched membership record, by first name in lower case."""
    users = {}
    for position, person in enumerate(people.MEMBERS):
        user = make_user(person.email, person.name)
        given, surname = person.name.split(" ", 1)
        Member.objects.get_or_create(
            number=f"D{1000 + position}",
            defaults={
                "given_names": given,
                "surname": surname,
                "postcode": "BS1 4RN",
                "joined_on": at.date() - dt.timedelta(days=900),
                "region": Region.objects.filter(name="South West").first(),
                "user": user,
            },
        )
        users[given.lower()] = user
    return users
