"""Conference files say what money needs: VAT, nominal codes, terms, refunds and door rules."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from events.calendar import london_instant
from events.files.loading import FileRefused, load
from events.files.writing import write_conference
from events.management.commands.load_conferences import SHIPPED
from events.models import Conference, Deadline
from registrations import price_table, selling
from registrations.models import DoorRules, InvoiceSeries, PassType, RefundPeriod, SaleTerms
from tests.factories import AT
from tests.registrations.build import TICK

pytestmark = pytest.mark.django_db

FILE = """\
slug: annual-2027
title: Annual Conference 2027
kind: annual
first_day: 2027-10-09
deadlines:
  - {kind: early_price, concerns: bodies, closes: 2027-05-01}
  - {kind: delegate_registration, concerns: bodies, closes: 2027-08-20}
passes:
  - code: delegate
    name: Delegate
    role: delegate
    sold_to: bodies
    door: delegate_registration
    places: 300
    vat: 20
    nominal_code: '0400'
    prices:
      - {band: early, until: early_price, amount: 145}
      - {band: standard, until: delegate_registration, amount: 195}
  - {code: walk-in, name: Walk-in, role: visitor, sold_to: everybody, door: early_price, vat: 0}
extras:
  - code: dinner
    name: Dinner
    kind: dinner
    door: delegate_registration
    vat: 12.50%
    nominal_code: DIN
terms:
  invoices: CONF27-
  supplier: Co-operative Party Limited
  address: |-
    Unit 13
    London
  vat_number: GB 123 4567 89
  vat_rounding: document
  days_to_pay: 14
  bank: {name: Co-operative Party, sort_code: 08-92-99, number: '00012345'}
  cheques: {to: The Co-operative Party}
refunds:
  - {until: early_price, percent_kept: 10}
  - {until: delegate_registration, percent_kept: 33.5}
delegations: {youth_until: 26}
check_in:
  photo_id: yes
  walk_in_pass: walk-in
  quorum: 40
  scans_kept_days: 7
