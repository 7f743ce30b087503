"""Importing members and bodies: every row is shown first, and what was shown is what is written."""

from __future__ import annotations

import base64
import datetime as dt
import html
import random
import re

import pytest
from django.urls import reverse

from members.models import AuditEntry, Member, Organisation
from members.roles import Role
from tests.factories import make_member, make_organisation, make_region, make_staff, sign_in
from tests.members.tables import book, commas, saved, upload

pytestmark = pytest.mark.django_db
MEMBERS = "admin:members_member_import"
BODIES = "admin:members_organisation_import"


@pytest.fixture
def officer(client):
    return sign_in(client, make_staff(Role.REGISTRATIONS_OFFICER))


def preview(client, route: str, content: bytes, **more):
    return client.post(reverse(route), {"file": upload(content), **more})


def confirm(client, route: str, shown):
    context = shown.context
    sealed = {"state": context["state"], "shown": context["shown"]}
    return client.post(reverse(route), sealed, follow=True)


def fates(answer) -> list[tuple[int, str, list[str]]]:
    return [(row.number, str(row.fate), row.sentences) for row in answer.context["rows"]]


def said(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


HEADS = "membership number,given names,surname,postcode,standing,joined,region,body"


def test_members_are_shown_row_by_row_then_written_with_their_entries(client, officer):
    wales = make_region("Wales")
    council = make_organisation("Cardiff Party Council")
    old = make_member(number="A1", given_names="Ann", surname="Other", postcode="CF1 1AA")
    same = make_member(number="A2", given_names="Bob", surname="Same", postcode="")
    content = commas(
        HEADS,
        "a1,Ann,Another,CF1 1AA,lapsed,,,",
        "A2,Bob,Same,,full,,,",
        "0007,Cy,New,,provisional,4/4/2016,wales,cardiff party council",
        "A2,Bob,Twice,,full,,,",
        "A9,Dee,Bad,,perhaps,31/2/2016,Mars,",
    )
    shown = preview(client, MEMBERS, content)
    assert fates(shown) == [
        (2, "changed", []),
        (3, "unchanged", []),
        (4, "new", []),
        (5, "refused", ["Row 5, column ‘membership number’: A2 stands in row 3 already."]),
        (
            6,
            "refused",
            [
                "Row 6, column ‘standing’: ‘perhaps’ is none of: full, provisional, lapsed, full "
                "member.",
                "Row 6, column ‘joined’: ‘31/2/2016’ is not a date such as 2016-04-04 or 4/4/2016.",
                "Row 6, column ‘region’: there is no region ‘Mars’ here.",
            ],
        ),
    ]
    assert Member.objects.count() == 2
    answer = confirm(client, MEMBERS, shown)
    assert said(answer) == ["Written: 1 new, 1 changed. 1 were unchanged, 2 refused and left out."]
    old.refresh_from_db()
    new = Member.objects.get(number="0007")
    assert (old.number, old.surname, old.postcode, old.standing) == (
        "A1",
        "Another",
        "CF1 1AA",
        "lapsed",
    )
    assert (new.joined_on, new.region, new.organisation) == (dt.date(2016, 4, 4), wales, council)
    entries = AuditEntry.objects.order_by("pk").values_list("action", "object_id", "after")
    assert list(entries) == [
        ("member.changed", str(old.pk), {"surname": "changed", "standing": "lapsed"}),
        ("member.added", str(new.pk), AuditEntry.objects.get(action="member.added").after),
        ("members.imported", "", {"new": 1, "changed": 1, "unchanged": 1, "refused": 2}),
    ]
    assert "New" not in str(list(entries))
    assert Member.objects.get(pk=same.pk).surname == "Same"


def test_import_confirmed_twice_is_written_once(client, officer):
    shown = preview(client, MEMBERS, commas(HEADS, "A1,Ann,Other,,full,,,"))
    confirm(client, MEMBERS, shown)
    again = confirm(client, MEMBERS, shown)
    assert fates(again) == [(2, "unchanged", [])]
    assert Member.objects.count() == 1
    assert AuditEntry.objects.filter(action="member.added").count() == 1


def test_preview_that_has_gone_stale_writes_nothing_and_shows_the_new_facts(client, officer):
    member = make_member(number="A1", given_names="Ann", surname="Other")
    content = commas(HEADS, "A1,Ann,Another,,full,,,", "A2,Bob,New,,full,,,")
    shown = preview(client, MEMBERS, content)
    Member.objects.filter(pk=member.pk).update(surname="Changed-by-hand")
    answer = confirm(client, MEMBERS, shown)
    assert said(answer)[0].startswith("What is held here has changed since this preview was made")
    assert answer.context["rows"][0].changes == [("surname", "Changed-by-hand", "Another")]
    assert not Member.objects.filter(number="A2").exists()
    confirm(client, MEMBERS, answer)
    assert Member.objects.filter(surname="Another").exists()


def test_number_that_lost_its_noughts_is_refused_and_names_the_record(client, officer):
    make_member(number="00123")
    heads = tuple(HEADS.split(","))
    shown = preview(client, MEMBERS, saved(book(heads, (123, "Ann", "Other", None, "full"))))
    assert fates(shown) == [
        (
            2,
            "refused",
            [
                "Row 2, column ‘membership number’: 123 has lost its leading zeros: the register "
                "here has 00123. Format the column as text."
            ],
        )
    ]


def test_member_who_is_back_in_standing_has_not_lapsed_any_more(client, officer):
    member = make_member(
        number="A1", given_names="A", surname="B", standing="lapsed", lapsed_on=dt.date(2020, 1, 1)
    )
    shown = preview(client, MEMBERS, commas(HEADS, "A1,A,B,,full,,,"))
    assert shown.context["rows"][0].changes == [
        ("standing", "lapsed", "full"),
        ("lapsed on", "Wed 1 Jan 2020", None),
    ]
    confirm(client, MEMBERS, shown)
    member.refresh_from_db()
    assert (member.standing, member.lapsed_on) == ("full", None)


def test_bodies_come_with_their_councils_in_one_file_in_any_order(client, officer):
    region = make_region("Wales")
    gone = make_organisation("Gone Society", kind="society", is_active=False)
    renamed = make_organisation("Old Name", kind="society", register_number="S1")
    content = commas(
        "name,kind,region,party council,register number",
        "Roath,branch,Wales,New Council,",
        "New Council,party council,Wales,,PC1",
        "New Name,society,,,s1",
        "Odd,society,,New Council,",
        "Lost,branch,,Nowhere,",
        "Gone Society,society,,,",
        "Old Name,society,,,",
    )
    shown = preview(client, BODIES, content)
    assert [(number, fate) for number, fate, _ in fates(shown)] == [
        (2, "new"),
        (3, "new"),
        (4, "changed"),
        (5, "refused"),
        (6, "refused"),
        (7, "refused"),
        (8, "refused"),
    ]
    assert [sentences[0] for _, fate, sentences in fates(shown) if fate == "refused"] == [
        "Row 5, column ‘party council’: only a branch belongs to a party council. Empty the cell.",
        "Row 6, column ‘party council’: there is no party council ‘Nowhere’, here or in the file.",
        "Row 7, column ‘name’: Gone Society is marked as gone. Change that on its page first.",
        "Row 8, column ‘name’: row 4 is about Old Name already.",
    ]
    confirm(client, BODIES, shown)
    branch = Organisation.objects.get(name="Roath")
    assert (branch.parent.name, branch.region, branch.slug) == ("New Council", region, "roath")
    renamed.refresh_from_db()
    assert (renamed.name, renamed.register_number) == ("New Name", "s1")
    gone.refresh_from_db()
    assert not gone.is_active


def test_state_of_another_person_or_another_import_is_not_taken(client, officer):
    shown = preview(client, MEMBERS, commas(HEADS, "A1,Ann,Other,,full,,,"))
    assert said(confirm(client, BODIES, shown)) == [
        "This preview is too old. Choose the file once more."
    ]
    sign_in(client, make_staff(Role.ADMINISTRATOR))
    assert said(confirm(client, MEMBERS, shown)) == [
        "This preview is too old. Choose the file once more."
    ]
    assert not Member.objects.exists()


def test_file_that_cannot_be_read_is_told_beside_its_field(client, officer):
    found = html.unescape(preview(client, MEMBERS, b"PK\x03\x04").content.decode())
    assert (
        "This file is damaged. Open it, save it as .xlsx or as CSV, and upload it again." in found
    )
    assert "This field is required." in client.post(reverse(MEMBERS)).content.decode()


@pytest.mark.parametrize("route", [MEMBERS, BODIES])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_template_filled_in_by_its_example_is_understood(client, officer, route, form):
    make_region("Wales")
    template = client.get(reverse(f"{route}_template", args=[form])).content
    assert [fate for _, fate, _ in fates(preview(client, route, template))] == ["new"]


def test_two_thousand_members_are_previewed_in_a_dozen_queries(
    client, officer, django_assert_max_num_queries
):
    rows = [f"A{number},Ann,Other,,full,,," for number in range(2000)]
    with django_assert_max_num_queries(16):
        shown = preview(client, MEMBERS, commas(HEADS, *rows))
    assert shown.context["to_write"] == 2000
    assert len(re.findall("fate-new", shown.content.decode())) == 2001


@pytest.mark.parametrize("route", [MEMBERS, "admin:registrations_payment_bank"])
def test_table_that_no_page_can_carry_is_refused_before_it_is_shown(client, route):
    sign_in(client, make_staff(Role.ADMINISTRATOR))
    noise = random.Random(7)  # noqa: S311
    heads = f"{HEADS},date,description,amount"
    rows = (
        f"A{number},Ann,{base64.b64encode(noise.randbytes(450)).decode()},,full,,,,,,"
        for number in range(2000)
    )
    answer = preview(client, route, commas(heads, *rows))
    assert "This table holds more text than one page can carry." in answer.content.decode()
