"""What nominations say on start pages: posts without a nominee, nominees who are no delegates yet,
and the desks of returning officers and tellers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse

import clock
from events import doors
from events.concerns import Concern
from events.models import Conference
from events.rules import tasks_of
from events.services.public_pages import kept
from members.models import Organisation, User
from members.rules import Deed, bodies_acted_for
from motions.nominations import eligibility
from motions.nominations.models import Candidate, Nomination, Post
from motions.nominations.rules import Task

DESKS = {Task.RETURNING_OFFICER: "You are the returning officer", Task.TELLER: "You are a teller"}


def concerns(user: User, at: dt.datetime) -> list[Concern]:
    """One query where posts are known and a body acts, one more where it nominated a delegate."""
    bodies = bodies_acted_for(user, Deed.SUBMIT, clock.in_london(at).date())
    posts = _posts(at) if bodies else []
    made = _made(bodies, posts) if posts else []
    return [
        *_nobody_yet(bodies, posts, made, at),
        *_not_registered(made),
        *_desks(user, at),
    ]


def _posts(at: dt.datetime) -> list[Post]:
    """The posts of conferences whose doors are open and whose list is not settled, kept for all."""
    rows = Post.objects.filter(
        deadline__conference__status__in=Conference.DOORS_OPEN, contest__isnull=True
    ).select_related("deadline__conference")
    return kept("posts to nominate for", at, lambda: list(rows))


def _made(bodies: Sequence[Organisation], posts: Sequence[Post]) -> list[Nomination]:
    """What these bodies nominated for these posts; post and body are at hand and not read again."""
    rows = Nomination.objects.filter(
        organisation__in=bodies, candidate__post__in=posts, state=Nomination.State.SUBMITTED
    ).select_related("candidate")
    post_of, body_of = {row.pk: row for row in posts}, {row.pk: row for row in bodies}
    made = sorted(rows, key=lambda row: row.pk)
    for row in made:
        row.candidate.post = post_of[row.candidate.post_id]
        row.organisation = body_of[row.organisation_id]
    return made


def _nobody_yet(
    bodies: Sequence[Organisation],
    posts: Sequence[Post],
    made: Sequence[Nomination],
    at: dt.datetime,
) -> Iterator[Concern]:
    """Open posts for which a body has nominated nobody."""
    known = {(row.organisation_id, row.candidate.post_id) for row in made}
    for body in bodies:
        here = [
            post
            for post in posts
            if body.kind in post.sender_kinds and (body.pk, post.pk) not in known
        ]
        windows = doors.windows_of((post.deadline for post in here), body)
        for post in here:
            window = windows[post.deadline_id]
            if window.is_open(at):
                yield Concern(
                    title=f"{post.title}: nobody nominated yet",
                    url=reverse("nominations:nominate", args=[post.conference.slug, post.pk]),
                    action="Nominate somebody",
                    conference=post.conference.title,
                    closes_at=window.closes_at,
                    body=body.name,
                )


def _not_registered(made: Sequence[Nomination]) -> Iterator[Concern]:
    """Nominees of one's bodies who are no delegates yet: the nomination depends on it."""
    asked = [row.candidate_id for row in made if row.candidate.post.nominee_is_delegate]
    if not asked:
        return
    rows = eligibility.conditional(Candidate.objects.filter(pk__in=asked))
    waiting = set(rows.values_list("pk", flat=True))
    for row in made:
        if row.candidate_id not in waiting:
            continue
        conference = row.candidate.post.conference
        yield Concern(
            title=f"{row.candidate.name}, whom you nominated, is not registered as a delegate yet",
            url=reverse("nominations:posts", args=[conference.slug]),
            action="Look at the nomination",
            conference=conference.title,
            body=row.organisation.name,
        )


def _desks(user: User, at: dt.datetime) -> Iterator[Concern]:
    for row in tasks_of(user, at):
        if row.task in DESKS and row.conference.status != Conference.Status.OVER:
            yield Concern(
                title=DESKS[row.task],
                url=reverse("nominations:desk", args=[row.conference.slug]),
                action="To the desk",
                conference=row.conference.title,
            )
