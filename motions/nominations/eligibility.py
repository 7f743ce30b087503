"""Who may stand for a post: rules as data, answers in plain words."""

from __future__ import annotations

from django.db.models import Q

from members.models import Region
from motions.nominations.models import Candidate, Post
from registrations.models import PassType, Place


def reasons_against(post: Post, region: Region) -> list[str]:
    """Why a member from this region cannot stand; empty when they can. The bar looks at the person.

    Being a delegate is not asked here: nominations may close before registration does, so that is
    a condition (`is_delegate`), not a refusal.
    """
    year = post.conference.starts_on.year if post.conference.starts_on else None
    when = f" in {year}" if year else " this time"
    return [
        f"A member from {bar.region} cannot stand{when}: {bar.reason}"
        for bar in post.bars.filter(region=region).select_related("region")
    ]


def is_delegate(candidate: Candidate) -> bool:
    """Is this person registered as a delegate of this conference, by address or membership?"""
    same = Q(email__iexact=candidate.email)
    if candidate.membership_number:
        same |= Q(member__number__iexact=candidate.membership_number)
    return (
        Place.objects.active()
        .filter(
            same,
            booking__conference=candidate.post.conference,
            pass_type__role__in=PassType.DELEGATION,
        )
        .exists()
    )


def is_conditional(candidate: Candidate) -> bool:
    """Does the nomination hang on a registration that has not come yet?"""
    return candidate.post.nominee_is_delegate and not is_delegate(candidate)


def rules_in_words(post: Post) -> list[str]:
    """The rules of a post as people read them."""
    lines = [f"Nominated by {post.senders_in_words}."]
    if post.nominee_is_delegate:
        lines.append(
            "The person must be a delegate to this conference. You can nominate somebody who is "
            "not registered yet: the nomination then depends on it."
        )
    lines += [f"Members from {bar.region} cannot stand: {bar.reason}" for bar in post.bars.all()]
    if post.per_body_limit:
        lines.append(f"At most {post.per_body_limit} from one body.")
    return lines
