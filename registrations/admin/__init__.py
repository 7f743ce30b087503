"""Registrations in the admin: lists that answer questions, actions that call the services."""

from registrations.admin import bookings, interest, needs, payments, sales

__all__ = ["bookings", "interest", "needs", "payments", "sales"]
