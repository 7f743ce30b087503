"""The staff's desk: who sees what, what the lists answer, what the actions do."""

from __future__ import annotations

import csv
import io
import uuid
import zipfile
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

import clock
from members.models import AuditEntry
from members.roles import Role
from registrations.models import Booking, PassType, Payment
from registrations.orders import PlaceWish
from tests.factories import make_member, make_staff, sign_in
from tests.registrations import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = build.year_2016()
    build.visitor_pass(made)
    return made


@pytest.fixture
def cardiff():
    return build.body()


def delegation(year, body, *names, at=build.EARLY, **fields):
    delegate = year.pass_types.get(code="delegate")
    wishes = [PlaceWish(pass_type=delegate, name=name) for name in names]
    price = 90 if at < build.EARLY_ENDS else 110
    order = build.order(year, *wishes, organisation=body, **fields)
    return build.book(order, at=at, quoted=str(price * len(names)))


def visitor(year, name="Ann Other", **wish):
    made = PlaceWish(pass_type=year.pass_types.get(code="visitor"), name=name, **wish)
    return build.book(build.order(year, made, contact_name=name), at=build.EARLY, quoted="20")


def desk(client, *roles):
    staff = make_staff(*roles)
    sign_in(client, staff)
    return staff


def get(client, url, at=build.LATE, **data):
    with clock.frozen(at):
        return client.get(url, data)


def post(client, url, data, at=build.LATE):
    with clock.frozen(at):
        return client.post(url, data)


LIST = "admin:registrations_booking_changelist"


def listed(client, **query):
    answer = get(client, reverse(LIST), **query)
    assert answer.status_code == 200
    return {row.reference for row in answer.context["cl"].result_list}


def test_list_answers_what_is_unpaid_unnamed_and_late(client, year, cardiff):
    desk(client, Role.REGISTRATIONS_OFFICER)
    paid, unnamed = visitor(year), delegation(year, cardiff, "Dai", "")
    Payment.objects.create(
        booking=paid,
        method="bacs",
        amount=Decimal(20),
        state="cleared",
        received_on=build.EARLY.date(),
        state_on=build.EARLY.date(),
        recorded_by=build.user("f@party.example"),
        recorded_at=build.EARLY,
    )
    assert listed(client) == {paid.reference, unnamed.reference}
    assert listed(client, question="unpaid") == {unnamed.reference}
    assert listed(client, question="unnamed") == {unnamed.reference}
    assert listed(client, question="late") == set()
    assert listed(client, band="early") == {unnamed.reference}
    assert listed(client, **{"pass": "Visitor pass"}) == {paid.reference}


def test_list_answers_who_may_be_booked_twice(client, year):
    desk(client, Role.REGISTRATIONS_OFFICER)
    first = visitor(year, email="ann@people.example")
    second = visitor(year, email="ann@people.example")
    visitor(year, email="bob@people.example")
    assert listed(client, question="twice") == {first.reference, second.reference}


def test_search_finds_by_reference_without_dash_name_body_and_address(client, year, cardiff):
    desk(client, Role.REGISTRATIONS_OFFICER)
    booking = delegation(year, cardiff, "Dai Jones")
    visitor(year)
    for typed in (booking.reference.replace("-", "").lower(), "jones", "cardiff"):
        assert listed(client, q=typed) == {booking.reference}


def test_list_costs_the_same_queries_for_one_and_thirty_rows(
    client, year, cardiff, django_assert_max_num_queries
):
    desk(client, Role.REGISTRATIONS_OFFICER)
    visitor(year)
    with django_assert_max_num_queries(15):
        listed(client)
    for number in range(29):
        visitor(year, name=f"Visitor {number}")
    with django_assert_max_num_queries(15):
        listed(client)


def test_booking_page_is_read_only_and_cannot_be_deleted(client, year):
    desk(client, Role.REGISTRATIONS_OFFICER)
    booking = visitor(year)
    url = reverse("admin:registrations_booking_change", args=[booking.pk])
    page = get(client, url).content.decode()
    assert "Cancel the booking" in page
    assert "Record a payment" not in page
    assert 'name="contact_name"' not in page
    assert post(client, url, {"contact_name": "Eve"}).status_code == 403
    delete = reverse("admin:registrations_booking_delete", args=[booking.pk])
    assert get(client, delete).status_code == 403


def test_finance_records_a_cheque_and_it_bounces(client, year, cardiff):
    desk(client, Role.FINANCE)
    booking = delegation(year, cardiff, "Dai")
    url = reverse("admin:registrations_booking_pay", args=[booking.pk])
    assert "Owing: £90.00 of £90.00." in get(client, url).content.decode()
    typed = {
        "method": "cheque",
        "amount": "90",
        "received_on": "2016-07-20",
        "reference": "000123",
        "payer": "Cardiff",
        "key": str(uuid.uuid4()),
    }
    post(client, url, typed)
    post(client, url, typed)
    assert (booking.balance, Payment.objects.count()) == (0, 1)
    rows = reverse("admin:registrations_payment_changelist")
    chosen = {"action": "bounce", "_selected_action": [Payment.objects.get().pk]}
    asked = post(client, rows, chosen).content.decode()
    assert "Bounced: 1 payments" in asked
    assert booking.balance == 0
    post(client, rows, {**chosen, "confirmed": "yes", "on": "2016-07-20"})
    assert booking.balance == 90


