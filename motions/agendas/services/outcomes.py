"""The chair's desk enters what became of motions, amendments and parts; corrections leave a trail."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from events.services.public_pages import mark_changed
from members import audit
from members.models import User
from motions import thresholds
from motions.agendas.order import is_accepted, named
from motions.agendas.services import substantive
from motions.models import Amendment, FallsIf, Motion, Outcome, VotePart
from motions.services.sending import locked

Result = Outcome.Result
VOTED = (Result.CARRIED, Result.LOST)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What the chair says of one vote. No result: as the count decides it.

    `votes_for` and `votes_against` are exact whole numbers or both None; abstentions and spoilt
    papers are kept apart and decide nothing.
    """

    result: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    spoilt: int | None = None
    words: str = ""

    def decided(self, threshold: str) -> str:
        """The result. Raises ValidationError where there is none, or the count says another."""
        if (self.votes_for is None) != (self.votes_against is None):
            raise ValidationError(
                {"votes_for": "Enter the votes for and the votes against, or neither."}
            )
        if self.votes_for is None:
            return self._uncounted()
        if self.result and self.result not in VOTED:
            raise ValidationError({"result": "Where votes were counted it was carried or lost."})
        is_carried = thresholds.is_carried(
            threshold, votes_for=self.votes_for, votes_against=self.votes_against
        )
        counted = Result.CARRIED if is_carried else Result.LOST
        if self.result and self.result != counted:
            raise ValidationError(
                {
                    "result": f"{self.votes_for} for and {self.votes_against} against: by the "
                    f"count it is {counted.label}. It needs {thresholds.in_words(threshold)}."
                }
            )
        return counted

    def _uncounted(self) -> str:
        if self.abstentions is not None or self.spoilt is not None:
            raise ValidationError(
                {"votes_for": "Abstentions and spoilt papers go with votes for and against."}
            )
        if not self.result:
            raise ValidationError({"result": "Choose what became of it, or enter the votes."})
        return self.result

    @property
    def columns(self) -> dict[str, object]:
        """The counts and the note, as an outcome keeps them."""
        names = ("votes_for", "votes_against", "abstentions", "spoilt")
        return {name: getattr(self, name) for name in names} | {"words": self.words.strip()}


@transaction.atomic
def enter(
    *,
    by: User,
    about: Motion,
    entry: Entry,
    at: dt.datetime,
    part: VotePart | None = None,
    correction: str = "",
) -> Outcome:
    """Enter the outcome of a motion, an amendment or a part, or correct it with a reason.

    Carried amendments make the substantive text as soon as all are decided; what falls if this is
    carried, falls. The same again changes nothing. Raises ValidationError: code `state` (not before
    conference), `order` (amendments first, then parts), `accepted` (no vote is taken on it alone),
    `entered` (there is an outcome: correct it with a reason), `decided` (the motion has its outcome:
    take that back first), `wording` (carried amendments collide), or fields.
    """
    about, motion = _locked(about)
    threshold = about.call.threshold
    result = entry.decided(threshold)
    before = standing(about, part)
    if before is not None and _says(before, result, entry) and not correction.strip():
        return before
    if before is not None and not correction.strip():
        raise ValidationError(
            f"It is entered already: {before.get_result_display()}. Correct it with a reason.",
            code="entered",
        )
    _require_turn(about, motion, part, result, is_correction=before is not None)
    if before is not None:
        _end(before, by, at)
    is_whole = about.pk == motion.pk and part is None
    fallen = _made_ready(by, motion, result, at) if is_whole else []
    made = Outcome.objects.create(
        motion_id=about.pk,
        part=part,
        version=(motion if is_whole else about).current_version,
        result=result,
        threshold=threshold,
        corrects=before,
        correction=correction.strip() if before is not None else "",
        entered_by=by,
        entered_at=at,
        **entry.columns,
    )
    _audited(by, made, before, at)
    Outcome.objects.filter(pk__in=[one.pk for one in fallen]).update(because=made)
    if result == Result.CARRIED and part is None:
        _execute_falls(by, about, made, at)
    if not is_whole:
        is_first = part is not None and before is None
        substantive.settle(by=by, motion=motion, at=at, is_first=is_first)
    mark_changed()
    return made


def _made_ready(by: User, motion: Motion, result: str, at: dt.datetime) -> list[Outcome]:
    """Before the motion's own outcome: its text is the substantive one, and what goes with it fell."""
    fallen = _others_fall(by, motion, result, at)
    substantive.settle(by=by, motion=motion, at=at, is_first=True)
    if result in VOTED:
        substantive.require_wording(motion)
    return fallen


