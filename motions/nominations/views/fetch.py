"""Loading and authorising for nominations: strangers are told that it does not exist."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

import clock
from events.models import Conference
from motions.nominations import links, rules
from motions.nominations.models import Candidate, Contest, Post
from motions.views.fetch import conference_for


def posts_of(conference: Conference) -> QuerySet[Post]:
    """The posts of a conference with what pages show of them."""
    return (
        Post.objects.filter(deadline__conference=conference)
        .select_related(
            "deadline__conference",
            "answers_deadline__conference",
            "withdrawal_deadline__conference",
            "for_region",
            "fills",
            "contest",
        )
        .prefetch_related("bars__region", "terms")
    )


def post_for(request: HttpRequest, slug: str, pk: int) -> Post:
    """A post of a conference that is not a draft."""
    return get_object_or_404(posts_of(conference_for(request, slug)), pk=pk)


def settled_post(request: HttpRequest, slug: str, pk: int) -> tuple[Post, Contest]:
    """A post whose list of candidates is settled: before, there is nothing to see."""
    post = post_for(request, slug, pk)
    if not hasattr(post, "contest"):
        raise Http404
    post.contest.post = post
    return post, post.contest


def candidate_by(request: HttpRequest, token: str) -> Candidate:
    """The nominee whose link this is; the link ends with the conference."""
    rows = Candidate.objects.with_their_post()
    candidate = get_object_or_404(rows, token_hash=links.token_hash(token))
    if candidate.post.conference.is_over(clock.in_london(request.at).date()):
        raise Http404
    named = conference_for(request, candidate.post.conference.slug)
    candidate.post.deadline.conference = named
    return candidate


def desk_conference(request: HttpRequest, slug: str) -> tuple[Conference, set[str]]:
    """A conference at which this person is returning officer or teller, and which of the two."""
    conference = conference_for(request, slug)
    tasks = rules.tasks_at(request.user, conference, request.at)
    if not tasks:
        raise Http404
    return conference, tasks


def desk_post(request: HttpRequest, slug: str, pk: int) -> tuple[Post, set[str]]:
    """A post at that desk. Tellers see it once there are candidates to count votes for."""
    conference, tasks = desk_conference(request, slug)
    post = get_object_or_404(posts_of(conference), pk=pk)
    if rules.Task.RETURNING_OFFICER not in tasks and not hasattr(post, "contest"):
        raise Http404
    if hasattr(post, "contest"):
        post.contest.post = post
    return post, tasks
