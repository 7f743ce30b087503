"""Registrations: prices, bookings, places, payments."""
