"""What recognition awards keep about people, why, for how long, and what erasure does.

What the panel keeps is sealed until the presentation: an export made before it does not hold these
rows, and an erasure does not count them, so that neither tells who is honoured.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db.models import Q

from members.periods import Due, after_the_day
from members.personal_data import (
    Blank,
    Delete,
    FileOf,
    Keep,
    Period,
    Person,
    WordsOf,
    declare,
    declare_impersonal,
)
from motions.awards import embargo
from motions.awards.names import key_of
from motions.keeping import RECORD, SENT, acted
from motions.models import (
    AwardCategory,
    AwardCriterion,
    AwardDecision,
    AwardEvidence,
    AwardHonour,
    AwardInterest,
    AwardNomination,
    AwardNominee,
    AwardPoints,
    AwardRules,
    AwardScore,
    SealedEntry,
)

A_YEAR = "a year after the conference"
COLUMNS = ("created_by", "submitted_by", "withdrawn_by")
UNNAMED = "that there was a nomination stays in the record, without the person"
IN_CATEGORY = "category__deadline__conference"


def _a_year_after(conference: str, *, only: Q | None = None) -> Due:
    ended = after_the_day(f"{conference}__ends_on", years=1)
    return (lambda at: ended(at) & only) if only else ended


def _sealed(conference: str) -> Due:
    """Rows of conferences whose awards have not been presented at an instant."""

    def until(at: dt.datetime) -> Q:
        presented = [rules.conference_id for rules in embargo.ended(at)]
        return ~Q(**{f"{conference}__in": presented})

    return until


def _nominee(prefix: str = "") -> Callable[[Person], Q | None]:
    """A nominee, by address or by name: a body may know no more of them."""

    def found_by(person: Person) -> Q | None:
        found = Q(**{f"{prefix}email__in": person.addresses})
        if keys := [key for key in map(key_of, person.names) if " " in key]:
            found |= Q(**{f"{prefix}name_key__in": keys})
        return found

    return found_by


def _proposed(prefix: str = "") -> Callable[[Person], Q | None]:
    """What a body sent of them: its file or its letter."""

    def found_by(person: Person) -> Q | None:
        found = Q(**{f"{prefix}nominee_email__in": person.addresses})
        for name in person.names:
            found |= Q(**{f"{prefix}nominee_name__iexact": name})
        return found

    return found_by


NOMINATION = Blank(
    {"nominee_name": "erased", "nominee_email": "", "citation": "erased", "evidence": ""},
    reason=UNNAMED,
)
declare(
    AwardNomination,
    personal=("nominee_name", "nominee_email", "is_under_18", "citation", "evidence", *COLUMNS),
    why="to honour members and bodies; a secret until the presentation",
    kept=A_YEAR,
    found_by=acted(*COLUMNS),
    erasure=Keep(SENT),
    ends=(Period(_a_year_after(IN_CATEGORY), NOMINATION),),
    files=(FileOf("scan", _proposed(), ends=_a_year_after(IN_CATEGORY)),),
    words=WordsOf(("nominee_name", "nominee_email", "citation", "evidence"), NOMINATION),
    addresses=("nominee_email",),
    secret=("idempotency_key",),
)
declare(
    AwardEvidence,
    personal=("file", "name"),
    why="what a body sent to show what its nominee did",
    kept=A_YEAR,
    found_by=_proposed("nomination__"),
    erasure=Delete(),
    ends=(Period(_a_year_after(f"nomination__{IN_CATEGORY}"), Delete()),),
    files=(FileOf("file", _proposed("nomination__"), stays="it goes with its row"),),
    order=40,
)
declare(
    AwardNominee,
    personal=("name", "name_key", "email", "is_under_18"),
    why="to judge one nominee once, whichever bodies propose them, and to reach them afterwards",
    kept=A_YEAR,
    found_by=_nominee(),
    erasure=Blank(
        {"name": "erased", "name_key": "", "email": "", "is_under_18": False}, reason=UNNAMED
    ),
    ends=(_a_year_after(IN_CATEGORY),),
    addresses=("email",),
    sealed=_sealed(IN_CATEGORY),
)
UNNAMED_HONOUR = Blank(
    {
        "words": "",
        "consent": AwardHonour.Consent.NOT_ASKED,
        "public_name": "",
        "token_hash": "",
        "answered_at": None,
    },
    reason="that an award was given stays in the record, without the person",
)
declare(
    AwardHonour,
    personal=("words", "public_name", "consent"),
    why="to honour people, and to name in public those who agree",
    kept="on the public roll as long as whoever is named agrees; of the others a year after the "
    "conference",
    found_by=_nominee("nominee__"),
    erasure=UNNAMED_HONOUR,
    ends=(
        Period(_a_year_after(f"decision__{IN_CATEGORY}", only=~Q(consent="given")), UNNAMED_HONOUR),
    ),
    secret=("token_hash",),
    sealed=_sealed(f"decision__{IN_CATEGORY}"),
)
declare(
    AwardDecision,
    personal=("decided_by", "reason"),
    why="to know who decided for the panel, and why",
    kept=A_YEAR,
    found_by=acted("decided_by"),
    erasure=Keep("what was decided stays with whoever decided it"),
    ends=(
        Period(
            _a_year_after(IN_CATEGORY),
            Blank({"reason": "no longer kept"}, reason="that it was decided stays in the record"),
        ),
    ),
    sealed=_sealed(IN_CATEGORY),
)
declare(
    AwardScore,
    personal=("judge", "words"),
    why="to know that enough judges scored, and what each thought",
    kept=A_YEAR,
    found_by=acted("judge"),
    erasure=Keep("a score stays with whoever gave it while an award can be questioned"),
    ends=(Period(_a_year_after(f"nominee__{IN_CATEGORY}"), Delete()),),
    sealed=_sealed(f"nominee__{IN_CATEGORY}"),
)
declare(
    AwardInterest,
    personal=("judge", "words"),
    why="so that nobody judges where they have an interest, and the others know",
    kept=A_YEAR,
    found_by=acted("judge"),
    erasure=Delete(),
    ends=(Period(_a_year_after("conference"), Delete()),),
    sealed=_sealed("conference"),
)
declare(
    SealedEntry,
    personal=("by",),
    why="what the panel did, until it enters the audit trail at the presentation",
    kept=RECORD,
    found_by=acted("by"),
    erasure=Keep("privileged acts must stay answerable"),
    stays="privileged acts must stay answerable; the name goes with the sign-in",
    sealed=_sealed("conference"),
)
declare(
    AwardRules,
    personal=("chair",),
    why="to know who decides for the panel",
    kept=RECORD,
    found_by=acted("chair"),
    erasure=Keep("a rule of the conference; the name goes with the sign-in"),
    stays="a rule of the conference; the name goes with the sign-in",
)
declare_impersonal(AwardCategory, AwardCriterion, because="rules of a conference")
declare_impersonal(AwardPoints, because="figures of a score; who gave them is on the score")
