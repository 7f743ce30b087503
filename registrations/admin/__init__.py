"""Registrations in the admin: lists that answer questions, actions that call the services."""

from registrations.admin import (
    bookings,
    delegations,
    doors,
    interest,
    needs,
    payments,
    sales,
    terms,
)

__all__ = [
    "bookings",
    "delegations",
    "doors",
    "interest",
    "needs",
    "payments",
    "sales",
    "terms",
]
