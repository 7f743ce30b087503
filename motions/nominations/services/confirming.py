"""The condition of a nomination, tested when delegate registration has closed."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from events import doors
from events.models import Conference
from members import audit
from members.models import User
from motions.nominations import eligibility, emails
from motions.nominations.models import Candidate
from motions.nominations.services import striking


def judge_conditions(*, at: dt.datetime) -> int:
    """Confirm or strike out everyone whose delegate registration has closed; how many it was.

    Safe to run at any time and twice at once: whoever was tested is not tested again, and a run that
    was missed is made up for by the next. While a conference is halted its nominations wait, and
    whoever has a namesake among the delegates waits for the returning officer.
    """
    waiting = Candidate.objects.in_play().filter(
        confirmed_at__isnull=True,
        post__nominee_is_delegate=True,
        post__deadline__conference__status__in=Conference.DOORS_OPEN,
        post__contest__declared_at__isnull=True,
    )
    return sum(_tested(candidate, at) for candidate in waiting.with_their_post().order_by("pk"))


@transaction.atomic
def confirm(*, by: User, candidate: Candidate, reason: str, at: dt.datetime) -> Candidate:
    """The returning officer found that they are a delegate, where the addresses do not show it.

    Raises ValidationError: `reason` when none is given, `state` when it is no question any more.
    """
    candidate, _ = striking.locked(by, candidate)
    if not reason.strip():
        raise ValidationError({"reason": "Say how you know that they are a delegate."})
    if not candidate.is_in_play or candidate.confirmed_at is not None:
        raise ValidationError("This is no question any more: look at the page again.", code="state")
    return _confirmed(by, candidate, reason.strip(), at)


@transaction.atomic
def _tested(candidate: Candidate, at: dt.datetime) -> bool:
    deadline = eligibility.registration_closes(candidate)
    if deadline is None or at < deadline.closing:
        return False
    # whoever books at the last instant holds this row: their place is seen, or it came too late
    candidate, _ = striking.locked(None, candidate, deadline.pk)
    deadline.refresh_from_db(fields=["closes_on", "closes_at"])
    if not candidate.is_in_play or candidate.confirmed_at is not None:
        return False
    if not eligibility.standing(candidate).exists():
        return False  # nobody nominates them any more: there is nothing to test
    if at < eligibility.tested_from(candidate, deadline):
        return False
    if eligibility.is_delegate(candidate):
        _confirmed(None, candidate, "", at)
        return True
    if eligibility.has_namesake(candidate):
        return False
    striking.strike_out(
        by=None,
        candidate=candidate,
        reason="They were not registered as a delegate when delegate registration closed at "
        f"{doors.closing_in_words(eligibility.tested_from(candidate, deadline))}.",
        at=at,
    )
    return True


def _confirmed(by: User | None, candidate: Candidate, reason: str, at: dt.datetime) -> Candidate:
    candidate.confirmed_at = at
    candidate.save(update_fields=["confirmed_at"])
    audit.record(
        by=by,
        action="candidate.confirmed",
        on=candidate,
        at=at,
        after={"confirmed_at": at.isoformat()},
        reason=reason,
    )
    emails.told_bodies(candidate, at, key="confirmed", template="confirmed")
    emails.told_nominee(
        candidate,
        at,
        key="you-are-confirmed",
        template="you_are_confirmed",
        subject="You are a delegate",
    )
    return candidate
