"""Who may stand for a post: gathers what is known and asks the rules (`criteria`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

import clock
from events import doors
from events.models import Conference, Deadline, DeadlineChange
from members.models import Member, Region
from motions.nominations import criteria
from motions.nominations.criteria import Consent, Finding, Nominee, Rules
from motions.nominations.models import Candidate, Nomination, Post, Seat
from registrations.models import PassType, Place

CONSENTS = {
    Candidate.State.ASKED: Consent.ASKED,
    Candidate.State.DECLINED: Consent.REFUSED,
    Candidate.State.WITHDRAWN: Consent.REFUSED,
}


def rules_of(post: Post) -> Rules:
    """The rules of a post as plain data. Three queries where its bars are not at hand."""
    closing = post.deadline.closing
    return Rules(
        year=post.year,
        barred={bar.region.name: bar.reason for bar in _bars(post)},
        represented=_represented(post),
        only_region=post.for_region.name if post.for_region else "",
        member_months=post.member_months,
        judged_on=clock.in_london(closing).date() if closing else None,
        must_be_delegate=post.nominee_is_delegate,
        nominations_needed=post.nominations_needed,
    )


def reasons_against(post: Post, region: Region) -> list[str]:
    """Why a member from this region cannot stand; empty when they can. The bar looks at the person.

    Being a delegate is not asked here: nominations may close before registration does, so that is
    a condition, not a refusal. Nor is anything that only a register knows.
    """
    return criteria.refusals(rules_of(post), Nominee(region=region.name))


def findings(
    post: Post, candidates: Sequence[Candidate], at: dt.datetime
) -> dict[int, list[Finding]]:
    """What every rule says of candidates of one post now, for the returning officer.

    By the candidate's number; some ten queries, however many they are.
    """
    rules = rules_of(post)
    known = _known(post, candidates, at)
    return {one.pk: criteria.findings(rules, known[one.pk]) for one in candidates}


def delegates(rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Those registered as delegates of the conference, by address, sign-in or membership."""
    return rows.filter(Exists(_by_address()) | Exists(_by_number()))


