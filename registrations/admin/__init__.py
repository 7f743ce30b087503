"""Registrations in the admin: lists that answer questions, actions that call the services."""

from registrations.admin import bookings, doors, interest, needs, payments, sales, terms

__all__ = ["bookings", "doors", "interest", "needs", "payments", "sales", "terms"]
