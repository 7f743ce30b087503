"""Fields that no form offers, with values that would do harm if one were taken all the same."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from members.models import User
from members.roles import Role
from tests.hostile.garbage import Form
from tests.hostile.world.typed import OURS

#: What the sites' own machinery reads from a form: not columns, or read on purpose.
NOT_PLANTED = frozenset({"csrfmiddlewaretoken", "id", "next"})


@cache
def columns() -> dict[str, models.Field]:
    """Every column of every table of ours, by name; of several with one name the last."""
    return {
        column.name: column
        for model in [*apps.get_models(), User]
        if model._meta.app_label in OURS
        for column in model._meta.concrete_fields
    }


def planted(form: Form) -> dict[str, Any]:
    """Every column that the form has no control for, set to somebody else's or to more."""
    offered = {*form.values, *form.files}
    found = {name: _value(column) for name, column in columns().items()}
    found |= {f"{name}_id": value for name, value in found.items() if columns()[name].is_relation}
    found |= {"groups": ["1", "2"], "user_permissions": ["1"], "roles": list(Role.values)}
    found |= {"is_superuser": "on", "is_staff": "on", "pk": "1"}
    return {n: v for n, v in found.items() if n not in offered and n not in NOT_PLANTED}


def _value(column: models.Field) -> str:
    if column.is_relation:
        last = column.related_model._base_manager.order_by("pk").last()
        return str(last.pk) if last else "1"
    if isinstance(column, models.BooleanField):
        return "on"
    if column.choices:
        return str(column.choices[-1][0])
    if isinstance(column, models.DateTimeField):
        return "2001-01-01 00:00:00"
    if isinstance(column, models.DateField):
        return "2001-01-01"
    if isinstance(column, models.IntegerField | models.DecimalField):
        return "1"
    if isinstance(column, models.EmailField):
        return "planted@example.org"
    return "planted"


CHOSEN = ("checkbox", "radio", "hidden", "button", "submit")
ANSWERS = {"email": "planner@example.org", "date": "2016-04-01", "number": "1", "tel": "1"}


def filled(form: Form) -> dict[str, Any]:
    """The form as somebody would send it: what is empty gets an answer, every box is ticked."""
    sent: dict[str, Any] = {}
    for name, values in form.values.items():
        kind, offered = form.kinds.get(name, "text"), [o for o in form.options.get(name, []) if o]
        if kind not in CHOSEN and values == ["on"]:
            values = []  # how a field without a value is read off the page
        if any(values) or kind in ("hidden", "button", "submit"):
            sent[name] = values
        else:
            sent[name] = offered[0] if offered else ANSWERS.get(kind, "Words")
    return sent
