"""The admin of conferences, a file a noun."""

from events.admin import conferences, deadlines, people, programme, publications, reminders

__all__ = ["conferences", "deadlines", "people", "programme", "publications", "reminders"]
