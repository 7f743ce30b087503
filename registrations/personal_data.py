"""What registration keeps about people, why, for how long, and what erasure does."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from members.models import User
from members.periods import after, after_the_day, on_the_day
from members.personal_data import (
    Blank,
    Delete,
    FileOf,
    Keep,
    Period,
    Person,
    declare,
    declare_impersonal,
    erased_address,
    hold_back,
)
from registrations.models import (
    AccessCode,
    AccessKey,
    Allocation,
    Booking,
    CardAttempt,
    CardEvent,
    CodeUse,
    Credential,
    CreditMove,
    DelegateLink,
    Delegation,
    DelegationRules,
    DoorRules,
    Extra,
    Interest,
    Invoice,
    InvoiceLine,
    InvoiceSeries,
    JoiningInstructions,
    Line,
    Particulars,
    PassType,
    Payment,
    Place,
    PlaceNeeds,
    PlaceRequest,
    PriceBand,
    ReductionCode,
    Refund,
    RefundPeriod,
    SaleTerms,
    Scan,
    ServiceMail,
    SupportFund,
    SupportRequest,
    Waiver,
    WriteOff,
)

SIX_YEARS = "six years after the conference, with the accounts"


def _bookings(person: Person, prefix: str = "") -> Q:
    """What a person booked, by sign-in or address, and what came back to their address."""
    found = Q(**{f"{prefix}contact_email__in": person.addresses})
    if person.user:
        found |= Q(**{f"{prefix}booked_by": person.user})
    return found


def _places(person: Person, prefix: str = "") -> Q:
    """The places that are theirs, whoever booked them."""
    found = Q(**{f"{prefix}email__in": person.addresses})
    if person.user:
        found |= Q(**{f"{prefix}user": person.user})
    return found


def _booked_for(person: Person) -> QuerySet:
    return Place.objects.filter(_places(person)).values("booking")


declare(
    PlaceNeeds,
    personal=("access", "dietary"),
    why="so that the access officer can arrange what a person needs",
    kept="until a month after the conference; deleted on the day the row states",
    found_by=lambda person: _places(person, "place__"),
    erasure=Delete("needed for the conference only"),
    ends=(on_the_day("purge_on"),),
    order=10,
    is_special=True,
)
declare(
    Particulars,
    personal=(
        *("gender", "gender_words", "pronouns", "age_band", "born_on"),
        *("guardian_name", "guardian_contact", "may_photograph", "may_list", "given_by"),
    ),
    why="to see that delegations are balanced and children are safe, and to ask before we publish",
    kept="until a month after the conference; deleted on the day the row states",
    found_by=lambda person: _places(person, "place__") | Q(given_by__in=person.addresses),
    erasure=Delete("needed for the conference only"),
    ends=(on_the_day("purge_on"),),
    addresses=("given_by",),
    order=10,
    is_special=True,
)
_SAID = {"words": "", "answer": "", "purposes": "", "rough_cost": None}
declare(
    SupportRequest,
    personal=("name", "email", "user", "purposes", "rough_cost", "words", "answer"),
    why="to decide, in confidence, about help with the costs of coming",
    kept="the words until a month after the conference, on the day the row states; that something "
    "was granted, " + SIX_YEARS,
    found_by=lambda person: (
        Q(email__in=person.addresses) | (Q(user=person.user) if person.user else Q(pk=None))
    ),
    erasure=Blank(
        {**_SAID, "name": "erased", "email": erased_address, "user": None},
        reason="what was granted stays in the accounts, without the person",
    ),
    ends=(
        Period(on_the_day("purge_on"), Blank(_SAID, reason="that it was decided stays")),
        after_the_day("conference__ends_on", years=6),
    ),
    addresses=("email",),
    secret=("idempotency_key",),
    order=12,
    is_special=True,
)
declare_impersonal(
    CardAttempt,
    CardEvent,
    because="sums of money by the provider's numbers; whose is on the booking",
)
declare_impersonal(SupportFund, because="what a conference can give, never to whom")
declare_impersonal(
    ReductionCode, CodeUse, because="what was taken off; the person is on the request or the place"
)
declare(
    DelegateLink,
    personal=("address",),
    why="to let a delegate tell us what nobody else should type, without a password",
    kept="until four weeks after the conference, for the certificate of attendance",
    found_by=lambda person: _places(person, "place__") | Q(address__in=person.addresses),
    erasure=Delete(),
    ends=(after("expires_at", days=28),),
    addresses=("address",),
    secret=("key_hash",),
    order=11,
)
declare(
    AccessKey,
    personal=("booking",),
    why="to open the page of a booking without a password",
    kept="400 days",
    found_by=lambda person: _bookings(person, "booking__"),
    erasure=Delete(),
    ends=(after("expires_at"),),
    secret=("key_hash",),
    order=11,
)
declare(
    AccessCode,
    personal=("booking",),
    why="to make sure that whoever opens a booking reads its mail",
    kept="a quarter of an hour; the rows 400 days",
    found_by=lambda person: _bookings(person, "booking__"),
    erasure=Delete(),
    ends=(after("created_at", days=400),),
    secret=("code_hash",),
    order=12,
)
declare(
    Scan,
    personal=("credential", "scanned_by", "device"),
    why="to let in those who booked, once each, and to tell the conference who was there",
    kept="until four weeks after the conference; deleted on the day the row states",
    found_by=lambda person: _places(person, "credential__place__"),
    erasure=Delete("who came to a party's conference is nobody's business afterwards"),
    ends=(on_the_day("purge_on"),),
    secret=("nonce",),
    order=13,
    is_special=True,
)
declare(
    Credential,
    personal=("place",),
    why="to know a person's badge at the door",
    kept="with the place",
    found_by=lambda person: _places(person, "place__"),
    erasure=Delete("nobody comes in on it any more"),
    ends=(after_the_day("place__booking__conference__ends_on", years=6),),
    secret=("seed", "code_hash", "short_code"),
    order=14,
)
declare(
    Interest,
    personal=("name", "email", "region", "is_member"),
    why="to tell those who asked about a conference",
    kept="until a year after the conference",
    found_by=lambda person: Q(email__in=person.addresses),
    erasure=Delete("they asked to be told and no longer wish it"),
    ends=(after_the_day("conference__ends_on", years=1),),
    addresses=("email",),
    secret=("key_hash", "idempotency_key"),
    order=20,
)
declare(
    Payment,
    personal=("payer", "reference"),
    why="to know who paid what",
    kept=SIX_YEARS,
    found_by=lambda person: _bookings(person, "booking__"),
    erasure=Keep("the law asks for records of money for six years"),
    ends=(
        Period(
            after_the_day("booking__conference__ends_on", years=6),
            Blank({"payer": "", "reference": ""}, reason="the sum stays in the accounts"),
        ),
    ),
    secret=("idempotency_key",),
    order=30,
)
declare(
    Invoice,
    personal=("payer_name", "payer_address", "purchase_order"),
    why="to bill who pays, as the law asks an invoice to say",
    kept=SIX_YEARS,
    found_by=lambda person: _bookings(person, "booking__"),
    erasure=Keep("the law asks for invoices for six years, unchanged"),
    ends=(
        Period(
            after_the_day("booking__conference__ends_on", years=6),
            Blank(
                {"payer_name": "erased", "payer_address": "", "purchase_order": ""},
                reason="the sums stay in the accounts",
            ),
        ),
    ),
    order=31,
)
declare(
    Refund,
    personal=("paid_to", "reference", "reason"),
    why="to know to whom money went back, and why",
    kept=SIX_YEARS,
    found_by=lambda person: _bookings(person, "booking__"),
    erasure=Keep("the law asks for records of money for six years"),
    ends=(
        Period(
            after_the_day("booking__conference__ends_on", years=6),
            Blank(
                {"paid_to": "erased", "reference": "", "reason": "erased"},
                reason="the sum stays in the accounts",
            ),
        ),
    ),
    secret=("idempotency_key",),
    order=32,
)
declare(
    Place,
    personal=("name", "email", "user", "member", "region"),
    why="to know who comes",
    kept=SIX_YEARS,
    found_by=_places,
    erasure=Blank(
        {"name": "erased", "email": "", "user": None, "member": None, "region": None},
        reason="the place was sold and stays in the accounts, without the person",
    ),
    ends=(after_the_day("booking__conference__ends_on", years=6),),
    addresses=("email",),
    order=40,
)
declare(
    Booking,
    personal=(
        "contact_name",
        "contact_email",
        "contact_phone",
        "bill_to",
        "booked_by",
        "override_reason",
        "scan",
    ),
    why="to confirm a booking, to bill it and to answer questions about it",
    kept=SIX_YEARS,
    found_by=_bookings,
    erasure=Blank(
        {
            "contact_name": "erased",
            "contact_email": erased_address,
            "contact_phone": "",
            "bill_to": "",
            "override_reason": "",
        },
        reason="what was sold stays in the accounts, without the person",
        stays={
            "reference": "our own number",
            "purchase_order": "the payer's own number, in the accounts",
        },
    ),
    ends=(after_the_day("conference__ends_on", years=6),),
    files=(
        FileOf(
            "scan",
            # a letter names everybody who comes; all it says is in the booking
            lambda person: _bookings(person) | Q(pk__in=_booked_for(person)),
            ends=after_the_day("conference__ends_on", years=6),
        ),
    ),
    addresses=("contact_email",),
    secret=("idempotency_key",),
    order=41,
)
declare(
    PlaceRequest,
    personal=("asked_by", "reason", "why"),
    why="to know which officer asked for more places, and to answer",
    kept=SIX_YEARS,
    found_by=lambda person: Q(asked_by=person.user) if person.user else None,
    erasure=Blank(
        {"reason": "", "why": ""},
        reason="how many places were asked for and granted stays in the conference's record",
    ),
    ends=(after_the_day("delegation__conference__ends_on", years=6),),
    order=50,
)
declare_impersonal(
    *(Delegation, DelegationRules, Allocation, Waiver),
    because="what a body may book and what it was let off; its people are on their places",
)
declare_impersonal(
    ServiceMail,
    because="what the office wrote to a group; the addresses are on the mails of the outbox",
)
declare_impersonal(PassType, Extra, PriceBand, because="what a conference sells, and at what price")
declare_impersonal(DoorRules, because="how a conference keeps its doors")
declare_impersonal(JoiningInstructions, because="what a conference tells everybody who comes")
declare_impersonal(
    SaleTerms, RefundPeriod, InvoiceSeries, because="how a conference sells, never to whom"
)
declare_impersonal(
    InvoiceLine, WriteOff, CreditMove, because="sums of money; whose is on the booking"
)
declare_impersonal(Line, because="what a place was charged; the person is on the place")
# Somebody who comes to a conference that is not over keeps their sign-in.
hold_back(
    User,
    lambda at: Q(
        pk__in=Place.objects.exclude(after_the_day("booking__conference__ends_on")(at))
        .exclude(user=None)
        .values("user")
    ),
)