def namesakes(rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Those of whose name a delegate is registered without an address. People have to look."""
    places = _places().filter(email="").annotate(called=Lower("name"))
    return rows.filter(Exists(places.filter(called=Lower(OuterRef("name")))))


def is_delegate(candidate: Candidate) -> bool:
    """Is this person registered as a delegate of this conference?"""
    return delegates(Candidate.objects.filter(pk=candidate.pk)).exists()


def has_namesake(candidate: Candidate) -> bool:
    """Is a delegate of that name registered of whom no address is known?"""
    return namesakes(Candidate.objects.filter(pk=candidate.pk)).exists()


def is_conditional(candidate: Candidate) -> bool:
    """Does the nomination hang on a registration that has not come yet?"""
    if not candidate.post.nominee_is_delegate or candidate.confirmed_at is not None:
        return False
    return not is_delegate(candidate)


def conditional(rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Those of whom `is_conditional` is true and who are still in play, asked in one query."""
    return rows.filter(
        ~Exists(_by_address()),
        ~Exists(_by_number()),
        state__in=Candidate.IN_PLAY,
        post__nominee_is_delegate=True,
        confirmed_at__isnull=True,
    )


def registration_closes(candidate: Candidate) -> Deadline | None:
    """The deadline by which a nominee must be a delegate; the last, where there are several."""
    return _registration(candidate.post.conference)


def _registration(conference: Conference) -> Deadline | None:
    rows = Deadline.objects.filter(
        conference=conference, kind=Deadline.Kind.DELEGATE_REGISTRATION
    ).select_related("conference")
    known = [row for row in rows if row.closing is not None]
    return max(known, key=lambda row: row.closing, default=None)


def registration_closing(conference: Conference) -> dt.datetime | None:
    """The instant of the same, where only that is asked."""
    deadline = _registration(conference)
    return deadline.closing if deadline else None


def tested_from(candidate: Candidate, deadline: Deadline) -> dt.datetime:
    """When the condition is tested: registration has closed, for each body that nominates them too."""
    bodies = [row.organisation for row in standing(candidate)]
    windows = [doors.window_for(deadline, body).closes_at for body in bodies]
    return max([deadline.closing, *windows])


def standing(candidate: Candidate) -> QuerySet[Nomination]:
    """The nominations behind a candidate that were not withdrawn."""
    return candidate.nominations.filter(state=Nomination.State.SUBMITTED).select_related(
        "organisation", "submitted_by", "candidate__post__deadline__conference"
    )


def rules_in_words(post: Post) -> list[str]:
    """The rules of a post as people read them."""
    rules = rules_of(post)
    lines = [f"Nominated by {post.senders_in_words}."]
    if rules.nominations_needed > 1:
        lines.append(f"{rules.nominations_needed} bodies have to nominate the same person.")
    if rules.must_be_delegate:
        lines.append(
            "The person must be a delegate to this conference. You can nominate somebody who is "
            "not registered yet: the nomination then depends on it."
        )
    if rules.only_region:
        lines.append(f"Only members from {rules.only_region} can stand.")
    if rules.member_months is not None:
        since = f"for at least {rules.member_months} months" if rules.member_months else ""
        lines.append(f"The person must be a member {since}".strip() + ".")
    lines += [f"Members from {region} cannot stand: {why}" for region, why in rules.barred.items()]
    lines += [
        f"Members from {region} cannot stand: the region is already represented, until the "
        f"conference of {until}."
        for region, until in rules.represented.items()
    ]
    if post.one_per_region and post.vacancies > 1:
        lines.append("At most one member from each region is elected.")
    if post.per_body_limit:
        lines.append(f"At most {post.per_body_limit} from one body.")
    return lines


def _bars(post: Post) -> list:
    if "bars" in getattr(post, "_prefetched_objects_cache", {}):
        return list(post.bars.all())
    return list(post.bars.select_related("region"))


def _represented(post: Post) -> dict[str, int]:
    """The regions of those who sit already and carry on; a region barred by hand has its own words."""
    if not post.one_per_region or post.fills_id is None:
        return {}
    sitting = Seat.objects.carrying_on(post.year).filter(committee=post.fills_id)
    rows = sitting.order_by("region__position", "until_year").select_related("region")
    barred = {bar.region_id for bar in _bars(post)}
    return {row.region.name: row.until_year for row in rows if row.region_id not in barred}


def _places() -> QuerySet[Place]:
    """The places of delegates at the conference of a candidate's post."""
    return Place.objects.active().filter(
        booking__conference=OuterRef("post__deadline__conference"),
        pass_type__role__in=PassType.DELEGATION,
    )


def _by_address() -> QuerySet[Place]:
    places = _places().annotate(address=Lower("email"), sign_in=Lower("user__email"))
    own = Lower(OuterRef("email"))
    return places.filter(Q(address=own) | Q(sign_in=own))


def _by_number() -> QuerySet[Place]:
    places = _places().annotate(number=Lower("member__number"))
    return places.filter(number=Lower(OuterRef("membership_number")))


def _known(post: Post, candidates: Sequence[Candidate], at: dt.datetime) -> dict[int, Nominee]:
    """What is known of each candidate, gathered for all at once."""
    rows = Candidate.objects.filter(pk__in=[one.pk for one in candidates])
    bodies: dict[int, set[int]] = {one.pk: set() for one in candidates}
    made = Nomination.objects.filter(candidate__in=rows, state=Nomination.State.SUBMITTED)
    for candidate, body in made.order_by().values_list("candidate", "organisation"):
        bodies[candidate].add(body)
    asks = post.nominee_is_delegate
    found = set(delegates(rows).values_list("pk", flat=True)) if asks else set()
    same_name = set(namesakes(rows).values_list("pk", flat=True)) if asks else set()
    closes = _closing_for(post.conference) if asks else None
    members = _members(candidates) if post.member_months is not None else {}
    known = {}
    for one in candidates:
        is_one = one.pk in found or one.confirmed_at is not None
        member = members.get(one.pk)
        is_over = closes is not None and at >= closes(bodies[one.pk])
        known[one.pk] = Nominee(
            region=one.region.name,
            is_in_register=member is not None,
            is_lapsed=member is not None and member.standing == Member.Standing.LAPSED,
            joined_on=member.joined_on if member else None,
            is_delegate=True if is_one else False if is_over else None,
            has_namesake=one.pk in same_name and not is_one,
            nominations=len(bodies[one.pk]),
            consent=CONSENTS.get(one.state, Consent.GIVEN),
        )
    return known


def _closing_for(conference: Conference) -> Callable[[set[int]], dt.datetime] | None:
    """When delegate registration closes for the last of some bodies; None while that is unknown."""
    deadline = _registration(conference)
    if deadline is None:
        return None
    changes = DeadlineChange.objects.filter(deadline=deadline, organisation__isnull=False)
    own = {row.organisation_id: row.closing for row in changes.order_by("changed_at", "pk")}
    return lambda bodies: max([deadline.closing, *(own[one] for one in bodies if one in own)])


def _members(candidates: Sequence[Candidate]) -> dict[int, Member]:
    """The membership that the body named, else one with this address; never a guess among several."""
    numbers = {one.membership_number.lower() for one in candidates if one.membership_number}
    addresses = {one.email.lower() for one in candidates}
    rows = Member.objects.annotate(low_number=Lower("number"), low_email=Lower("email"))
    by_number = {row.low_number: row for row in rows.filter(low_number__in=numbers)}
    by_address: dict[str, list[Member]] = {}
    for row in rows.filter(low_email__in=addresses):
        by_address.setdefault(row.low_email, []).append(row)
    found = {}
    for one in candidates:
        same = by_address.get(one.email.lower(), [])
        named = by_number.get(one.membership_number.lower())
        if one.membership_number and named is not None:
            found[one.pk] = named
        elif not one.membership_number and len(same) == 1:
            found[one.pk] = same[0]
    return found
