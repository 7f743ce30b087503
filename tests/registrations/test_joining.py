"""Joining instructions: written in versions, once a version a person, the venue never too early."""

from __future__ import annotations

import datetime as dt
import io
import re

import pdfua
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pypdf import PdfReader

from events.models import Venue
from mailing.models import Mail
from members.models import AuditEntry
from members.roles import Role
from registrations import joining_documents
from registrations.models import DoorRules, JoiningInstructions, Place
from registrations.services import cancelling, credentials, joining, naming
from tests.factories import make_staff, sign_in
from tests.registrations import build, delegates, door

pytestmark = pytest.mark.django_db
AT = door.clock_at("09:00", dt.date(2016, 9, 1))
SHOWN = door.clock_at("10:00", dt.date(2016, 9, 7))
WORDS = {"arriving": "The doors open at 09:30.", "bring": "A pen", "more": "It may rain."}


@pytest.fixture
def booking(year):
    """Ida and Ivo have addresses, Uma has none, one place has no name and one is cancelled."""
    year.venue = Venue.objects.create(
        name="Radisson Blu", town="Cardiff", address="Bute Terrace", access_notes="A lift."
    )
    year.venue_public_from = SHOWN
    year.save()
    made = delegates.booked(year, build.body("Bangor"), "Ida", "Ivo", "Uma", "", "Gone")
    Place.objects.filter(name="Uma").update(email="")
    gone = Place.objects.get(name="Gone")
    cancelling.cancel_place(by=None, place=gone, at=build.EARLY)
    return made


@pytest.fixture
def row(year, booking, staff):
    return joining.write(by=staff, conference=year, words=WORDS, at=AT)


def send(row, staff, at=AT):
    row.refresh_from_db()
    number = joining.plan(row, at=at).number
    return joining.send(by=staff, row=row, version=row.version, expected=number, at=at)


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def link_to(person: str) -> str:
    mail = Mail.objects.filter(to_address=f"{person}@people.example").latest("pk")
    return re.search(r"(/delegate/[\w-]+/joining/)", mail.text)[1]


def code_of(refusal) -> str:
    return getattr(refusal.value, "code", None) or refusal.value.error_list[0].code


def test_everybody_with_an_address_gets_one_mail_and_the_others_are_told_why(row, staff):
    plan = joining.plan(row, at=AT)
    assert plan.left_out == [
        "1 place has no name yet.",
        "1 person has no e-mail address: Uma.",
        "1 place was cancelled.",
    ]
    assert send(row, staff) == 2
    mails = Mail.objects.filter(key__startswith="joining:")
    assert sorted(mails.values_list("to_address", flat=True)) == [
        "ida@people.example",
        "ivo@people.example",
    ]
    assert not any("Radisson" in mail.text + mail.subject for mail in mails)
    entry = AuditEntry.objects.get(action="joining.sent")
    assert entry.after == {"version": 1, "people": 2}


def test_one_version_is_never_sent_twice_and_a_changed_one_says_so(row, staff, year):
    send(row, staff)
    assert joining.plan(row, at=AT).left_out[0] == "2 got this version already."
    assert send(row, staff) == 0
    assert joining.write(by=staff, conference=year, words=WORDS, at=AT).version == 1
    joining.write(by=staff, conference=year, words={**WORDS, "more": "Sun."}, at=AT)
    delegates.booked(year, build.body("Swansea"), "Nia")
    assert send(row, staff) == 3
    second = Mail.objects.filter(key__startswith=f"joining:{row.pk}:2:")
    subjects = second.values_list("to_address", "subject")
    changed = "Changed: joining instructions for Annual Conference 2016"
    assert dict(subjects) == {
        "ida@people.example": changed,
        "ivo@people.example": changed,
        "nia@people.example": "Joining instructions for Annual Conference 2016",
    }


def test_whoever_comes_instead_gets_it_and_a_lost_badge_tells_nobody_twice(row, staff):
    send(row, staff)
    ida, ivo = Place.objects.get(name="Ida"), Place.objects.get(name="Ivo")
    credentials.reissue(by=staff, place=ida, at=AT)
    naming.substitute(by=staff, place=ivo, name="Nia", email="nia@people.example", at=AT)
    plan = joining.plan(row, at=AT)
    assert [badge.place.name for badge in plan.new] == ["Nia"]


@pytest.mark.parametrize(
    ("status", "code"),
    [("draft", "halted"), ("postponed", "halted"), ("cancelled", "halted"), ("over", "halted")],
)
def test_conference_that_does_not_go_ahead_sends_nothing(row, staff, year, status, code):
    year.status = status
    year.save()
    row.refresh_from_db()
    with pytest.raises(ValidationError) as refusal:
        send(row, staff)
    assert code_of(refusal) == code
    assert not Mail.objects.filter(key__startswith="joining:").exists()


