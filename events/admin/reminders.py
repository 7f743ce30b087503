"""Are reminders healthy? What went, what is late, what is undecided, what comes next."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

import clock
from events import ladders
from events.models import AudienceFailure, Conference, Reminder, StepRun
from events.reminders.gathering import waiting
from events.reminders.planning import upcoming
from events.replay import replay
from mailing import health
from mailing.models import Mail
from members.roles import Role
from members.staff import RoleAdmin

LOOK_AHEAD = dt.timedelta(days=14)


@admin.register(Reminder)
class ReminderAdmin(RoleAdmin):
    """Who was told what, and when. Read-only: the planner alone writes here."""

    readers = frozenset(
        {Role.PROGRAMME_EDITOR, Role.REGISTRATIONS_OFFICER, Role.DATA_PROTECTION_OFFICER}
    )
    list_display = ("planned_at", "deadline", "step_told", "organisation", "name", "is_in_a_mail")
    list_filter = ("deadline__conference", "deadline__kind", "step", "planned_at")
    search_fields = ("address", "name", "organisation__name")
    list_select_related = ("deadline__conference", "organisation")
    change_list_template = "admin/events/reminder/change_list.html"

    @admin.display(description="step", ordering="step")
    def step_told(self, reminder: Reminder) -> str:
        return ladders.step_in_words(reminder.step)

    @admin.display(boolean=True, description="in a mail")
    def is_in_a_mail(self, reminder: Reminder) -> bool:
        return bool(reminder.mail_key)

    def get_urls(self) -> list[URLPattern]:
        """The two pages of this desk, behind the same doors as the list."""
        view = self.admin_site.admin_view
        return [
            path("health/", view(self.health_view), name="events_reminder_health"),
            path("dry-run/<slug:slug>/", view(self.dry_run_view), name="events_reminder_dry_run"),
            *super().get_urls(),
        ]

    def health_view(self, request: HttpRequest) -> HttpResponse:
        """One glance: healthy or not, and why."""
        self._require_view(request)
        at = clock.arrival()
        facts = {
            "state": health.state(at),
            "waiting": waiting().count(),
            "failing": AudienceFailure.objects.select_related("deadline__conference"),
            "undecided": _mails(Mail.State.UNCERTAIN),
            "failed": _mails(Mail.State.FAILED),
            "done": StepRun.objects.select_related("deadline__conference", "organisation")[:20],
            "coming": [
                {
                    "at": due,
                    "deadline": track.deadline,
                    "body": track.organisation,
                    "step": ladders.step_in_words(step.key),
                }
                for due, track, step in upcoming(
                    Conference.objects.reminding(), since=at, until=at + LOOK_AHEAD
                )
            ],
        }
        return self._desk_page(request, "health", "Reminders", facts | {"at": at})

    def dry_run_view(self, request: HttpRequest, slug: str) -> HttpResponse:
        """A conference's whole calendar before it is published: what, when, to how many."""
        self._require_view(request)
        conference = get_object_or_404(Conference, slug=slug)
        title = f"Dry run: {conference.title}"
        facts = {"conference": conference, "days": replay(conference)}
        return self._desk_page(request, "dry_run", title, facts)

    def _require_view(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _desk_page(
        self, request: HttpRequest, name: str, title: str, facts: dict[str, Any]
    ) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, f"admin/events/reminder/{name}.html", {**context, **facts})


def _mails(state: str) -> list[Mail]:
    return list(Mail.objects.filter(state=state, kind=Mail.Kind.REMINDER).order_by("pk")[:50])
