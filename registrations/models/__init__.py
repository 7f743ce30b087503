"""Registrations' tables: what is sold, bookings and their places, money, needs, badges."""

from registrations.models.access import AccessCode, AccessKey
from registrations.models.booking import Booking
from registrations.models.credential import Credential, DoorRules, Scan
from registrations.models.interest import Interest
from registrations.models.needs import PlaceNeeds
from registrations.models.payment import Payment
from registrations.models.place import Line, Place
from registrations.models.sale import Extra, PassType, PriceBand

__all__ = [
    "AccessCode",
    "AccessKey",
    "Booking",
    "Credential",
    "DoorRules",
    "Extra",
    "Interest",
    "Line",
    "PassType",
    "Payment",
    "Place",
    "PlaceNeeds",
    "PriceBand",
    "Scan",
]
