"""What the business of conference says on start pages, on the pages of bodies, and to staff."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Value
from django.urls import reverse

import clock
from events import doors
from events.calendar import DoorState, Window
from events.concerns import Concern
from events.models import Conference, LayAppointment
from events.rules import authorities, tasks_of
from events.services.public_pages import kept
from members.attention import Item
from members.body_page import Row, Section, State
from members.models import Organisation, User
from members.roles import Role, has_role
from members.rules import Deed, bodies_acted_for
from motions import rules
from motions.models import (
    Appeal,
    AwardCategory,
    Call,
    Candidate,
    Consultation,
    Motion,
    Nomination,
    Opinion,
    PolicySubmission,
    Post,
)
from motions.models.door import Door

#: All that is shown of a door's window and conference, and asked of it: who may send.
_CLOSING = (
    "deadline__opens_at",
    "deadline__closes_on",
    "deadline__closes_at",
    "deadline__conference__slug",
    "deadline__conference__title",
)
#: What is not yet sent in or is asked about.
_WAITING = (
    Motion.State.DRAFT,
    Motion.State.AWAITING_CONFIRMATION,
    Motion.State.CLARIFICATION,
)
#: Nobody is asked for an emergency, or to amend.
_NOT_ASKED = (Call.Kind.EMERGENCY, Call.Kind.AMENDMENT)
_SENDERS = ("from_party_councils", "from_societies", "from_branches")


def concerns(user: User, at: dt.datetime) -> list[Concern]:
    """Drafts and questions of one's own bodies, calls they have not answered, the committee's desk.

    At most six queries, and one for each body that has sent nothing.
    """
    bodies = bodies_acted_for(user, Deed.SUBMIT, clock.in_london(at).date())
    offices = {body.pk for body in bodies}
    motions = _motions_here(offices, authorities(user), at)
    waiting = (motion for motion in motions if motion.state in _WAITING)
    found = [_concern(motion, is_officer=motion.organisation_id in offices) for motion in waiting]
    return [*filter(None, found), *_unanswered(bodies, motions, at), *_desks(user, at)]


def _unanswered(
    bodies: Sequence[Organisation], motions: Sequence[Motion], at: dt.datetime
) -> Iterator[Concern]:
    """Open calls to which a body has sent nothing and begun nothing. An emergency asks nobody."""
    if not bodies:
        return
    known = {(motion.organisation_id, motion.call_id) for motion in motions}
    calls = [call for call in _doors(_CALLS, at) if call.kind not in _NOT_ASKED]
    for body in bodies:
        unanswered = [call for call in calls if (body.pk, call.pk) not in known]
        unanswered = [call for call in unanswered if body.kind in call.sender_kinds]
        windows = doors.windows_of((call.deadline for call in unanswered), body)
        for call in unanswered:
            if windows[call.deadline_id].is_open(at):
                yield Concern(
                    title=f"{call.label}: nothing sent yet",
                    url=reverse("motions:list", args=[call.conference.slug]),
                    action="Write a motion",
                    conference=call.conference.title,
                    closes_at=windows[call.deadline_id].closes_at,
                    body=body.name,
                )


def _motions_here(
    offices: set[int], authorised: set[tuple[int, int]], at: dt.datetime
) -> list[Motion]:
    """The motions of those a person acts for; not asked for people who act for nobody."""
    bodies = {*offices, *(body for body, _ in authorised)}
    if not bodies:
        return []
    calls = {call.pk: call for call in _doors(_CALLS, at)}
    rows = (
        Motion.and_amendments.filter(organisation__in=bodies, call__in=[*calls])
        .exclude(state=Motion.State.WITHDRAWN)
        .order_by("-pk")
        .select_related("organisation")
        .only("title", "state", "amends", "call", "conference", "organisation__name")
    )
    found = [
        motion
        for motion in rows
        if motion.organisation_id in offices
        or (motion.organisation_id, motion.conference_id) in authorised
    ]
    for motion in found:
        motion.call = calls[motion.call_id]
        motion.conference = motion.call.conference
    return found


def _concern(motion: Motion, *, is_officer: bool) -> Concern | None:
    slug = motion.conference.slug
    facts = {"conference": motion.conference.title, "body": motion.organisation.name}
    if motion.state == Motion.State.AWAITING_CONFIRMATION:
        url = reverse("motions:confirm", args=[slug, motion.pk])
        title = f"“{motion}” waits for an officer"
        return Concern(title=title, url=url, action="Confirm", **facts) if is_officer else None
    if motion.state == Motion.State.CLARIFICATION:
        title = f"The committee asks about “{motion}”"
        return Concern(title=title, url=motion.get_absolute_url(), action="Answer", **facts)
    return Concern(
        title=f"“{motion}” is a draft: it has not been sent in",
        url=reverse("motions:edit", args=[slug, motion.pk]),
        action="Go on writing",
        closes_at=motion.call.deadline.closing,
        **facts,
    )


def _desks(user: User, at: dt.datetime) -> Iterator[Concern]:
    """The committee's desk, for its members, with how much waits there."""
    seats = [
        row.conference
        for row in tasks_of(user, at)
        if row.task == LayAppointment.Task.CAC_MEMBER
        and row.conference.status != Conference.Status.OVER
    ]
    if not seats:
        return
    waiting = Motion.and_amendments.filter(
        conference__in=seats,
        state__in=[Motion.State.SUBMITTED, Motion.State.LATE],
    ).exclude(opinions__in=Opinion.objects.open().filter(member=user))
    appeals = Appeal.objects.waiting().filter(motion__conference__in=seats)
    numbers = Counter(
        [
            *waiting.order_by().values_list("conference", flat=True),
            *appeals.order_by().values_list("motion__conference", flat=True),
        ]
    )
    for conference in seats:
        number = numbers[conference.pk]
        noun = "motion waits" if number == 1 else "motions wait"
        yield Concern(
            title=f"{number} {noun} for the Conference Arrangements Committee",
            url=reverse("motions:cac", args=[conference.slug]),
            action="To the desk",
            conference=conference.title,
            is_done=number == 0,
        )


