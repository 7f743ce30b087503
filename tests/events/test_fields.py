"""The wall-clock field: skipped times refused, double ones asked about, instants given back."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from events.fields import LondonDateTimeField

UTC = dt.UTC
SKIPPED, TWICE = "2016-03-27T01:30", "2016-10-30T01:30"


class OneField(forms.Form):
    at = LondonDateTimeField(required=False)


def cleaned(text, which=""):
    form = OneField({"at": text, "at_which": which})
    return form.cleaned_data["at"] if form.is_valid() else form.errors["at"].as_data()[0].code


@pytest.mark.parametrize(
    ("text", "which", "expected"),
    [
        ("2016-01-04T12:00", "", dt.datetime(2016, 1, 4, 12, tzinfo=UTC)),
        ("2016-07-04T12:00", "", dt.datetime(2016, 7, 4, 11, tzinfo=UTC)),
        ("2016-07-04T12:00:30.5", "", dt.datetime(2016, 7, 4, 11, 0, 30, 500000, tzinfo=UTC)),
        ("2016-07-04T12:00", "second", dt.datetime(2016, 7, 4, 11, tzinfo=UTC)),
        ("", "", None),
        (SKIPPED, "", "nonexistent"),
        (SKIPPED, "second", "nonexistent"),
        (TWICE, "", "ambiguous"),
        (TWICE, "both", "ambiguous"),
        (TWICE, "first", dt.datetime(2016, 10, 30, 0, 30, tzinfo=UTC)),
        (TWICE, "second", dt.datetime(2016, 10, 30, 1, 30, tzinfo=UTC)),
        ("soon", "", "invalid"),
        ("2016-07-04", "", "invalid"),
        ("2016-07-04T12:00Z", "", "invalid"),
        ("0001-01-01T00:00", "", dt.datetime(1, 1, 1, 0, 1, 15, tzinfo=UTC)),
        ("9999-12-31T23:59", "", dt.datetime(9999, 12, 31, 23, 59, tzinfo=UTC)),
    ],
)
def test_wall_clock_time_is_read_refused_or_asked_about(text, which, expected):
    assert cleaned(text, which) == expected


def test_choice_is_drawn_only_for_a_time_that_happens_twice():
    assert "at_which" in str(OneField({"at": TWICE})["at"])
    assert "at_which" not in str(OneField({"at": SKIPPED})["at"])
    assert "at_which" not in str(OneField({"at": "soon"})["at"])
    assert "at_which" not in str(OneField()["at"])


@given(st.datetimes(dt.datetime(2015, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 (hypothesis wants naive bounds)
def test_instant_shown_and_sent_back_unchanged_is_the_same_instant(at):
    field = LondonDateTimeField()
    text, which = field.prepare_value(at)
    assert field.to_python((text, which)) == at
    assert not field.has_changed(at, (text, which))


def test_second_of_the_double_hour_is_drawn_as_chosen():
    form = OneField(initial={"at": dt.datetime(2016, 10, 30, 1, 30, tzinfo=UTC)})
    assert '<option value="second" selected>' in str(form["at"])
