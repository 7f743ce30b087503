"""Award nominations, for the few who prepare the panel's work."""

from __future__ import annotations

from django.contrib import admin

from members.roles import Role
from motions.admin.desk import SentAdmin
from motions.admin.paper import PaperAwardForm, entering
from motions.models import AwardNomination


@admin.register(AwardNomination)
class AwardNominationAdmin(SentAdmin):
    """In confidence: programme editors, administrators and the auditor read it, nobody else."""

    readers = frozenset({Role.PROGRAMME_EDITOR})
    enter = entering(
        PaperAwardForm,
        "Enter an award nomination from paper",
        "admin:motions_awardnomination_changelist",
    )
    list_display = ("nominee_name", "category", "organisation", "state", "submitted_at", "channel")
    list_filter = ("state", "category", "category__deadline__conference", "channel")
    list_select_related = ("category__deadline__conference", "organisation")
    search_fields = ("nominee_name", "organisation__name", "citation")
    exclude = ("scan",)
    readonly_fields = ("file_link",)
