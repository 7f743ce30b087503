"""Receipts, to answer 'did you get it?'."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from members.staff import RoleAdmin
from motions.admin.desk import READERS
from motions.models import Receipt


@admin.register(Receipt)
class ReceiptAdmin(RoleAdmin):
    """Every receipt but those for awards, which are their senders' secret."""

    readers = READERS
    may_add = may_change = False
    list_display = ("number", "conference", "kind", "organisation", "title", "at")
    list_filter = ("conference", "kind")
    list_select_related = ("conference", "organisation")
    search_fields = ("=number", "title", "organisation__name")
    exclude = ("award_nomination",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Receipt]:
        return super().get_queryset(request).filter(award_nomination__isnull=True)
