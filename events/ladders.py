"""A ladder of reminders in words: 'opening, 28 days before, last day at 12:00'."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from events.calendar import Step

NINE = dt.time(9, 0)
RUNG = re.compile(
    r"(?:(?P<opening>opening)|(?P<days>[1-9]\d{0,2}) days? before|(?P<last>last day))"
    r"(?: at (?P<time>(?:[01]\d|2[0-3]):[0-5]\d))?"
)


def parse_rung(text: str) -> Step:
    """One rung. Raises ValidationError with what can be written."""
    match = RUNG.fullmatch(text.strip().lower())
    if match is None:
        raise ValidationError(
            f"‘{text.strip()}’ is not a reminder. Write ‘opening’, ‘7 days before’ or ‘last day’, "
            "with ‘at 12:00’ if not at 09:00.",
            code="rung",
        )
    time = dt.time.fromisoformat(match["time"]) if match["time"] else NINE
    if match["opening"]:
        return Step("opening", 0, time)
    return (
        Step("days_before", int(match["days"]), time)
        if match["days"]
        else Step("last_day", 0, time)
    )


def in_order(steps: Iterable[Step]) -> list[Step]:
    """As they come: opening, many days before, few days before, the last day."""
    places = {"opening": 0, "days_before": 1, "last_day": 2}
    return sorted(steps, key=lambda step: (places[step.when], -step.days))


def parse(text: str) -> list[Step]:
    """A ladder from words with commas between; empty for the usual one."""
    steps = [parse_rung(rung) for rung in text.split(",") if rung.strip()]
    if len({step.key for step in steps}) < len(steps):
        raise ValidationError("The same reminder stands here twice.", code="twice")
    return in_order(steps)


def rung_in_words(step: Step) -> str:
    """'7 days before at 12:00'."""
    days = f"{step.days} day{'' if step.days == 1 else 's'} before"
    words = {"opening": "opening", "last_day": "last day"}.get(step.when, days)
    return words if step.time == NINE else f"{words} at {step.time:%H:%M}"


def step_in_words(key: str) -> str:
    """A step as it is recorded ('28d', 'last_day', 'moved 2'), for a person who reads of it."""
    days = key.removesuffix("d")
    if days.isdecimal():
        return rung_in_words(Step("days_before", int(days)))
    known = {"opening": "on opening", "last_day": "on the last day"}
    return known.get(key, "the date has moved")


def in_words(steps: Iterable[Step]) -> str:
    """A whole ladder, as `parse` reads it."""
    return ", ".join(map(rung_in_words, in_order(steps)))
