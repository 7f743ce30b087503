"""A form field for a date and time as the clock on the wall shows it in the UK.

A time that the clocks skip in March is refused. One that happens twice in October is asked about:
the form comes back with a choice between the first and the second.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

import clock
from events.calendar import AmbiguousTimeError, NonexistentTimeError, london_instant

WHICH = (("", "Which of the two?"), ("first", "the first (BST)"), ("second", "the second (GMT)"))


def _parse(text: str) -> dt.datetime:
    """The wall-clock time a browser sent; ValueError for anything else."""
    shown = dt.datetime.fromisoformat(text)
    if shown.tzinfo is not None or len(text) < len("2016-04-04T12:00"):
        raise ValueError
    return shown


def _is_ambiguous(text: str) -> bool:
    try:
        shown = _parse(text)
        london_instant(shown.date(), shown.time())
    except AmbiguousTimeError:
        return True
    except (ValueError, OverflowError):
        return False
    return False


class LondonDateTimeInput(forms.DateTimeInput):
    """One date-and-time control, and a second choice only where the time happens twice."""

    input_type = "datetime-local"

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> tuple[str, str]:
        return data.get(name) or "", data.get(f"{name}_which") or ""

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> bool:
        return name not in data

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> str:
        text, which = value if isinstance(value, tuple) else (value or "", "")
        control = super().render(name, text, attrs, renderer)
        if not _is_ambiguous(text):
            return control
        choice = forms.Select(choices=WHICH, attrs={"aria-label": "Which of the two times?"})
        return format_html("{} {}", control, choice.render(f"{name}_which", which))

    def format_value(self, value: Any) -> str:
        return value


class LondonDateTimeField(forms.Field):
    """An instant, typed as London's wall clock shows it; None when empty and not required."""

    widget = LondonDateTimeInput
    default_error_messages = {"invalid": "Enter a date and a time, such as 4 April 2016, 12:00."}

    def prepare_value(self, value: Any) -> Any:
        """An instant as (wall clock, which of the two); what was typed stays as it is."""
        if not isinstance(value, dt.datetime):
            return value
        local = clock.in_london(value)
        text = local.replace(tzinfo=None).isoformat(timespec="auto")
        if not local.second and not local.microsecond:
            text = local.strftime("%Y-%m-%dT%H:%M")
        return text, "second" if local.fold else "first"

    def to_python(self, value: Any) -> dt.datetime | None:
        if value is None or isinstance(value, dt.datetime):
            return value
        text, which = value if isinstance(value, tuple | list) else (value, "")
        text = text.strip()
        if not text:
            return None
        try:
            shown = _parse(text)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        fold = {"first": 0, "second": 1}.get(which)
        try:
            return london_instant(shown.date(), shown.time(), fold=fold)
        except NonexistentTimeError as error:
            raise ValidationError(str(error), code="nonexistent") from error
        except AmbiguousTimeError as error:
            raise ValidationError(str(error), code="ambiguous") from error
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True
