"""A row of everything about agendas, for tests that need one of each."""

from __future__ import annotations

from typing import Any

from members.models import User
from motions.models import (
    DebateRules,
    Decision,
    DecisionReport,
    Motion,
    OrderItem,
    Outcome,
    Print,
    Slip,
    VotePart,
)
from tests.factories import AT
from tests.motions.make import make_order_paper, make_release


def make_agendas(motion: Motion, by: User) -> dict[str, Any]:
    """An agenda with a slip, an order paper, an outcome and a decision about a published motion."""
    release = make_release(motion)
    Print.objects.create(release=release, form=Print.Form.TEXT, made=b"An agenda", made_at=AT)
    Slip.objects.create(
        release=release,
        number=1,
        kind=Slip.Kind.CORRECTION,
        text="For 3 read 4.",
        issued_by=by,
        issued_at=AT,
    )
    paper = make_order_paper(motion, published_by=by, published_at=AT)
    OrderItem.objects.create(paper=paper, position=2, words="Report of the NEC", minutes=5)
    DebateRules.objects.get_or_create(
        conference=motion.conference, defaults={"basis": "Standing order 3"}
    )
    key = motion.current_version.blocks.first().key
    part = VotePart.objects.create(motion=motion, position=1, keys=[key], words="paragraph 1")
    facts = {
        "motion": motion,
        "version": motion.current_version,
        "threshold": "simple",
        "entered_by": by,
    }
    wrong = Outcome.objects.create(
        result="lost",
        entered_at=AT,
        superseded_at=AT,
        words="By hands",
        taken_back="By mistake",
        **facts,
    )
    outcome = Outcome.objects.create(
        result="carried", entered_at=AT, corrects=wrong, correction="Miscounted", **facts
    )
    decision = Decision.objects.create(
        motion=motion, owner="The NEC", keeper=by, given_by=by, given_at=AT
    )
    DecisionReport.objects.create(
        decision=decision, state="open", text="Begun", reported_by=by, reported_at=AT
    )
    return {
        "agenda": release,
        "order paper": paper,
        "part": part,
        "outcome": outcome,
        "decision": decision,
    }
