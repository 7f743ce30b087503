"""What the business of conference says on start pages, on the pages of bodies, and to staff."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

import clock
from events.calendar import DoorState, Window
from events.concerns import Concern
from events.models import Conference, DeadlineChange, LayAppointment
from events.rules import appointments, authorities
from members.attention import Item
from members.body_page import Row, Section, State
from members.models import Organisation, User
from members.roles import Role, has_role
from members.rules import Deed, body_ids_for
from motions import rules
from motions.models import (
    AwardCategory,
    Call,
    Candidate,
    Consultation,
    Motion,
    Nomination,
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
_SENDERS = ("from_party_councils", "from_societies", "from_branches")


def concerns(user: User, at: dt.datetime) -> list[Concern]:
    """Drafts and questions of one's own bodies, calls they have not answered, the committee's desk.

    At most five queries; for an officer three more, and one for each body that has sent nothing.
    """
    offices = body_ids_for(user, Deed.SUBMIT, clock.in_london(at).date())
    waiting = _waiting(offices, authorities(user))
    found = [_concern(motion, is_officer=motion.organisation_id in offices) for motion in waiting]
    return [*filter(None, found), *_unanswered(offices, at), *_desks(user, at)]


def _unanswered(offices: list[int], at: dt.datetime) -> Iterator[Concern]:
    """Open calls to which a body has sent nothing and begun nothing. An emergency asks nobody."""
    if not offices:
        return
    calls = list(
        Call.objects.filter(deadline__conference__status__in=Conference.DOORS_OPEN)
        .exclude(kind=Call.Kind.EMERGENCY)
        .select_related("deadline__conference")
        .only("kind", "name", *_SENDERS, *_CLOSING)
    )
    if not calls:
        return
    begun = Motion.objects.filter(organisation__in=offices, call__in=calls)
    begun = begun.exclude(state=Motion.State.WITHDRAWN).order_by()
    known = set(begun.values_list("organisation", "call"))
    for body in Organisation.objects.filter(pk__in=offices).order_by("name"):
        doors = [call for call in calls if (body.pk, call.pk) not in known]
        doors = [call for call in doors if body.kind in call.sender_kinds]
        windows = _windows(doors, body) if doors else {}
        for call in doors:
            if windows[call.deadline_id].is_open(at):
                yield Concern(
                    title=f"{call.label}: nothing sent yet",
                    url=reverse("motions:list", args=[call.conference.slug]),
                    action="Write a motion",
                    conference=call.conference.title,
                    closes_at=windows[call.deadline_id].closes_at,
                    body=body.name,
                )


def _waiting(offices: list[int], authorised: set[tuple[int, int]]) -> list[Motion]:
    """What is not yet sent in or is asked about; not asked for people who act for nobody."""
    bodies = {*offices, *(body for body, _ in authorised)}
    if not bodies:
        return []
    rows = Motion.objects.filter(
        organisation__in=bodies,
        conference__status__in=Conference.DOORS_OPEN,
        state__in=[
            Motion.State.DRAFT,
            Motion.State.AWAITING_CONFIRMATION,
            Motion.State.CLARIFICATION,
        ],
    ).select_related("call__deadline", "conference", "organisation")
    rows = rows.only(
        *("title", "state", "conference__slug", "conference__title", "organisation__name"),
        *("call__deadline__closes_on", "call__deadline__closes_at"),
    )
    return [
        motion
        for motion in rows
        if motion.organisation_id in offices
        or (motion.organisation_id, motion.conference_id) in authorised
    ]


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
    seats = (
        appointments(user, at)
        .filter(task=LayAppointment.Task.CAC_MEMBER)
        .exclude(conference__status=Conference.Status.OVER)
        .order_by()
        .values_list("conference", "conference__slug", "conference__title")
    )
    if not seats:
        return
    waiting = Motion.objects.filter(
        conference__in=[pk for pk, _, _ in seats],
        state__in=[Motion.State.SUBMITTED, Motion.State.LATE],
    )
    numbers = Counter(waiting.order_by().values_list("conference", flat=True))
    for pk, slug, title in seats:
        number = numbers[pk]
        noun = "motion waits" if number == 1 else "motions wait"
        yield Concern(
            title=f"{number} {noun} for the Conference Arrangements Committee",
            url=reverse("motions:cac", args=[slug]),
            action="To the desk",
            conference=title,
            is_done=number == 0,
        )


def body_section(organisation: Organisation, user: User, at: dt.datetime) -> Section | None:
    """What the body has sent and may still send, for every conference whose doors are open.

    Of recognition awards only that they may be proposed: what was sent is a secret of its sender.
    """
    kinds = (
        _Kind(Call, "motions:list", "", ("kind", "name"), _motions),
        _Kind(Post, "nominations:posts", "Nominations: ", ("title",), _nominations),
        _Kind(Consultation, "consultations:list", "Policy submission: ", ("title",), _submissions),
        _Kind(AwardCategory, "awards:categories", "Award: ", ("name",), None),
    )
    found = [(kind, kind.doors_of(organisation)) for kind in kinds]
    windows = _windows([door for _, doors in found for door in doors], organisation)
    rows = [row for kind, doors in found for row in _rows(kind, doors, windows, organisation, at)]
    return Section("Motions and nominations", tuple(rows)) if rows else None


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of business on a body's page: its doors, where they lead, what was sent through."""

    model: type[Door]
    url_name: str
    noun: str
    names: tuple[str, ...]
    counts: Callable[[Organisation], dict[int, tuple[int, int]]] | None

    def doors_of(self, organisation: Organisation) -> list[Door]:
        """The doors this kind of body may use, with no more than a row shows of them. One query."""
        doors = self.model.objects.filter(
            deadline__conference__status__in=Conference.DOORS_OPEN
        ).select_related("deadline__conference")
        return [
            door
            for door in doors.only(*self.names, *_SENDERS, *_CLOSING)
            if organisation.kind in door.sender_kinds
        ]


