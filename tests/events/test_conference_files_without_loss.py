"""Conference files: whatever is written is read again as it was."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.files.describing import describe
from events.files.loading import load
from events.files.node import parse
from events.files.reading import read_conference
from events.files.specs import (
    ConferenceSpec,
    DaySpec,
    DeadlineSpec,
    PartSpec,
    RoomSpec,
    SessionSpec,
    SpeakerSpec,
    StepSpec,
    VenueSpec,
)
from events.files.writing import spec_as_yaml, write_conference
from events.models import Conference, Deadline, Publication, Session, SessionSpeaker
from tests.factories import AT

SHIPPED = sorted((Path(__file__).parents[2] / "events" / "conferences").rglob("*.yaml"))
UTC = dt.UTC


@pytest.mark.django_db
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_file_loaded_written_and_loaded_again_is_equal(path):
    if path.parent.name == "consultations":  # it names sessions of a conference
        load(by=None, text=(path.parent.parent / "west-midlands-2022.yaml").read_text(), at=AT)
    first = load(by=None, text=path.read_text(), at=AT)
    before, written = describe(first.conference), write_conference(first.conference)
    second = load(by=None, text=written, at=AT)
    assert (first.is_new, first.has_changed) == (True, True)
    assert (second.is_new, second.has_changed) == (False, False)
    assert describe(second.conference) == before
    Conference.objects.filter(pk=first.conference.pk).update(slug="the-one-before")
    Publication.objects.update(slug="of-the-one-before")
    assert describe(load(by=None, text=written, at=AT).conference) == before


printable = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(
    lambda text: text.replace("\r", "\n").strip()
)
line = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).map(
    str.strip
)
name = line.filter(bool)
instants = st.datetimes(dt.datetime(2016, 1, 1), dt.datetime(2024, 12, 31), timezones=st.just(UTC))
dates = st.dates(dt.date(2016, 1, 1), dt.date(2024, 12, 31))
speakers = st.builds(SpeakerSpec, name, line, printable, line)
parts = st.one_of(
    st.builds(PartSpec, speakers, st.just(""), st.sampled_from(SessionSpeaker.Part.values), line),
    st.builds(PartSpec, st.none(), name, st.sampled_from(SessionSpeaker.Part.values), line),
)
times = st.one_of(
    st.just((None, None)),
    st.tuples(instants, st.none()),
    st.tuples(instants, st.timedeltas(dt.timedelta(microseconds=1), dt.timedelta(hours=9))).map(
        lambda pair: (pair[0], pair[0] + pair[1])
    ),
)
sessions_ = st.builds(
    lambda title, kind, when, text, only, part: SessionSpec(
        title, kind, when[0], when[1], "Hall", "", text, only, tuple(part)
    ),
    name,
    st.sampled_from(Session.Kind.values),
    times,
    printable,
    st.booleans(),
    st.lists(parts, max_size=1),
)
steps = st.lists(
    st.one_of(
        st.builds(StepSpec, st.sampled_from(["opening", "last_day"])),
        st.builds(
            StepSpec,
            st.just("days_before"),
            st.integers(1, 99),
            st.builds(dt.time, st.integers(0, 23), st.integers(0, 59)),
        ),
    ),
    max_size=3,
    unique_by=lambda step: (step.when, step.days),
).map(lambda found: tuple(sorted(found, key=lambda step: (step.when, -step.days))))
deadlines_ = st.builds(
    lambda kind, audience, closing, ladder, note, reminded: DeadlineSpec(
        kind,
        audience,
        closes_on=None if isinstance(closing, dt.datetime) else closing,
        closes_at=closing if isinstance(closing, dt.datetime) else None,
        steps=ladder,
        note=note,
        is_reminded=reminded,
    ),
    st.sampled_from(sorted(set(Deadline.Kind.values) - set(Deadline.PRIVATE))),
    st.sampled_from(Deadline.Audience.values),
    st.one_of(st.none(), dates, instants),
    steps,
    line,
    st.booleans(),
)
specs = st.builds(
    lambda title, summary, strands, first, dated, undated, doors, venue, basis: ConferenceSpec(
        slug="a-slug",
        title=title,
        kind="other",
        summary=summary,
        strands=tuple(strands),
        starts_on=first,
        ends_on=first,
        venue=venue,
        basis=basis,
        rooms=(RoomSpec("Hall", 3, False),),
        deadlines=tuple(sorted(doors, key=lambda door: (door.kind, door.name))),
        days=(
            DaySpec(first, title, tuple(dated)),
            *([DaySpec(None, "", tuple(undated))] if undated else []),
        ),
    ),
    name,
    printable,
    st.lists(name, max_size=2),
    dates,
    st.lists(sessions_, max_size=2),
    st.lists(sessions_, max_size=1),
    st.lists(deadlines_, max_size=3, unique_by=lambda door: (door.kind, door.name)),
    st.one_of(st.none(), st.builds(VenueSpec, name, line, printable, printable)),
    st.dictionaries(st.sampled_from(["kind", "first_day", "theme"]), name),
)


@settings(max_examples=150, deadline=None)
@given(specs)
def test_anything_written_and_read_again_is_equal(spec):
    root = parse(spec_as_yaml(spec))
    assert read_conference(root) == spec
    assert root.problems == []
