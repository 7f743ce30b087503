"""What agendas, outcomes and decisions keep about people: who acted, and nothing else."""

from __future__ import annotations

from members.personal_data import Keep, declare, declare_impersonal
from motions.keeping import RECORD, SENT, acted
from motions.models import (
    DebateRules,
    Decision,
    DecisionReport,
    OrderItem,
    OrderPaper,
    Outcome,
    Print,
    Release,
    ReleaseEntry,
    Slip,
    VotePart,
)

declare(
    Release,
    personal=("released_by",),
    why="to know who printed which agenda",
    kept=RECORD,
    found_by=acted("released_by"),
    erasure=Keep(SENT),
    stays="an agenda stays as it was printed, and names bodies only; the name goes with the sign-in",
)
declare(
    Slip,
    personal=("issued_by",),
    why="to know who issued which errata slip",
    kept=RECORD,
    found_by=acted("issued_by"),
    erasure=Keep(SENT),
    stays="a slip stays with its agenda; the name goes with the sign-in",
)
declare(
    OrderPaper,
    personal=("published_by",),
    why="to know who published the order paper of a session",
    kept=RECORD,
    found_by=acted("published_by"),
    erasure=Keep(SENT),
    stays="the business of a session stays in the record; the name goes with the sign-in",
)
declare(
    Outcome,
    personal=("entered_by",),
    why="to know who entered or corrected what conference decided",
    kept=RECORD,
    found_by=acted("entered_by"),
    erasure=Keep("what conference decided stays, with who entered it"),
    stays="what conference decided stays; the name goes with the sign-in",
)
declare(
    Decision,
    personal=("keeper", "given_by"),
    why="to know who reports on a decision of conference",
    kept=RECORD,
    found_by=acted("keeper", "given_by"),
    erasure=Keep("what conference decided stays, with who sees to it"),
    stays="what conference decided stays; the name goes with the sign-in",
)
declare(
    DecisionReport,
    personal=("reported_by",),
    why="to know who reported what became of a decision",
    kept=RECORD,
    found_by=acted("reported_by"),
    erasure=Keep("a report to conference stays"),
    stays="a report to conference stays; the name goes with the sign-in",
)
declare_impersonal(DebateRules, because="rules of a conference")
declare_impersonal(
    ReleaseEntry, Print, because="an agenda as it was printed; who printed it is on its release"
)
declare_impersonal(OrderItem, VotePart, because="the order in which business is taken")
