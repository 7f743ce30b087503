from motions.agendas.models.decision import Decision, DecisionReport
from motions.agendas.models.order import OrderItem, OrderPaper, VotePart
from motions.agendas.models.outcome import Outcome
from motions.agendas.models.release import Print, Release, ReleaseEntry, Slip
from motions.agendas.models.rules import DebateRules

__all__ = [
    "DebateRules",
    "Decision",
    "DecisionReport",
    "OrderItem",
    "OrderPaper",
    "Outcome",
    "Print",
    "Release",
    "ReleaseEntry",
    "Slip",
    "VotePart",
]
