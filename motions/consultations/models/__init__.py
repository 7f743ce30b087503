from motions.consultations.models.consultation import Consultation, Discussion, Paper, Stage
from motions.consultations.models.question import ConsultationAnswer, Question
from motions.consultations.models.submission import (
    LateNotice,
    PolicySubmission,
    ReadBy,
    SubmissionLink,
)
from motions.consultations.models.theme import Coding, ResponseReport, Theme

__all__ = [
    "Coding",
    "Consultation",
    "ConsultationAnswer",
    "Discussion",
    "LateNotice",
    "Paper",
    "PolicySubmission",
    "Question",
    "ReadBy",
    "ResponseReport",
    "Stage",
    "SubmissionLink",
    "Theme",
]
