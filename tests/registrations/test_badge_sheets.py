"""Badge sheets: tagged, complete, nobody's name cut off, and only badges that open a door."""

from __future__ import annotations

import io

import pdfua
import pytest
from django.test import Client
from pypdf import PdfReader

from members.roles import Role
from registrations import badges
from registrations.models import Credential, Delegation
from registrations.services import credentials
from tests.factories import make_staff, sign_in
from tests.registrations import build, delegates, door

pytestmark = pytest.mark.django_db
NAMES = (
    "Siân Llŷr-Ŵyn",
    "Maximiliana Featherstonehaugh-Cholmondeley",
    "Bartholomew Archibald Montgomery-Cuninghame of Corsehill and of the Long Names",
    "Wolfeschlegelsteinhausenbergerdorff",
    "Li",
    '#read("/etc/passwd")',
)


@pytest.fixture
def printed(year):
    for name in NAMES:
        door.place_of(year, name)
    credentials.issue_missing(by=None, conference=year, at=build.EARLY)
    return year


def words(made: bytes) -> str:
    pages = PdfReader(io.BytesIO(made)).pages
    return " ".join("\n".join(page.extract_text() for page in pages).split())


def bare(text: str) -> str:
    """Without what a line's end adds or takes away."""
    return "".join(text.replace("-", "").split())


def rows():
    return Credential.objects.order_by("pk").select_related("place__pass_type", "place__booking")


def test_sheets_have_every_name_role_and_code(printed):
    told = bare(words(badges.sheets(printed, rows(), at=build.LATE)))
    for badge in rows():
        assert bare(badge.place.name) in told
        assert bare(badge.short_code) in told
    assert told.count("Visitor") == len(NAMES)


def test_sheets_break_no_rule_of_accessibility_that_can_be_checked(printed, tmp_path):
    file = tmp_path / "badges.pdf"
    file.write_bytes(badges.sheets(printed, rows(), at=build.LATE))
    assert pdfua.validate(file).findings == ()


def test_ninth_badge_stands_on_a_second_page(printed):
    for number in range(3):
        door.place_of(printed, f"Ann Other {number}")
    credentials.issue_missing(by=None, conference=printed, at=build.EARLY)
    made = badges.sheets(printed, rows(), at=build.LATE)
    assert len(PdfReader(io.BytesIO(made)).pages) == 2


def test_lead_delegate_and_pronouns_given_for_the_badge_stand_on_it(year):
    booking = delegates.booked(year, build.body("Bangor"), "Ida", "Ivo")
    ida, ivo = booking.places.order_by("position")
    Delegation.objects.filter(conference=year).update(lead=ida, lead_at=build.EARLY)
    delegates.answered(ivo, pronouns="they/them")
    delegates.answered(ida, gender="woman")
    told = [
        words(badges.sheets(year, rows().filter(place=place), at=build.LATE))
        for place in (ida, ivo)
    ]
    assert ["Lead delegate" in one for one in told] == [True, False]
    assert ["they/them" in one for one in told] == [False, True]
    assert not any("woman" in one for one in told)


def test_void_badge_is_not_printed(printed, staff):
    lost = rows().get(place__name="Li")
    new = credentials.reissue(by=staff, place=lost.place, at=build.LATE)
    told = words(badges.sheets(printed, rows(), at=build.LATE))
    assert lost.short_code not in told
    assert new.short_code in told


def test_staff_print_the_chosen_badges(printed, at):
    at(build.LATE)
    client = sign_in(Client(), make_staff(Role.REGISTRATIONS_OFFICER))
    fields = {"action": "print_sheets", "_selected_action": [row.pk for row in rows()]}
    answer = client.post("/admin/registrations/credential/", fields)
    assert answer["Content-Type"] == "application/pdf"
    assert "Siân Llŷr" in words(answer.content)
