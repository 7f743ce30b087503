from motions.agendas.models import (
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
from motions.amendments.models import FallsIf, InsertionOrder, MoversAnswer, Rebasing
from motions.awards.models import AwardCategory, AwardNomination
from motions.campaigns.models import ModelMotion
from motions.committee.models import (
    Appeal,
    CommitteeNote,
    CommitteeRules,
    DeclaredInterest,
    Opinion,
)
from motions.composites.models import (
    AmendmentDecision,
    Answer,
    ClauseSource,
    Composite,
    CompositeClause,
    CompositePart,
    CompositeVersion,
)
from motions.consultations.models import Consultation, PolicySubmission
from motions.models.amendment import Amendment
from motions.models.call import Call
from motions.models.category import Category
from motions.models.motion import Motion
from motions.models.receipt import Receipt, ReceiptBook
from motions.models.ruling import LateEntry, Ruling, RulingReason
from motions.models.sending import Channel
from motions.models.version import Block, DraftSave, MotionVersion
from motions.nominations.models import (
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
from motions.reading.models import Follow, PrivateNote, ReadingMark

__all__ = [
    "Amendment",
    "AmendmentDecision",
    "Answer",
    "Appeal",
    "AwardCategory",
    "AwardNomination",
    "BarredRegion",
    "Block",
    "Call",
    "Candidate",
    "Category",
    "Channel",
    "ClauseSource",
    "CommitteeNote",
    "CommitteeRules",
    "Composite",
    "CompositeClause",
    "CompositePart",
    "CompositeVersion",
    "Consultation",
    "Contest",
    "Count",
    "CountLine",
    "DebateRules",
    "Decision",
    "DecisionReport",
    "DeclaredInterest",
    "DraftSave",
    "FallsIf",
    "Follow",
    "InsertionOrder",
    "LateEntry",
    "Lot",
    "LotPlace",
    "ModelMotion",
    "Motion",
    "MotionVersion",
    "MoversAnswer",
    "Nomination",
    "Opinion",
    "OrderItem",
    "OrderPaper",
    "Outcome",
    "PolicySubmission",
    "Post",
    "PostTerm",
    "PrivateNote",
    "ReadingMark",
    "Rebasing",
    "Print",
    "Receipt",
    "ReceiptBook",
    "Release",
    "ReleaseEntry",
    "Ruling",
    "RulingReason",
    "Seat",
    "Slip",
    "StandingCommittee",
    "VotePart",
]
