from motions.amendments.models.answer import MoversAnswer
from motions.amendments.models.falling import FallsIf
from motions.amendments.models.order import InsertionOrder
from motions.amendments.models.rebasing import Rebasing

__all__ = ["FallsIf", "InsertionOrder", "MoversAnswer", "Rebasing"]
