"""Making the database equal to a conference file: all or nothing, and twice is once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from events.files.deadline_loading import load_deadlines
from events.files.describing import describe
from events.files.node import Node, Problem, parse
from events.files.programme_loading import load_programme
from events.files.reading import read_conference
from events.files.sections import sections
from events.files.specs import ConferenceSpec, SeriesSpec, VenueSpec
from events.models import Conference, ConferenceSeries, Imprint, Venue
from events.services.public_pages import mark_changed
from members import audit
from members.models import Region, User

PLAIN = (
    "title",
    "kind",
    "status",
    "theme",
    "summary",
    "mode",
    "status_note",
    "attendance",
    "starts_on",
    "ends_on",
    "starts_at",
    "ends_at",
    "venue_public_from",
    "platform",
    "join_url",
    "join_from",
    "audience",
    "contact_name",
    "contact_email",
    "contact_phone",
    "officer_confirms",
    "record",
    "basis",
)


class FileRefused(Exception):  # noqa: N818 (it reads as a sentence at the place where it is raised)
    """A file was not loaded; `problems` says why, at which lines."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = sorted(problems, key=lambda problem: problem.line)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did."""

    conference: Conference
    is_new: bool
    has_changed: bool


@transaction.atomic
def load(*, by: User | None, text: str, at: dt.datetime, digest: str = "") -> Loaded:
    """Make the conference of this file exist and say what the file says.

    Raises FileRefused with every problem; then nothing is kept. Loading the same again changes
    nothing. What people were told of is not changed behind their backs: see `_refuse_surprises`.
    """
    root = parse(text)
    if isinstance(root, Problem):
        raise FileRefused([root])
    spec = read_conference(root)
    if root.problems:
        raise FileRefused(root.problems)
    found = Conference.objects.select_for_update(of=("self",)).filter(slug=spec.slug).first()
    _refuse_surprises(found, spec, root)
    changed = found is None or describe(found) != spec
    conference = found
    if changed:
        conference = _save(found, spec, root)
    for section in sections():
        node = root.child(section.name)
        if node is not None:
            changed = section.load(conference, node) or changed
    if root.problems:
        raise FileRefused(root.problems)
    if digest and conference.file_digest != digest:
        Conference.objects.filter(pk=conference.pk).update(file_digest=digest)
    if changed:
        audit.record(
            by=by,
            action="conference.loaded",
            on=conference,
            at=at,
            after={"slug": spec.slug, "is_new": found is None},
        )
        mark_changed()
    return Loaded(conference, found is None, changed)


def _refuse_surprises(found: Conference | None, spec: ConferenceSpec, root: Node) -> None:
    """A status people were told of changes only in the admin, where they are told again."""
    if found is None or found.status in {Conference.Status.DRAFT, spec.status}:
        return
    root.problem(
        f"The conference is {found.get_status_display()} by now. Change its status in the admin, "
        "where everybody concerned is told.",
        "status",
    )


def _save(found: Conference | None, spec: ConferenceSpec, root: Node) -> Conference:
    conference = found or Conference(slug=spec.slug)
    for name in PLAIN:
        setattr(conference, name, getattr(spec, name))
    conference.other_names = list(spec.other_names)
    conference.strands = list(spec.strands)
    conference.series = _series(spec.series)
    conference.venue = _venue(spec.venue)
    conference.imprint = _imprint(spec.imprint)
    try:
        conference.full_clean()
    except ValidationError as error:
        for sentence in error.messages:
            root.problem(sentence)
        raise FileRefused(root.problems) from error
    conference.save()
    _set_regions(conference, spec, root)
    load_programme(conference, spec, root)
    load_deadlines(conference, spec, root)
    return conference


def _series(spec: SeriesSpec | None) -> ConferenceSeries | None:
    if spec is None:
        return None
    series, _ = ConferenceSeries.objects.update_or_create(
        slug=spec.slug, defaults={"name": spec.name, "theme": spec.theme}
    )
    return series


def _venue(spec: VenueSpec | None) -> Venue | None:
    """The venue of this name and town; what the file does not say of it is left alone."""
    if spec is None:
        return None
    said = {"address": spec.address, "access_notes": spec.access_notes}
    venue, _ = Venue.objects.update_or_create(
        name=spec.name,
        town=spec.town,
        defaults={name: value for name, value in said.items() if value},
    )
    return venue


def _imprint(text: str) -> Imprint | None:
    """The version of these words; made for this conference alone when there is none."""
    if not text:
        return None
    return Imprint.objects.filter(text=text).first() or Imprint.objects.create(text=text)


def _set_regions(conference: Conference, spec: ConferenceSpec, root: Node) -> None:
    by_name = {region.name: region for region in Region.objects.all()}
    for name in spec.regions:
        if name not in by_name:
            known = ", ".join(by_name)
            root.problem(f"There is no region called ‘{name}’. Known are: {known}.", "regions")
    conference.regions.set(by_name[name] for name in spec.regions if name in by_name)
