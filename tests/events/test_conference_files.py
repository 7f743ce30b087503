"""Conference files: errors that name line and field, all or nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from events.files import sections
from events.files.loading import FileRefused, load
from events.files.node import Node
from events.files.writing import write_conference
from events.models import Conference, PageVersion, Session
from events.services import deadlines
from members.models import AuditEntry
from tests.factories import AT, make_staff

SMALL = "slug: small\ntitle: Small\nkind: other\n"
UTC = dt.UTC


def refusal(text: str) -> list[str]:
    with pytest.raises(FileRefused) as caught:
        load(by=None, text=text, at=AT)
    return [str(problem) for problem in caught.value.problems]


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
def test_opening_that_pages_have_shown_is_not_moved_by_a_file_but_one_of_a_draft_is():
    text = (
        f"{SMALL}status: announced\ndeadlines:\n  - kind: amendments\n    concerns: bodies\n"
        "    opens: 2016-05-01 09:00\n    closes: 2016-08-01\n"
    )
    moved = text.replace("05-01", "05-02")
    load(by=None, text=text, at=AT)
    assert refusal(moved) == [
        "line 6, deadlines: Amendments to motions opens on Sunday 1 May 2016, 09:00 UK time, and "
        "its pages say so. Move its opening in the admin, with a reason."
    ]
    Conference.objects.update(status="draft")
    redrafted = load(by=None, text=moved.replace("status: announced\n", ""), at=AT)
    assert redrafted.conference.deadlines.get().opens_at == dt.datetime(2016, 5, 2, 8, tzinfo=UTC)


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
