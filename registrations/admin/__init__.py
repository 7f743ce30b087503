"""Registrations in the admin: lists that answer questions, actions that call the services."""

from registrations.admin import (
    bookings,
    cards,
    delegations,
    doors,
    interest,
    joining,
    needs,
    payments,
    sales,
    service_mail,
    support,
    terms,
)

__all__ = [
    "bookings",
    "cards",
    "delegations",
    "doors",
    "interest",
    "joining",
    "needs",
    "payments",
    "sales",
    "service_mail",
    "support",
    "terms",
]
