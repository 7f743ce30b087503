"""The page on which staff build a programme: day by day, by keyboard, with its clashes beside it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from events import rules
from events.calendar import WallTimeError, london_instant
from events.clashes import Slot, clashes
from events.models import Conference, Day, Session
from events.programme import ProgrammeDay, programme_of
from events.services import programme


class AddSessionForm(forms.Form):
    """A session in three fields; the rest is filled in on its own page."""

    title = forms.CharField(max_length=200)
    kind = forms.ChoiceField(choices=Session.Kind.choices, initial=Session.Kind.OTHER)
    starts = forms.TimeField(
        label="Starts (UK time)",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    day = forms.ModelChoiceField(
        queryset=Day.objects.none(), required=False, widget=forms.HiddenInput
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, conference: Conference, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["day"].queryset = conference.days.all()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        time = given.pop("starts", None)
        given["starts_at"] = None
        if time is None:
            return given
        if given.get("day") is None:
            self.add_error("starts", "A session without a day has no time yet.")
            return given
        try:
            given["starts_at"] = london_instant(given["day"].date, time)
        except WallTimeError as error:
            self.add_error("starts", str(error))
        return given


class ProgrammePage:
    """Part of the conference's admin: `…/programme/` shows, adds and moves; services do it."""

    def programme_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The programme as staff build it."""
        conference = self.fetch_row(request, str(pk))
        may_edit = rules.may_edit_programme(request.user)
        form = None
        if request.method == "POST":
            if not may_edit:
                raise PermissionDenied
            if "move" in request.POST:
                return _move(request, conference)
            form = AddSessionForm(conference, request.POST, prefix=request.POST.get("prefix"))
            if form.is_valid() and _add(request, conference, form):
                return HttpResponseRedirect(request.path)
        days = programme_of(conference)
        facts = {
            "title": f"Programme of {conference}",
            "conference": conference,
            "days": [(day, _form_of(conference, day, form)) for day in days],
            "undated_form": None if _has_undated(days) else _form_of(conference, None, form),
            "clashes": clashes(map(_slot, _items(days))),
            "may_edit": may_edit,
            "moved": request.GET.get("moved", ""),
            "moved_places": request.GET.get("places", ""),
        }
        return self.staff_page(request, "admin/events/conference/programme.html", facts)


def _items(days: list[ProgrammeDay]) -> list[Any]:
    return [item for day in days for item in day.items]


def _has_undated(days: list[ProgrammeDay]) -> bool:
    return any(day.pk is None for day in days)


def _form_of(
    conference: Conference, day: ProgrammeDay | None, sent: AddSessionForm | None
) -> AddSessionForm:
    """The day's own form: the one that was refused, or an empty one."""
    pk = day.pk if day else None
    prefix = f"day{pk or ''}"
    if sent is not None and sent.prefix == prefix:
        return sent
    return AddSessionForm(conference, prefix=prefix, initial={"day": pk, "form_key": uuid.uuid4()})


def _slot(item: Any) -> Slot:
    names = frozenset(part.name for part in item.parts if part.speaker_id)
    return Slot(item.pk, item.title, item.starts_at, item.ends_at, item.room, names)


def _add(request: HttpRequest, conference: Conference, form: AddSessionForm) -> bool:
    """Whether it was added; what was wrong stands in the form."""
    try:
        added = programme.add_session(
            by=request.user, conference=conference, at=request.at, **form.cleaned_data
        )
    except ValidationError as refusal:
        form.add_error(None, ValidationError(refusal.messages))
        return False
    messages.success(request, f"Added: {added}.")
    return True


def _move(request: HttpRequest, conference: Conference) -> HttpResponse:
    """One place up or down; the way back puts the keyboard where it was.

    The address carries no #fragment: browsers ignore `autofocus` where it does.
    """
    number = request.POST["move"]
    session = get_object_or_404(
        Session, conference=conference, pk=number if number.isdecimal() else 0
    )
    places = -1 if request.POST.get("places") == "-1" else 1
    try:
        programme.move_session(by=request.user, session=session, places=places, at=request.at)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    page = reverse("admin:events_conference_programme", args=[conference.pk])
    return HttpResponseRedirect(f"{page}?moved={session.pk}&places={places}")
