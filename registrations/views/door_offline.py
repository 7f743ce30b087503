"""What a steward's phone keeps for when there is no connection, and what it sends afterwards.

The list names nobody: hashes of codes, the codes to type, a role and what to read aloud. The name
is on the badge that is shown. The queue holds a hash or a typed code, never what a badge's QR code
holds.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

import clock
from events.calendar import end_of_day
from members.second_factor import second_factor_required
from registrations import attendance, door_words
from registrations.models import Scan
from registrations.services import scanning
from registrations.views import fetch
from registrations.views.door import session_asked

MOST_AT_ONCE = 100
LONGEST_WAIT = dt.timedelta(hours=36)
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)


@require_safe
@second_factor_required
def badges(request: HttpRequest, slug: str) -> HttpResponse:
    """Every badge of the conference as its door would answer it now, until the day is over.

    `lasts` is in milliseconds from now, so that the phone's clock need not be right.
    """
    conference = fetch.conference_with_doors(request, slug)
    door = scanning.Door(conference=conference, session=session_asked(request, conference))
    rows = attendance.offline(door, request.at)
    left = end_of_day(clock.in_london(request.at).date()) - request.at
    return JsonResponse({"lasts": left // dt.timedelta(milliseconds=1), "badges": rows})


@require_POST
@second_factor_required
def send(request: HttpRequest, slug: str) -> HttpResponse:
    """Scans that were made without a connection, oldest first; each is answered by its nonce."""
    conference = fetch.conference_with_doors(request, slug)
    door = scanning.Door(conference=conference, session=session_asked(request, conference))
    try:
        sent = [_sight(entry, request.at) for entry in _entries(request)]
    except UNREADABLE:
        return JsonResponse({"error": "This cannot be read."}, status=400)
    answers = [_answer(request, door, key, sight) for key, sight in sent]
    count = attendance.count(conference, request.at, door.session)
    return JsonResponse({"answers": answers, "inside": count.inside})


def _entries(request: HttpRequest) -> list[dict[str, Any]]:
    entries = json.loads(request.body)["scans"]
    if not isinstance(entries, list) or len(entries) > MOST_AT_ONCE:
        raise ValueError
    return entries


def _sight(entry: dict[str, Any], at: dt.datetime) -> tuple[str, scanning.Sight]:
    """`waited` is counted by the phone in milliseconds, so that its clock need not be right."""
    waited = dt.timedelta(milliseconds=float(entry["waited"]))
    direction = Scan.Direction(entry["direction"])
    if not isinstance(entry["key"], str) or not isinstance(entry["nonce"], str):
        raise TypeError
    sight = scanning.Sight(
        nonce=uuid.UUID(entry["nonce"]),
        scanned_at=at - min(max(waited, dt.timedelta(0)), LONGEST_WAIT),
        direction=direction,
        is_offline=True,
    )
    return entry["key"][:80], sight


def _answer(
    request: HttpRequest, door: scanning.Door, key: str, sight: scanning.Sight
) -> dict[str, str]:
    told = {"nonce": str(sight.nonce)}
    credential = scanning.badge_of_hash(key) or scanning.badge(key)
    try:
        scan = scanning.scan(
            by=request.user, door=door, credential=credential, sight=sight, at=request.at
        )
    except ValidationError as refusal:
        # sent before by whoever had this phone: it is recorded, so the phone may forget it
        return told | {"outcome": "used", "words": refusal.messages[0]}
    words = door_words.refusal_in_words(scan.refusal, scan.credential, None)
    return told | {"outcome": scan.outcome, "words": words}