def _motions(organisation: Organisation) -> dict[int, tuple[int, int]]:
    rows = Motion.objects.filter(organisation=organisation).exclude(state=Motion.State.WITHDRAWN)
    return _counts(rows, "call")


def _nominations(organisation: Organisation) -> dict[int, tuple[int, int]]:
    rows = Nomination.objects.filter(organisation=organisation, state=Nomination.State.SUBMITTED)
    return _counts(rows, "candidate__post")


def _submissions(organisation: Organisation) -> dict[int, tuple[int, int]]:
    rows = PolicySubmission.objects.filter(organisation=organisation).exclude(
        state=PolicySubmission.State.WITHDRAWN
    )
    return _counts(rows, "consultation")


def _counts(rows: QuerySet, door: str) -> dict[int, tuple[int, int]]:
    """Door → (sent, drafts), in one query."""
    sent = Q(submitted_at__isnull=False)
    counted = (
        rows.order_by().values(door).annotate(sent=Count("pk", sent), drafts=Count("pk", ~sent))
    )
    return {row[door]: (row["sent"], row["drafts"]) for row in counted}


def _rows(
    kind: _Kind,
    doors: list[Door],
    windows: dict[int, Window],
    organisation: Organisation,
    at: dt.datetime,
) -> Iterator[Row]:
    """A row for each door; what was sent is asked for only where there is one."""
    counts = kind.counts(organisation) if kind.counts and doors else {}
    for door in doors:
        sent, drafts = counts.get(door.pk, (0, 0))
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


def _windows(doors: list[Door], organisation: Organisation) -> dict[int, Window]:
    """Each deadline's window for this body: its own extension counts. One query."""
    windows = {door.deadline_id: door.deadline.window for door in doors}
    changes = DeadlineChange.objects.filter(
        organisation=organisation, deadline__in=windows
    ).order_by("changed_at", "pk")
    latest = {change.deadline_id: change.closing for change in changes}
    return {pk: window.extended_to(latest.get(pk)) for pk, window in windows.items()}


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
