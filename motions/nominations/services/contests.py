"""The list of candidates: locked, looked at again when somebody leaves it, and what it comes to."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from events import doors
from motions.nominations.models import Candidate, Contest, Post

Kind = Contest.Kind


def lock_post(post: Post, *more: int) -> Post:
    """The post under the locks of its deadlines, which everybody who changes its list takes first.

    All at once and by primary key, with `more` that the caller asks: whoever took them one by one
    could wait for somebody who waits for them.
    """
    own = (post.deadline_id, post.answers_deadline_id, post.withdrawal_deadline_id, *more)
    doors.lock_all([pk for pk in own if pk is not None])
    return Post.objects.select_related("deadline__conference", "fills").get(pk=post.pk)


def contest_of(post: Post) -> Contest | None:
    """The settled list of a post, locked; None while it is not settled."""
    return Contest.objects.select_for_update(of=("self",)).filter(post=post).first()


def require_unsettled(post: Post) -> None:
    """Raises ValidationError (code `settled`) once the list of candidates stands."""
    if contest_of(post) is not None:
        raise ValidationError(
            f"The list of candidates for {post.title} is settled. The returning officer can open it "
            "again until the result is declared.",
            code="settled",
        )


def require_undeclared(post: Post) -> Contest | None:
    """The settled list, or None. Raises ValidationError (code `declared`) once the result stands."""
    contest = contest_of(post)
    if contest is not None and contest.declared_at is not None:
        raise ValidationError(f"The result for {post.title} is declared.", code="declared")
    return contest


def kind_of(post: Post) -> Kind:
    """More who stand than can be elected, all of them elected, or nobody.

    Where one region may have one member only, two from the same region contest a place even when
    there are places enough.
    """
    regions = [row.region_id for row in standing_for(post)]
    if not regions:
        return Kind.VACANT
    clash = post.one_per_region and len(set(regions)) < len(regions)
    return Kind.CONTESTED if len(regions) > post.vacancies or clash else Kind.UNOPPOSED


def standing_for(post: Post) -> list[Candidate]:
    """Who has agreed to stand and was not struck out, in the order of names."""
    rows = post.candidates.filter(state=Candidate.State.CONSENTED)
    return list(rows.select_related("region").order_by("name", "pk"))


def look_again(contest: Contest | None, post: Post) -> None:
    """Somebody joined or left the settled list: is there still a contest?"""
    if contest is None:
        return
    kind = kind_of(post)
    if contest.kind != kind:
        contest.kind = kind
        contest.save(update_fields=["kind"])
