"""Conference files: errors that name line and field, all or nothing, without loss."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from events.files import sections
from events.files.describing import describe
from events.files.loading import FileRefused, load
from events.files.node import Node, parse
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
from events.models import Conference, Deadline, Imprint, PageVersion, Session, SessionSpeaker
from events.services import deadlines
from members.models import AuditEntry
from tests.factories import AT, make_staff

SHIPPED = sorted((Path(__file__).parents[2] / "events" / "conferences").glob("*.yaml"))
SMALL = "slug: small\ntitle: Small\nkind: other\n"
UTC = dt.UTC


def refusal(text: str) -> list[str]:
    with pytest.raises(FileRefused) as caught:
        load(by=None, text=text, at=AT)
    return [str(problem) for problem in caught.value.problems]


# without loss


@pytest.mark.django_db
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_file_loaded_written_and_loaded_again_is_equal(path):
    first = load(by=None, text=path.read_text(), at=AT)
    before, written = describe(first.conference), write_conference(first.conference)
    second = load(by=None, text=written, at=AT)
    assert (first.is_new, first.has_changed) == (True, True)
    assert (second.is_new, second.has_changed) == (False, False)
    assert describe(second.conference) == before
    Conference.objects.filter(pk=first.conference.pk).update(slug="the-one-before")
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
    st.sampled_from(Deadline.Kind.values),
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


# errors


@pytest.mark.django_db
def test_file_with_many_mistakes_names_each_with_line_and_field():
    text = """\
slug: Not a slug
title: Small
kind: party
colour: red
first_day: 2016-02-30
starts: 2016-03-27 01:30
ends: 2016-10-30 01:30
venue: Somewhere
deadlines:
  - kind: amendments
    closes: soon
    reminders: [sometimes, 7 days before at 25:00]
days:
  - date: 2016-09-09
    sessions:
      - kind: panel
        room: Hall
        speakers:
          - role: chair
  - date: 2016-09-09