def test_registrations_officer_may_not_record_money_and_finance_not_cancel(client, year):
    booking = visitor(year)
    pay = reverse("admin:registrations_booking_pay", args=[booking.pk])
    cancel = reverse("admin:registrations_booking_cancel", args=[booking.pk])
    desk(client, Role.REGISTRATIONS_OFFICER)
    assert get(client, pay).status_code == 404
    desk(client, Role.FINANCE)
    assert get(client, cancel).status_code == 404
    assert get(client, reverse("admin:registrations_booking_enter")).status_code == 404


def test_cancelling_for_somebody_asks_for_a_reason_and_leaves_a_trail(client, year):
    staff = desk(client, Role.REGISTRATIONS_OFFICER)
    booking = visitor(year)
    url = reverse("admin:registrations_booking_cancel", args=[booking.pk])
    post(client, url, {"reason": ""})
    booking.refresh_from_db()
    assert booking.state == "submitted"
    post(client, url, {"reason": "rang us"})
    booking.refresh_from_db()
    assert (booking.state, booking.cancelled_by) == ("cancelled", staff)
    assert AuditEntry.objects.get(action="booking.cancelled").reason == "rang us"


def letter(year, body, **more):
    picture = io.BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "PNG")
    delegate = year.pass_types.get(code="delegate").pk
    return {
        "organisation": body.pk,
        "channel": "post",
        "received_on": "2016-06-30",
        "received_time": "23:59",
        "contact_name": "Sian Secretary",
        "contact_email": "",
        "payment_method": "cheque",
        "key": str(uuid.uuid4()),
        "scan": SimpleUploadedFile("../../evil.html", picture.getvalue(), "text/html"),
        "places-TOTAL_FORMS": 2,
        "places-INITIAL_FORMS": 0,
        "places-0-pass_type": delegate,
        "places-0-name": "Dai",
        "places-0-extras": year.extras.get().pk,
        "places-1-pass_type": "",
        **more,
    }


def test_letter_is_booked_as_of_its_receipt_and_its_scan_is_only_a_download(client, year, cardiff):
    desk(client, Role.REGISTRATIONS_OFFICER)
    url = f"{reverse('admin:registrations_booking_enter')}?conference={year.pk}"
    assert "Person 1" in get(client, url).content.decode()
    answer = post(client, url, letter(year, cardiff))
    booking = Booking.objects.get()
    assert answer.status_code == 302
    assert (booking.total, booking.channel, booking.contact_email) == (135, "post", "")
    scan = get(client, reverse("admin:registrations_booking_scan", args=[booking.pk]))
    assert scan["Content-Disposition"].startswith("attachment")
    assert scan["Content-Type"] == "image/jpeg"
    assert "evil" not in booking.scan.name


def test_letter_that_came_late_is_refused_with_what_was_typed_until_a_reason_is_given(
    client, year, cardiff
):
    desk(client, Role.REGISTRATIONS_OFFICER)
    url = f"{reverse('admin:registrations_booking_enter')}?conference={year.pk}"
    late = {"received_on": "2016-08-23", "received_time": "00:00"}
    at = build.CLOSES.replace(hour=23, minute=30)
    page = post(client, url, letter(year, cardiff, **late), at=at).content.decode()
    assert "closed at the end of Monday 22 August 2016" in page
    assert 'value="Dai"' in page
    post(client, url, letter(year, cardiff, override_reason="postal strike", **late), at=at)
    assert listed(client, question="late") == {Booking.objects.get().reference}


def one_person(year, body, pass_type, **more):
    sent = letter(year, body)
    del sent["places-0-extras"]
    return sent | {
        "organisation": "",
        "contact_name": "Vera Visitor",
        "received_on": "2016-06-01",
        "places-0-pass_type": pass_type.pk,
        "places-0-name": "Vera Visitor",
        **more,
    }


def test_letter_of_a_member_books_the_members_pass_by_their_number(client, year, cardiff):
    desk(client, Role.REGISTRATIONS_OFFICER)
    members_only = year.pass_types.get(code="visitor")
    members_only.sold_to = PassType.SoldTo.MEMBERS
    members_only.save()
    member = make_member(number="M 7")
    url = f"{reverse('admin:registrations_booking_enter')}?conference={year.pk}"
    unknown = post(
        client, url, one_person(year, cardiff, members_only, **{"places-0-member": "M 8"})
    )
    assert "No member has this number" in unknown.content.decode()
    data = one_person(year, cardiff, members_only, **{"places-0-member": "m 7"})
    assert post(client, url, data).status_code == 302
    assert Booking.objects.get().places.get().member == member


