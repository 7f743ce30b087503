"""`{% load page_parts %}`: the little that components need beyond plain templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BaseFormSet, BoundField
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@dataclass(frozen=True)
class ErrorLink:
    """One line of the error summary: what is wrong and, where a field can take it, its id."""

    message: str
    target: str


def _target(field: BoundField) -> str:
    """The id of the first control of a field; nothing for one that cannot be seen."""
    if field.is_hidden:
        return ""
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return field.id_for_label or f"{field.auto_id}_0"


def _is_djangos_own(error: ValidationError, field: forms.Field) -> bool:
    """Whether a message is a default of the field's class ('This field is required.')."""
    defaults = (vars(kind).get("default_error_messages", {}) for kind in type(field).__mro__)
    return any(str(error.message) == str(text) for each in defaults for text in each.values())


def _led_by(label: str, message: str) -> str:
    """'Title: this field is required.', 'Which body? This field is required.'"""
    if label.endswith(("?", ".", "!")):
        return f"{label} {message}"
    return f"{label}: {message[:1].lower()}{message[1:]}"


def _lines(field: BoundField) -> list[str]:
    """A field's errors so that they read away from it: Django's own are led by the field's name."""
    lines = []
    for error, message in zip(field.errors.as_data(), field.errors, strict=True):
        if _is_djangos_own(error, field.field):
            message = _led_by(str(field.label), message)
        lines.append(message)
    return lines


def _of_form(form: BaseForm) -> list[ErrorLink]:
    links = [ErrorLink(message, "") for message in form.non_field_errors()]
    for field in form:
        links += [ErrorLink(line, _target(field)) for line in _lines(field)]
    return links


@register.filter
def as_attributes(attrs: dict[str, Any]) -> SafeString:
    """A control's attributes as they stand in its tag; True stands by its name, False not at all."""
    parts = [
        f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
        for name, value in attrs.items()
        if value is not False
    ]
    return mark_safe("".join(parts))  # names are the program's own, values are escaped


@register.filter
def error_links(form: BaseForm | BaseFormSet | str | None) -> list[ErrorLink]:
    """Every error of a form or formset in the order of the page."""
    if not form or not form.is_bound:  # a page without a form leads here with an empty string
        return []
    if isinstance(form, BaseFormSet):
        links = [ErrorLink(message, "") for message in form.non_form_errors()]
        return links + [link for one in form.forms for link in _of_form(one)]
    return _of_form(form)
