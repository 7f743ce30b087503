"""Joining instructions: staff write them, look at them as somebody gets them, and send them."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import TextField
from django.http import HttpRequest, HttpResponse

from clock.words import instant_words
from members.models import User
from members.roles import Role, has_role
from members.staff import Act, RoleAdmin
from registrations import joining_documents
from registrations.attendance import badges
from registrations.models import JoiningInstructions
from registrations.services import joining
from registrations.views.papers import as_pdf


class WordsForm(forms.ModelForm):
    """The staff's words; `at` is set for each request."""

    at: dt.datetime

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        conference = cleaned.get("conference") or getattr(self.instance, "conference", None)
        if conference is not None:
            words = "\n".join(cleaned.get(name, "") for name in JoiningInstructions.WORDS)
            joining.require_venue_unnamed(conference, words, at=self.at)
        return cleaned


class PreviewForm(forms.Form):
    """As whom to look at it."""

    badge = forms.ModelChoiceField(label="As it is sent to", queryset=None)

    def __init__(self, *args: Any, row: JoiningInstructions, at: dt.datetime, **kwargs: Any):
        super().__init__(*args, **kwargs)
        people = badges(row.conference).valid().order_by("place__name", "pk")
        self.fields["badge"].queryset = people
        self.fields["badge"].label_from_instance = lambda badge: badge.place.name


class SendForm(forms.Form):
    """How many get it, who does not and why; what was shown has to be so when it is sent."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    expected = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: JoiningInstructions, at: dt.datetime, **kwargs: Any):
        super().__init__(*args, **kwargs)
        try:
            plan = joining.plan(row, at=at)
        except ValidationError as refusal:
            plan = joining.Plan()
            self.facts = [("Nobody gets it", " ".join(refusal.messages))]
        else:
            self.facts = _facts(row, plan, at)
        self.fields["version"].initial = row.version
        self.fields["expected"].initial = plan.number


def _facts(row: JoiningInstructions, plan: joining.Plan, at: dt.datetime) -> list[tuple[str, str]]:
    """What sending does, as the page says it before it asks."""
    found = [("Version", str(row.version)), ("Get it", _people(len(plan.new)))]
    if plan.changed:
        found.append(("Get it as changed", _people(len(plan.changed))))
    found.append(("Get nothing", " ".join(plan.left_out) or "Nobody is left out."))
    mail = joining.mail_in_words(row, plan, at=at)
    return [*found, ("The mail", mail)] if mail else found


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _preview(request: HttpRequest, row: JoiningInstructions, answers: dict) -> HttpResponse:
    made = joining_documents.pdf(row, answers["badge"], None, at=request.at)
    return as_pdf(made, f"joining-{row.conference.slug}")


def _send(request: HttpRequest, row: JoiningInstructions, answers: dict) -> str:
    number = joining.send(
        by=request.user,
        row=row,
        version=answers["version"],
        expected=answers["expected"],
        at=request.at,
    )
    return f"{_people(number)} will get version {row.version}: see the outbox."


def _may(user: User) -> bool:
    return has_role(user, Role.REGISTRATIONS_OFFICER)


@admin.register(JoiningInstructions)
class JoiningInstructionsAdmin(RoleAdmin):
    """One row a conference. Its versions count by themselves."""

    editors = frozenset({Role.REGISTRATIONS_OFFICER})
    list_display = ("conference", "version", "written", "written_by")
    list_select_related = ("conference", "written_by")
    fields = ("conference", *JoiningInstructions.WORDS, "version", "written")
    acts = (
        Act(
            name="preview",
            label="Look at it",
            explain="The paper as one person gets it now, with the venue only from its hour. What "
            "somebody told us in confidence is left out.",
            do=_preview,
            may=_may,
            form=PreviewForm,
            wants_row=True,
        ),
        Act(
            name="send",
            label="Send it",
            explain="One mail a person, with a personal link to their paper. Nobody gets one "
            "version twice.",
            do=_send,
            may=_may,
            form=SendForm,
            wants_row=True,
        ),
    )

    form = WordsForm
    formfield_overrides: ClassVar = {
        TextField: {"widget": forms.Textarea(attrs={"rows": 5, "cols": 80})}
    }

    @admin.display(description="written", ordering="written_at")
    def written(self, row: JoiningInstructions) -> str:
        return instant_words(row.written_at) if row.written_at else "not yet"

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.ModelForm]:
        """The words are judged as of the request."""
        made = super().get_form(request, *args, **kwargs)
        made.at = request.at
        return made

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*(("conference",) if obj else ()), "version", "written")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The service counts versions and writes the entry."""
        words = {name: form.cleaned_data[name] for name in JoiningInstructions.WORDS}
        conference = obj.conference
        made = joining.write(by=request.user, conference=conference, words=words, at=request.at)
        obj.pk, obj.version = made.pk, made.version
