"""What recognition awards are made of. What the panel does is sealed until the presentation."""

from motions.awards.models.category import AwardCategory
from motions.awards.models.decision import AwardDecision, AwardHonour
from motions.awards.models.interest import AwardInterest
from motions.awards.models.nomination import AwardEvidence, AwardNomination
from motions.awards.models.nominee import AwardNominee
from motions.awards.models.rules import AwardCriterion, AwardRules
from motions.awards.models.score import AwardPoints, AwardScore
from motions.awards.models.sealed import SealedEntry

__all__ = [
    "AwardCategory",
    "AwardCriterion",
    "AwardDecision",
    "AwardEvidence",
    "AwardHonour",
    "AwardInterest",
    "AwardNomination",
    "AwardNominee",
    "AwardPoints",
    "AwardRules",
    "AwardScore",
    "SealedEntry",
]
