"""Steps that tests of the staff's pages of people and bodies take."""

from __future__ import annotations

from django.urls import reverse


def act_url(row, act):
    return reverse(f"admin:members_{row._meta.model_name}_act", args=[row.pk, act])
