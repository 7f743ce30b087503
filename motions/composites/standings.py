"""Where a composite stands: what each body says, and whether they agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Prefetch

from events import doors
from motions.composites.models import Answer, Composite, CompositePart, CompositeVersion
from motions.composites.wordings import Wordings
from motions.models import Motion
from motions.texts import composing

#: A composite is of two bodies at least.
FEWEST = 2
#: A motion stays in its composite while it is in one of these.
IN_QUESTION = (Motion.State.IN_ORDER, Motion.State.PUBLISHED)


class Says(StrEnum):
    """What a body says of the version before it."""

    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    UNCONFIRMED = "unconfirmed"
    SIGNED = "signed"
    SIGNED_EARLIER = "signed_earlier"
    OUT = "out"
    WITHDRAWN = "withdrawn"
    GONE = "gone"


WORDS = {
    Says.NOT_ASKED: "no text is before it yet",
    Says.WAITING: "has not answered",
    Says.UNCONFIRMED: "has answered; an officer still has to confirm",
    Says.SIGNED: "signs",
    Says.SIGNED_EARLIER: "signed an earlier text, not this one",
    Says.OUT: "stays out: its motion stands alone",
    Says.WITHDRAWN: "has withdrawn its motion",
    Says.GONE: "the motion is no longer in order",
}
TONES = {Says.SIGNED: "good", Says.WAITING: "soon", Says.SIGNED_EARLIER: "soon"}
#: These will not change the text that is before the others any more, unless they think again.
LEFT = frozenset({Says.OUT, Says.WITHDRAWN, Says.GONE})


@dataclass(frozen=True, slots=True)
class Place:
    """One motion of a composite, and what its body says."""

    part: CompositePart
    answer: Answer | None
    says: Says

    @property
    def words(self) -> str:
        """'signs'."""
        return WORDS[self.says]

    @property
    def tone(self) -> str:
        """How the words are coloured."""
        return TONES.get(self.says, "quiet")

    @property
    def is_in(self) -> bool:
        """Might it still be part of the composite?"""
        return self.says not in LEFT


@dataclass(frozen=True, slots=True)
class Standing:
    """A composite with what each body says."""

    composite: Composite
    places: list[Place]

    @property
    def inside(self) -> list[Place]:
        """Those that have not left."""
        return [place for place in self.places if place.is_in]

    @property
    def signed(self) -> list[Place]:
        """Those who sign the version before them."""
        return [place for place in self.places if place.says is Says.SIGNED]

    @property
    def waiting(self) -> list[Place]:
        """Those of whom an answer is still asked."""
        return [place for place in self.inside if place.says is not Says.SIGNED]

    def of(self, part_id: int | None) -> Place | None:
        """The place of a part."""
        return next((place for place in self.places if place.part.pk == part_id), None)

    def obstacles(self, wordings: Wordings, at: dt.datetime) -> list[str]:
        """Why it cannot be published now, in sentences; empty when it can.

        Silence is no consent: who has not signed by the date stays out, so that those who did sign
        can go on without them.
        """
        laid = self.composite.laid
        if laid is None:
            return ["No text has been laid before the bodies yet."]
        is_over = is_past(self, at)
        found = [*self._of_bodies(is_over), *self._of_speakers(laid, is_over)]
        signed = [place.part.label for place in self.signed]
        places = composing.unbacked(wordings.clauses(laid), signed)
        if places and not found:
            which = "Clause" if len(places) == 1 else "Clauses"
            numbers = ", ".join(map(str, places))
            found.append(
                f"{which} {numbers}: the words come only from motions that do not take part. Lay a "
                "text without them before the bodies."
            )
        found += [
            f"The wording of “{place.part.motion}” has changed since: save the draft again, and "
            "lay it before the bodies."
            for place in self.signed
            if place.part.version_id != place.part.motion.current_version_id
        ]
        return found

    def _of_bodies(self, is_over: bool) -> list[str]:
        if self.waiting and not is_over:
            names = "; ".join(str(place.part.motion.organisation) for place in self.waiting)
            found = [f"Not everybody has answered: {names}."]
        else:
            found = []
        left = self.signed if is_over else self.inside
        if len({place.part.motion.organisation_id for place in left}) < FEWEST:
            found.append("Fewer than two bodies take part in it.")
        return found

    def _of_speakers(self, laid: CompositeVersion, is_over: bool) -> list[str]:
        found = []
        left = {place.part.pk for place in (self.signed if is_over else self.inside)}
        for part_id, verb in ((laid.moved_by_id, "moves"), (laid.seconded_by_id, "seconds")):
            place = self.of(part_id)
            if place is not None and part_id not in left:
                found.append(
                    f"{place.part.motion.organisation}, which {verb} it, does not take part."
                )
        return found


def is_past(standing: Standing, at: dt.datetime) -> bool:
    """Has the date passed for every body, extensions of their own included?"""
    deadline = standing.composite.deadline
    bodies = [place.part.motion.organisation for place in standing.places]
    closings = [doors.window_for(deadline, body).closes_at for body in bodies]
    return all(closes_at is not None and at >= closes_at for closes_at in closings)


def standing_of(composite: Composite) -> Standing:
    """A composite with its parts and the answers in force. Two queries."""
    return standings_of([composite])[0]


def standings_of(composites: Iterable[Composite]) -> list[Standing]:
    """The same for several, in two queries."""
    rows = list(composites)
    in_force = Answer.objects.in_force().select_related("given_by", "confirmed_by", "version")
    parts = (
        CompositePart.objects.filter(composite__in=rows)
        .select_related("motion__organisation", "motion__current_version", "motion__conference")
        .prefetch_related(Prefetch("answers", queryset=in_force, to_attr="answers_in_force"))
        .order_by("pk")
    )
    places: dict[int, list[Place]] = {row.pk: [] for row in rows}
    by_key = {row.pk: row for row in rows}
    for part in parts:
        answer = part.answers_in_force[0] if part.answers_in_force else None
        says = _says(by_key[part.composite_id], part, answer)
        places[part.composite_id].append(Place(part, answer, says))
    return [Standing(row, places[row.pk]) for row in rows]


def _says(composite: Composite, part: CompositePart, answer: Answer | None) -> Says:
    state = part.motion.state
    if state == Motion.State.WITHDRAWN:
        return Says.WITHDRAWN
    if composite.is_open and state not in IN_QUESTION:
        return Says.GONE
    if answer is None:
        return Says.WAITING if composite.laid_id else Says.NOT_ASKED
    if not answer.counts:
        return Says.UNCONFIRMED
    if answer.choice != Answer.Choice.SIGNS:
        return Says.OUT
    return Says.SIGNED if answer.version_id == composite.laid_id else Says.SIGNED_EARLIER
