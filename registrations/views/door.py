"""The steward's desk: badges shown at a door, people looked for by name, who is in."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.models import Conference, Session
from members.second_factor import second_factor_required
from registrations import attendance, documents, door_words, references, rules
from registrations.forms import ScanForm
from registrations.models import Booking, Credential, Scan
from registrations.services import credentials, scanning
from registrations.views import fetch


@require_safe
@second_factor_required
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """One door: the code to type, the last answer, a search by name."""
    conference = fetch.conference_with_doors(request, slug)
    return _desk(request, conference, ScanForm())


def _desk(request: HttpRequest, conference: Conference, form: ScanForm) -> HttpResponse:
    session = session_asked(request, conference)
    words = request.GET.get("name", "").replace("\0", "").strip()[:60]
    context = {
        "conference": conference,
        "session": session,
        "sessions": attendance.sessions_with_doors(conference, request.at),
        "count": attendance.count(conference, request.at, session),
        "door_rules": scanning.rules_of(conference),
        "form": form,
        "answer": _answer(request, conference),
        "booked": _booked(request, conference),
        "words": words,
        "found": attendance.found(conference, words, request.at, session),
        "nonce": uuid.uuid4(),
        "may_replace": rules.may_replace_badges(request.user),
        "door_name": f"{conference.slug} {session.pk if session else ''}",
    }
    answer = render(request, "registrations/door.html", context)
    answer.permits = ("camera",)  # this page alone: the middleware of headers looks
    return answer


@require_POST
@second_factor_required
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """A badge is shown: record what the door answers, and show it."""
    conference = fetch.conference_with_doors(request, slug)
    form = ScanForm(request.POST)
    if not form.is_valid():
        return _desk(request, conference, form)
    session = session_asked(request, conference)
    try:
        scan = scanning.scan(
            by=request.user,
            door=scanning.Door(conference=conference, session=session),
            credential=scanning.badge(form.cleaned_data["code"]),
            sight=scanning.Sight(
                nonce=form.cleaned_data["nonce"],
                scanned_at=request.at,
                direction=form.cleaned_data["direction"],
            ),
            at=request.at,
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _desk(request, conference, form)
    query = {"answer": scan.pk} | ({"session": session.pk} if session else {})
    return redirect(f"{reverse('registrations:door', args=[slug])}?{urlencode(query)}")


def session_asked(request: HttpRequest, conference: Conference) -> Session | None:
    """The session whose door it is; None for the entrance."""
    asked = request.GET.get("session", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise Http404
    return get_object_or_404(Session, pk=asked, conference=conference)


def _answer(request: HttpRequest, conference: Conference) -> dict | None:
    """The steward's own last scan, in words."""
    asked = request.GET.get("answer", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    scan = (
        Scan.objects.filter(pk=asked, conference=conference, scanned_by=request.user)
        .select_related("credential__place__pass_type", "credential__place__booking__organisation")
        .first()
    )
    if scan is None:
        return None
    since = scanning.came_in(scan) if scan.refusal == Scan.Refusal.ALREADY_IN else None
    words = door_words.refusal_in_words(scan.refusal, scan.credential, since)
    return {"scan": scan, "words": words, "is_in": scan.refusal == Scan.Refusal.ALREADY_IN}


def _booked(request: HttpRequest, conference: Conference) -> dict | None:
    """Whom this steward has just booked in: the badge to write, and what is owed."""
    asked = references.tidy(request.GET.get("booked", "")[:20])
    booking = Booking.objects.filter(
        reference=asked,
        conference=conference,
        channel=Booking.Channel.DOOR,
        entered_by=request.user,
    ).first()
    badge = booking and attendance.badges(conference).valid().filter(place__booking=booking).first()
    if not badge:
        return None
    return {"badge": badge, "booking": booking, "owes": documents.in_words(booking.account)}


@require_http_methods(["GET", "HEAD", "POST"])
@second_factor_required
def replace_badge(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A badge was lost: ask, then void it and issue another. Staff only."""
    conference = fetch.conference_with_doors(request, slug)
    if not rules.may_replace_badges(request.user):
        raise Http404
    badge = get_object_or_404(
        Credential.objects.valid(), pk=pk, place__booking__conference=conference
    )
    if request.method == "POST":
        try:
            made = credentials.reissue(by=request.user, place=badge.place, at=request.at)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            said = f"The new badge of {badge.place} has the code {made.short_code}."
            messages.success(request, f"{said} The old one opens no door any more.")
        return redirect("registrations:door", slug)
    return render(
        request, "registrations/door_replace.html", {"conference": conference, "badge": badge}
    )


@require_safe
@second_factor_required
def inside(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is in now, to be printed when everybody has to leave."""
    conference = fetch.conference_with_doors(request, slug)
    people = attendance.people_inside(conference, request.at)
    context = {"conference": conference, "people": people, "at": request.at}
    return render(request, "registrations/door_inside.html", context)
