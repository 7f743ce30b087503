"""Registrations' pages."""