def body_section(organisation: Organisation, user: User, at: dt.datetime) -> Section | None:
    """What the body has sent and may still send, for every conference whose doors are open.

    Of recognition awards only that they may be proposed: what was sent is a secret of its sender.
    """
    found = [
        (kind, [door for door in _doors(kind, at) if organisation.kind in door.sender_kinds])
        for kind in _KINDS
    ]
    deadlines = [door.deadline for _, here in found for door in here]
    windows = doors.windows_of(deadlines, organisation)
    counts = _counts([kind for kind, here in found if here], organisation)
    rows = [row for kind, here in found for row in _rows(kind, here, windows, counts, at)]
    return Section("Motions and nominations", tuple(rows)) if rows else None


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of business on a body's page: its doors, where they lead, what was sent through."""

    model: type[Door]
    url_name: str
    noun: str
    names: tuple[str, ...]
    sent: Callable[[Organisation], QuerySet] | None = None
    door: str = ""


def _motions(organisation: Organisation) -> QuerySet:
    rows = Motion.and_amendments.filter(organisation=organisation, composite__isnull=True)
    return rows.exclude(state=Motion.State.WITHDRAWN)


def _nominations(organisation: Organisation) -> QuerySet:
    rows = Nomination.objects.filter(organisation=organisation)
    return rows.filter(state=Nomination.State.SUBMITTED)


def _submissions(organisation: Organisation) -> QuerySet:
    rows = PolicySubmission.objects.filter(organisation=organisation)
    return rows.exclude(state=PolicySubmission.State.WITHDRAWN)


