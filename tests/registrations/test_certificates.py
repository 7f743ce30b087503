"""Certificates of attendance: for those who came, from the end until what the doors saw is gone."""

from __future__ import annotations

import datetime as dt
import io

import pdfua
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pypdf import PdfReader

from registrations import attendance, certificates
from registrations.models import DelegateLink, DoorRules, Place
from registrations.services import credentials, links, naming, scanning
from tests.factories import sign_in
from tests.registrations import build, delegates, door

pytestmark = pytest.mark.django_db
#: The conference ends with Sunday 11 September; scans are deleted 28 days later.
OVER = door.clock_at("00:00", dt.date(2016, 9, 12))
GONE = door.clock_at("00:00", dt.date(2016, 10, 9))


@pytest.fixture
def bangor():
    return build.body("Bangor")


@pytest.fixture
def booking(year, bangor):
    """Ida came and lost her badge since, Ivo came and went, Uma did not come."""
    made = delegates.booked(year, bangor, "Ida", "Ivo", "Uma")
    steward = build.user("steward@people.example")
    for name in ("Ida", "Ivo"):
        badge = attendance.badges(year).valid().get(place__name=name)
        door.show(badge, by=steward, conference=year)
    badge = attendance.badges(year).valid().get(place__name="Ivo")
    door.show(badge, by=steward, conference=year, at="11:00", direction="out")
    ida = Place.objects.get(name="Ida")
    credentials.reissue(by=steward, place=ida, at=door.clock_at("12:00"))
    return made


def place(name: str) -> Place:
    return Place.objects.get(name=name)


def text_of(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def code_of(conference, *names, at) -> str | None:
    try:
        certificates.require(conference, [place(name) for name in names], at=at)
    except ValidationError as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (OVER - build.TICK, "not_yet"),
        (OVER, None),
        (GONE - build.TICK, None),
        (GONE, "gone"),
    ],
)
def test_certificate_can_be_had_from_the_end_until_the_scans_are_deleted(year, booking, at, code):
    assert code_of(year, "Ida", at=at) == code


def test_last_day_is_that_before_the_purge(year, booking):
    assert certificates.last_day(year) == dt.date(2016, 10, 8)
    scanning.purge(at=GONE - build.TICK)
    assert code_of(year, "Ida", at=GONE - build.TICK) is None
    assert scanning.purge(at=GONE) == 3
    DoorRules.objects.create(conference=year, scans_kept_days=7)
    assert certificates.last_day(year) == dt.date(2016, 9, 17)


def test_only_who_came_has_one_whoever_holds_the_place_now(year, booking, staff):
    assert [code_of(year, name, at=OVER) for name in ("Ida", "Ivo", "Uma")] == [
        None,
        None,
        "absent",
    ]
    naming.substitute(
        by=staff, place=place("Ivo"), name="Nia", at=OVER, override_reason="late word"
    )
    assert code_of(year, "Nia", at=OVER) == "absent"


def test_paper_names_the_person_as_on_the_badge_a_page_each(year, booking, tmp_path):
    made = certificates.pdf(year, certificates.of(booking.places.all()), at=OVER)
    file = tmp_path / "certificates.pdf"
    file.write_bytes(made)
    assert pdfua.validate(file).findings == ()
    ida, ivo = text_of(made)
    for words in ("Ida", "Annual Conference 2016", "as a delegate of Bangor"):
        assert words in ida
    assert "Friday 9 to Sunday 11 September 2016" in ida
    assert "Ivo" in ivo
    assert "Ida" not in ivo


def test_officer_has_those_of_the_delegation_and_is_told_who_has_none(year, booking, bangor, at):
    at(OVER)
    client = sign_in(Client(), build.officer(bangor))
    page = client.get(f"/conferences/annual-2016/delegations/{bangor.slug}/").text
    url = f"/conferences/annual-2016/delegations/{bangor.slug}/certificates/"
    assert url in page
    assert len(text_of(client.get(url).content)) == 2
    base = f"/booking/{booking.reference}/places"
    assert (
        f"{base}/{place('Ida').pk}/certificate/"
        in client.get(f"/booking/{booking.reference}/").text
    )
    assert text_of(client.get(f"{base}/{place('Ida').pk}/certificate/").content)
    page = client.get(f"{base}/{place('Uma').pk}/certificate/", follow=True).text
    assert "Uma was not let in at a door of Annual Conference 2016" in page
    at(OVER - build.TICK)
    assert "ertificate" not in client.get(f"/booking/{booking.reference}/").text
    assert "when the conference is over" in client.get(url, follow=True).text


def test_personal_link_leads_to_the_certificate_for_four_weeks_more(year, booking, at):
    for name in ("Ida", "Uma"):
        DelegateLink.objects.create(
            place=place(name),
            address=place(name).email,
            key_hash=links.hashed(name),
            created_at=build.EARLY,
            expires_at=OVER,
        )
    at(OVER)
    page = Client().get("/delegate/Ida/")
    assert (page.status_code, "/delegate/Ida/certificate/" in page.text) == (200, True)
    assert "Saturday 8 October 2016" in page.text
    assert "Ida" in text_of(Client().get("/delegate/Ida/certificate/").content)[0]
    assert "Uma was not let in" in Client().get("/delegate/Uma/certificate/").text
    at(GONE)
    assert Client().get("/delegate/Ida/").status_code == 404
    assert "was deleted, as had been stated" in Client().get("/delegate/Ida/certificate/").text
    at(OVER + dt.timedelta(days=28))
    assert Client().get("/delegate/Ida/certificate/").status_code == 404


@pytest.mark.parametrize("status", ["postponed", "cancelled"])
def test_conference_that_did_not_take_place_has_none(year, booking, status):
    year.status = status
    year.save()
    assert not certificates.are_ready(year, at=OVER)
    assert code_of(year, "Ida", at=OVER) == "not_yet"
