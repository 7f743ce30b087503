"""One mail a person: gathers what is planned for an address, and checks it again at the last moment.

The rows and the mail are joined in one transaction: a crash before it leaves rows without a mail,
which the next run gathers; after it the outbox has the mail.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from events import calendar, doors
from events.models import Conference, Reminder
from events.reminders.audiences import Asked, concerned
from events.reminders.planning import is_move_notice
from mailing import outbox
from mailing.models import Mail

BATCH = 200


def waiting() -> QuerySet[Reminder]:
    """Reminders planned but not yet in a mail."""
    return Reminder.objects.filter(mail_key="")


def gather(*, at: dt.datetime) -> int:
    """Put one mail an address in the outbox for all that waits; return how many mails."""
    mails = 0
    while True:
        with transaction.atomic():
            addresses = list(
                waiting().order_by("address").values_list("address", flat=True).distinct()[:BATCH]
            )
            rows = list(
                waiting()
                .filter(address__in=addresses)
                .select_for_update(skip_locked=True, of=("self",))
                .select_related("deadline__conference__imprint", "organisation")
                .order_by("address", "closes_at", "pk")
            )
            if not rows:
                return mails
            mails += outbox.put_many(
                _letters(rows, at), template="reminder", kind="reminder", at=at
            )
            Reminder.objects.bulk_update(rows, ["mail_key"], batch_size=400)


def _letters(rows: list[Reminder], at: dt.datetime) -> Iterator[outbox.Letter]:
    """A letter for each address; writes its key on the rows it carries."""
    for address, group in groupby(rows, key=lambda row: row.address):
        carried = list(group)
        key = f"reminder:{carried[0].pk}:{int(at.timestamp())}"
        for row in carried:
            row.mail_key = key
        yield outbox.Letter(
            key=key,
            to=address,
            to_name=carried[0].name,
            subject=_subject(carried),
            context={"items": [_item(row) for row in carried], "name": carried[0].name},
            pointless_after=max(row.closes_at for row in carried),
        )


def _subject(rows: list[Reminder]) -> str:
    first, title = rows[0], rows[0].deadline.conference.title
    deadlines = {row.deadline_id for row in rows}
    if len(deadlines) > 1:
        return f"{len(deadlines)} dates coming up ({title})"
    if is_move_notice(first):
        return f"{first.deadline.label}: the closing date has moved ({title})"
    day = calendar.last_day(first.closes_at)
    return f"{first.deadline.label}: open until {day:%A} {day.day} {day:%B %Y} ({title})"


def _item(row: Reminder) -> dict[str, str | bool]:
    return {
        "label": row.deadline.label,
        "conference": row.deadline.conference.title,
        "closes": doors.closing_in_words(row.closes_at),
        "moved": is_move_notice(row),
        "why": row.why,
        "url": f"{settings.SITE_URL.rstrip('/')}{row.path}" if row.path else "",
    }


def reason_not_needed(mail: Mail, at: dt.datetime) -> str:
    """Asked inside the claim, just before sending: does every line of the mail still hold?

    A deadline that moved, a conference that was halted, or a body that has done it meanwhile makes
    its line untrue: the mail is withdrawn and the lines that still hold are gathered anew.
    """
    rows = list(
        Reminder.objects.filter(mail_key=mail.key).select_related(
            "deadline__conference", "organisation"
        )
    )
    if not rows:
        return ""
    still = [row for row in rows if _holds(row, at)]
    if len(still) == len(rows):
        return ""
    Reminder.objects.filter(pk__in=[row.pk for row in still]).update(mail_key="")
    return "a deadline in it has moved, closed or been met since it was planned"


def _holds(row: Reminder, at: dt.datetime) -> bool:
    deadline = row.deadline
    if deadline.conference.status not in Conference.REMINDING or not deadline.is_reminded:
        return False
    if doors.window_for(deadline, row.organisation).closes_at != row.closes_at:
        return False
    if at >= row.closes_at:
        return False
    asked = Asked(organisation=row.organisation, address=row.address)
    return any(
        recipient.address.strip().lower() == row.address
        and recipient.organisation_id == row.organisation_id
        for recipient in concerned(deadline, asked, at)
    )
