"""What consultations keep about people: who sent what, who read, coded and answered it."""

from __future__ import annotations

from django.db.models import Case, Q, Value, When

from members.periods import after, after_the_day
from members.personal_data import (
    Blank,
    Delete,
    FileOf,
    Keep,
    Period,
    Person,
    declare,
    declare_impersonal,
    erased_address,
)
from motions.keeping import RECORD, SENT, acted
from motions.models import (
    Coding,
    Consultation,
    ConsultationAnswer,
    Discussion,
    LateNotice,
    Paper,
    PolicySubmission,
    Question,
    ReadBy,
    ResponseReport,
    Stage,
    SubmissionLink,
    Theme,
)

COLUMNS = ("created_by", "submitted_by", "withdrawn_by")
OWN = "the words stay among those of everybody who answered, without the person"


def _senders(person: Person) -> Q | None:
    """What a person sent for themself or for a body, by sign-in or by address."""
    found = Q(email__in=person.addresses)
    return found | acted(*COLUMNS)(person) if person.user else found


def _answers(person: Person) -> Q | None:
    """Answers a person gave for themself; a body's are the body's."""
    found = Q(submission__email__in=person.addresses)
    if person.user:
        found |= Q(submission__created_by=person.user, submission__channel="web")
    return found & ~Q(submission__kind="body")


def _address_of(model: type) -> object:
    """An address that can receive nothing, where there was one; a body has none."""
    return Case(When(email="", then=Value("")), default=erased_address(model))


declare(
    PolicySubmission,
    personal=("name", "email", "region", "title", "text", *COLUMNS),
    why="to know who sent what to a consultation, and to tell them what became of it",
    kept=RECORD,
    found_by=_senders,
    erasure=Blank(
        {"name": "", "email": _address_of, "names_consent": False},
        reason=OWN,
        stays={
            "title": OWN,
            "text": OWN,
            "document_name": OWN,
            "late_reason": SENT,
            "reply": "the committee's words",
        },
    ),
    ends=(
        Period(
            after_the_day("consultation__deadline__conference__ends_on", years=10),
            Blank(
                {"name": "", "email": _address_of, "names_consent": False},
                reason=OWN,
                stays={
                    "title": OWN,
                    "text": OWN,
                    "document_name": OWN,
                    "late_reason": SENT,
                    "reply": "the committee's words",
                },
            ),
        ),
    ),
    files=(
        FileOf(
            "scan",
            _senders,
            ends=after_the_day("consultation__deadline__conference__ends_on", years=1),
        ),
        FileOf("document", lambda person: None, stays="it is the submission itself"),
    ),
    addresses=("email",),
    secret=("idempotency_key",),
    is_special=True,
)
declare(
    ConsultationAnswer,
    personal=("text", "choice", "number"),
    why="to know what was answered to a question",
    kept=RECORD,
    found_by=_answers,
    erasure=Keep(OWN),
    stays=OWN,
    is_special=True,
)
declare(
    SubmissionLink,
    personal=("submission",),
    why="so that somebody without a sign-in comes back to what they wrote",
    kept="until the link runs out",
    found_by=lambda person: Q(submission__email__in=person.addresses),
    erasure=Delete(),
    ends=(Period(after("expires_at"), Delete()),),
    secret=("token_hash",),
    order=40,
)
declare(
    LateNotice,
    personal=("announced_by", "reason"),
    why="to know which body will be late, and who said so for it",
    kept=RECORD,
    found_by=acted("announced_by"),
    erasure=Keep(SENT),
    stays="it explains a late submission; the name goes with the sign-in",
)
declare(
    ReadBy,
    personal=("reader",),
    why="so that a member of the committee finds what they have not read",
    kept="a year after the conference",
    found_by=acted("reader"),
    erasure=Delete(),
    ends=(
        Period(
            after_the_day("submission__consultation__deadline__conference__ends_on", years=1),
            Delete(),
        ),
    ),
)
declare(
    Theme,
    personal=("responded_by",),
    why="to know who of the committee wrote a response",
    kept=RECORD,
    found_by=acted("responded_by"),
    erasure=Keep("a response stays with whoever gave it"),
    stays="a response stays in the record; the name goes with the sign-in",
)
declare(
    Coding,
    personal=("coded_by",),
    why="to know who of the committee coded a submission",
    kept=RECORD,
    found_by=acted("coded_by"),
    erasure=Keep("what was made of a submission stays with whoever did it"),
    stays="it says what became of a submission; the name goes with the sign-in",
)
declare(
    ResponseReport,
    personal=("published_by",),
    why="to know who published a response",
    kept=RECORD,
    found_by=acted("published_by"),
    erasure=Keep("a response stays in the record"),
    stays="a response stays in the record; the name goes with the sign-in",
)
declare(
    Paper,
    personal=("file",),
    why="what a consultation is about",
    kept="with the record of the consultation",
    found_by=lambda person: None,  # nobody has a paper of their own
    erasure=Keep("what was put to everybody stays"),
    stays="what was put to everybody stays",
    files=(FileOf("file", lambda person: None, stays="it is what was put to everybody"),),
)
declare_impersonal(*(Consultation, Question, Stage, Discussion), because="what a consultation asks")
