"""Who is in the demo year: one person for each thing somebody may want to try."""

from __future__ import annotations

from dataclasses import dataclass

from members.roles import Role


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up person. `does` is what the people page says about them."""

    email: str
    name: str
    does: str
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Officer:
    """A made-up officer of a made-up body."""

    email: str
    name: str
    office: str
    body: str
    does: str


STAFF = (
    Person(
        "alex@example.org",
        "Alex Pritchard",
        "sees and edits everything but confidential needs",
        (Role.ADMINISTRATOR,),
    ),
    Person(
        "bethan@example.org",
        "Bethan Rees",
        "builds the programme and sets the dates",
        (Role.PROGRAMME_EDITOR,),
    ),
    Person(
        "carlos@example.org",
        "Carlos Mendes",
        "looks after bookings, enters what comes by post",
        (Role.REGISTRATIONS_OFFICER,),
    ),
    Person("dina@example.org", "Dina Okafor", "records cheques and invoices", (Role.FINANCE,)),
    Person(
        "ewan@example.org",
        "Ewan Sinclair",
        "sees access and dietary needs, and nobody else does",
        (Role.ACCESS_OFFICER,),
    ),
    Person(
        "farah@example.org", "Farah Aziz", "is told of anybody under 18", (Role.SAFEGUARDING_LEAD,)
    ),
    Person(
        "gwen@example.org",
        "Gwen Hopkins",
        "answers what we hold about a person, and erases it",
        (Role.DATA_PROTECTION_OFFICER,),
    ),
    Person("hugh@example.org", "Hugh Lamont", "reads everything, changes nothing", (Role.AUDITOR,)),
)

LAY = (
    ("ines@example.org", "Ines Ferreira", "cac_member", "rules on motions (CAC)"),
    ("jack@example.org", "Jack Thornley", "cac_member", "rules on motions (CAC)"),
    ("zoe@example.org", "Zoë Adeyemi", "cac_member", "chairs the CAC, decides where two differ"),
    ("nora@example.org", "Nora Blake", "policy", "reads and answers consultations"),
    ("keira@example.org", "Keira Doyle", "chair", "chairs a session"),
    (
        "yusuf@example.org",
        "Yusuf Rahman",
        "returning_officer",
        "settles lists of candidates and declares results",
    ),
    ("lewis@example.org", "Lewis Grant", "teller", "counts votes"),
    ("mona@example.org", "Mona Haddad", "steward", "welcomes people at the door"),
    ("petra@example.org", "Petra Novak", "report_editor", "joins the report of the conference"),
)

#: The panel of the awards; the first is its chair.
JUDGES = (
    ("anika@example.org", "Anika Rao", "judge", "chairs the panel of the awards and decides"),
    ("bryn@example.org", "Bryn Howells", "judge", "judges the awards, has scored"),
    ("cleo@example.org", "Cleo Marchetti", "judge", "judges the awards, has not scored yet"),
)
PRESENTER = ("dev@example.org", "Dev Chaudhry", "presenter", "presents the awards in the evening")

OFFICERS = (
    Officer(
        "nia@example.org",
        "Nia Bevan",
        "secretary",
        "Severnside Party Council",
        "has a motion due and delegates to book",
    ),
    Officer(
        "owen@example.org",
        "Owen Clarke",
        "treasurer",
        "Severnside Party Council",
        "books delegates and pays by cheque",
    ),
    Officer(
        "priya@example.org",
        "Priya Nair",
        "secretary",
        "Everyday Co-operative Society",
        "has booked a delegate at the early price",
    ),
    Officer(
        "quentin@example.org",
        "Quentin Ashby",
        "secretary",
        "Northmoor Party Council",
        "has sent in a motion",
    ),
    Officer(
        "rosa@example.org",
        "Rosa Whitfield",
        "secretary",
        "Lakeland and Border Party Council",
        "has sent in a motion that the CAC asked about",
    ),
    Officer(
        "sean@example.org",
        "Sean Gallagher",
        "secretary",
        "Harbour Co-operative Society",
        "has done nothing yet: everything is due",
    ),
)

MEMBERS = (
    Person("tess@example.org", "Tess Morgan", "is a member who wants a visitor's place"),
    Person("umar@example.org", "Umar Sheikh", "was authorised to draft for Severnside"),
    Person("vera@example.org", "Vera Lindqvist", "has booked a visitor's place"),
    Person("will@example.org", "Will Sutton", "says he is the secretary of Northmoor too"),
)

#: name, kind, region
BODIES = (
    ("Severnside Party Council", "party_council", "South West"),
    ("Northmoor Party Council", "party_council", "Yorkshire & the Humber"),
    ("Lakeland and Border Party Council", "party_council", "North East & North Cumbria"),
    ("Fenland Party Council", "party_council", "East of England"),
    ("Black Country Party Council", "party_council", "West Midlands"),
    ("Clydeside Party Council", "party_council", "Scotland"),
    ("Gwent Valleys Party Council", "party_council", "Wales"),
    ("Lagan Party Council", "party_council", "Northern Ireland"),
    ("Thames Reach Party Council", "party_council", "London"),
    ("Downland Party Council", "party_council", "South East"),
    ("Everyday Co-operative Society", "society", "North West"),
    ("Harbour Co-operative Society", "society", "South East"),
    ("Millstone Co-operative Society", "society", "East Midlands"),
)
