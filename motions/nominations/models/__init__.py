from motions.nominations.models.candidate import Candidate
from motions.nominations.models.contest import Contest, Count, CountLine, Lot, LotPlace
from motions.nominations.models.nomination import Nomination
from motions.nominations.models.post import BarredRegion, Post, PostTerm
from motions.nominations.models.seat import Seat, StandingCommittee

__all__ = [
    "BarredRegion",
    "Candidate",
    "Contest",
    "Count",
    "CountLine",
    "Lot",
    "LotPlace",
    "Nomination",
    "Post",
    "PostTerm",
    "Seat",
    "StandingCommittee",
]
