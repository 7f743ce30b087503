"""Who may stand for a post: gathers what is known and asks the rules (`criteria`)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

import clock
from events import doors
from events.models import Deadline
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


def findings(candidate: Candidate, at: dt.datetime, rules: Rules | None = None) -> list[Finding]:
    """What every rule says of a candidate now, for the returning officer. Three or four queries."""
    return criteria.findings(rules or rules_of(candidate.post), _known(candidate, at))


def is_delegate(candidate: Candidate) -> bool:
    """Is this person registered as a delegate of this conference, by address or membership?"""
    same = Q(email__iexact=candidate.email) | Q(user__email__iexact=candidate.email)
    if candidate.membership_number:
        same |= Q(member__number__iexact=candidate.membership_number)
    return _delegates(candidate.post).filter(same).exists()


def has_namesake(candidate: Candidate) -> bool:
    """Is a delegate of that name registered of whom no address is known? People have to look."""
    return _delegates(candidate.post).filter(name__iexact=candidate.name, email="").exists()


def is_conditional(candidate: Candidate) -> bool:
    """Does the nomination hang on a registration that has not come yet?"""
    if not candidate.post.nominee_is_delegate or candidate.confirmed_at is not None:
        return False
    return not is_delegate(candidate)


def registration_closes(candidate: Candidate) -> Deadline | None:
    """The deadline by which a nominee must be a delegate; the last, where there are several."""
    rows = Deadline.objects.filter(
        conference=candidate.post.conference, kind=Deadline.Kind.DELEGATE_REGISTRATION
    ).select_related("conference")
    known = [row for row in rows if row.closing is not None]
    return max(known, key=lambda row: row.closing, default=None)


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


def _delegates(post: Post) -> QuerySet[Place]:
    return Place.objects.active().filter(
        booking__conference=post.conference, pass_type__role__in=PassType.DELEGATION
    )


def _known(candidate: Candidate, at: dt.datetime) -> Nominee:
    member = _member(candidate) if candidate.post.member_months is not None else None
    delegates = candidate.post.nominee_is_delegate
    found = candidate.confirmed_at is not None or (delegates and is_delegate(candidate))
    return Nominee(
        region=candidate.region.name,
        is_in_register=member is not None,
        is_lapsed=member is not None and member.standing == Member.Standing.LAPSED,
        joined_on=member.joined_on if member else None,
        is_delegate=True if found else _not_yet(candidate, at) if delegates else None,
        has_namesake=delegates and not found and has_namesake(candidate),
        nominations=standing(candidate).count(),
        consent=CONSENTS.get(candidate.state, Consent.GIVEN),
    )


def _not_yet(candidate: Candidate, at: dt.datetime) -> bool | None:
    """None while they may still register, else False."""
    deadline = registration_closes(candidate)
    if deadline is None or at < tested_from(candidate, deadline):
        return None
    return False


def _member(candidate: Candidate) -> Member | None:
    """The membership that the body named, else one with this address; never a guess among several."""
    if candidate.membership_number:
        return Member.objects.filter(number__iexact=candidate.membership_number).first()
    found = Member.objects.filter(email__iexact=candidate.email)[:2]
    return found[0] if len(found) == 1 else None
