"""Mails about nominations: to the nominee, and to the bodies that nominated them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from events import doors
from mailing import outbox
from mailing.policy import NOTICE, RECEIPT, RESULT
from members.models import Organisation
from motions.nominations import eligibility
from motions.nominations.counting import Placing
from motions.nominations.models import Candidate, Nomination
from motions.services import receipts


def ask(candidate: Candidate, bodies: list[Organisation], token: str, at: dt.datetime) -> None:
    """Ask the nominee whether they want to stand, with the link that is theirs alone.

    A link sent again is another mail: the link before it leads nowhere any more.
    """
    post = candidate.post
    answer_by = post.answers_until or post.deadline.closing
    _put(
        candidate,
        key=f"consent:{candidate.pk}:{candidate.links_sent}",
        to=candidate.email,
        name=candidate.name,
        subject=f"You have been nominated: {post.title}",
        template="consent",
        facts={
            "bodies": " and ".join(body.name for body in bodies),
            "answer_by": doors.closing_in_words(answer_by) if answer_by else "",
            "register_by": _register_by(candidate),
            "path": reverse("nominations:answer", args=[token]),
        },
        at=at,
    )


def told_bodies(candidate: Candidate, at: dt.datetime, *, key: str, template: str) -> None:
    """Tell every body that nominates them what became of its nominee."""
    for nomination in eligibility.standing(candidate):
        _tell_body(nomination, candidate, at, key=key, template=template)


def told_nominee(
    candidate: Candidate, at: dt.datetime, *, key: str, template: str, subject: str
) -> None:
    """Tell the nominee."""
    _put(
        candidate,
        key=f"{key}:{candidate.pk}",
        to=candidate.email,
        name=candidate.name,
        subject=f"{subject}: {candidate.post.title}",
        template=template,
        facts={"register_by": _register_by(candidate)},
        at=at,
    )


def kept_statement(candidate: Candidate, words: int, at: dt.datetime) -> None:
    """What the nominee saved, in full, as their receipt."""
    _put(
        candidate,
        key=f"statement:{candidate.pk}:{candidate.wording_version}",
        to=candidate.email,
        name=candidate.name,
        subject=f"Your statement: {candidate.post.title}",
        template="statement",
        facts={"words": words, "when": doors.in_words(at)},
        at=at,
        kind=RECEIPT,
    )


def result(candidate: Candidate, placing: Placing, at: dt.datetime) -> None:
    """Tell a candidate and their bodies whether they are elected, for how long, with how many votes."""
    facts = {"placing": placing}
    key = f"result:{at.isoformat()}"
    for nomination in eligibility.standing(candidate):
        _tell_body(nomination, candidate, at, key=key, template="result", kind=RESULT, facts=facts)
    _put(
        candidate,
        key=f"your-{key}:{candidate.pk}",
        to=candidate.email,
        name=candidate.name,
        subject=f"The result: {candidate.post.title}",
        template="your_result",
        facts=facts,
        at=at,
        kind=RESULT,
    )


def result_taken_back(candidate: Candidate, reason: str, at: dt.datetime) -> None:
    """Tell the same people that what they were told stands no longer."""
    facts = {"reason": reason}
    for nomination in eligibility.standing(candidate):
        _tell_body(
            nomination,
            candidate,
            at,
            key=f"no-result:{at.isoformat()}",
            template="result_taken_back",
            facts=facts,
        )
    _put(
        candidate,
        key=f"your-no-result:{at.isoformat()}:{candidate.pk}",
        to=candidate.email,
        name=candidate.name,
        subject=f"The result stands no longer: {candidate.post.title}",
        template="result_taken_back",
        facts=facts,
        at=at,
    )


def _tell_body(
    nomination: Nomination,
    candidate: Candidate,
    at: dt.datetime,
    *,
    key: str,
    template: str,
    kind: str = NOTICE,
    facts: dict[str, Any] | None = None,
) -> None:
    people = receipts.recipients(
        organisation=nomination.organisation, author=nomination.submitted_by, at=at
    )
    for address, name in people.items():
        _put(
            candidate,
            key=f"{key}:{nomination.pk}:{address}",
            to=address,
            name=name,
            subject=f"{candidate.name}: {candidate.post.title}",
            template=template,
            facts={"organisation": nomination.organisation, **(facts or {})},
            at=at,
            kind=kind,
        )


def _put(
    candidate: Candidate,
    *,
    key: str,
    to: str,
    name: str,
    subject: str,
    template: str,
    facts: dict[str, Any],
    at: dt.datetime,
    kind: str = NOTICE,
) -> None:
    conference = candidate.post.conference
    outbox.put(
        key=f"nominations:{key}",
        to=to,
        to_name=name,
        subject=subject,
        template=f"nominations/{template}",
        context={
            "candidate": candidate,
            "post": candidate.post,
            "conference": conference,
            "contact": conference.contact_email,
            **facts,
        },
        kind=kind,
        at=at,
        conference=conference.slug,
    )


def _register_by(candidate: Candidate) -> str:
    """Until when they must be a delegate; '' where that is not asked, or is so already."""
    if not eligibility.is_conditional(candidate):
        return ""
    deadline = eligibility.registration_closes(candidate)
    return doors.closing_in_words(deadline.closing) if deadline else "delegate registration closes"
