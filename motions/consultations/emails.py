"""Mail of consultations: the personal link, and that the response is published."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.urls import reverse

import clock
from events import doors
from mailing import outbox
from mailing.outbox import Letter
from mailing.policy import NOTICE
from members.models import Officeholding
from motions.consultations.models import PolicySubmission, ResponseReport
from motions.consultations.services import links


def link(submission: PolicySubmission, *, token: str, at: dt.datetime) -> None:
    """The key to somebody's own page, to the address it was asked for with."""
    consultation = submission.consultation
    window = consultation.deadline.window
    closing = window.closes_at
    newest = submission.links.order_by("-pk").values_list("pk", flat=True).first()
    outbox.put(
        key=f"consultations:link:{newest}",
        to=submission.email,
        to_name=submission.name,
        subject=f"Your link: {consultation.title}",
        template="consultations/link",
        context={
            "consultation": consultation,
            "conference": consultation.conference,
            "is_draft": submission.is_draft,
            "closes": doors.closing_in_words(closing) if closing else "",
            "path": reverse("consultations:by-link", args=[token]),
        },
        kind=NOTICE,
        at=at,
        conference=consultation.conference.slug,
    )


def published(report: ResponseReport, *, at: dt.datetime) -> int:
    """Tell everybody who sent something what became of it; how many mails that makes."""
    consultation = report.consultation
    rows = (
        PolicySubmission.objects.sent()
        .filter(consultation=consultation)
        .select_related("organisation", "created_by", "consultation__deadline__conference")
    )
    return outbox.put_many(
        _letters(list(rows), report, at),
        template="consultations/published",
        kind=NOTICE,
        at=at,
        conference=consultation.conference.slug,
    )


def _letters(
    rows: Iterable[PolicySubmission], report: ResponseReport, at: dt.datetime
) -> Iterator[Letter]:
    officers = _officers(rows, at)
    for row in rows:
        for address, name, path in _readers(row, officers, at):
            yield Letter(
                key=f"consultations:published:{row.pk}:{address}",
                to=address,
                to_name=name,
                subject=f"What became of what you sent: {report.consultation.title}",
                context={
                    "submission": row,
                    "consultation": report.consultation,
                    "conference": report.consultation.conference,
                    "path": path,
                },
            )


def _officers(rows: Iterable[PolicySubmission], at: dt.datetime) -> dict[int, dict[str, str]]:
    """Body → address → name of the officers who send its business. One query."""
    held = (
        Officeholding.objects.in_force(clock.in_london(at).date())
        .filter(
            organisation__in={row.organisation_id for row in rows if row.organisation_id},
            office__may_submit=True,
            user__is_active=True,
        )
        .select_related("user")
    )
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for holding in held:
        found[holding.organisation_id][holding.user.email.lower()] = holding.user.get_full_name()
    return found


def _readers(
    row: PolicySubmission, officers: dict[int, dict[str, str]], at: dt.datetime
) -> Iterator[tuple[str, str, str]]:
    """(address, name, path) of everybody who is told of one submission."""
    conference = row.consultation.conference
    page = reverse("consultations:submission", args=[conference.slug, row.pk])
    if row.email:
        token = links.issue(submission=row, at=at)
        yield row.email, row.name, reverse("consultations:by-link", args=[token])
    if row.kind == PolicySubmission.Kind.BODY:
        people = officers.get(row.organisation_id, {})
        shared = row.organisation.contact_email.lower()
        if shared:
            people = {shared: row.organisation.name, **people}
        for address, name in people.items():
            if address != row.email:
                yield address, name, page
    elif row.channel == "web" and row.created_by and row.created_by.email.lower() != row.email:
        yield row.created_by.email.lower(), row.created_by.get_full_name(), page
