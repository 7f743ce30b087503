"""What has happened so far in the demo year, told through the services of production."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from coopconf.demo import (
    accounts,
    agenda,
    amending,
    composing,
    consulting,
    electing,
    ideas,
    publishing,
    reading,
    reporting,
)
from coopconf.demo.sending import look, rule, send
from events.models import Conference, Deadline
from events.services.authority import authorise
from members.models import Office, Officeholding, Organisation, User
from motions.models import (
    AwardCategory,
    Call,
    CommitteeRules,
    Consultation,
    Ruling,
)
from motions.services.drafting import Wording, save_draft, start_draft
from motions.services.ruling import Judgement, publish
from registrations.models import Booking, Extra, PassType, PlaceKind
from registrations.orders import Order, PlaceWish
from registrations.services import delegations, entitlement, submitting

SETTING = "Made up for the demo year."

HIGH_STREET = (
    "Empty shops",
    "Economy",
    """Conference notes:
- that one shop in seven on our high streets stands empty;
- that community buy-outs have kept pubs, post offices and shops open where nobody else would.

Conference believes that people who use a place look after it best.

Conference calls on the National Executive Committee:
- to publish a guide for party councils on community right to buy;
- to press councils that we run to keep a public list of empty shops.""",
)

ENERGY = (
    "A right to supply",
    "Energy",
    """Conference notes that community energy groups still sell most of what they make back to
the grid.

Conference resolves that the party will campaign for a right to supply neighbours at a fair price.""",
)

CARE = (
    "Care co-operatives",
    "Care and health",
    """Conference believes that people who receive care, and those who give it, should share in
deciding how it is run.

Conference calls for a fund that helps new care co-operatives through their first two years.""",
)


SOLAR = (
    "Solar roofs on every school",
    "Energy",
    """Conference notes that a school with panels on its roof saves enough in a year to pay for a
teaching assistant.

Conference asks councils that we run to offer every school a solar roof owned by its community.""",
)

BRANCHES = (
    "Branches that meet where people are",
    "How the party works",
    """Conference resolves:
- that a branch may hold every other meeting online;
- that whoever cannot come may send a question beforehand.""",
)
SENDERS = (("Lakeland and Border Party Council", "rosa"), ("Severnside Party Council", "nia"))


def tell(
    conference: Conference,
    *,
    bodies: dict[str, Organisation],
    members: dict[str, User],
    by: User,
    at: dt.datetime,
) -> None:
    """Opens the doors of business, then lets the cast act over the days before `at`."""
    call = _open_doors(conference)
    nia = _user("nia")
    authorise(
        by=nia,
        organisation=bodies["Severnside Party Council"],
        conference=conference,
        user=members["umar"],
        at=at - dt.timedelta(days=6),
    )
    reading.offer(conference)
    _motions(call, bodies, members, at)
    reading.read(conference, by=members["umar"], at=at - dt.timedelta(days=2))
    _more_motions(call, bodies, at)
    buses, cars = composing.tell(call, bodies, at=at)
    agenda.make_agenda(conference, by=_user("ines"), at=at)
    composing.compose([buses, cars], composing.THEME, signed_by=["quentin"], at=at)
    electing.tell(conference, bodies=bodies, basis=SETTING, at=at)
    asked = Consultation.objects.with_their_door().get(deadline__conference=conference)
    consulting.tell(asked, bodies=bodies, members=members, at=at)
    consulting.answered_one(bodies=bodies, by=_user("nora"), at=at)
    _allocations(conference, bodies, by=by, at=at - dt.timedelta(days=20))
    society, visit = _bookings(conference, bodies, members, at)
    accounts.tell(conference, society=society, visit=visit, by=_user("dina"), at=at)
    _rival_claim(bodies["Northmoor Party Council"], members["will"], at)
    publishing.tell(conference, by=by, at=at)
    reporting.tell(conference, writer=members["umar"], by=by, at=at)
    ideas.tell(by=by, at=at)


def _user(first_name: str) -> User:
    return User.objects.get(email=f"{first_name}@example.org")


def _open_doors(conference: Conference) -> Call:
    """The call, the awards and the consultation, on the conference's deadlines."""
    doors = {deadline.kind: deadline for deadline in conference.deadlines.all()}
    kinds = Deadline.Kind
    for name, honours in (
        ("Member of the year", AwardCategory.Honours.PERSON),
        ("Local party or branch of the year", AwardCategory.Honours.BODY),
    ):
        AwardCategory.objects.create(
            deadline=doors[kinds.RECOGNITION_AWARDS], name=name, honours=honours, basis=SETTING
        )
    consulting.open_one(conference, doors[kinds.POLICY_SUBMISSIONS])
    CommitteeRules.objects.create(
        conference=conference, readers=2, chair=_user("zoe"), basis=SETTING
    )
    return Call.objects.create(
        deadline=doors[kinds.ORGANISATIONAL_MOTIONS],
        max_words=300,
        needs_mover=True,
        needs_seconder=True,
        needs_meeting=True,
        basis=SETTING,
    )


