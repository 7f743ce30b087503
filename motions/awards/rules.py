"""May *you*? Who judges, what each judge is kept from, and who decides."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

import clock
from events.models import Conference, LayAppointment
from events.rules import tasks_of
from members.models import Member, User
from motions.awards.models import (
    AwardInterest,
    AwardNomination,
    AwardNominee,
    AwardRules,
)
from motions.awards.names import key_of
from motions.rules import bodies_of_each

Task = LayAppointment.Task


def is_judge(user: User, conference: Conference, at: dt.datetime) -> bool:
    """Does this person sit on the panel of this conference?"""
    return _has(user, conference, {Task.JUDGE}, at)


def may_see_the_evening(user: User, conference: Conference, at: dt.datetime) -> bool:
    """The panel, and whoever presents the awards."""
    return _has(user, conference, {Task.JUDGE, Task.PRESENTER}, at)


def _has(user: User, conference: Conference, tasks: set[str], at: dt.datetime) -> bool:
    if not user.is_authenticated:
        return False
    rows = tasks_of(user, at)
    return any(row.conference_id == conference.pk and row.task in tasks for row in rows)


def panel(conference: Conference, at: dt.datetime) -> QuerySet[User]:
    """Who sits on the panel of a conference at an instant."""
    on = clock.in_london(at).date()
    seats = LayAppointment.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=on),
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        conference=conference,
        task=Task.JUDGE,
        ended_at__isnull=True,
    )
    return User.objects.filter(pk__in=seats.values("user"), is_active=True).order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class Kept:
    """What one judge of a conference is kept from, and why."""

    bodies: frozenset[int]
    addresses: frozenset[str]
    name_keys: frozenset[str]
    proposed: frozenset[int]
    interests: frozenset[int]
    interest_bodies: frozenset[int]
    senders: dict[int, frozenset[int]]

    def is_self(self, nominee: AwardNominee) -> bool:
        """Is the judge the nominee, or a namesake? They are shown nothing of it at all."""
        if not nominee.category.is_for_people:
            return False
        return nominee.email.lower() in self.addresses or nominee.name_key in self.name_keys

    def why(self, nominee: AwardNominee) -> str:
        """A sentence; '' when this judge may score and decide."""
        touched = self.senders.get(nominee.pk, frozenset()) | {nominee.body_id}
        if self.is_self(nominee):
            return "This nominee is not yours to judge."
        if nominee.pk in self.proposed:
            return "You proposed this nominee."
        if nominee.body_id in self.bodies:
            return "The nominee is a body you belong to or act for."
        if touched & self.bodies:
            return "A body you belong to or act for proposed this nominee."
        if nominee.pk in self.interests or touched & self.interest_bodies:
            return "You have declared an interest."
        return ""


@dataclass(frozen=True, slots=True)
class Bench:
    """Who judges at a conference, and what each of them is kept from."""

    judges: list[User]
    kept: dict[int, Kept]

    def free(self, nominee: AwardNominee) -> list[int]:
        """The judges who may score this nominee."""
        return [judge.pk for judge in self.judges if not self.kept[judge.pk].why(nominee)]


def bench(conference: Conference, at: dt.datetime) -> Bench:
    """The panel at an instant. Seven queries, whatever it judges."""
    judges = list(panel(conference, at))
    return Bench(judges, kept_from_each(judges, conference))


def kept_from(user: User, conference: Conference) -> Kept:
    """Everything at a conference that a judge is kept from."""
    return kept_from_each([user], conference)[user.pk]


def kept_from_each(users: Iterable[User], conference: Conference) -> dict[int, Kept]:
    """The same for several people; six queries, however many they are."""
    people = list(users)
    senders, proposed = _sent(conference)
    bodies = bodies_of_each(people, conference)
    interests: dict[int, set[int]] = defaultdict(set)
    in_bodies: dict[int, set[int]] = defaultdict(set)
    declared = AwardInterest.objects.filter(
        judge__in=people, conference=conference, withdrawn_at__isnull=True
    ).order_by()
    for judge, nominee, body in declared.values_list("judge", "nominee", "organisation"):
        interests[judge].add(nominee)
        in_bodies[judge].add(body)
    known = _known_as(people)
    return {
        user.pk: Kept(
            bodies=bodies[user.pk],
            addresses=known[user.pk][0],
            name_keys=known[user.pk][1],
            proposed=frozenset(proposed[user.pk]),
            interests=frozenset(interests[user.pk] - {None}),
            interest_bodies=frozenset(in_bodies[user.pk] - {None}),
            senders=senders,
        )
        for user in people
    }


def _sent(
    conference: Conference,
) -> tuple[dict[int, frozenset[int]], dict[int, set[int]]]:
    """Nominee → the bodies that propose them; person → whom they proposed themself."""
    senders: dict[int, set[int]] = defaultdict(set)
    proposed: dict[int, set[int]] = defaultdict(set)
    rows = AwardNomination.objects.filter(
        category__deadline__conference=conference, state=AwardNomination.State.SUBMITTED
    ).order_by()
    columns = ("nominee", "organisation", "submitted_by", "channel")
    for nominee, organisation, person, channel in rows.values_list(*columns):
        senders[nominee].add(organisation)
        if channel == "web":  # whoever typed in a paper did not propose anybody
            proposed[person].add(nominee)
    return {nominee: frozenset(bodies) for nominee, bodies in senders.items()}, proposed


def _known_as(people: Sequence[User]) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """Person → their addresses and the keys of their names."""
    addresses = {user.pk: {user.email.lower()} for user in people}
    keys = {user.pk: {key_of(user.name)} for user in people}
    confirmed = EmailAddress.objects.filter(user__in=people, verified=True)
    for user, address in confirmed.values_list("user", "email"):
        addresses[user].add(address.lower())
    for member in Member.objects.filter(user__in=people):
        keys[member.user_id].add(key_of(str(member)))
    return {
        user.pk: (frozenset(addresses[user.pk]), frozenset(keys[user.pk] - {""})) for user in people
    }


def may_decide(
    user: User, rules: AwardRules, nominees: Iterable[AwardNominee], seats: Bench
) -> bool:
    """The chair decides, unless kept from a nominee of the category; then any judge who is not."""
    nominees = list(nominees)
    free = [one for one in seats.judges if not any(map(seats.kept[one.pk].why, nominees))]
    return user in free and (rules.chair not in free or user == rules.chair)
