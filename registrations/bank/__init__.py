"""A bank's statement: its lines, which bookings they name, and what they would pay."""
