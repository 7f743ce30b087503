"""The demo year's dates, counted from the day it is loaded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

MONDAY, FRIDAY, SATURDAY = 0, 4, 5


def on_weekday(date: dt.date, weekday: int) -> dt.date:
    """The first such weekday on or after a date."""
    return date + dt.timedelta(days=(weekday - date.weekday()) % 7)


@dataclass(frozen=True, slots=True)
class DemoDates:
    """Every date of the demo year; the call is open and the early price lasts on the day itself."""

    today: dt.date

    @property
    def call_opens(self) -> dt.date:
        return on_weekday(self.today - dt.timedelta(days=31), MONDAY)

    @property
    def motions(self) -> dt.date:
        return on_weekday(self.today + dt.timedelta(days=12), MONDAY)

    @property
    def early(self) -> dt.date:
        return on_weekday(self.today + dt.timedelta(days=30), FRIDAY)

    @property
    def business(self) -> dt.date:
        """Amendments, policy submissions, nominations, awards."""
        return on_weekday(self.today + dt.timedelta(days=85), MONDAY)

    @property
    def annual(self) -> dt.date:
        """The Saturday on which the annual conference begins."""
        return on_weekday(self.today + dt.timedelta(days=130), SATURDAY)

    @property
    def regional(self) -> dt.date:
        return on_weekday(self.today + dt.timedelta(days=24), SATURDAY)

    @property
    def councillors(self) -> dt.date:
        """The local government conference that is over."""
        return on_weekday(self.today - dt.timedelta(days=60), SATURDAY)

    @property
    def last_annual(self) -> dt.date:
        """The Saturday on which the annual conference that is over began."""
        return on_weekday(self.today - dt.timedelta(days=130), SATURDAY)

    def before(self, days: int) -> dt.date:
        """So many days before the annual conference."""
        return self.annual - dt.timedelta(days=days)
