"""What nominations keep about people: the nominees, who nominated them, who sits."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from members.periods import after_the_day
from members.personal_data import (
    Blank,
    FileOf,
    Keep,
    Person,
    declare,
    declare_impersonal,
    erased_address,
)
from motions.keeping import RECORD, SENT, acted, letter, ten_years
from motions.models import (
    BarredRegion,
    Candidate,
    Contest,
    Count,
    CountLine,
    Lot,
    LotPlace,
    Nomination,
    Post,
    PostTerm,
    Seat,
    StandingCommittee,
)

COLUMNS = ("created_by", "submitted_by", "withdrawn_by")
READ_OUT = (
    "it stays as it was read out at conference; the name of who entered it goes with the sign-in"
)


def _theirs(person: Person) -> Q:
    return Q(email__in=person.addresses)


def _sat_ten_years_ago(at: dt.datetime) -> Q:
    """The term ended with a conference ten years ago."""
    return Q(until_year__lte=at.year - 10)


declare(
    Candidate,
    personal=(
        *("name", "email", "membership_number", "region", "statement", "interests", "photo"),
        "struck_out_by",
    ),
    why="to ask a nominee for consent and to put them before conference",
    kept=RECORD,
    found_by=_theirs,
    erasure=Blank(
        {
            "name": "erased",
            "email": erased_address,
            "membership_number": "",
            "statement": "",
            "interests": "",
            "struck_out_reason": "erased",
        },
        reason="that there was a nomination stays in the record, without the person",
    ),
    ends=(ten_years("post__deadline__conference"),),
    addresses=("email",),
    files=(
        FileOf(
            "photo", _theirs, ends=after_the_day("post__deadline__conference__ends_on", years=1)
        ),
    ),
    secret=("token_hash",),
    order=40,
)
declare(
    Nomination,
    personal=COLUMNS,
    why="to know which body nominated whom, and who sent it",
    kept=RECORD,
    found_by=acted(*COLUMNS),
    erasure=Keep(SENT),
    stays=SENT,
    files=(letter("candidate__post__deadline__conference", address="candidate__email"),),
    secret=("idempotency_key",),
)
declare(
    Seat,
    personal=("name", "email", "region"),
    why="to know who sits on a committee until when, and which regions are represented",
    kept=RECORD,
    found_by=_theirs,
    erasure=Blank(
        {"name": "erased", "email": erased_address, "basis": ""},
        reason="that a region is represented, and until when, stays",
    ),
    ends=(_sat_ten_years_ago,),
    addresses=("email",),
)
declare(
    Post,
    personal=("region_rule_confirmed_by",),
    why="to know who confirmed how many members a region may have",
    kept=RECORD,
    found_by=acted("region_rule_confirmed_by"),
    erasure=Keep("a rule of the conference; the name goes with the sign-in"),
    stays="a rule of the conference; the name goes with the sign-in",
)
declare(
    Contest,
    personal=("settled_by", "declared_by"),
    why="to know who settled the list of candidates and declared the result",
    kept=RECORD,
    found_by=acted("settled_by", "declared_by"),
    erasure=Keep(READ_OUT),
    stays=READ_OUT,
)
declare(
    Count,
    personal=("tellers", "entered_by"),
    why="to know who counted the votes, and who entered the figures",
    kept=RECORD,
    found_by=acted("entered_by"),
    erasure=Keep(READ_OUT),
    stays=READ_OUT,
)
declare(
    Lot,
    personal=("drawn_by", "witnesses", "entered_by"),
    why="to know who drew a lot, and before whom",
    kept=RECORD,
    found_by=acted("entered_by"),
    erasure=Keep(READ_OUT),
    stays=READ_OUT,
)
declare_impersonal(
    *(CountLine, LotPlace), because="figures and lots of candidates, who are declared above"
)
declare_impersonal(*(BarredRegion, PostTerm), because="rules of a conference")
declare_impersonal(StandingCommittee, because="a committee, not its members")
