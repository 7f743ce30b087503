"""Form fields that take whatever people paste: nothing invisible is ever a reason to refuse."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clock import LONDON
from events.calendar import WallTimeError, london_instant

MOST_CHARACTERS = 50_000


class TypedText(forms.CharField):
    """Text as typed. NULs go before Django would refuse them; services clean the rest."""

    def __init__(self, *, rows: int = 0, **kwargs: Any) -> None:
        if rows:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
            kwargs.setdefault("max_length", MOST_CHARACTERS)
        super().__init__(**kwargs)
        # the browser's maxlength would cut a paste without a word; the server says what is wrong
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        return super().to_python(str(value).replace("\x00", "") if value else value)


class DateField(forms.DateField):
    """A date by the browser's own picker, or typed as 3/4/2016."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"])
        kwargs.setdefault("error_messages", {"invalid": "Give a date such as 3/4/2016, day first."})
        super().__init__(**kwargs)


class UkDateTimeField(forms.CharField):
    """A date and time on the UK's clocks; a time that does not exist or exists twice is refused."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dt.datetime):
            return value.astimezone(LONDON).strftime("%Y-%m-%dT%H:%M")
        return value

    def to_python(self, value: Any) -> dt.datetime | None:
        value = super().to_python(value)
        if not value:
            return None
        try:
            wall = dt.datetime.fromisoformat(value.replace(" ", "T"))
        except ValueError as error:
            raise ValidationError("Give a date and time such as 2016-04-04 23:59.") from error
        try:
            return london_instant(wall.date(), wall.time().replace(tzinfo=None))
        except WallTimeError as error:
            raise ValidationError(str(error)) from error
        except OverflowError as error:
            raise ValidationError("This date is out of range.") from error
