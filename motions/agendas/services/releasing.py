"""Printing an agenda: a frozen release, its papers, and slips for what changes afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from events.models import Conference
from events.services.public_pages import mark_changed
from members import audit
from members.models import User
from motions.agendas import changes, content
from motions.models import (
    Amendment,
    Motion,
    MotionVersion,
    Print,
    Release,
    ReleaseEntry,
    Slip,
)


def now_on_it(conference: Conference, kind: str) -> tuple[list[Motion], list[Amendment]]:
    """The published motions, and for a final agenda the amendments to them, with their wordings."""
    rows = Motion.objects.for_conference(conference).published()
    rows = rows.select_related("current_version", "organisation", "call", "category")
    rows = rows.prefetch_related("composited_from")
    motions = _as_before_conference(list(rows.prefetch_related("current_version__blocks")))
    if kind != Release.Kind.FINAL:
        return motions, []
    known = {motion.pk: motion for motion in motions}
    amending = Amendment.objects.filter(amends__in=known).published().with_wording()
    return motions, list(amending.prefetch_related("movers_answers"))


def _as_before_conference(motions: list[Motion]) -> list[Motion]:
    """What conference amended is no misprint: an agenda has the wording that was put to it."""
    amended = {
        motion.pk: motion
        for motion in motions
        if motion.current_version.origin == MotionVersion.Origin.AMENDED
    }
    rows = MotionVersion.objects.filter(motion__in=amended)
    rows = rows.exclude(origin=MotionVersion.Origin.AMENDED).order_by("motion", "number")
    for version in rows.prefetch_related("blocks"):
        amended[version.motion_id].current_version = version
    return motions


@transaction.atomic
def release(*, by: User, conference: Conference, kind: str, at: dt.datetime) -> Release:
    """Freeze the agenda as it stands; from now on its numbers never move.

    Raises ValidationError: code `empty` when nothing is published, `unnumbered` when a motion has
    no number yet, `unchanged` when the last release of this kind says the same.
    """
    conference = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    motions, amendments = now_on_it(conference, kind)
    everything = [*motions, *amendments]
    if not motions:
        raise ValidationError(
            "No motion is published yet: there is nothing to print.", code="empty"
        )
    _require_numbers(everything)
    before = Release.objects.filter(conference=conference, kind=kind).order_by("edition").last()
    made = Release(
        conference=conference,
        kind=kind,
        edition=before.edition + 1 if before else 1,
        released_by=by,
        released_at=at,
    )
    made.content = content.agenda(conference, made.name, motions, amendments, at)
    if before and before.content["groups"] == made.content["groups"]:
        raise ValidationError(
            f"The {before.name.lower()} says the same: nothing has changed since.", code="unchanged"
        )
    made.sha256 = content.seal(made.content)
    made.save()
    ReleaseEntry.objects.bulk_create(
        ReleaseEntry(release=made, motion_id=one.pk, version=one.current_version, number=one.number)
        for one in everything
    )
    audit.record(
        by=by,
        action="agenda.released",
        on=made,
        at=at,
        after={
            "motions": len(motions),
            "amendments": len(amendments),
            "sha256": made.sha256,
        },
    )
    mark_changed()
    return made


def keep_prints(release: Release, made: Mapping[str, bytes], at: dt.datetime) -> None:
    """Keep its papers as they came from the typesetter; one that is kept already stays."""
    Print.objects.bulk_create(
        [
            Print(release=release, form=form, made=content, made_at=at)
            for form, content in made.items()
        ],
        ignore_conflicts=True,
    )


def pending(release: Release) -> list[changes.Change]:
    """What has changed since the release and its slips, and no slip says yet."""
    in_hand = content.as_corrected(release.content, release.slips.order_by("number"))
    motions, amendments = now_on_it(release.conference, release.kind)
    amendments = [one for one in amendments if one.number]
    items = [content.item(motion, amendments) for motion in motions if motion.number]
    here = {one.pk for one in [*motions, *amendments]}
    gone = Motion.and_amendments.filter(pk__in=[key for key in in_hand if key not in here])
    states = {one.pk: one.state_in_words for one in gone.select_related("composited_into")}
    return changes.since(in_hand, content.with_amendments(items), states)


@transaction.atomic
def issue_slips(*, by: User, release: Release, at: dt.datetime) -> list[Slip]:
    """One slip for each change since; none when nothing has changed. Their numbers are now printed.

    Raises ValidationError (code `unnumbered`) while a motion that came in addition has no number.
    """
    release = _locked(release)
    motions, amendments = now_on_it(release.conference, release.kind)
    _require_numbers([*motions, *amendments])
    found = pending(release)
    last = _last(release)
    made = [
        Slip.objects.create(
            release=release,
            number=n,
            kind=one.kind,
            motion_id=one.key,
            text=one.text,
            item=one.item,
            issued_by=by,
            issued_at=at,
        )
        for n, one in enumerate(found, start=last + 1)
    ]
    _freeze(release, found)
    for slip in made:
        _audited(by, slip, at)
    if made:
        mark_changed()
    return made


@transaction.atomic
def correct(*, by: User, release: Release, text: str, at: dt.datetime) -> Slip:
    """A slip in one's own words, for what went wrong in print.

    Raises ValidationError for no text, and (code `twice`) for the same words again.
    """
    release, text = _locked(release), text.strip()
    if not text:
        raise ValidationError({"text": "Say what is to be read instead."})
    if release.slips.filter(kind=Slip.Kind.CORRECTION, text=text).exists():
        raise ValidationError("There is a slip with these words already.", code="twice")
    slip = Slip.objects.create(
        release=release,
        number=_last(release) + 1,
        kind=Slip.Kind.CORRECTION,
        text=text,
        issued_by=by,
        issued_at=at,
    )
    _audited(by, slip, at)
    mark_changed()
    return slip


def _require_numbers(everything: list[Motion]) -> None:
    if any(not one.number for one in everything):
        raise ValidationError("Number the motions first.", code="unnumbered")


def _locked(release: Release) -> Release:
    rows = Release.objects.select_for_update(of=("self",)).select_related("conference")
    return rows.get(pk=release.pk)


def _last(release: Release) -> int:
    return release.slips.aggregate(last=Max("number"))["last"] or 0


def _freeze(release: Release, found: list[changes.Change]) -> None:
    """What came in addition is printed by its slip: its number stands from now on."""
    ReleaseEntry.objects.bulk_create(
        ReleaseEntry(
            release=release,
            motion_id=one.key,
            version_id=one.item["version"],
            number=one.number,
        )
        for one in found
        if one.kind == Slip.Kind.ADDED
        and not ReleaseEntry.objects.filter(release=release, motion_id=one.key).exists()
    )


def _audited(by: User, slip: Slip, at: dt.datetime) -> None:
    audit.record(
        by=by, action="slip.issued", on=slip, at=at, after={"kind": slip.kind, "text": slip.text}
    )
