"""What a door answers to a badge: one admission, or a reason a steward can read aloud.

A scan locks the badge's row: whoever voids the badge, or scans it on another phone, waits. The
nonce was drawn by whoever asks, so a question sent twice gets one answer and is counted once.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction

import clock
from events.models import Conference, Session
from members.models import User
from registrations import badge_codes
from registrations.models import Credential, DoorRules, PassType, Scan

Direction, Outcome, Refusal = Scan.Direction, Scan.Outcome, Scan.Refusal

VOID = {
    Credential.Void.LOST: Refusal.REPLACED,
    Credential.Void.SUBSTITUTED: Refusal.SUBSTITUTED,
    Credential.Void.CANCELLED: Refusal.CANCELLED,
}


def rules_of(conference: Conference) -> DoorRules:
    """How this conference keeps its doors; the defaults where nobody said."""
    found = DoorRules.objects.filter(conference=conference).first()
    return found or DoorRules(conference=conference)


@dataclass(frozen=True, kw_only=True)
class Door:
    """Where a badge is shown. `session` None: the entrance of the conference."""

    conference: Conference
    session: Session | None = None

    @cached_property
    def rules(self) -> DoorRules:
        """How it is kept: asked once, however many badges are shown."""
        return rules_of(self.conference)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """How a badge was seen: which way, when, on which phone, and whether that was cut off."""

    nonce: uuid.UUID
    scanned_at: dt.datetime
    direction: str = Direction.IN
    device: str = ""
    is_offline: bool = False


def badge(code: str) -> Credential | None:
    """The badge of a scanned or typed code, void or not."""
    tidied = badge_codes.tidy(code)
    if badge_codes.is_mistyped(tidied):
        return None
    if badge_codes.SHORT.match(tidied):
        return Credential.objects.filter(short_code=tidied).first()
    return Credential.objects.filter(code_hash=badge_codes.hashed(tidied)).first()


def badge_of_hash(key: str) -> Credential | None:
    """The badge whose long code has this hash: what a phone without a connection keeps of it."""
    if not badge_codes.HASH.match(key):
        return None
    return Credential.objects.filter(code_hash=key).first()


@transaction.atomic
def scan(
    *, by: User, door: Door, credential: Credential | None, sight: Sight, at: dt.datetime
) -> Scan:
    """Record what the door answers to a badge (None: a code that is none of ours) and return it.

    A refusal is an answer and is recorded, not raised. Raises ValidationError: `used` when the
    nonce belongs to another steward's scan.
    """
    row = _locked(credential)
    already = Scan.objects.filter(nonce=sight.nonce).first()
    if already is not None:
        return _the_same(already, by, door)
    when = min(sight.scanned_at, at)
    before = _last(row, door) if row else None
    refusal = _refusal(row, door, sight.direction, before, when)
    admitted = refusal is None
    return Scan.objects.create(
        conference=door.conference,
        session=door.session,
        credential=row,
        direction=sight.direction,
        outcome=Outcome.ADMITTED if admitted else Outcome.REFUSED,
        refusal=refusal or "",
        is_first=admitted and before is None and sight.direction == Direction.IN,
        scanned_by=by,
        device=sight.device[:40],
        is_offline=sight.is_offline,
        scanned_at=when,
        received_at=at,
        nonce=sight.nonce,
        purge_on=door.rules.purge_on(at),
    )


def _locked(credential: Credential | None) -> Credential | None:
    if credential is None:
        return None
    return (
        Credential.objects.select_for_update(no_key=True, of=("self",))
        .select_related("place__booking", "place__pass_type")
        .get(pk=credential.pk)
    )


def _the_same(already: Scan, by: User, door: Door) -> Scan:
    if already.scanned_by_id != by.pk or already.conference_id != door.conference.pk:
        raise ValidationError("This scan was sent before. Please scan again.", code="used")
    return already


def _last(credential: Credential, door: Door) -> Scan | None:
    """The last time this person went through this door, on this badge or one they lost since."""
    return (
        Scan.objects.admitted()
        .filter(
            credential__place=credential.place_id,
            credential__person=credential.person,
            session=door.session,
        )
        .order_by("-scanned_at", "-pk")
        .first()
    )


def came_in(refused: Scan) -> dt.datetime | None:
    """When the person of a badge that was 'already in' had come in at that door."""
    if refused.credential is None:
        return None
    door = Door(conference=refused.conference, session=refused.session)
    last = _last(refused.credential, door)
    return last.scanned_at if last else None


def _refusal(
    credential: Credential | None,
    door: Door,
    direction: str,
    before: Scan | None,
    when: dt.datetime,
) -> str | None:
    if credential is None:
        return Refusal.UNKNOWN
    is_in = before is not None and before.direction != Direction.OUT
    if direction == Direction.OUT:
        return None if is_in else Refusal.NOT_IN
    reason = standing_refusal(credential, door, when)
    if reason is None and direction == Direction.IN and is_in:
        return Refusal.ALREADY_IN
    return reason


def standing_refusal(credential: Credential, door: Door, when: dt.datetime) -> str | None:
    """Why this badge does not open this door at an instant, whoever is inside; None when it does.

    A phone without a connection tells us late: what was void only afterwards was good then.
    """
    place, conference = credential.place, door.conference
    if place.booking.conference_id != conference.pk:
        return Refusal.ELSEWHERE
    if credential.voided_at is not None and credential.voided_at <= when:
        return VOID[Credential.Void(credential.void_reason)]
    if conference.is_halted:
        return Refusal.HALTED
    if not is_on(conference, place.pass_type, clock.in_london(when).date()):
        return Refusal.WRONG_DAY
    delegates_only = door.session is not None and door.session.is_delegates_only
    if delegates_only and place.pass_type.role not in PassType.AMONG_DELEGATES:
        return Refusal.DELEGATES_ONLY
    if door.rules.refuses_unpaid and place.booking.balance > 0:
        return Refusal.UNPAID
    return None


def is_on(conference: Conference, pass_type: PassType, on: dt.date) -> bool:
    """Is the conference on that day, and the pass for it? What has no dates is not judged."""
    if pass_type.only_on is not None and pass_type.only_on != on:
        return False
    return conference.starts_on is None or conference.starts_on <= on <= conference.ends_on


@transaction.atomic
def purge(*, at: dt.datetime) -> int:
    """Delete the scans whose day has come, by London's date; says how many. Safe to run twice."""
    due = Scan.objects.filter(purge_on__lte=clock.in_london(at).date())
    return due.delete()[0]