"""


def refusal(text: str) -> list[str]:
    with pytest.raises(FileRefused) as caught:
        load(by=None, text=text, at=AT)
    return [str(problem) for problem in caught.value.problems]


def test_file_with_everything_of_money_is_kept_as_it_says():
    made = load(by=None, text=FILE, at=AT).conference
    money = ("code", "vat_rate", "nominal_code", "capacity")
    assert list(made.pass_types.values_list(*money)) == [
        ("delegate", Decimal(20), "0400", 300),
        ("walk-in", Decimal(0), "", None),
    ]
    assert list(made.extras.values_list(*money)) == [("dinner", Decimal("12.5"), "DIN", None)]
    terms = SaleTerms.objects.values().get()
    terms = {name: terms[name] for name in terms if name not in {"id", "series_id"}}
    assert terms == {
        "conference_id": made.pk,
        "supplier_name": "Co-operative Party Limited",
        "supplier_address": "Unit 13\nLondon",
        "vat_number": "GB 123 4567 89",
        "vat_rounding": "document",
        "days_to_pay": 14,
        "account_name": "Co-operative Party",
        "sort_code": "08-92-99",
        "account_number": "00012345",
        "cheques_to": "The Co-operative Party",
        "cheque_address": "",
    }
    assert InvoiceSeries.objects.get().prefix == "CONF27-"
    periods = RefundPeriod.objects.values_list("until__kind", "percent_kept")
    assert list(periods) == [
        ("early_price", Decimal(10)),
        ("delegate_registration", Decimal("33.5")),
    ]
    door = DoorRules.objects.select_related("walk_in_pass").get()
    assert (door.asks_photo_id, door.refuses_unpaid) == (True, False)
    assert (door.walk_in_pass.code, door.quorum, door.scans_kept_days) == ("walk-in", 40, 7)


def test_file_with_everything_of_money_written_and_loaded_again_changes_nothing():
    written = write_conference(load(by=None, text=FILE, at=AT).conference)
    assert not load(by=None, text=written, at=AT).has_changed
    Conference.objects.update(slug="the-one-before")
    copy = load(by=None, text=written, at=AT).conference
    assert write_conference(copy) == written


def test_cost_of_an_extra_is_kept_and_written_back():
    text = FILE.replace("    kind: dinner\n", "    kind: dinner\n    cost: 20.50\n")
    made = load(by=None, text=text, at=AT).conference
    assert made.extras.get().cost == Decimal("20.50")
    assert not load(by=None, text=write_conference(made), at=AT).has_changed
    load(by=None, text=FILE, at=AT)
    assert made.extras.get().cost is None


def test_price_without_vat_is_not_a_rate_of_nought():
    made = load(by=None, text=FILE.replace("vat: 20", "vat: none"), at=AT).conference
    assert list(made.pass_types.values_list("vat_rate", flat=True)) == [None, Decimal(0)]


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("vat: 20", "vat: 120", "line 15, passes[1].vat: ‘120’ is not a rate between 0 and 100"),
        ("vat: 12.50%", "vat: x", "line 26, extras[1].vat: ‘x’ is not a rate between"),
        ("'0400'", "0" * 21, "line 16, passes[1].nominal_code: This has 21 characters; at most 20"),
        ("  invoices: CONF27-\n", "", "line 29, terms: ‘invoices’ is missing."),
        ("CONF27-", "CONF 27", "line 29, terms: Enter a valid “slug” consisting of"),
        ("vat_rounding: document", "vat_rounding: up", "line 35, terms.vat_rounding: ‘up’ is not"),
        ("days_to_pay: 14", "days_to_pay: 366", "line 36, terms.days_to_pay: Give at most 365"),
        (", number: '00012345'", "", "line 37, terms.bank: ‘number’ is missing."),
        ("sort_code", "iban", "line 37, terms.bank.iban: There is no such field here."),
        ("until: early_price, p", "until: names, p", "line 40, refunds[1].until: This conference"),
        ("percent_kept: 10", "percent_kept: 101", "line 40, refunds[1].percent_kept: ‘101’ is not"),
        (
            "until: delegate_registration, percent",
            "until: early_price, percent",
            "line 41, refunds[2].until: Two periods end with this deadline.",
        ),
        ("pass: walk-in", "pass: nobody", "line 45, check_in.walk_in_pass: This conference has no"),
        ("days: 7", "days: 367", "line 47, check_in.scans_kept_days: Scans are kept for 366 days"),
        ("{youth_until: 26}", "{youth_until: 40}", "line 42, delegations: Value 40 is not a valid"),
        (
            "until: early_price, amount",
            "until: delegate_registration, amount",
            "line 9, passes[1]: Two prices of a pass cannot end with one deadline.",
        ),
        (
            "door: delegate_registration",
            "door: early_price",
            "line 18, passes[1].prices: The last price must end with the door itself.",
        ),
    ],
)
def test_file_with_a_mistake_about_money_is_refused_at_its_line(right, wrong, expected):
    assert right in FILE
    found = refusal(FILE.replace(right, wrong, 1))
    assert found[0][: len(expected)] == expected
    assert not Conference.objects.exists()
    assert not InvoiceSeries.objects.exists()


def test_refund_periods_out_of_order_are_refused():
    early, late = FILE[FILE.index("  - {until: early") : FILE.index("delegations:")].splitlines()
    swapped = FILE.replace(f"{early}\n{late}", f"{late}\n{early}")
    assert refusal(swapped) == [
        "line 41, refunds[2].until: Put the periods in the order in which their deadlines close."
    ]


def test_pass_sold_at_the_door_and_deadline_of_a_price_are_not_dropped_by_a_file():
    load(by=None, text=FILE, at=AT)
    walk_in = next(line for line in FILE.splitlines(keepends=True) if "code: walk-in" in line)
    assert refusal(FILE.replace(walk_in, "").replace("  walk_in_pass: walk-in\n", "")) == [
        "line 9, passes: ‘walk-in’ is no longer in the file, but it is sold at the door. Choose "
        "another pass in the door rules first."
    ]
    early = next(line for line in FILE.splitlines(keepends=True) if "kind: early_price" in line)
    assert refusal(FILE.replace(early, ""))[0] == (
        "line 6, deadlines: Early price is no longer in the file, but something still ends with "
        "it: a price, a pass, a refund period or a rule of business. Load the file once with the "
        "deadline and without what needs it, or change that in the admin."
    )
    assert PassType.objects.filter(code="walk-in").exists()


def shipped(slug: str) -> Conference:
    text = (SHIPPED / f"{slug}.yaml").read_text(encoding="utf-8")
    return load(by=None, text=text, at=AT).conference


def told(made: Conference, at: dt.datetime) -> list[tuple[str, list[tuple[int, str]]]]:
    """What the conference's page says of its prices."""
    facts = price_table.panel(made, at).facts
    assert facts["is_list"]
    return [
        (item["name"], [(int(step["amount"]), step["when"]) for step in item["steps"]])
        for item in facts["items"]
    ]


def test_page_of_2025_tells_the_published_prices():
    end = "until the end of Friday 2 May 2025, UK time"
    assert told(shipped("annual-2025"), AT) == [
        ("Delegate pass", [(145, end), (195, "after that")]),
        ("Youth delegate pass", [(95, end), (145, "after that")]),
    ]


def test_price_of_2025_changes_with_the_end_of_the_2nd_of_may():
    made = shipped("annual-2025")
    Conference.objects.update(status="open")
    Deadline.objects.filter(kind="delegate_registration").update(closes_on=dt.date(2025, 9, 1))
    made.refresh_from_db()
    change = london_instant(dt.date(2025, 5, 3), dt.time(0))
    sides = [
        [offer.price.amount for offer in selling.offers(made, at=at)[0]]
        for at in (change - TICK, change)
    ]
    assert sides == [[Decimal(145), Decimal(95)], [Decimal(195), Decimal(145)]]


def test_page_of_2022_tells_the_published_prices_without_an_end():
    assert told(shipped("annual-2022"), AT) == [
        ("Delegate pass", [(195, "")]),
        ("Youth delegate pass", [(145, "")]),
        ("Visitor, one day", [(45, "")]),
        ("Youth visitor, one day", [(35, "")]),
        ("Visitor, weekend", [(49, "")]),
        ("Youth visitor, weekend", [(39, "")]),
    ]
