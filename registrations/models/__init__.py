"""Registrations' tables: what is sold, bookings and their places, money, needs, badges."""

from registrations.models.access import AccessCode, AccessKey
from registrations.models.booking import Booking
from registrations.models.credential import Credential, DoorRules, Scan
from registrations.models.interest import Interest
from registrations.models.invoice import Invoice, InvoiceLine, InvoiceSeries
from registrations.models.ledger import CreditMove, Refund, WriteOff
from registrations.models.needs import PlaceNeeds
from registrations.models.payment import Payment
from registrations.models.place import Line, Place
from registrations.models.sale import Extra, PassType, PriceBand
from registrations.models.terms import RefundPeriod, SaleTerms

__all__ = [
    "AccessCode",
    "AccessKey",
    "Booking",
    "Credential",
    "CreditMove",
    "DoorRules",
    "Extra",
    "Interest",
    "Invoice",
    "InvoiceLine",
    "InvoiceSeries",
    "Line",
    "PassType",
    "Payment",
    "Place",
    "PlaceNeeds",
    "PriceBand",
    "Refund",
    "RefundPeriod",
    "SaleTerms",
    "Scan",
    "WriteOff",
]
