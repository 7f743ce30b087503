from mailing.models.heartbeat import Heartbeat
from mailing.models.mail import ALLOWED_MOVES, Mail
from mailing.models.suppression import Suppression

__all__ = ["ALLOWED_MOVES", "Heartbeat", "Mail", "Suppression"]
