"""Personal links to a submission: 192 random bits, stored as a hash, and they run out."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from motions.consultations.models import PolicySubmission, SubmissionLink

LASTS = dt.timedelta(days=400)


def hashed(token: str) -> str:
    """What is stored of a link's token: so many random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue(*, submission: PolicySubmission, at: dt.datetime) -> str:
    """A new link's token; links mailed before stay good."""
    token = secrets.token_urlsafe(24)
    SubmissionLink.objects.create(
        submission=submission, token_hash=hashed(token), made_at=at, expires_at=at + LASTS
    )
    return token


def submission_of(token: str, *, at: dt.datetime) -> PolicySubmission | None:
    """The submission a link leads to; None for a wrong one or one that has run out."""
    return (
        PolicySubmission.objects.with_their_door()
        .filter(links__token_hash=hashed(token), links__expires_at__gt=at)
        .first()
    )
