"""Two amendments to the motion that is published: one published too, one waiting for the committee."""

from __future__ import annotations

import datetime as dt
import uuid

from coopconf.demo.sending import rule
from events.models import Deadline
from members.models import Organisation, User
from motions.amendments.services.drafting import start_amendment
from motions.models import Amendment, Call, Motion, Ruling
from motions.services.drafting import Wording, save_draft
from motions.services.ruling import publish
from motions.services.sending import submit


def tell(
    motion: Motion,
    *,
    bodies: dict[str, Organisation],
    people: dict[str, User],
    basis: str,
    at: dt.datetime,
) -> None:
    """Opens the door for amendments, then lets two bodies act over the days before `at`."""
    deadline = motion.conference.deadlines.get(kind=Deadline.Kind.AMENDMENTS)
    Call.objects.create(deadline=deadline, kind=Call.Kind.AMENDMENT, basis=basis)
    longer = motion.draft_text.replace("their first two years", "their first three years")
    shown = send(motion, bodies["Northmoor Party Council"], people["quentin"], longer, at, 2)
    rule(shown, Ruling.Verdict.IN_ORDER, at=at - dt.timedelta(hours=25))
    publish(by=people["ines"], motion=shown, at=at - dt.timedelta(hours=24))
    more = f"{motion.draft_text}\n\nConference asks councils that we run to go first."
    send(motion, bodies["Lakeland and Border Party Council"], people["rosa"], more, at, 1)


def send(
    motion: Motion, body: Organisation, author: User, text: str, at: dt.datetime, days_ago: int
) -> Motion:
    """An amendment written and sent in by an officer, so many days before `at`."""
    when = at - dt.timedelta(days=days_ago)
    draft = start_amendment(by=author, motion=motion, organisation=body, at=when, key=uuid.uuid4())
    wording = Wording(title=draft.title, text=text, mover="Jo Fenwick", names_consent=True)
    saved = save_draft(
        by=author, motion=draft, version=draft.draft_version, wording=wording, at=when
    ).motion
    submit(by=author, motion=saved, version=saved.draft_version, at=when, key=uuid.uuid4())
    return Amendment.objects.get(pk=draft.pk)
