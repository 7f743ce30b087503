"""Mail in the admin: what went, what is late, what was refused, what waits for a decision.

Both lists are read-only but for their actions, which ask for a reason and call the services. Who
may look and who may decide is `mailing.hooks.has_access`, to which higher floors add their roles.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

import clock
from mailing import cleaning, hooks
from mailing.lookups import OfferedLookups
from mailing.models import Mail, Suppression
from mailing.services import deciding, suppressing

MOST_AT_ONCE = 500


def when(at: dt.datetime | None) -> str:
    """An instant as staff read it."""
    if at is None:
        return "–"
    return f"{clock.in_london(at):%a %-d %b %Y, %H:%M:%S} UK time"


class QuestionFilter(admin.SimpleListFilter):
    """The questions staff ask of the outbox."""

    title = "question"
    parameter_name = "question"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [
            ("held", "What waits for my decision?"),
            ("failed", "What was refused?"),
            ("late", "What is late?"),
            ("uncertain", "What is uncertain?"),
            ("waiting", "What is still to go?"),
            ("sent", "What went?"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mail]) -> QuerySet[Mail]:
        questions: dict[str, Callable[[], QuerySet[Mail]]] = {
            "held": queryset.held,
            "failed": lambda: queryset.filter(state=Mail.State.FAILED),
            "late": lambda: queryset.late(request.at),
            "uncertain": lambda: queryset.filter(state=Mail.State.UNCERTAIN),
            "waiting": lambda: queryset.filter(state__in=[Mail.State.PENDING, Mail.State.SENDING]),
            "sent": lambda: queryset.filter(state=Mail.State.SENT),
        }
        return questions[self.value()]() if self.value() in questions else queryset


class ReasonForm(forms.Form):
    """Why staff do this; kept with the row and in the audit trail."""

    reason = forms.CharField(
        label="Reason",
        max_length=200,
        help_text="For whoever looks at this next.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class DecidingAdmin(OfferedLookups, admin.ModelAdmin):
    """Read-only rows with actions that confirm, ask for a reason, and call a service for each."""

    show_full_result_count = False
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        return hooks.has_access(request.user, "see")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return hooks.has_access(request.user, "see")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return hooks.has_access(request.user, "decide")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def confirm_and_do(
        self, request: HttpRequest, rows: QuerySet, *, action: str, verb: str, do: Callable
    ) -> HttpResponse | None:
        """Show the chosen rows and ask why; on the answer call `do(row, reason)` for each."""
        form = ReasonForm(request.POST if "confirmed" in request.POST else None)
        if rows.count() > MOST_AT_ONCE:
            self.message_user(request, f"Choose at most {MOST_AT_ONCE} at once.", messages.ERROR)
            return None
        if not form.is_valid():
            context = {
                **self.admin_site.each_context(request),
                "title": verb,
                "opts": self.model._meta,
                "rows": rows,
                "form": form,
                "action": action,
                "checkbox_name": ACTION_CHECKBOX_NAME,
            }
            return TemplateResponse(request, "mailing/admin/decide.html", context)
        done = 0
        for row in rows:
            try:
                do(row, form.cleaned_data["reason"])
            except ValidationError as error:
                self.message_user(request, f"{row}: {' '.join(error.messages)}", messages.ERROR)
            else:
                done += 1
        if done:
            self.message_user(request, f"{verb}: {done} done.", messages.SUCCESS)
        return None


@admin.register(Mail)
class MailAdmin(DecidingAdmin):
    """The outbox."""

    list_display = [
        "subject",
        "to_address",
        "kind",
        "state",
        "written",
        "went",
        "next_step",
        "smtp_reply",
    ]
    list_filter = [QuestionFilter, "kind", "state"]
    search_fields = ["to_address", "subject", "key"]
    search_help_text = (
        "Address, subject, or the reason a mail was written (for example booking:123)"
    )
    actions = ["send_again", "cancel", "confirm_sent"]
    fieldsets = [
        (None, {"fields": ["subject", ("to_name", "to_address"), "reply_to", "words"]}),
        (
            "What became of it",
            {"fields": ["state", "smtp_reply", "attempts", "written", "went", "next_step"]},
        ),
        ("Decision", {"fields": ["decision", "decided_by", "decided"]}),
        (
            "Origin",
            {
                "fields": [
                    "kind",
                    "key",
                    "conference",
                    "pointless",
                    "unsubscribe_scope",
                    "message_id",
                ]
            },
        ),
    ]

    @admin.display(description="text")
    def words(self, mail: Mail) -> str:
        """The text, but for sign-in mail: its code would let staff in as somebody else."""
        if mail.kind == Mail.Kind.SECURITY:
            return "Not shown: it may hold a code that signs its reader in."
        return mail.text

    @admin.display(description="written", ordering="created_at")
    def written(self, mail: Mail) -> str:
        return when(mail.created_at)

    @admin.display(description="accepted by the mail server", ordering="sent_at")
    def went(self, mail: Mail) -> str:
        return when(mail.sent_at)

    @admin.display(description="pointless after")
    def pointless(self, mail: Mail) -> str:
        return when(mail.pointless_after)

    @admin.display(description="decided")
    def decided(self, mail: Mail) -> str:
        return when(mail.decided_at)

    @admin.display(description="next step")
    def next_step(self, mail: Mail) -> str:
        if mail.state == Mail.State.PENDING:
            return f"to be sent from {when(mail.next_try_at)}"
        if mail.is_held:
            return "your decision: send again, cancel, or confirm that it went"
        if mail.state == Mail.State.UNCERTAIN:
            return "sent again after ten minutes"
        return "–"

    @admin.action(description="Send again …", permissions=["decide"])
    def send_again(self, request: HttpRequest, rows: QuerySet[Mail]) -> HttpResponse | None:
        def do(mail: Mail, reason: str) -> None:
            deciding.send_again(by=request.user, mail=mail, reason=reason, at=request.at)

        return self.confirm_and_do(request, rows, action="send_again", verb="Send again", do=do)

    @admin.action(description="Cancel, or let it be …", permissions=["decide"])
    def cancel(self, request: HttpRequest, rows: QuerySet[Mail]) -> HttpResponse | None:
        def do(mail: Mail, reason: str) -> None:
            deciding.cancel(by=request.user, mail=mail, reason=reason, at=request.at)

        return self.confirm_and_do(request, rows, action="cancel", verb="Cancel", do=do)

    @admin.action(description="Confirm that it went …", permissions=["decide"])
    def confirm_sent(self, request: HttpRequest, rows: QuerySet[Mail]) -> HttpResponse | None:
        def do(mail: Mail, reason: str) -> None:
            deciding.confirm_sent(by=request.user, mail=mail, reason=reason, at=request.at)

        return self.confirm_and_do(request, rows, action="confirm_sent", verb="Confirm", do=do)


class SuppressionForm(forms.ModelForm):
    """An address staff spare some mail."""

    class Meta:
        model = Suppression
        fields = ["address", "scope", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "note" not in self.fields:  # shown read-only
            return
        self.fields["note"].required = True
        self.fields["note"].help_text = "Why, so that a colleague can lift it again later."

    def clean_address(self) -> str:
        return cleaning.address(self.cleaned_data["address"])

    def clean_note(self) -> str:
        """The service counts only what can be seen, so the form does."""
        note = cleaning.header(self.cleaned_data["note"], longest=300)
        if not note:
            raise ValidationError("Say why, so that a colleague can lift it again later.")
        return note


@admin.register(Suppression)
class SuppressionAdmin(DecidingAdmin):
    """Addresses that are spared some or all mail."""

    form = SuppressionForm
    list_display = ["address", "scope", "reason", "since", "lifted", "added_by", "note"]
    list_filter = [("lifted_at", admin.EmptyFieldListFilter), "scope", "reason"]
    search_fields = ["address"]
    actions = ["lift"]

    @admin.display(description="since", ordering="created_at")
    def since(self, row: Suppression) -> str:
        return when(row.created_at)

    @admin.display(description="lifted", ordering="lifted_at")
    def lifted(self, row: Suppression) -> str:
        return when(row.lifted_at)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_decide_permission(request)

    def save_model(self, request: HttpRequest, obj: Suppression, form: Any, change: bool) -> None:
        row = suppressing.suppress(
            by=request.user,
            address=obj.address,
            scope=obj.scope,
            reason=Suppression.Reason.BY_STAFF,
            note=obj.note,
            at=request.at,
        )
        obj.pk = row.pk

    @admin.action(description="Lift: mail may go there again …", permissions=["decide"])
    def lift(self, request: HttpRequest, rows: QuerySet[Suppression]) -> HttpResponse | None:
        def do(row: Suppression, reason: str) -> None:
            suppressing.lift(by=request.user, suppression=row, note=reason, at=request.at)

        return self.confirm_and_do(request, rows, action="lift", verb="Lift", do=do)
