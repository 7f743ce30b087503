"""Reports of conferences: notes saved by rapporteurs, joined by an editor, read as page and PDF."""

from __future__ import annotations

import io
import re
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from pypdf import PdfReader

import clock
from events.files.loading import load
from events.management.commands.load_conferences import SHIPPED
from events.models import ConferenceReport, LayAppointment, NotesSave, Rapporteur, Session
from events.reports import services
from events.reports.lines import Link, Task, blocks_of, links_of, tasks_of
from members.models import AuditEntry
from tests.factories import AT, make_appointment, make_conference, make_user, sign_in

pytestmark = pytest.mark.django_db
WORDS = {
    "speakers": "Joanne Anderson, Mayor of Liverpool",
    "points": "A start.\n\n- one\n- two",
    "links": "The ideas: https://party.coop/ideas",
    "actions": "Ann: writes to the councils\nSomebody must book the hall",
}


@pytest.fixture
def conference():
    made = make_conference("Local Government Conference", slug="councils")
    for place, title in enumerate(("Keynote", "Panel")):
        Session.objects.create(conference=made, title=title, position=place)
    Session.objects.create(conference=made, title="Lunch", kind=Session.Kind.BREAK, position=3)
    return made


@pytest.fixture
def report(conference):
    return services.report_of(conference=conference)


@pytest.fixture
def editor(conference):
    person = make_user()
    make_appointment(person, conference, LayAppointment.Task.REPORT_EDITOR)
    return person


def at_noon(client, method, url, data=None):
    with clock.frozen(AT):
        return getattr(client, method)(url, data or {})


def page_of(client, name, *args):
    return at_noon(client, "get", reverse(f"events:{name}", args=args))


def saved(notes, *, by, version, is_by_itself=False, **words):
    return services.save_notes(
        by=by,
        notes=notes,
        version=version,
        words=WORDS | words,
        at=AT,
        is_by_itself=is_by_itself,
    )


# lines


def test_lines_of_notes_mean_links_tasks_and_points():
    assert links_of("The ideas: https://party.coop/ideas.\n- https://a.example/x\nonly words") == [
        Link("The ideas", "https://party.coop/ideas", "party.coop"),
        Link("", "https://a.example/x", "a.example"),
        Link("only words", "", ""),
    ]
    assert links_of("https://[broken/") == [Link("", "https://[broken/", "")]
    assert tasks_of("Ann Jones: writes\nnobody's") == [
        Task("Ann Jones", "writes"),
        Task("", "nobody's"),
    ]
    assert blocks_of("A\n\n- b\n- c\n\nD") == [
        ("text", ["A"]),
        ("list", ["b", "c"]),
        ("text", ["D"]),
    ]


# saving


def test_report_begins_with_notes_of_each_session_and_twice_makes_nothing_new(report, conference):
    services.report_of(conference=conference)
    assert [row.title for row in report.notes.all()] == ["Keynote", "Panel"]


