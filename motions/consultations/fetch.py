"""Loading and authorising in one step: whoever may not see a thing is told it does not exist."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from motions.consultations import rules
from motions.consultations.models import Consultation, PolicySubmission
from motions.consultations.services import links
from motions.views.fetch import conference_for


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody sits who writes a submission: behind a sign-in, or behind a personal link.

    `by` is the person with a sign-in, None behind a link; the pages of both have the same parts.
    """

    submission: PolicySubmission
    by: object | None = None
    token: str = ""

    def url(self, page: str) -> str:
        """The address of one of the pages: submission, send, withdraw, document, preview."""
        if self.token:
            name = "by-link" if page == "submission" else f"by-link-{page}"
            return reverse(f"consultations:{name}", args=[self.token])
        conference = self.submission.consultation.conference
        return reverse(f"consultations:{page}", args=[conference.slug, self.submission.pk])

    @property
    def urls(self) -> dict[str, str]:
        """All of them, for templates."""
        pages = ("submission", "send", "withdraw", "document", "preview")
        return {page: self.url(page) for page in pages}


def consultation_to_read(request: HttpRequest, slug: str, pk: int) -> Consultation:
    """A consultation of a conference that is not a draft."""
    conference = conference_for(request, slug)
    rows = Consultation.objects.with_their_door().select_related("report")
    return get_object_or_404(rows, pk=pk, deadline__conference=conference)


def own_seat(request: HttpRequest, slug: str, pk: int) -> Seat:
    """A submission of a body this person works for, or their own."""
    conference = conference_for(request, slug)
    rows = PolicySubmission.objects.with_their_door()
    submission = get_object_or_404(rows, pk=pk, consultation__deadline__conference=conference)
    if not rules.may_work_on(request.user, submission, request.at):
        raise Http404
    return Seat(submission, by=request.user)


def seat_by_link(request: HttpRequest, token: str) -> Seat | None:
    """The submission behind a personal link; None where the link is wrong or has run out."""
    submission = links.submission_of(token, at=request.at)
    if submission is None or submission.consultation.conference.status == "draft":
        return None
    request.conference = submission.consultation.conference
    return Seat(submission, token=token)


def consultation_for_committee(request: HttpRequest, slug: str, pk: int) -> Consultation:
    """A consultation on whose committee this person sits."""
    rows = Consultation.objects.with_their_door().select_related("report")
    consultation = get_object_or_404(rows, pk=pk, deadline__conference__slug=slug)
    if not rules.is_on_committee(request.user, consultation.conference, request.at):
        raise Http404
    return consultation


def submission_for_committee(
    request: HttpRequest, slug: str, pk: int, submission_pk: int
) -> PolicySubmission:
    """What was sent to it, and was not only a draft."""
    consultation = consultation_for_committee(request, slug, pk)
    rows = PolicySubmission.objects.with_their_door().exclude(submitted_at=None)
    submission = get_object_or_404(rows, pk=submission_pk, consultation=consultation)
    submission.consultation = consultation
    return submission
