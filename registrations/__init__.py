"""Who comes and who pays: pass types, price bands, bookings, places, payments."""
