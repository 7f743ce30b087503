"""Reminders that cannot be lost: what is due and not yet told, to whom, in one mail each."""
