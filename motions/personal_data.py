"""What the business of conference keeps about people, why, for how long, and what erasure does."""

from __future__ import annotations

from django.db.models import Q

import motions.agendas.personal_data
import motions.awards.personal_data
import motions.consultations.personal_data
import motions.ideas.personal_data
import motions.nominations.personal_data  # noqa: F401  (these declare what they keep)
from members.periods import after_the_day
from members.personal_data import (
    Blank,
    Delete,
    Keep,
    Period,
    Person,
    WordsOf,
    declare,
    declare_impersonal,
)
from motions.composites import models as composites
from motions.keeping import RECORD, SENT, acted, letter, ten_years
from motions.models import (
    Amendment,
    Appeal,
    Block,
    Call,
    Category,
    CommitteeNote,
    CommitteeRules,
    DeclaredInterest,
    DraftSave,
    FallsIf,
    Follow,
    InsertionOrder,
    LateEntry,
    ModelMotion,
    Motion,
    MotionVersion,
    MoversAnswer,
    Opinion,
    PrivateNote,
    ReadingMark,
    Rebasing,
    Receipt,
    ReceiptBook,
    Ruling,
    RulingReason,
)

NAMES = Blank({"mover": "", "seconder": ""}, reason="the wording stays in the record")
COLUMNS = ("created_by", "submitted_by", "withdrawn_by")
WITHOUT_TEXT = Blank({"text": ""}, reason="that something was received, and when, stays")
OF_AN_AWARD = Q(award_nomination__isnull=False)
A_YEAR_AFTER = after_the_day("conference__ends_on", years=1)


def _receipts(person: Person) -> Q | None:
    """Given to the person, or for what came from an address of theirs without a sign-in."""
    found = Q(policy_submission__email__in=person.addresses)
    return found | Q(given_to=person.user) if person.user else found


