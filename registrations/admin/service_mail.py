"""Messages to groups: written, looked at as the recipient sees it, confirmed, and stopped in time."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from events.models import Conference
from members.models import Organisation
from members.roles import Role
from members.staff import Act, RoleAdmin
from registrations import emails, rules, service_groups
from registrations.forms import explain
from registrations.models import ServiceMail
from registrations.services import service_mail as services

Group = ServiceMail.Group
SHOWN = 20


class WriteForm(forms.Form):
    """To whom, and what."""

    conference = forms.ModelChoiceField(Conference.objects.none(), empty_label=None)
    group = forms.ChoiceField(label="To", choices=Group, widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="The body",
        required=False,
        help_text="Only where the group is one body.",
    )
    subject = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"size": 60}))
    text = forms.CharField(
        label="Message",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 14, "cols": 72}),
        help_text="It goes out as it stands: nothing is filled in, so begin for example with "
        "'Dear delegate'. What to answer to and who we are is added below it.",
    )
    promotes_nothing = forms.BooleanField(
        label="It is about what they booked, and promotes nothing",
        error_messages={
            "required": "Confirm that it promotes nothing; a message that does needs consent, and "
            "cannot go this way."
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        booked = Conference.objects.filter(bookings__isnull=False).distinct()
        self.fields["conference"].queryset = booked
        bodies = Organisation.objects.filter(bookings__isnull=False).distinct()
        self.fields["organisation"].queryset = bodies.order_by("name")

    def clean(self) -> dict[str, Any]:
        """One body is named, or none."""
        typed = super().clean()
        is_body = typed.get("group") == Group.BODY
        if is_body and typed.get("organisation") is None and "organisation" not in self.errors:
            self.add_error("organisation", "Choose the body.")
        if not is_body:
            typed["organisation"] = None
        return typed


def _stop(request: HttpRequest, row: ServiceMail, answers: dict[str, Any]) -> str:
    stopped = services.stop(by=request.user, message=row, at=request.at)
    return f"{stopped} of {row.recipients} were stopped; the others had left."


@admin.register(ServiceMail)
class ServiceMailAdmin(RoleAdmin):
    """What was sent to which group. Read-only: a message is written on its own page."""

    readers = frozenset({Role.REGISTRATIONS_OFFICER})
    may_add = may_change = False
    list_display = ("subject", "conference", "group", "recipients", "sent_by", "sent_at", "state_")
    list_filter = ("conference", "group")
    list_select_related = ("conference", "sent_by")
    search_fields = ("subject",)
    fields = (
        ("conference", "group", "organisation"),
        "subject",
        "text",
        ("recipients", "sent_by", "sent_at", "leaves_at"),
        ("stopped_by", "stopped_at"),
    )
    change_list_template = "admin/registrations/servicemail_list.html"
    acts = (
        Act(
            name="stop",
            label="Stop it",
            explain="What has not left yet is cancelled. What has left cannot be called back.",
            do=_stop,
            may=rules.may_write_to_groups,
            applies=lambda row: row.stopped_at is None,
        ),
    )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {"may_write": rules.may_write_to_groups(request.user), **(extra_context or {})}
        return super().changelist_view(request, more)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.write)
        return [path("write/", view, name="registrations_servicemail_write"), *super().get_urls()]

    @admin.display(description="state")
    def state_(self, row: ServiceMail) -> str:
        return "stopped" if row.stopped_at else "in the outbox"

    def write(self, request: HttpRequest) -> HttpResponse:
        """First the form, then the message as it will be read with who gets it, then a yes."""
        if not rules.may_write_to_groups(request.user):
            raise Http404
        step = request.POST.get("step", "")
        if step == "write":
            return self._form_page(request, WriteForm(initial=request.POST.dict()))
        form = WriteForm(request.POST or None, initial=_initial(request))
        if not form.is_valid():
            return self._form_page(request, form)
        typed = dict(form.cleaned_data)
        typed.pop("promotes_nothing")
        if step == "send":
            try:
                row = services.send(
                    by=request.user, at=request.at, expected=_expected(request), **typed
                )
            except ValidationError as refusal:
                explain(form, refusal)
            else:
                messages.success(request, _told(row))
                return redirect("admin:registrations_servicemail_change", row.pk)
        return self._preview_page(request, form, typed)

    def _form_page(self, request: HttpRequest, form: WriteForm) -> HttpResponse:
        facts = {"title": "Write to a group", "form": form}
        return self.staff_page(request, "admin/registrations/servicemail_write.html", facts)

    def _preview_page(
        self, request: HttpRequest, form: WriteForm, typed: dict[str, Any]
    ) -> HttpResponse:
        """What is shown is what goes: the number is sent along with the yes."""
        reach = service_groups.reach(typed["conference"], typed["group"], typed["organisation"])
        row = ServiceMail(
            conference=typed["conference"], subject=typed["subject"], text=typed["text"].strip()
        )
        address, name = next(iter(reach.people.items()), ("somebody@example.org", ""))
        facts = {
            "title": "Look at it, then confirm",
            "form": form,
            "typed": typed,
            "group": Group(typed["group"]).label,
            "reach": reach,
            "number": len(reach.people),
            "without": (reach.without_address[:SHOWN], len(reach.without_address) - SHOWN),
            "spared": (reach.spared[:SHOWN], len(reach.spared) - SHOWN),
            "mail": emails.to_group_preview(row, address, name, at=request.at),
            "wait": int(services.WAIT.total_seconds() // 60),
        }
        return self.staff_page(request, "admin/registrations/servicemail_preview.html", facts)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """What the address says: an officers' screen links here with its conference and group."""
    slug, group = request.GET.get("conference", ""), request.GET.get("group", "")
    # compared here, since PostgreSQL takes no NUL in a question
    booked = Conference.objects.filter(bookings__isnull=False).distinct()
    chosen = next((row for row in booked if row.slug == slug), None) if slug else None
    return {"key": uuid.uuid4(), "conference": chosen, "group": group or Group.ALL}


def _expected(request: HttpRequest) -> int:
    typed = request.POST.get("expected", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else -1


def _told(row: ServiceMail) -> str:
    people = "1 address" if row.recipients == 1 else f"{row.recipients} addresses"
    minutes = int(services.WAIT.total_seconds() // 60)
    return f"'{row.subject}' leaves for {people} in {minutes} minutes. Until then it can be stopped here."