"""
    assert [sentence.split(":")[0] for sentence in refusal(text)] == [
        "line 1, slug",
        "line 3, kind",
        "line 4, colour",
        "line 5, first_day",
        "line 6, starts",
        "line 7, ends",
        "line 8, venue",
        "line 10, deadlines[1]",
        "line 11, deadlines[1].closes",
        "line 12, deadlines[1].reminders[1]",
        "line 12, deadlines[1].reminders[2]",
        "line 16, days[1].sessions[1]",
        "line 17, days[1].sessions[1].room",
        "line 19, days[1].sessions[1].speakers[1]",
        "line 20, days[2].date",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("regions: [Mars]\n", "line 4, regions: There is no region called ‘Mars’. Known are:"),
        ("last_day: 2016-09-09\n", "line 4, last_day: A last day needs a first day."),
        (
            "first_day: 2016-09-09\nlast_day: 2016-09-08\n",
            "line 5, last_day: The last day cannot come before the first.",
        ),
        ("basis: {weather: rain}\n", "line 4, basis.weather: There is no field of this name"),
        ("basis: rain\n", "line 4, basis: Here a set of named fields is expected."),
        ("regions: Mars\n", "line 4, regions: Here a list is expected"),
        ("theme: [a]\n", "line 4, theme: Here one value is expected."),
        ("theme: " + "x" * 201 + "\n", "line 4, theme: This has 201 characters; at most 200 fit."),
        ("contact: {email: me}\n", "line 4, contact.email: ‘me’ is not an e-mail address."),
        ("officer_confirms: 1\n", "line 4, officer_confirms: ‘1’ is neither yes nor no."),
        ("join_link: file:x\n", "line 4, join_link: A link begins with https://."),
        ("rooms: [{name: A, capacity: 0}]\n", "line 4, rooms[1].capacity: ‘0’ is not a whole"),
        ("rooms: [{name: A}, {name: A}]\n", "line 4, rooms[2]: There are two rooms called A."),
        ("starts: today\n", "line 4, starts: ‘today’ is not a date and time such as"),
        ("title: Again\n", "line 4, title: This field stands here twice."),
        ("theme: [\n", "line 5: This is not YAML:"),
    ],
)
def test_file_with_a_mistake_is_refused_with_a_sentence(more, expected):
    found = refusal(SMALL + more)
    assert found[0][: len(expected)] == expected
    assert not Conference.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "just words", "- a\n- b\n", "\x00", "a: &x [*x, *x]\n"])
def test_file_that_is_no_conference_is_refused(text):
    assert refusal(text)


# loading again


@pytest.mark.django_db
def test_file_loaded_twice_changes_nothing():
    text = SMALL + "days: [{date: 2016-09-09, sessions: [{title: A}, {title: A}]}]\n"
    load(by=None, text=text, at=AT)
    rows = list(Session.objects.values())
    entries, version = AuditEntry.objects.count(), PageVersion.objects.get().number
    loaded = load(by=None, text=text, at=AT)
    assert not loaded.has_changed
    assert list(Session.objects.values()) == rows
    assert AuditEntry.objects.count() == entries
    assert PageVersion.objects.get().number == version


@pytest.mark.django_db
def test_session_moved_in_the_file_keeps_its_row_and_counts_the_change():
    day = "days:\n  - date: 2016-09-09\n    sessions:\n"
    load(by=None, text=SMALL + day + "      - {title: A}\n      - {title: B}\n", at=AT)
    before = {row.title: row.pk for row in Session.objects.all()}
    more = "      - {title: B}\n      - {title: A, starts: 10:00}\n      - {title: C}\n"
    conference = load(by=None, text=SMALL + day + more, at=AT).conference
    rows = {row.title: row for row in conference.sessions.all()}
    assert {title: rows[title].pk for title in "AB"} == before
    assert (rows["A"].revision, rows["B"].revision, rows["C"].revision) == (1, 0, 0)
    assert rows["A"].starts_at == dt.datetime(2016, 9, 9, 9, tzinfo=UTC)
    assert [row.title for row in conference.sessions.all()] == ["B", "A", "C"]


@pytest.mark.django_db
def test_deadline_people_were_told_of_is_not_moved_or_removed_by_a_file():
    door = "deadlines: [{kind: amendments, concerns: bodies, closes: 2016-08-01}]\n"
    conference = load(by=None, text=SMALL + door, at=AT).conference
    moved = dt.date(2016, 8, 8)
    deadlines.move(
        by=make_staff(), deadline=conference.deadlines.get(), closes_on=moved, reason="x", at=AT
    )
    assert refusal(SMALL + door) == [
        "line 4, deadlines: Amendments to motions closes at the end of Monday 8 August 2016 "
        "(UK time), and people were told so. Move it in the admin, with a reason; they are told "
        "again."
    ]
    assert refusal(SMALL) == [
        "line 1, deadlines: Amendments to motions is no longer in the file, but people were told "
        "of it."
    ]
    assert conference.deadlines.get().closes_on == moved


@pytest.mark.django_db
def test_status_changed_since_is_not_overwritten_by_a_file():
    load(by=None, text=SMALL + "status: open\n", at=AT)
    Conference.objects.update(status="postponed")
    assert refusal(SMALL + "status: open\n") == [
        "line 4, status: The conference is postponed by now. Change its status in the admin, where "
        "everybody concerned is told."
    ]


@pytest.mark.django_db
def test_section_of_another_app_is_loaded_written_and_refused_with_the_file(monkeypatch):
    seen: list[str] = []

    def load_it(conference: Conference, node: Node) -> bool:
        node.only("colour")
        seen.append(node.text("colour"))
        return True

    monkeypatch.setattr(sections, "_sections", {})
    sections.register("paint", load=load_it, dump=lambda conference: {"colour": "red"})
    loaded = load(by=None, text=SMALL + "paint: {colour: red}\n", at=AT)
    assert seen == ["red"]
    assert "paint:\n  colour: red\n" in write_conference(loaded.conference)
    assert refusal("slug: b\ntitle: B\nkind: other\npaint: {size: 1}\n") == [
        "line 4, paint.size: There is no such field here. Known are: colour."
    ]
    assert not Conference.objects.filter(slug="b").exists()


# commands


def command(*args: Any) -> None:
    call_command(*args, stdout=Discard())


class Discard:
    def write(self, text: str) -> None:
        pass


@pytest.mark.django_db
def test_load_conference_with_one_bad_file_keeps_none_and_names_it(tmp_path):
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(SMALL)
    bad.write_text("slug: b\ntitle: B\nkind: nothing\n")
    with pytest.raises(CommandError) as caught:
        command("load_conference", str(good), str(bad))
    assert f"{bad}: line 3, kind: ‘nothing’ is not one of" in str(caught.value)
    assert not Conference.objects.exists()


@pytest.mark.django_db
def test_load_conference_check_keeps_nothing(tmp_path):
    path = tmp_path / "good.yaml"
    path.write_text(SMALL)
    command("load_conference", str(path), "--check")
    assert not Conference.objects.exists()


@pytest.mark.django_db
def test_load_conference_of_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        command("load_conference", str(tmp_path / "none.yaml"))


@pytest.mark.django_db
def test_load_conferences_twice_loads_once_and_keeps_what_staff_edited(
    django_assert_max_num_queries,
):
    command("load_conferences")
    assert Conference.objects.count() == len(SHIPPED)
    assert Imprint.objects.count() == 1
    Conference.objects.filter(slug="annual-2016").update(theme="Edited")
    with django_assert_max_num_queries(5):  # on PostgreSQL one of them asks for the time
        command("load_conferences")
    assert Conference.objects.get(slug="annual-2016").theme == "Edited"


@pytest.mark.django_db
def test_annual_conference_2016_has_the_dates_that_were_published():
    command("load_conferences")
    conference = Conference.objects.get(slug="annual-2016")
    assert {door.kind: str(door.closes_on) for door in conference.deadlines.all()} == {
        "organisational_motions": "2016-04-04",
        "early_price": "2016-06-30",
        "amendments": "2016-08-01",
        "policy_submissions": "2016-08-01",
        "cac_nominations": "2016-08-01",
        "recognition_awards": "2016-08-01",
        "delegate_registration": "2016-08-22",
    }
    assert [(str(day.date), [each.title for each in day.sessions.all()]) for day in
            conference.days.all()] == [
        ("2016-09-09", ["Conference Welcome Reception"]),
        ("2016-09-10", ["Conference Day 1", "Conference Dinner"]),
        ("2016-09-11", ["Conference Day 2", "Annual General Meeting"]),
    ]  # fmt: skip
    assert not conference.sessions.filter(starts_at__isnull=False).exists()
    assert not conference.deadlines.filter(opens_at__isnull=False).exists()


@pytest.mark.django_db
def test_write_conference_of_an_unknown_slug_names_those_there_are():
    load(by=None, text=SMALL, at=AT)
    with pytest.raises(CommandError, match="There is no conference nothing. There are: small."):
        command("write_conference", "nothing")
