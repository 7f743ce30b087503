"""Whether a region may have more than one member: staff confirm it, since no rule is known."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from events.services.public_pages import mark_changed
from members import audit
from members.models import User
from motions.nominations.models import Post
from motions.nominations.services import contests


@transaction.atomic
def confirm_region_rule(*, by: User, post: Post, one_per_region: bool, at: dt.datetime) -> Post:
    """Staff say that at most one member from a region is elected, or that more may be.

    Raises ValidationError (code `declared`) once the result stands.
    """
    post = contests.lock_post(post)
    contest = contests.require_undeclared(post)
    before = post.one_per_region
    post.one_per_region = one_per_region
    post.region_rule_confirmed_by, post.region_rule_confirmed_at = by, at
    post.save(
        update_fields=["one_per_region", "region_rule_confirmed_by", "region_rule_confirmed_at"]
    )
    audit.record(
        by=by,
        action="post.region_rule_confirmed",
        on=post,
        at=at,
        before={"one_per_region": before},
        after={"one_per_region": one_per_region},
    )
    contests.look_again(contest, post)
    mark_changed()
    return post
