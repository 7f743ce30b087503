from events.campaigns.models import Campaign
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
from events.publications.models import (
    DownloadTally,
    Publication,
    PublicationRequest,
    PublicationVersion,
)
from events.reports.models import ConferenceReport, Notes, NotesSave, Rapporteur

__all__ = [
    "AudienceFailure",
    "Authorisation",
    "Campaign",
    "Conference",
    "ConferenceReport",
    "ConferenceSeries",
    "Day",
    "Deadline",
    "DeadlineChange",
    "DownloadTally",
    "Imprint",
    "LayAppointment",
    "Notes",
    "NotesSave",
    "PageVersion",
    "Publication",
    "PublicationRequest",
    "PublicationVersion",
    "Rapporteur",
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
