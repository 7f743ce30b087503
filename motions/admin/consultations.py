"""Policy submissions as they came."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from motions.admin.desk import SentAdmin
from motions.admin.paper import PaperSubmissionForm, entering
from motions.models import PolicySubmission


@admin.register(PolicySubmission)
class PolicySubmissionAdmin(SentAdmin):
    """What bodies sent to a consultation; drafts stay the bodies' own."""

    enter = entering(
        PaperSubmissionForm,
        "Enter a submission from paper",
        "admin:motions_policysubmission_changelist",
    )
    file_field = "document"
    list_display = (
        "title",
        "organisation",
        "consultation",
        "state",
        "is_late",
        "submitted_at",
        "channel",
    )
    list_filter = (
        "state",
        "is_late",
        "consultation",
        "channel",
        ("organisation", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("consultation__deadline__conference", "organisation")
    search_fields = ("title", "text", "organisation__name")
    exclude = ("scan", "document")
    readonly_fields = ("file_link",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[PolicySubmission]:
        return super().get_queryset(request).filter(submitted_at__isnull=False)