def _motions(
    call: Call, bodies: dict[str, Organisation], members: dict[str, User], at: dt.datetime
) -> None:
    """One published, one looked at by one member, one with a question from the CAC, one a draft."""
    ines = _user("ines")
    published = send(call, bodies["Everyday Co-operative Society"], _user("priya"), at, 9, *CARE)
    rule(published, Ruling.Verdict.IN_ORDER, at=at - dt.timedelta(days=4))
    publish(by=ines, motion=published, at=at - dt.timedelta(days=3))
    published.refresh_from_db()
    people = {name: _user(name) for name in ("ines", "jack", "quentin", "rosa")}
    amending.tell(published, bodies=bodies, people=people, basis=SETTING, at=at)
    shops = send(call, bodies["Northmoor Party Council"], _user("quentin"), at, 5, *HIGH_STREET)
    look(shops, Judgement(verdict=Ruling.Verdict.IN_ORDER), by=ines, at=at - dt.timedelta(days=1))
    asked = send(call, bodies["Lakeland and Border Party Council"], _user("rosa"), at, 7, *ENERGY)
    rule(
        asked,
        Ruling.Verdict.CLARIFICATION,
        at=at - dt.timedelta(days=2),
        words="Do you mean all neighbours, or those on the same substation?",
    )
    draft = start_draft(
        by=members["umar"],
        call=call,
        organisation=bodies["Severnside Party Council"],
        at=at - dt.timedelta(days=2),
        key=uuid.uuid4(),
    )
    save_draft(
        by=members["umar"],
        motion=draft,
        version=draft.draft_version,
        wording=Wording(title="Homes that stay affordable", text="Conference notes:\n- that"),
        at=at - dt.timedelta(days=2),
    )


def _more_motions(call: Call, bodies: dict[str, Organisation], at: dt.datetime) -> None:
    """Published like the first, so that every category of the agenda has something."""
    for (body, name), motion in zip(SENDERS, (SOLAR, BRANCHES), strict=True):
        sent = send(call, bodies[body], _user(name), at, 8, *motion)
        rule(sent, Ruling.Verdict.IN_ORDER, at=at - dt.timedelta(days=4))
        publish(by=_user("ines"), motion=sent, at=at - dt.timedelta(days=3))


def _allocations(
    conference: Conference, bodies: dict[str, Organisation], *, by: User, at: dt.datetime
) -> None:
    """What the grant letters said; the society's delegation will have things missing."""
    for name, kind, places in (
        ("Everyday Co-operative Society", PlaceKind.STANDARD, 4),
        ("Northmoor Party Council", PlaceKind.STANDARD, 5),
        ("Severnside Party Council", PlaceKind.STANDARD, 5),
        ("Severnside Party Council", PlaceKind.YOUTH, 1),
    ):
        delegations.allocate(
            by=by,
            delegation=entitlement.of(conference, bodies[name]),
            kind=kind,
            places=places,
            source="grant letter",
            at=at,
        )


def _bookings(
    conference: Conference,
    bodies: dict[str, Organisation],
    members: dict[str, User],
    at: dt.datetime,
) -> list[Booking]:
    """A society's two delegates, one without a name yet, and a visitor."""
    delegate = PassType.objects.get(conference=conference, code="delegate")
    visitor = PassType.objects.get(conference=conference, code="visitor")
    dinner = Extra.objects.get(conference=conference, code="dinner")
    priya, vera = _user("priya"), members["vera"]
    society = Order(
        conference=conference,
        organisation=bodies["Everyday Co-operative Society"],
        places=(
            PlaceWish(pass_type=delegate, name="Hana Novak", extras=(dinner,)),
            PlaceWish(pass_type=delegate),
        ),
        contact_name=priya.name,
        contact_email=priya.email,
        payment_method=Booking.Method.INVOICE,
        bill_to="Everyday Co-operative Society\n12 Mill Lane, Rochdale",
        purchase_order="PO-1844",
    )
    return [
        submitting.submit_booking(
            by=who, order=order, at=at - dt.timedelta(days=days), quoted=total, key=uuid.uuid4()
        )
        for order, who, total, days in (
            (society, priya, Decimal(335), 8),
            (_visit(conference, visitor, vera), vera, Decimal(39), 3),
        )
    ]


def _visit(conference: Conference, visitor: PassType, who: User) -> Order:
    return Order(
        conference=conference,
        places=(
            PlaceWish(
                pass_type=visitor, name=who.name, email=who.email, user=who, member=who.member
            ),
        ),
        contact_name=who.name,
        contact_email=who.email,
        payment_method=Booking.Method.CHEQUE,
    )


def _rival_claim(body: Organisation, claimant: User, at: dt.datetime) -> None:
    """Somebody else says that he is the secretary: staff decide."""
    Officeholding.objects.create(
        organisation=body,
        office=Office.objects.get(slug="secretary"),
        user=claimant,
        started_on=at.date(),
        state=Officeholding.State.CLAIMED,
        source=Officeholding.Source.CLAIM,
        evidence="Elected at the meeting of last Thursday.",
        created_at=at,
    )