def test_letter_with_a_name_but_no_pass_is_asked_about_not_left_out(client, year, cardiff):
    desk(client, Role.REGISTRATIONS_OFFICER)
    url = f"{reverse('admin:registrations_booking_enter')}?conference={year.pk}"
    page = post(client, url, letter(year, cardiff, **{"places-1-name": "Forgotten"}))
    assert "Choose the pass of this person" in page.content.decode()
    assert not Booking.objects.exists()


def test_needs_are_for_the_access_officer_alone(client, year):
    visitor(year, dietary="vegan", access="step-free")
    url = reverse("admin:registrations_placeneeds_changelist")
    for role in Role:
        desk(client, role)
        expected = 200 if role is Role.ACCESS_OFFICER else 403
        assert get(client, url).status_code == expected
        if role is not Role.ACCESS_OFFICER:
            page = get(client, reverse(LIST), question="needs").content.decode()
            assert "Who has access or dietary needs?" not in page
    desk(client, Role.ACCESS_OFFICER)
    assert "vegan" in get(client, url).content.decode()
    assert len(listed(client, question="needs")) == 1


def export(client, kind):
    rows = [row.pk for row in Booking.objects.all()]
    return post(client, reverse(LIST), {"action": kind, "_selected_action": rows})


HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", " =1", "＝1", "|x")  # noqa: RUF001


def test_csv_and_xlsx_hold_no_formulas_and_no_needs(client, year):
    desk(client, Role.REGISTRATIONS_OFFICER)
    for text in HOSTILE:
        visitor(year, name=text, dietary="vegan")
    answer = export(client, "as_csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(answer)))
    assert len(rows) == len(HOSTILE) + 1
    for row in rows:
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "|", "＝")) for cell in row)  # noqa: RUF001
    assert "vegan" not in answer
    with zipfile.ZipFile(io.BytesIO(export(client, "as_xlsx").content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "vegan" not in texts


def bands(year, item, *rows):
    data = {"bands-TOTAL_FORMS": len(rows), "bands-INITIAL_FORMS": item.bands.count()}
    for number, ((kind, name, amount), band) in enumerate(
        zip(rows, list(item.bands.all()) + [None] * 9, strict=False)
    ):
        until = year.deadlines.get(kind=kind).pk
        row = {"position": number, "name": name, "amount": amount, "until": until}
        row |= {"id": band.pk if band else "", "pass_type": item.pk}
        data |= {f"bands-{number}-{field}": value for field, value in row.items()}
    return data


def sold(item):
    return {
        "name": item.name,
        "position": 0,
        "description": "",
        "role": item.role,
        "sold_to": item.sold_to,
        "deadline": item.deadline_id,
        "capacity": "",
        "is_on_sale": "on",
    }


def test_prices_are_edited_on_one_screen_with_a_trail_and_sold_lines_stay(client, year, cardiff):
    desk(client, Role.REGISTRATIONS_OFFICER)
    booking = delegation(year, cardiff, "Dai")
    item = PassType.objects.get(code="delegate")
    url = reverse("admin:registrations_passtype_change", args=[item.pk])
    assert get(client, url).status_code == 200
    rows = [("early_price", "early", "95"), ("delegate_registration", "standard", "120")]
    assert post(client, url, sold(item) | bands(year, item, *rows)).status_code == 302
    assert [band.amount for band in item.bands.all()] == [95, 120]
    assert booking.total == 90
    entry = AuditEntry.objects.get(action="passtype.changed")
    assert "£95.00" in str(entry.after)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            [("delegate_registration", "standard", "110"), ("early_price", "early", "90")],
            "in the order in which their deadlines close",
        ),
        (
            [("early_price", "early", "90"), ("visitor_registration", "standard", "110")],
            "must end with the door itself",
        ),
    ],
)
def test_prices_that_leave_a_gap_or_run_backwards_are_refused(client, year, rows, words):
    desk(client, Role.REGISTRATIONS_OFFICER)
    item = PassType.objects.get(code="delegate")
    url = reverse("admin:registrations_passtype_change", args=[item.pk])
    page = post(client, url, sold(item) | bands(year, item, *rows)).content.decode()
    assert words in page


def test_auditor_reads_and_changes_nothing(client, year):
    desk(client, Role.AUDITOR)
    booking, item = visitor(year), PassType.objects.get(code="delegate")
    assert listed(client) == {booking.reference}
    url = reverse("admin:registrations_passtype_change", args=[item.pk])
    assert get(client, url).status_code == 200
    assert post(client, url, sold(item)).status_code == 403


def test_start_page_tells_staff_what_waits(client, year, cardiff):
    desk(client, Role.REGISTRATIONS_OFFICER)
    delegation(year, cardiff, "Dai", "")
    waiting = get(client, reverse("admin:index")).context["attention"]
    assert ("bookings with a name missing", 1) in [(item.text, item.count) for item in waiting]
