"""The mover's body accepts an amendment to its motion, or does not."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from events.services.public_pages import mark_changed
from members.models import User
from motions.amendments import amending, beside
from motions.models import Motion, MoversAnswer
from motions.services import ruling
from motions.services.sending import audited, full_text, locked


@transaction.atomic
def answer(
    *, by: User, amendment: Motion, says: MoversAnswer.Answer, at: dt.datetime
) -> MoversAnswer:
    """Record what the mover's body says, and tell the body that proposed it, with the text.

    The same answer again is the one there is; another one ends it. Raises ValidationError: code
    `state` unless the amendment is published and to the motion's present text, `amends` when the
    motion is no longer before conference, `collides` when another accepted amendment changes the
    same.
    """
    amendment = locked(amendment)
    require_open(amendment)
    standing = MoversAnswer.objects.filter(amendment=amendment, ended_at__isnull=True).first()
    if standing and (standing.answer, standing.version_id) == (says, amendment.current_version_id):
        return standing
    if says == MoversAnswer.Answer.ACCEPTED:
        _require_no_clash(amendment)
    MoversAnswer.objects.filter(amendment=amendment, ended_at__isnull=True).update(ended_at=at)
    made = MoversAnswer.objects.create(
        amendment=amendment,
        version=amendment.current_version,
        answer=says,
        given_by=by,
        given_at=at,
    )
    audited(by, amendment, f"amendment.{says}", amendment.state, at)
    what = "Accepted" if says == MoversAnswer.Answer.ACCEPTED else "Not accepted"
    ruling.mail_the_body(
        amendment,
        at,
        key=f"motions:answer:{made.pk}",
        subject=f"{what} by the mover: {amendment.title}",
        template="motions/amendment_answered",
        context={
            "motion": amendment,
            "mover": amendment.amends.organisation,
            "is_accepted": says == MoversAnswer.Answer.ACCEPTED,
            "text": full_text(amendment),
        },
    )
    mark_changed()
    return made


def require_open(amendment: Motion) -> None:
    """Is this a published amendment to a motion's present text? Raises ValidationError."""
    if refusal := amending.why_not(amendment.amends):
        raise ValidationError(refusal, code="amends")
    if not amendment.is_published:
        raise ValidationError(
            f"This amendment is “{amendment.get_state_display()}”: there is nothing to answer now.",
            code="state",
        )
    if amendment.current_version.base_id != amendment.amends.current_version_id:
        raise ValidationError(
            "The motion's text has changed since this amendment was written: it goes back to its "
            "body first.",
            code="state",
        )


def _require_no_clash(amendment: Motion) -> None:
    """Two accepted amendments are voted on as one text, so they must make one."""
    found = beside.beside(amendment.amends)
    accepted = [
        row
        for row in found.rows
        if row.amendment.pk == amendment.pk
        or (row.answer and row.answer.answer == MoversAnswer.Answer.ACCEPTED)
    ]
    for meeting in beside.Beside(amendment.amends, accepted, found.orders).meetings:
        others = [one for one in meeting.amendments if one.pk != amendment.pk]
        if len(others) < len(meeting.amendments):
            names = " and ".join(map(amending.label, others))
            raise ValidationError(
                f"In paragraph {meeting.paragraph} it changes the same as {names}, which you have "
                "accepted. Both together make no text: do not accept one of them, and conference "
                "votes on it first.",
                code="collides",
            )
