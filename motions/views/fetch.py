"""Loading and authorising in one step: whoever may not see a thing is told it does not exist."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from events.fetch import named_conference
from events.models import Conference, LayAppointment
from events.rules import appointments, may_draft_for
from events.services.public_pages import kept
from motions import rules
from motions.models import Amendment, Call, Motion, Receipt
from motions.reading.wording import last_read


def conference_for(request: HttpRequest, slug: str) -> Conference:
    """A conference that is not a draft, put on the request so that the page bears its imprint."""
    return named_conference(request, slug)


def motion_to_work_on(request: HttpRequest, slug: str, pk: int) -> Motion:
    """A motion this person may draft and send for its body."""
    motion = _motion(request, slug, pk)
    if not rules.may_work_on(request.user, motion, request.at):
        raise Http404
    return motion


def motion_to_confirm(request: HttpRequest, slug: str, pk: int) -> Motion:
    """A motion of a body for which this person is a submitting officer."""
    motion = motion_to_work_on(request, slug, pk)
    if not rules.is_submitting_officer(request.user, motion.organisation, request.at):
        raise Http404
    return motion


def motion_to_read(request: HttpRequest, slug: str, pk: int) -> tuple[Motion, bool]:
    """A published motion, or one of a body this person works for; whether it is that body's."""
    motion = _motion(request, slug, pk)
    if motion.is_amendment:
        raise Http404
    is_own = rules.may_work_on(request.user, motion, request.at)
    if not is_own and not motion.is_public:
        raise Http404
    return motion, is_own


def motion_for_everybody(request: HttpRequest, slug: str, pk: int) -> Motion:
    """A motion that everybody may read, with its wording; one that was withdrawn since as well."""
    conference = named_conference(request, slug)
    rows = conference.motions.public().with_titles().select_related("conference", "call")
    return get_object_or_404(rows, pk=pk)


def conference_for_cac(request: HttpRequest, slug: str) -> Conference:
    """A conference on whose arrangements committee this person sits."""
    seats = appointments(request.user, request.at).filter(
        task=LayAppointment.Task.CAC_MEMBER, conference__slug=slug
    )
    seat = seats.select_related("conference").first()
    if seat is None:
        raise Http404
    return seat.conference


def motion_for_cac(request: HttpRequest, slug: str, pk: int) -> Motion:
    """A motion that was sent in, for a committee member to read. Who is kept from it acts nowhere:
    the services refuse.
    """
    return get_object_or_404(
        Motion.and_amendments.with_the_cac().with_words(),
        pk=pk,
        conference=conference_for_cac(request, slug),
    )


def amendment_to_read(request: HttpRequest, slug: str, pk: int) -> tuple[Amendment, bool]:
    """An amendment that was published once, or one of a body this person works for; whether it is
    that body's. What is no longer before conference comes with the wording everybody could read.
    """
    rows = Amendment.objects.with_its_door().with_wording()
    rows = rows.select_related("amends__current_version", "amends__organisation", "base")
    amendment = get_object_or_404(
        rows.exclude(conference__status=Conference.Status.DRAFT), pk=pk, conference__slug=slug
    )
    is_own = rules.may_work_on(request.user, amendment, request.at)
    if is_own:
        return amendment, True
    read = last_read(amendment) if amendment.amends.is_public else None
    if read is None:
        raise Http404
    amendment.current_version = read
    return amendment, False


def motion_to_amend(request: HttpRequest, slug: str, pk: int) -> Motion:
    """A motion that is or once was before everybody: whoever asks is told if it cannot be amended."""
    motion = _motion(request, slug, pk)
    was_published = motion.published_at is not None and not motion.is_amendment
    if not was_published and not rules.may_work_on(request.user, motion, request.at):
        raise Http404
    return motion


def amendment_to_answer(request: HttpRequest, slug: str, pk: int) -> Amendment:
    """A published amendment to a motion of a body for which this person is a submitting officer."""
    amendment, _ = amendment_to_read(request, slug, pk)
    mover = amendment.amends.organisation
    is_before = amendment.is_shown and amendment.amends.state in Motion.PUBLIC
    if not is_before or not rules.is_submitting_officer(request.user, mover, request.at):
        raise Http404
    return amendment


def _motion(request: HttpRequest, slug: str, pk: int) -> Motion:
    """With its call as it stands under the page version: to show; services read it again."""
    rows = Motion.and_amendments.select_related("organisation")
    rows = rows.exclude(conference__status=Conference.Status.DRAFT)
    motion = get_object_or_404(rows, pk=pk, conference__slug=slug)

    def read() -> Call:
        return Call.objects.select_related("deadline__conference").get(pk=motion.call_id)

    motion.call = kept(f"call {motion.call_id}", request.at, read)
    motion.conference = motion.call.conference
    return motion


def may_see_receipt(request: HttpRequest, receipt: Receipt) -> bool:
    """Whoever acts for the body now; a receipt without a body is its sender's."""
    if receipt.organisation is None:
        return receipt.given_to_id is not None and receipt.given_to_id == request.user.pk
    return may_draft_for(request.user, receipt.organisation, receipt.conference, request.at)
