from motions.committee.models.appeal import Appeal
from motions.committee.models.interest import DeclaredInterest
from motions.committee.models.note import CommitteeNote
from motions.committee.models.opinion import Opinion
from motions.committee.models.rules import APPEAL_DAYS, CommitteeRules

__all__ = [
    "APPEAL_DAYS",
    "Appeal",
    "CommitteeNote",
    "CommitteeRules",
    "DeclaredInterest",
    "Opinion",
]
