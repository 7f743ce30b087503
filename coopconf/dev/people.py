"""The demo people by role: one click signs in as each, second factor included."""

from __future__ import annotations

import time
from dataclasses import dataclass

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coopconf.demo import people
from events.models import LayAppointment
from members.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True)
class Card:
    """One person on the page: who they are, what they are for, whether they are there."""

    email: str
    name: str
    post: str
    does: str


@login_not_required
@require_safe
def demo_people(request: HttpRequest) -> HttpResponse:
    """Everybody in the demo year, by what they do."""
    loaded = User.objects.filter(email=people.STAFF[0].email).exists()
    return render(request, "dev/people.html", {"groups": _groups(), "is_loaded": loaded})


@login_not_required
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo people, and of no others, as if every factor had been passed."""
    email = request.POST.get("email", "")
    user = User.objects.filter(email=email).first()
    if user is None or email not in {card.email for _, cards in _groups() for card in cards}:
        raise Http404("There is no such person in the demo year.")
    login(request, user, backend=BACKEND)
    records = [{"method": "code", "at": time.time(), "email": email}]
    factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if factor is not None:
        records.append({"method": "mfa", "at": time.time(), "id": factor.pk, "type": factor.type})
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    request.session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    UserSession.objects.create_from_request(request)
    return redirect("admin:index" if user.is_staff else reverse("events:home"))


def _groups() -> list[tuple[str, list[Card]]]:
    staff = [
        Card(person.email, person.name, person.roles[0].label, person.does)
        for person in people.STAFF
    ]
    officers = [
        Card(
            officer.email,
            officer.name,
            f"{officer.office.capitalize()}, {officer.body}",
            officer.does,
        )
        for officer in people.OFFICERS
    ]
    lay = [
        Card(email, name, LayAppointment.Task(task).label, does)
        for email, name, task, does in (*people.LAY, *people.JUDGES, people.PRESENTER)
    ]
    members = [Card(person.email, person.name, "Member", person.does) for person in people.MEMBERS]
    return [
        ("Officers of bodies", officers),
        ("Members", members),
        ("Lay people with a task", lay),
        ("Staff, in the admin", staff),
    ]