_CALLS = _Kind(Call, "motions:list", "", ("kind", "name"), _motions, "call")
_KINDS = (
    _CALLS,
    _Kind(Post, "nominations:posts", "Nominations: ", ("title",), _nominations, "candidate__post"),
    _Kind(
        Consultation,
        "consultations:list",
        "Policy submission: ",
        ("title",),
        _submissions,
        "consultation",
    ),
    _Kind(AwardCategory, "awards:categories", "Award: ", ("name",)),
)


def _doors(kind: _Kind, at: dt.datetime) -> list[Door]:
    """The doors of a kind where anything is open, with no more than a row shows of them."""

    def read() -> list[Door]:
        rows = kind.model.objects.filter(deadline__conference__status__in=Conference.DOORS_OPEN)
        rows = rows.select_related("deadline__conference")
        return list(rows.only(*kind.names, *_SENDERS, *_CLOSING))

    return kept(f"doors: {kind.model._meta.label}", at, read)


def _counts(
    kinds: Sequence[_Kind], organisation: Organisation
) -> dict[tuple[str, int], tuple[int, int]]:
    """(kind, door) → (sent, drafts), for every kind in one query; a body sends few, counted here."""
    rows = [
        kind.sent(organisation)
        .order_by()
        .values_list(Value(kind.url_name), kind.door, "submitted_at")
        for kind in kinds
        if kind.sent
    ]
    counts: dict[tuple[str, int], tuple[int, int]] = {}
    for kind, door, submitted_at in rows[0].union(*rows[1:], all=True) if rows else ():
        sent, drafts = counts.get((kind, door), (0, 0))
        is_sent = submitted_at is not None
        counts[kind, door] = (sent + is_sent, drafts + (not is_sent))
    return counts


def _rows(
    kind: _Kind,
    here: list[Door],
    windows: dict[int, Window],
    counts: dict[tuple[str, int], tuple[int, int]],
    at: dt.datetime,
) -> Iterator[Row]:
    """A row for each door of this kind."""
    for door in here:
        sent, drafts = counts.get((kind.url_name, door.pk), (0, 0))
        window = windows[door.deadline_id]
        is_open = window.state(at) in {DoorState.OPEN, DoorState.NOT_YET}
        name = getattr(door, "label", "") or getattr(door, "title", "") or door.name
        yield Row(
            text=f"{kind.noun}{name}",
            state=_state(sent, drafts, is_open=is_open),
            conference=door.conference.title,
            closes_at=window.closes_at,
            note=_note(sent, drafts),
            url=reverse(kind.url_name, args=[door.conference.slug]),
            action="Open" if is_open or sent or drafts else "",
        )


def _state(sent: int, drafts: int, *, is_open: bool) -> State:
    if sent:
        return State.DONE
    if not is_open:
        return State.CLOSED
    return State.BEGUN if drafts else State.DUE


def _note(sent: int, drafts: int) -> str:
    parts = []
    if sent:
        parts.append(f"{sent} sent in")
    if drafts:
        parts.append("1 draft not sent in" if drafts == 1 else f"{drafts} drafts not sent in")
    return ", ".join(parts)


def attention(user: User, at: dt.datetime) -> Iterator[Item]:
    """For staff who enter business: what waits for the committee, who is not asked yet."""
    if not (rules.may_enter_paper(user) or has_role(user, Role.ADMINISTRATOR)):
        return
    live = {"conference__status__in": Conference.DOORS_OPEN}
    listing = reverse("admin:motions_motion_changelist")
    yield Item(
        "motions wait for the committee",
        Motion.objects.filter(state=Motion.State.SUBMITTED, **live).count(),
        f"{listing}?state__exact=submitted",
    )
    yield Item(
        "motions are on the late list",
        Motion.objects.filter(state=Motion.State.LATE, **live).count(),
        f"{listing}?state__exact=late",
        is_urgent=True,
    )
    yield Item(
        "nominees have not answered",
        Candidate.objects.filter(
            state=Candidate.State.ASKED,
            post__deadline__conference__status__in=Conference.DOORS_OPEN,
        ).count(),
        f"{reverse('admin:motions_candidate_changelist')}?state__exact=asked",
    )
