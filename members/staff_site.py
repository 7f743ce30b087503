"""The admin site of the party's staff: one door to sign in, one start page."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from members import attention, desks
from members.second_factor import has_second_factor


class StaffSite(admin.AdminSite):
    """Signing in goes through allauth: its limits and the second factor cannot be passed by."""

    site_header = "Co-operative Party Conferences"
    site_title = "Staff"
    index_title = "What needs attention"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Active staff who passed the second factor in this session; the middleware asks for it."""
        return super().has_permission(request) and has_second_factor(request)

    @method_decorator(secure_admin_login)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None):
        return super().login(request, extra_context)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one page to change a password, which asks again who one is and tells by mail."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The start page: what waits for this person (`members.attention`), and their desks."""
        facts = {
            "attention": attention.items(request.user, request.at),
            "desks": desks.open_to(request.user),
        }
        return super().index(request, {**facts, **(extra_context or {})})