declare(
    Motion,
    personal=("mover", "seconder", "draft_saved_by", "confirmed_by", *COLUMNS),
    why="to know who wrote, sent and moves a body's motion",
    kept=RECORD,
    found_by=acted(*COLUMNS, "draft_saved_by", "confirmed_by"),
    erasure=Keep(SENT),
    ends=(Period(ten_years("conference"), NAMES),),
    files=(letter("conference", "mover", "seconder"),),
    secret=("idempotency_key",),
)
declare(
    MotionVersion,
    personal=("created_by", "mover", "seconder"),
    why="to know who sent which wording, and who moves it",
    kept=RECORD,
    found_by=acted("created_by"),
    erasure=Keep("a version is sealed: its wording never changes"),
    ends=(Period(ten_years("motion__conference"), NAMES),),
)
declare(
    DraftSave,
    personal=("saved_by",),
    why="so that no wording is lost",
    kept="a year after the conference",
    found_by=acted("saved_by"),
    erasure=Keep(SENT),
    ends=(Period(after_the_day("motion__conference__ends_on", years=1), Delete()),),
)
declare(
    Ruling,
    personal=("ruled_by", "also_by"),
    why="to know who ruled for the committee",
    kept=RECORD,
    found_by=acted("ruled_by", "also_by"),
    erasure=Keep("a ruling stays with whoever gave it"),
    stays="a ruling stays with whoever gave it; the name goes with the sign-in",
)
declare(
    Opinion,
    personal=("member",),
    why="to know which members looked at a motion, and what each thought",
    kept="a year after the conference",
    found_by=acted("member"),
    erasure=Keep("an opinion stays with whoever gave it while it can be appealed"),
    ends=(Period(after_the_day("motion__conference__ends_on", years=1), Delete()),),
)
declare(
    DeclaredInterest,
    personal=("member", "words"),
    why="so that nobody rules where they have an interest, and the others know",
    kept="a year after the conference",
    found_by=acted("member"),
    erasure=Delete(),
    ends=(Period(after_the_day("conference__ends_on", years=1), Delete()),),
)
declare(
    CommitteeNote,
    personal=("written_by", "text"),
    why="what members of the committee note for each other on a motion",
    kept="a year after the conference",
    found_by=acted("written_by"),
    erasure=Blank({"text": "erased"}, reason="that there was a note stays with the motion"),
    ends=(Period(after_the_day("motion__conference__ends_on", years=1), Delete()),),
)
declare(
    Appeal,
    personal=("lodged_by", "heard_by"),
    why="to know who appealed for a body, and who heard it",
    kept=RECORD,
    found_by=acted("lodged_by", "heard_by"),
    erasure=Keep(SENT),
    stays="an appeal stays with the ruling; the names go with the sign-in",
    secret=("idempotency_key",),
)
declare(
    LateEntry,
    personal=("entered_by",),
    why="to know who asked for a late motion, and why",
    kept=RECORD,
    found_by=acted("entered_by"),
    erasure=Keep(SENT),
    stays="the committee ruled on the reason; the name goes with the sign-in",
)
declare(
    Receipt,
    personal=("given_to", "text"),
    why="proof of what was sent in, by whom and when",
    kept=RECORD,
    found_by=_receipts,
    erasure=Keep("a receipt is proof for both sides"),
    ends=(
        Period(
            ten_years("conference"),
            WITHOUT_TEXT,
        ),
        # it names whom a body proposed, in confidence
        Period(lambda at: A_YEAR_AFTER(at) & OF_AN_AWARD, WITHOUT_TEXT),
    ),
    words=WordsOf(("text",), WITHOUT_TEXT, only=OF_AN_AWARD),
    secret=("idempotency_key",),
)
declare(
    ReadingMark,
    personal=("reader", "mark"),
    why="somebody's own reading list of motions",
    kept="a year after the conference",
    found_by=acted("reader"),
    erasure=Delete(),
    ends=(Period(after_the_day("motion__conference__ends_on", years=1), Delete()),),
    is_special=True,
)
declare(
    PrivateNote,
    personal=("writer", "text"),
    why="what somebody notes on a motion for themself; nobody else reads it",
    kept="a year after the conference",
    found_by=acted("writer"),
    erasure=Delete(),
    ends=(Period(after_the_day("motion__conference__ends_on", years=1), Delete()),),
    is_special=True,
)
declare(
    Follow,
    personal=("follower",),
    why="to mail them what happens to the motions they follow",
    kept="a year after the conference",
    found_by=acted("follower"),
    erasure=Delete(),
    ends=(Period(after_the_day("conference__ends_on", years=1), Delete()),),
    is_special=True,
)
declare(
    CommitteeRules,
    personal=("chair",),
    why="to know who decides where two members of the committee differ",
    kept=RECORD,
    found_by=acted("chair"),
    erasure=Keep("a rule of the conference; the name goes with the sign-in"),
    stays="a rule of the conference; the name goes with the sign-in",
)
declare(
    MoversAnswer,
    personal=("given_by",),
    why="to know who answered an amendment for the mover's body",
    kept=RECORD,
    found_by=acted("given_by"),
    erasure=Keep(SENT),
    stays="conference voted by it; the name goes with the sign-in",
)
declare(
    Rebasing,
    personal=("caused_by",),
    why="to know what became of an amendment when its motion's text changed",
    kept=RECORD,
    found_by=acted("caused_by"),
    erasure=Keep("it belongs to the history of the wording"),
    stays="it belongs to the history of the wording; the name goes with the sign-in",
)
declare(
    FallsIf,
    personal=("set_by", "removed_by"),
    why="to know who set for the committee what falls with what",
    kept=RECORD,
    found_by=acted("set_by", "removed_by"),
    erasure=Keep("conference voted by it"),
    stays="conference voted by it; the name goes with the sign-in",
)
declare(
    InsertionOrder,
    personal=("decided_by",),
    why="to know who decided which insertion comes first",
    kept=RECORD,
    found_by=acted("decided_by"),
    erasure=Keep("conference voted by it"),
    stays="conference voted by it; the name goes with the sign-in",
)
declare(
    composites.Composite,
    personal=("grouped_by", "closed_by"),
    why="to know who of the committee grouped motions, and who published or ended it",
    kept=RECORD,
    found_by=acted("grouped_by", "closed_by"),
    erasure=Keep("what became of motions stays; the name goes with the sign-in"),
    stays="what became of motions stays; the name goes with the sign-in",
    secret=("idempotency_key",),
)
declare(
    composites.CompositeVersion,
    personal=("saved_by", "laid_by"),
    why="so that no wording is lost, and to know what was laid before the bodies",
    kept=RECORD,
    found_by=acted("saved_by", "laid_by"),
    erasure=Keep("a version is sealed: its wording never changes"),
    stays="a version is sealed; the name goes with the sign-in",
)
declare(
    composites.Answer,
    personal=("speaker", "words", "given_by", "confirmed_by"),
    why="to know which body agreed to what, and who moves or seconds it for the body",
    kept=RECORD,
    found_by=acted("given_by", "confirmed_by"),
    erasure=Keep(SENT),
    ends=(
        Period(
            ten_years("part__composite__conference"),
            Blank(
                {"speaker": "", "names_consent": False, "words": ""},
                reason="what a body answered stays in the record",
            ),
        ),
    ),
    secret=("idempotency_key",),
)
declare(
    composites.AmendmentDecision,
    personal=("decided_by",),
    why="to know who of the committee decided what became of an amendment",
    kept=RECORD,
    found_by=acted("decided_by"),
    erasure=Keep("what became of an amendment stays; the name goes with the sign-in"),
    stays="what became of an amendment stays; the name goes with the sign-in",
)
declare_impersonal(
    *(composites.CompositePart, composites.CompositeClause, composites.ClauseSource),
    because="the wording of a composite",
)
declare_impersonal(Amendment, because="amendments stand in the table of motions, declared above")
declare_impersonal(
    *(Call, Category),
    because="rules of a conference",
)
declare_impersonal(Block, because="the wording of a motion; who sent it is on its version")
declare_impersonal(ModelMotion, because="a wording that a campaign offers to everybody")
declare_impersonal(ReceiptBook, because="a counter")
declare_impersonal(RulingReason, because="the committee's list of reasons")
