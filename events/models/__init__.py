from events.models.conference import (
    Authorisation,
    Conference,
    ConferenceSeries,
    LayAppointment,
)
from events.models.contact import SiteContact
from events.models.deadline import Deadline, DeadlineChange, ReminderStep
from events.models.imprint import Imprint
from events.models.page_version import PageVersion
from events.models.programme import Day, Session, SessionSpeaker, Speaker, Track
from events.models.reminder import AudienceFailure, Reminder, StepRun
from events.models.venue import Room, Venue

__all__ = [
    "AudienceFailure",
    "Authorisation",
    "Conference",
    "ConferenceSeries",
    "Day",
    "Deadline",
    "DeadlineChange",
    "Imprint",
    "LayAppointment",
    "PageVersion",
    "Reminder",
    "ReminderStep",
    "Room",
    "Session",
    "SessionSpeaker",
    "SiteContact",
    "Speaker",
    "StepRun",
    "Track",
    "Venue",
]
