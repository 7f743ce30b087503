"""Consultations as staff set them up, and what was sent to them as it came."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from events.models import Deadline, Session
from members.staff import RoleInline
from motions.admin.desk import SentAdmin
from motions.admin.paper_submissions import enter
from motions.admin.rules import EDITORS, SENDERS, DoorAdmin, deadline_label
from motions.models import (
    Consultation,
    Discussion,
    LateNotice,
    Paper,
    PolicySubmission,
    Question,
    Stage,
)
from motions.uploads import clean_document


class Lines(forms.CharField):
    """A list, typed one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 30})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        return [line.strip()[:200] for line in str(value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class QuestionForm(forms.ModelForm):
    """A question; its choices are typed one a line."""

    choices = Lines(required=False, help_text="One a line.")


class QuestionInline(RoleInline):
    """The questions. Once something was sent they stay: answers would mean something else."""

    model = Question
    form = QuestionForm
    editors = EDITORS
    fields = (
        "position",
        "text",
        "help_text",
        "kind",
        "is_optional",
        "choices",
        "most",
        "low_words",
        "high_words",
        "max_words",
    )

    def _edits(self, request: HttpRequest) -> bool:
        return super()._edits(request) and not getattr(request, "is_being_answered", False)


class PaperForm(forms.ModelForm):
    """A paper with its file, checked by content and never shown in place."""

    file = forms.FileField(
        required=False, widget=forms.FileInput, help_text="PDF, .docx or .odt, at most 10 MB."
    )

    class Meta:
        model = Paper
        fields = ("position", "title", "file", "is_for_staff", "note")

    def clean_file(self) -> Any:
        """A new file checked; the one that is there stays when none is chosen."""
        upload = self.cleaned_data["file"]
        if upload and hasattr(upload, "content_type"):
            return clean_document(upload)
        return upload


class ConsultationPaperInline(RoleInline):
    """The papers it is about."""

    model = Paper
    form = PaperForm
    editors = EDITORS
    fields = ("position", "title", "file", "is_for_staff", "note")


class StageInline(RoleInline):
    """The days of its timetable, each in the calendar of its conference."""

    model = Stage
    editors = EDITORS
    fields = ("position", "kind", "name", "deadline", "words")

    def formfield_for_foreignkey(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        found = super().formfield_for_foreignkey(field, request, **kwargs)
        if field.name == "deadline" and found is not None:
            rows = found.queryset.filter(kind=Deadline.Kind.STAGE).select_related("conference")
            found.queryset, found.label_from_instance = rows, deadline_label
        return found


class DiscussionInline(RoleInline):
    """The sessions of conferences that discuss it."""

    model = Discussion
    editors = EDITORS
    fields = ("session",)

    def formfield_for_foreignkey(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        found = super().formfield_for_foreignkey(field, request, **kwargs)
        if field.name == "session" and found is not None:
            kinds = (Session.Kind.CONSULTATION, Session.Kind.WORKSHOP, Session.Kind.BUSINESS)
            found.queryset = found.queryset.filter(kind__in=kinds).select_related("conference")
            found.label_from_instance = lambda row: f"{row.conference}: {row.title}"
        return found


class LateNoticeInline(RoleInline):
    """Bodies that said beforehand that they will be late; they say so themselves."""

    model = LateNotice
    can_delete = False
    fields = ("organisation", "expected_on", "reason", "announced_at")


@admin.register(Consultation)
class ConsultationAdmin(DoorAdmin):
    """Consultations: what is asked of whom, with papers, timetable and sessions."""

    list_display = ("title", "for_conference", "senders", "closes", "sent", "takes_late")
    search_fields = ("title", "deadline__conference__title")
    inlines = (
        QuestionInline,
        ConsultationPaperInline,
        StageInline,
        DiscussionInline,
        LateNoticeInline,
    )
    fields = (
        "title",
        "deadline",
        "introduction",
        SENDERS,
        ("from_members", "from_public"),
        ("max_words", "per_body_limit"),
        ("takes_documents", "takes_late"),
        "basis",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Consultation]:
        return super().get_queryset(request).with_how_many()

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whether somebody has answered, asked once for the page."""
        request.is_being_answered = bool(
            obj and obj.submissions.exclude(submitted_at=None).exists()
        )
        return super().get_formsets_with_inlines(request, obj)

    @admin.display(description="closes", ordering="deadline__closes_on")
    def closes(self, row: Consultation) -> Any:
        return row.deadline.closes_on or row.deadline.closes_at

    @admin.display(description="sent in")
    def sent(self, row: Consultation) -> str:
        return f"{row.how_many}, {row.how_many_late} late" if row.how_many_late else row.how_many


@admin.register(PolicySubmission)
class PolicySubmissionAdmin(SentAdmin):
    """What was sent to a consultation; drafts stay their writers' own."""

    enter = enter
    file_field = "document"
    list_display = (
        "title",
        "sender",
        "kind",
        "consultation",
        "state",
        "is_late",
        "submitted_at",
        "channel",
    )
    list_filter = (
        "state",
        "is_late",
        "kind",
        "consultation",
        "channel",
        ("region", admin.RelatedOnlyFieldListFilter),
        ("organisation", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("consultation__deadline__conference", "organisation", "region")
    search_fields = ("title", "text", "organisation__name", "name")
    exclude = ("scan", "document")
    readonly_fields = ("file_link", "answers")

    def get_queryset(self, request: HttpRequest) -> QuerySet[PolicySubmission]:
        return super().get_queryset(request).filter(submitted_at__isnull=False)

    @admin.display(description="from")
    def sender(self, row: PolicySubmission) -> str:
        return row.sender

    @admin.display(description="answers")
    def answers(self, row: PolicySubmission) -> str:
        given = row.answers.select_related("question")
        return "\n\n".join(f"{one.question.text}\n{one.in_words}" for one in given) or "none"