def test_older_copy_never_overwrites_and_the_loser_sees_both(client, report, editor):
    notes, other = report.notes.first(), make_user(name="Other Writer")
    saved(notes, by=other, version=1)
    sign_in(client, editor)
    url = reverse("events:report-notes", args=["councils", notes.pk])
    answer = at_noon(client, "post", url, WORDS | {"version": 1, "points": "Mine", "save": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Other Writer" in page
    assert "A start." in page
    assert ">Mine</textarea>" in page
    notes.refresh_from_db()
    assert (notes.points, notes.version) == ("A start.\n\n- one\n- two", 2)
    assert NotesSave.objects.get(outcome="aside").points == "Mine"
    again = at_noon(client, "post", url, WORDS | {"version": 2, "points": "Mine", "save": "1"})
    assert again.status_code == 302
    notes.refresh_from_db()
    assert notes.points == "Mine"


def test_same_form_sent_twice_is_one_save(report, editor):
    notes = report.notes.first()
    for _ in range(2):
        assert saved(notes, by=editor, version=1).aside is None
    notes.refresh_from_db()
    assert (notes.version, NotesSave.objects.count()) == (2, 1)


def test_notes_save_themselves_and_say_when_somebody_was_first(client, report, editor):
    notes = report.notes.first()
    sign_in(client, editor)
    url = reverse("events:report-notes", args=["councils", notes.pk])
    first = at_noon(client, "post", url, WORDS | {"version": 1, "by_itself": "1"})
    assert first.json() == {"version": 2, "saved": "Monday 14 March 2016, 12:00 UK time"}
    saved(notes, by=make_user(name="Other Writer"), version=2, points="Theirs")
    late = at_noon(client, "post", url, WORDS | {"version": 2, "points": "Mine", "by_itself": "1"})
    assert (late.status_code, late.json()["by"]) == (409, "Other Writer")
    notes.refresh_from_db()
    assert notes.points == "Theirs"


def test_typing_of_somebody_signed_out_is_there_after_the_sign_in(client, report, editor):
    url = reverse("events:report-notes", args=["councils", report.notes.first().pk])
    gone = at_noon(client, "post", url, WORDS | {"version": 1, "points": "Kept"})
    assert gone["Location"].startswith("/accounts/login/")
    sign_in(client, editor)
    assert ">\nKept</textarea>" in at_noon(client, "get", url).content.decode()


# who may


def test_rapporteur_writes_their_own_notes_and_no_others(client, report, editor, mailbox):
    mine, others = report.notes.all()
    for _ in range(2):
        services.assign(by=editor, notes=mine, email="Nia@example.org", at=AT)
    row = Rapporteur.objects.get()
    assert len(mailbox.to("nia@example.org")) == 1
    sign_in(client, row.user)
    assert page_of(client, "report-notes", "councils", mine.pk).status_code == 200
    for name, args in (
        ("report-notes", [others.pk]),
        ("report-desk", []),
        ("report-arrange", [mine.pk]),
        ("report", []),
    ):
        assert page_of(client, name, "councils", *args).status_code == 404
    services.release(by=editor, rapporteur=row, at=AT)
    assert page_of(client, "report-notes", "councils", mine.pk).status_code == 404


# the report


def test_report_is_read_once_it_is_published_as_page_and_as_tagged_pdf(client, report, editor):
    saved(report.notes.first(), by=editor, version=1)
    for name in ("report", "report-paper"):
        assert page_of(client, name, "councils").status_code == 404
    services.publish(by=editor, report=report, at=AT)
    page = page_of(client, "report", "councils").content.decode()
    assert "(leads to party.coop)" in page
    assert 'href="https://party.coop' not in page
    assert "Whose it is was not said" in page
    assert "Panel" not in page  # it has no notes
    assert ">Report</a>" in page_of(client, "conference", "councils").content.decode()
    pdf = PdfReader(io.BytesIO(page_of(client, "report-paper", "councils").content))
    words = " ".join(" ".join(one.extract_text() for one in pdf.pages).split())
    assert "Ann writes to the councils" in words
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    services.take_back(by=editor, report=report, reason="A name", at=AT)
    assert page_of(client, "report", "councils").status_code == 404


def test_report_without_a_word_is_not_published(report, editor):
    with pytest.raises(ValidationError, match="nothing to read"):
        services.publish(by=editor, report=report, at=AT)


def test_editor_orders_renames_and_leaves_out(report, editor):
    first, second = report.notes.all()
    key = uuid.uuid4()
    for _ in range(2):
        third = services.add_notes(by=editor, report=report, heading="Thanks", at=AT, key=key)
    services.arrange(by=editor, notes=third, heading="Thanks", is_left_out=False, place=1, at=AT)
    services.arrange(by=editor, notes=first, heading="Opening", is_left_out=True, place=9, at=AT)
    rows = [(row.title, row.is_left_out) for row in report.notes.all()]
    assert rows == [("Thanks", False), ("Panel", False), ("Opening", True)]
    assert AuditEntry.objects.filter(action="notes.arranged").count() == 2
    with pytest.raises(ValidationError, match="heading"):
        services.arrange(by=editor, notes=third, heading=" ", is_left_out=False, place=1, at=AT)


def test_desk_publishes_by_its_button_and_says_why_not(client, report, editor):
    sign_in(client, editor)
    url = reverse("events:report-desk", args=["councils"])
    refused = at_noon(client, "post", url, {"do": "publish"})
    assert refused.status_code == 302
    assert "nothing to read" in at_noon(client, "get", url).content.decode()
    saved(report.notes.first(), by=editor, version=1)
    at_noon(client, "post", url, {"do": "publish"})
    report.refresh_from_db()
    assert (report.is_published, report.published_at, report.published_by) == (True, AT, editor)


def test_notes_of_november_2021_are_part_of_the_record_with_their_slips(client):
    text = (SHIPPED / "conference-2021.yaml").read_text(encoding="utf-8")
    load(by=None, text=text, at=AT)
    page = page_of(client, "report", "conference-2021").content.decode()
    headings = re.findall(r'<h2 id="notes-\d+">([^<]+)<', page)
    assert headings == [
        "Keynote",
        "Community Power in Action",
        "12 Ideas for Local Government",
        "Speech",
        "Panel",
        "Contributions",
    ]
    assert "Dolna Cornell" in page
    assert "3 January 2021" in page
    assert ConferenceReport.objects.get().published_at is None