@transaction.atomic
def take_back(*, by: User, outcome: Outcome, reason: str, at: dt.datetime) -> None:
    """An outcome that should not have been entered stands no longer; nor does what fell by it.

    Raises ValidationError: code `gone` when it stands no longer, `decided` when the motion it
    belongs to has its outcome, or a dict of fields without a reason.
    """
    about, motion = _locked(outcome.motion)
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is taken back."})
    row = Outcome.objects.in_force().filter(pk=outcome.pk).first()
    if row is None:
        raise ValidationError("This outcome stands no longer: look at the page again.", code="gone")
    if about.pk != motion.pk or row.part_id:
        _require_undecided(motion)
    _end(row, by, at)
    row.taken_back = reason.strip()
    row.save(update_fields=["taken_back"])
    audit.record(
        by=by,
        action="outcome.taken_back",
        on=row,
        at=at,
        organisation=about.organisation,
        before={"result": row.result},
        reason=reason.strip(),
    )
    substantive.settle(by=by, motion=motion, at=at)
    mark_changed()


def standing(about: Motion, part: VotePart | None = None) -> Outcome | None:
    """The outcome that stands of a motion, an amendment or a part."""
    return Outcome.objects.in_force().filter(motion_id=about.pk, part=part).first()


def _locked(about: Motion) -> tuple[Motion, Motion]:
    """What it is about and the motion it belongs to, that motion's row locked first."""
    if about.amends_id is None:
        motion = locked(about)
        return motion, motion
    motion = locked(Motion.objects.get(pk=about.amends_id))
    return locked(about), motion


def _require_turn(
    about: Motion, motion: Motion, part: VotePart | None, result: str, *, is_correction: bool
) -> None:
    """Amendments first, then the parts, then the motion; nothing after the motion's own outcome."""
    states = Motion.State
    if about.state != states.PUBLISHED or motion.state != states.PUBLISHED:
        raise ValidationError(
            f"This {about.noun} is not before conference: it is “{about.get_state_display()}”.",
            code="state",
        )
    is_whole = about.pk == motion.pk and part is None
    if not is_whole:
        _require_undecided(motion)
    if about.pk != motion.pk:
        amendment = Amendment.objects.prefetch_related("movers_answers").get(pk=about.pk)
        if is_accepted(amendment):
            raise ValidationError(
                "The mover has accepted this amendment: no vote is taken on it alone.",
                code="accepted",
            )
        return
    if part is not None and part.motion_id != motion.pk:
        raise ValidationError("This part is of another motion.", code="state")
    if is_whole and result not in VOTED:
        return
    if waiting := substantive.undecided(motion):
        names = ", ".join(one.number for one in waiting)
        raise ValidationError(f"Amendments first: {names}.", code="order")
    if is_whole and substantive.parts_undecided(motion):
        raise ValidationError("The parts that are voted separately come first.", code="order")


def _require_undecided(motion: Motion) -> None:
    if standing(motion) is not None:
        raise ValidationError(
            f"Motion {motion.number} has its outcome. Take that back first, with a reason.",
            code="decided",
        )


def _others_fall(by: User, motion: Motion, result: str, at: dt.datetime) -> list[Outcome]:
    """A motion that is not voted on takes along its amendments that are still undecided."""
    if result in VOTED:
        return []
    words = f"Motion {motion.number}: {Result(result).label}"
    return [_fall(by, one, at, words=words) for one in substantive.undecided(motion)]


def _execute_falls(by: User, carried: Motion, made: Outcome, at: dt.datetime) -> None:
    """What falls if this is carried, and has no outcome yet, falls; so do its amendments."""
    rows = FallsIf.objects.standing().filter(carried_id=carried.pk)
    words = f"{named(carried).capitalize()} was carried"
    for row in rows.select_related("item__amends").order_by("pk"):
        if row.item.state != Motion.State.PUBLISHED or standing(row.item) is not None:
            continue
        _fall(by, row.item, at, words=words, because=made)
        if not row.item.is_amendment:
            for one in substantive.undecided(row.item):
                _fall(by, one, at, words=words, because=made)


def _fall(
    by: User, one: Motion, at: dt.datetime, *, words: str, because: Outcome | None = None
) -> Outcome:
    made = Outcome.objects.create(
        motion_id=one.pk,
        version=one.current_version,
        result=Result.FELL,
        threshold=one.call.threshold,
        words=words,
        because=because,
        entered_by=by,
        entered_at=at,
    )
    _audited(by, made, None, at)
    return made


def _end(row: Outcome, by: User, at: dt.datetime) -> None:
    """It stands no longer, and neither does what fell because of it."""
    row.superseded_at = at
    row.save(update_fields=["superseded_at"])
    for fallen in row.made_fall.in_force():
        fallen.superseded_at = at
        fallen.save(update_fields=["superseded_at"])
        audit.record(
            by=by,
            action="outcome.undone",
            on=fallen,
            at=at,
            before={"result": fallen.result},
            reason=fallen.words,
        )


def _says(row: Outcome, result: str, entry: Entry) -> bool:
    given = entry.columns
    return row.result == result and all(getattr(row, name) == given[name] for name in given)


def _audited(by: User, made: Outcome, before: Outcome | None, at: dt.datetime) -> None:
    audit.record(
        by=by,
        action="outcome.corrected" if before else "outcome.entered",
        on=made,
        at=at,
        organisation=made.motion.organisation,
        before={"result": before.result, "votes": before.count_in_words} if before else {},
        after={"result": made.result, "votes": made.count_in_words},
        reason=made.correction,
    )
