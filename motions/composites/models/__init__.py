from motions.composites.models.answer import Answer
from motions.composites.models.composite import Composite, CompositePart
from motions.composites.models.decision import AmendmentDecision
from motions.composites.models.version import ClauseSource, CompositeClause, CompositeVersion

__all__ = [
    "AmendmentDecision",
    "Answer",
    "ClauseSource",
    "Composite",
    "CompositeClause",
    "CompositePart",
    "CompositeVersion",
]