def test_nothing_is_sent_after_the_last_day(row, staff):
    with pytest.raises(ValidationError) as refusal:
        send(row, staff, at=door.clock_at("00:00", dt.date(2016, 9, 12)))
    assert code_of(refusal) == "over"


def test_what_the_sender_saw_has_to_be_so_still(row, staff, year):
    joining.write(by=staff, conference=year, words={"more": "Other."}, at=AT)
    for version, expected in ((1, 2), (2, 3)):
        with pytest.raises(ValidationError) as refusal:
            joining.send(by=staff, row=row, version=version, expected=expected, at=AT)
        assert code_of(refusal) == "stale"


def test_words_may_not_name_the_venue_before_its_hour(row, staff, year):
    words = {"arriving": "Go to the RADISSON blu."}
    with pytest.raises(ValidationError) as refusal:
        joining.write(by=staff, conference=year, words=words, at=AT)
    assert code_of(refusal) == "venue"
    assert joining.write(by=staff, conference=year, words=words, at=SHOWN).version == 2


def test_paper_has_everything_and_the_venue_from_its_hour_on(row, staff, year, at, tmp_path):
    DoorRules.objects.create(conference=year, asks_photo_id=True)
    send(row, staff)
    told = {}
    for when in (SHOWN - build.TICK, SHOWN):
        at(when)
        answer = Client().get(link_to("ida"))
        assert answer["Content-Type"] == "application/pdf"
        told[when] = text_of(answer.content)
    file = tmp_path / "joining.pdf"
    file.write_bytes(answer.content)
    assert pdfua.validate(file).findings == ()
    before, after = told.values()
    code = Place.objects.get(name="Ida").credentials.get().short_code
    for words in ("Ida", "9", "11 September 2016", "Delegate pass", "Bangor", "Photo ID", code):
        assert words in before
        assert words in after
    for words in ("The doors open at 09:30.", "A pen", "It may rain.", "020 7946 0016"):
        assert words in before
    assert "told here from Wednesday 7 September 2016, 10:00 UK time" in before
    for words in ("Radisson Blu, Cardiff", "Bute Terrace", "A lift."):
        assert words not in before
        assert words in after


def test_guardian_is_spoken_of_on_the_childs_own_paper_alone(row, staff, at):
    at(AT)
    ida = Place.objects.get(name="Ida")
    delegates.answered(
        ida, age_band="under_18", guardian_name="Gwen", guardian_contact="g@h.example"
    )
    send(row, staff)
    assert "Please show this paper to your parent or guardian" in text_of(
        Client().get(link_to("ida")).content
    )
    assert not Mail.objects.filter(to_address="g@h.example").exists()
    assert not Mail.objects.filter(text__contains="guardian").exists()
    badge = ida.credentials.get()
    assert "guardian" not in text_of(joining_documents.pdf(row, badge, None, at=AT))


@pytest.mark.parametrize("deed", ["cancelled", "postponed", "substituted", "unknown"])
def test_link_that_is_no_longer_theirs_shows_nothing(row, staff, year, at, deed):
    at(AT)
    send(row, staff)
    url = link_to("ida")
    ida = Place.objects.get(name="Ida")
    if deed == "cancelled":
        cancelling.cancel_place(by=staff, place=ida, at=AT, override_reason="ill")
    elif deed == "postponed":
        year.status = "postponed"
        year.save()
    elif deed == "substituted":
        naming.substitute(by=staff, place=ida, name="Nia", email="nia@people.example", at=AT)
    else:
        url = "/delegate/unknown/joining/"
    assert Client().get(url).status_code == 404


def test_staff_write_look_and_send_in_the_admin(year, booking, at):
    at(AT)
    client = sign_in(Client(), make_staff(Role.REGISTRATIONS_OFFICER))
    base = "/admin/registrations/joininginstructions/"
    words = {"arriving": "Go to the Radisson Blu.", "bring": "", "access": "", "more": ""}
    page = client.post(f"{base}add/", {"conference": year.pk, **words})
    assert "Leave it out: it is added by itself." in page.text
    client.post(f"{base}add/", {"conference": year.pk, **words, "arriving": "Early."})
    row = JoiningInstructions.objects.get()
    badge = Place.objects.get(name="Ida").credentials.get()
    paper = client.post(f"{base}{row.pk}/act/preview/", {"badge": badge.pk})
    assert "Early." in text_of(paper.content)
    page = client.get(f"{base}{row.pk}/act/send/").text
    assert "<td>2 people</td>" in page
    assert "Hello Ida," in page
    assert "Radisson" not in page
    assert "1 person has no e-mail address: Uma." in page
    fields = {"version": 1, "expected": 2}
    page = client.post(f"{base}{row.pk}/act/send/", fields, follow=True).text
    assert "2 people will get version 1" in page
    assert Mail.objects.filter(key__startswith="joining:").count() == 2
