"""After conference: whose task a decision is, until when, and reports of what was done."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from events.models import Conference, LayAppointment
from events.services.public_pages import mark_changed
from members import audit
from members.models import User
from motions.agendas.register import is_followed
from motions.models import Decision, DecisionReport, Motion


def possible_keepers(conference: Conference) -> QuerySet[User]:
    """Who can be named as the person who reports: those with a task at this conference."""
    tasks = LayAppointment.objects.filter(conference=conference, ended_at__isnull=True)
    return User.objects.filter(pk__in=tasks.values("user"), is_active=True).order_by("name", "pk")


@transaction.atomic
def give(
    *,
    by: User,
    motion: Motion,
    owner: str,
    at: dt.datetime,
    keeper: User | None = None,
    due_on: dt.date | None = None,
) -> Decision:
    """Say whose task a decision is, or change it. The same again changes nothing.

    Raises ValidationError: code `undecided` where conference decided nothing to follow up, or fields.
    """
    motion = Motion.objects.select_for_update(of=("self",)).get(pk=motion.pk)
    if not is_followed(motion):
        raise ValidationError(
            "Conference has decided nothing here that somebody has to see to.", code="undecided"
        )
    owner = " ".join(owner.split())
    if not owner:
        raise ValidationError({"owner": "Say whose task it is."})
    row = Decision.objects.filter(motion=motion).first() or Decision(motion=motion)
    before = {"owner": row.owner, "keeper": row.keeper_id, "due_on": str(row.due_on or "")}
    after = {"owner": owner, "keeper": keeper.pk if keeper else None, "due_on": str(due_on or "")}
    if row.pk and before == after:
        return row
    row.owner, row.keeper, row.due_on = owner, keeper, due_on
    row.given_by, row.given_at = by, at
    row.save()
    audit.record(
        by=by,
        action="decision.given",
        on=row,
        at=at,
        organisation=motion.organisation,
        before=before if before["owner"] else {},
        after=after,
    )
    mark_changed()
    return row


@transaction.atomic
def report(
    *, by: User, decision: Decision, state: str, text: str, at: dt.datetime
) -> DecisionReport:
    """Report what was done, and how it stands; everybody reads it. The same again is one report.

    Raises ValidationError by field.
    """
    row = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    text = text.strip()
    if not text:
        raise ValidationError({"text": "Say what was done."})
    last = row.reports.order_by("-reported_at", "-pk").first()
    if last is not None and (last.text, last.state) == (text, state):
        return last
    made = DecisionReport.objects.create(
        decision=row, state=state, text=text, reported_by=by, reported_at=at
    )
    before, row.state = row.state, state
    row.save(update_fields=["state"])
    audit.record(
        by=by,
        action="decision.reported",
        on=row,
        at=at,
        before={"state": before},
        after={"state": state},
    )
    mark_changed()
    return made
