"""Public pages of conferences and their calendars."""
