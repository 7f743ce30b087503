"""The hour of the presentation: entered by staff, moved by the panel's chair.

What staff may do with it never depends on what the panel has done, or the refusal would tell.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from clock.words import instant_words
from events.models import Conference, Deadline
from members import audit
from members.models import User
from motions.awards import embargo, rules
from motions.awards.models import AwardRules
from motions.awards.services import judging


@transaction.atomic
def move(*, by: User, conference: Conference, to: dt.datetime, at: dt.datetime) -> AwardRules:
    """The chair lets the hour come later or sooner, never in the past and never once it has come.

    Raises ValidationError: code `decider`, `presented`, or a dict of fields.
    """
    row = (
        AwardRules.objects.select_for_update(of=("self",))
        .select_related("conference", "chair")
        .filter(conference=conference)
        .first()
    )
    if row is None or row.chair != by or not rules.is_judge(by, conference, at):
        raise ValidationError("The panel's chair moves the hour.", code="decider")
    judging.require_before_the_hour(row, at)
    require_to_come(conference, to, at)
    before, row.presented_at = row.presented_at, to
    row.save(update_fields=["presented_at"])
    audit.record(
        by=by,
        action="awardrules.hour_moved",
        on=row,
        at=at,
        before={"presented_at": before},
        after={"presented_at": to},
    )
    return row


def require_to_come(conference: Conference, hour: dt.datetime, at: dt.datetime) -> None:
    """Raises ValidationError when an hour has passed or lies outside of the conference's days."""
    if hour <= at:
        raise ValidationError(
            {"presented_at": "This hour has passed. Choose one that is still to come."}
        )
    if not embargo.is_in_its_days(conference, hour):
        raise ValidationError(
            {
                "presented_at": "Awards are presented in the days of the conference, or on the "
                "evening before or after. Change its dates first, if they have moved."
            }
        )


def require_of_staff(
    conference: Conference,
    before: dt.datetime | None,
    hour: dt.datetime | None,
    at: dt.datetime,
) -> None:
    """What staff may enter as the hour: anything to come; later only, once judging may have begun.

    Whoever could bring it forward could look. Raises ValidationError (a dict of fields).
    """
    if hour == before:
        return
    is_sooner = before is not None and (hour is None or hour < before)
    if is_sooner and judging_may_have_begun(conference, at):
        raise ValidationError(
            {
                "presented_at": "Nominations have closed: from here the hour can only be made later "
                f"than {instant_words(before)}. The panel's chair can bring it forward."
            }
        )
    if hour is not None:
        require_to_come(conference, hour, at)


def judging_may_have_begun(conference: Conference, at: dt.datetime) -> bool:
    """Has a door for nominations closed? From then on criteria and hour are the panel's."""
    doors = Deadline.objects.filter(conference=conference, kind=Deadline.Kind.RECOGNITION_AWARDS)
    return any(door.closing is not None and door.closing <= at for door in doors)
