"""The conference and its calendar: programme, deadlines (judges of open and closed), reminders."""
