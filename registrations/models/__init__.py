"""Registrations' tables: what is sold, bookings, places, delegations, money, needs, badges."""

from registrations.models.access import AccessCode, AccessKey
from registrations.models.booking import Booking
from registrations.models.card import CardAttempt, CardEvent
from registrations.models.credential import Credential, DoorRules, Scan
from registrations.models.delegation import (
    COUNTED,
    Allocation,
    Delegation,
    DelegationRules,
    PlaceKind,
    PlaceRequest,
    Waiver,
)
from registrations.models.interest import Interest
from registrations.models.invoice import Invoice, InvoiceLine, InvoiceSeries
from registrations.models.joining import JoiningInstructions
from registrations.models.ledger import CreditMove, Refund, WriteOff
from registrations.models.needs import PlaceNeeds
from registrations.models.particulars import DelegateLink, Particulars
from registrations.models.payment import Payment
from registrations.models.place import Line, Place
from registrations.models.sale import Extra, PassType, PriceBand
from registrations.models.service_mail import ServiceMail
from registrations.models.support import CodeUse, ReductionCode, SupportFund, SupportRequest
from registrations.models.terms import RefundPeriod, SaleTerms

__all__ = [
    "COUNTED",
    "AccessCode",
    "AccessKey",
    "Allocation",
    "Booking",
    "CardAttempt",
    "CardEvent",
    "CodeUse",
    "Credential",
    "CreditMove",
    "DoorRules",
    "DelegateLink",
    "Delegation",
    "DelegationRules",
    "Extra",
    "Interest",
    "Invoice",
    "InvoiceLine",
    "InvoiceSeries",
    "PlaceKind",
    "JoiningInstructions",
    "Line",
    "Particulars",
    "PassType",
    "Payment",
    "Place",
    "PlaceNeeds",
    "PlaceRequest",
    "PriceBand",
    "ReductionCode",
    "Refund",
    "RefundPeriod",
    "SaleTerms",
    "Scan",
    "ServiceMail",
    "SupportFund",
    "SupportRequest",
    "WriteOff",
    "Waiver",
]
