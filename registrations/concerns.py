"""What registration says on people's start pages, on the pages of bodies, and to staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db.models import Count, Max, Q
from django.urls import reverse

import clock
from events import doors
from events.calendar import Window
from events.concerns import Concern
from events.fetch import conferences_going_on
from events.models import Conference, Deadline
from events.services.public_pages import kept
from members.attention import Item
from members.body_page import Row, Section, State
from members.models import Organisation, User
from members.roles import Role, has_role
from registrations import rules
from registrations.models import (
    Booking,
    CardEvent,
    Particulars,
    PassType,
    Payment,
    Place,
    PlaceRequest,
    SupportRequest,
)

MOST = 50
#: All that a door's window is made of.
_CLOSING = ("deadline__opens_at", "deadline__closes_on", "deadline__closes_at")


def concerns(user: User, at: dt.datetime) -> list[Concern]:
    """Drafts not sent, names still missing, what is booked, and bodies that booked nothing yet."""
    bodies = rules.bodies_booked_for(user, at)
    found = _bookings_here(user, bodies, conferences_going_on(at))
    places = _places(found)
    booked = [_concern(booking, *places.get(booking.pk, (0, None))) for booking in found]
    return [*booked, *_unbooked(bodies, found, at)]


def _bookings_here(
    user: User, bodies: Sequence[Organisation], conferences: dict[int, Conference]
) -> list[Booking]:
    """Their bookings at these conferences. One query of one table: the rest is known already."""
    rows = rules.own_bookings_of(user, bodies).filter(
        conference__in=[*conferences], state__in=[Booking.State.DRAFT, Booking.State.SUBMITTED]
    )
    by_key = {body.pk: body for body in bodies}
    found = list(rows.only("reference", "state", "kept_at", "conference", "organisation")[:MOST])
    for booking in found:
        booking.conference = conferences[booking.conference_id]
        booking.organisation = by_key.get(booking.organisation_id)
    return [booking for booking in found if not booking.conference.is_halted or _waits(booking)]


def _waits(booking: Booking) -> bool:
    """Of a postponed conference: nobody has said yet whether the places are kept."""
    return booking.state == Booking.State.SUBMITTED and booking.kept_at is None


def _unbooked(
    bodies: Sequence[Organisation], found: Sequence[Booking], at: dt.datetime
) -> Iterator[Concern]:
    """Bodies that have no delegate yet, while a door is open; `found`: what is booked or begun.

    At most one query, one more for somebody with very many bookings, and one for each body that
    booked nothing.
    """
    passes = _passes_for_bodies(at) if bodies else []
    if not passes:
        return
    known = {(booking.organisation_id, booking.conference_id) for booking in found}
    if len(found) == MOST:  # there may be more than are shown
        begun = Booking.objects.exclude(state=Booking.State.CANCELLED)
        begun = begun.filter(organisation__in=bodies).order_by()
        known = set(begun.values_list("organisation", "conference"))
    for body in bodies:
        missing = [row for row in passes if (body.pk, row.conference_id) not in known]
        windows = doors.windows_of((row.deadline for row in missing), body)
        for conference in dict.fromkeys(row.conference for row in missing):
            found = [windows[row.deadline_id] for row in missing if row.conference == conference]
            if any(window.is_open(at) for window in found):
                yield Concern(
                    title="No delegate is booked yet",
                    url=reverse("registrations:body", args=[conference.slug, body.slug]),
                    action="Book delegates",
                    conference=conference.title,
                    closes_at=max((w.closes_at for w in found if w.closes_at), default=None),
                    body=body.name,
                )


def _passes_for_bodies(at: dt.datetime) -> list[PassType]:
    """Every pass that bodies book at a conference whose doors are open, with its door."""

    def read() -> list[PassType]:
        rows = PassType.objects.filter(
            conference__status__in=Conference.DOORS_OPEN,
            sold_to=PassType.SoldTo.BODIES,
            is_on_sale=True,
        )
        rows = rows.select_related("conference", "deadline")
        rows = rows.only("conference__slug", "conference__title", *_CLOSING)
        return list(rows.order_by("conference__starts_on", "conference_id"))

    return kept("passes for bodies", at, read)


def _places(bookings: Sequence[Booking]) -> dict[int, tuple[int, dt.date | None]]:
    """By booking: how many places lack a name, and the last day of its doors. At most one query."""
    if not bookings:
        return {}
    rows = Place.objects.filter(booking__in=bookings).order_by().values_list("booking")
    counted = rows.annotate(
        unnamed=Count("pk", Q(name="", cancelled_at__isnull=True)),
        # a draft is worth finishing until the last of its doors closes
        last_day=Max("pass_type__deadline__closes_on"),
    )
    return {booking: (unnamed, last_day) for booking, unnamed, last_day in counted}


def _concern(booking: Booking, unnamed: int, last_day: dt.date | None) -> Concern:
    facts = {
        "url": booking.get_absolute_url(),
        "conference": booking.conference.title,
        "body": booking.organisation.name if booking.organisation else "",
    }
    if booking.state == Booking.State.DRAFT:
        closes_at = None if last_day is None else _end(last_day)
        return Concern(
            title="A booking begun and not sent", action="Finish it", closes_at=closes_at, **facts
        )
    if booking.conference.status == Conference.Status.POSTPONED:
        title = "Keep your places, or give them back?"
        return Concern(title=title, action="Choose", note=booking.reference, **facts)
    if booking.organisation_id and unnamed:
        title = "1 place without a name" if unnamed == 1 else f"{unnamed} places without a name"
        return Concern(title=title, action="Add names", note=booking.reference, **facts)
    return Concern(
        title="You are booked", action="See it", note=booking.reference, is_done=True, **facts
    )


def _end(day: dt.date) -> dt.datetime:
    return Deadline(closes_on=day).closing


def body_section(organisation: Organisation, user: User, at: dt.datetime) -> Section | None:
    """Delegates booked or missing, for every conference that takes bookings from bodies now.

    Four queries, however many conferences there are, and two where a name is missing.
    """
    passes = _passes_for_bodies(at)
    windows = doors.windows_of((row.deadline for row in passes), organisation)
    counts = _counts(organisation)
    may_book = rules.may_book_for(user, organisation, at)
    names = _names_close_at(organisation, [key for key, (_, unnamed) in counts.items() if unnamed])
    by_conference: dict[Conference, list[Window]] = {}
    for row in passes:
        by_conference.setdefault(row.conference, []).append(windows[row.deadline_id])
    rows = [
        row
        for conference, found in by_conference.items()
        for row in _rows(
            organisation,
            conference,
            is_open=any(window.is_open(at) for window in found),
            closes_at=max((w.closes_at for w in found if w.closes_at), default=None),
            counts=counts.get(conference.pk, (0, 0)),
            may_book=may_book,
            naming=_naming(names.get(conference.pk), at),
        )
    ]
    return Section("Places at conferences", tuple(rows)) if rows else None


def _counts(organisation: Organisation) -> dict[int, tuple[int, int]]:
    """By conference: places booked, and those without a name. A body has few: counted here."""
    places = Place.objects.active().filter(booking__organisation=organisation).order_by()
    counts: dict[int, tuple[int, int]] = {}
    for conference, name in places.values_list("booking__conference", "name"):
        number, unnamed = counts.get(conference, (0, 0))
        counts[conference] = (number + 1, unnamed + (not name))
    return counts


def _rows(
    organisation: Organisation,
    conference: Conference,
    *,
    is_open: bool,
    closes_at: dt.datetime | None,
    counts: tuple[int, int],
    may_book: bool,
    naming: tuple[State, dt.datetime | None],
) -> Iterator[Row]:
    number, unnamed = counts
    here = (conference.slug, organisation.slug)
    url = reverse("registrations:body", args=here)
    link = {"url": url, "action": "Book"} if may_book and is_open else {}
    if not number:
        state = State.DUE if is_open else State.CLOSED
        yield Row("No places booked", state, conference.title, closes_at, **link)
        return
    text = "1 place booked" if number == 1 else f"{number} places booked"
    yield Row(text, State.DONE, conference.title, closes_at, **link)
    url = reverse("registrations:delegation", args=here)
    if may_book:
        yield Row("Delegation", None, conference.title, url=url, action="See what is missing")
    if unnamed:
        link = {"url": url, "action": "Add names"} if may_book else {}
        yield Row(f"{unnamed} without a name", naming[0], conference.title, naming[1], **link)


def _names_close_at(
    organisation: Organisation, conferences: Sequence[int]
) -> dict[int, dt.datetime | None]:
    """By conference: when the time for names is over for the body, where one is stated."""
    if not conferences:
        return {}
    rows = Deadline.objects.filter(kind=Deadline.Kind.NAMES, conference__in=conferences)
    rows = list(rows.select_related("conference"))
    windows = doors.windows_of(rows, organisation)
    return {row.conference_id: windows[row.pk].closes_at for row in rows}


def _naming(closes_at: dt.datetime | None, at: dt.datetime) -> tuple[State, dt.datetime | None]:
    """A name that is missing is something to do in time, and missing once that is over."""
    if closes_at is not None and at >= closes_at:
        return State.MISSING, None
    return State.DUE, closes_at


def attention(user: User, at: dt.datetime) -> Iterator[Item]:
    """For staff: what waits, told only to those who may act on it."""
    if has_role(user, Role.FINANCE):
        waiting = Payment.objects.filter(state=Payment.State.RECEIVED).count()
        yield Item("cheques not banked", waiting, _list("payment", "state__exact=received"))
    if rules.may_read_of_children(user):
        children = Particulars.objects.filter(age_band=Particulars.AgeBand.UNDER_18).count()
        yield Item(
            "delegates under 18", children, reverse("admin:registrations_particulars_changelist")
        )
    if rules.may_read_needs(user):
        waiting = SupportRequest.objects.filter(state=SupportRequest.State.WAITING).count()
        yield Item("requests for support", waiting, _list("supportrequest", "state__exact=waiting"))
    if rules.may_record_payments(user):
        held = CardEvent.objects.filter(outcome=CardEvent.Outcome.HELD).count()
        yield Item("card payments to look at", held, _list("cardevent", "outcome__exact=held"))
    if has_role(user, Role.REGISTRATIONS_OFFICER):
        yield Item(
            "bookings with a name missing",
            Booking.objects.with_unnamed_places()
            .filter(conference__ends_on__gte=clock.in_london(at).date())
            .count(),
            _list("booking", "question=unnamed"),
        )
        waiting = PlaceRequest.objects.filter(state=PlaceRequest.State.WAITING).count()
        yield Item(
            "requests for more places", waiting, _list("placerequest", "state__exact=waiting")
        )
        yield Item("addresses booked twice", _twice(at), _list("booking", "question=twice"))


def _twice(at: dt.datetime) -> int:
    """Addresses with more than one active place at a coming conference."""
    return (
        Place.objects.active()
        .exclude(email="")
        .filter(booking__conference__ends_on__gte=clock.in_london(at).date())
        .order_by()
        .values("booking__conference", "email")
        .annotate(number=Count("pk"))
        .filter(number__gt=1)
        .count()
    )


def _list(model: str, query: str) -> str:
    return f"{reverse(f'admin:registrations_{model}_changelist')}?{query}"
