"""The business of a session as plain data: items, who moves, times, thresholds, every vote's words.

The page, the papers and the chair's script are made of this. It follows every change until the
session; a mover and a seconder are named only where they agreed to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from clock.words import date_words, range_words, time_words
from events.models import Conference, Session
from motions.agendas import budget, content, votes
from motions.agendas.numbering import sort_key
from motions.agendas.wordings import printed_blocks
from motions.models import (
    Amendment,
    DebateRules,
    FallsIf,
    Motion,
    MoversAnswer,
    OrderItem,
    OrderPaper,
    Outcome,
    VotePart,
)
from motions.services.versions import as_parsed

Item = dict[str, Any]


def sessions_of(conference: Conference) -> list[Session]:
    """The business sessions of a conference in the order of the day."""
    rows = Session.objects.filter(conference=conference, kind=Session.Kind.BUSINESS)
    rows = rows.select_related("order_paper", "room")
    known = [row for row in rows if row.starts_at]
    return sorted(known, key=lambda row: (row.starts_at, row.pk)) + [
        row for row in rows.order_by("position", "pk") if not row.starts_at
    ]


def sheet(paper: OrderPaper) -> Item:
    """Everything that the order paper of a session says."""
    session = paper.session
    minutes = minutes_of(session.conference)
    rows = list(_rows(paper))
    known = Surroundings.of([row.motion for row in rows if row.motion])
    items = [_item(row, minutes, known) for row in rows]
    slots = budget.laid_out(
        [item["minutes"] for item in items], starts_at=session.starts_at, ends_at=session.ends_at
    )
    for item, slot in zip(items, slots, strict=True):
        item["starts"] = time_words(slot.starts_at) if slot.starts_at else ""
        item["is_over"] = slot.is_over
    return {
        "conference": session.conference.title,
        "session": session.title,
        "when": _when(session),
        "room": session.room.name if session.room else "",
        "items": items,
        **_time(session, sum(item["minutes"] for item in items)),
    }


def minutes_of(conference: Conference) -> budget.Minutes:
    """The minutes of each speech at a conference."""
    return DebateRules.of(conference).minutes


def _rows(paper: OrderPaper) -> Iterable[OrderItem]:
    rows = paper.items.select_related(
        "motion__current_version", "motion__organisation", "motion__call", "motion__category"
    )
    return rows.prefetch_related("motion__current_version__blocks").order_by("position")


def _when(session: Session) -> str:
    if session.starts_at and session.ends_at:
        return range_words(session.starts_at, session.ends_at)
    return date_words(session.starts_at) if session.starts_at else "Time to be announced"


def _time(session: Session, needed: int) -> Item:
    """The budget against the session's length; without an end there is nothing to be over."""
    length = None
    if session.starts_at and session.ends_at:
        length = int((session.ends_at - session.starts_at).total_seconds() // 60)
    over = max(0, needed - length) if length is not None else 0
    return {
        "needed": budget.in_words(needed),
        "length": budget.in_words(length) if length is not None else "",
        "over": budget.in_words(over) if over else "",
        "left": budget.in_words(length - needed) if length is not None and not over else "",
    }


class Surroundings:
    """What stands around the motions of a paper: amendments, parts, what falls, outcomes. Few
    queries, whatever it holds."""

    def __init__(
        self,
        amendments: Mapping[int, list[Amendment]],
        parts: Mapping[int, list[VotePart]],
        falls: Iterable[FallsIf],
        outcomes: Sequence[Outcome],
    ) -> None:
        self.amendments = amendments
        self.parts = parts
        self.falls: dict[int, list[str]] = {}
        self.makes_fall: dict[int, list[str]] = {}
        for row in falls:
            self.falls.setdefault(row.item_id, []).append(named(row.carried))
            self.makes_fall.setdefault(row.carried_id, []).append(named(row.item))
        self.outcomes = {one.motion_id: one for one in outcomes if one.part_id is None}
        self.part_outcomes = {one.part_id: one for one in outcomes if one.part_id is not None}

    @classmethod
    def of(cls, motions: Sequence[Motion]) -> Surroundings:
        """Read them for these motions."""
        keys = [motion.pk for motion in motions]
        rows = Amendment.objects.filter(amends__in=keys, state=Motion.State.PUBLISHED)
        rows = rows.with_wording().select_related("call").prefetch_related("movers_answers")
        amendments: dict[int, list[Amendment]] = {}
        motion_of = {motion.pk: motion for motion in motions}
        for row in sorted(rows, key=lambda one: (sort_key(one.number), one.pk)):
            row.amends = motion_of[row.amends_id]
            amendments.setdefault(row.amends_id, []).append(row)
        parts: dict[int, list[VotePart]] = {}
        for part in VotePart.objects.filter(motion__in=keys).order_by("position"):
            parts.setdefault(part.motion_id, []).append(part)
        every = [*keys, *(one.pk for some in amendments.values() for one in some)]
        concerned = Q(item__in=every) | Q(carried__in=every)
        falls = FallsIf.objects.standing().filter(concerned)
        falls = falls.select_related("carried__amends", "item__amends")
        outcomes = Outcome.objects.in_force().filter(motion__in=every).order_by("pk")
        return cls(amendments, parts, falls.order_by("pk"), list(outcomes))

    def falls_in_words(self, key: int) -> str:
        """'Falls if amendment 4.1 is carried'; '' when it does not."""
        some = self.falls.get(key)
        return f"Falls if {' or '.join(some)} is carried" if some else ""


def named(one: Motion) -> str:
    """'motion 4', 'amendment 4.1', 'amendment 4.1 to motion C1' where its number says another."""
    return f"{one.noun} {_number(one)}"


def _number(one: Motion) -> str:
    return f"{one.number} to motion {one.amends.number}" if one.numbered_under else one.number


def is_accepted(amendment: Amendment) -> bool:
    """Has the mover's body accepted it? Then no vote is taken on it alone."""
    return any(
        given.ended_at is None and given.answer == MoversAnswer.Answer.ACCEPTED
        for given in amendment.movers_answers.all()
    )


def _item(row: OrderItem, minutes: budget.Minutes, known: Surroundings) -> Item:
    if row.motion is None:
        return {
            "key": row.pk,
            "motion": None,
            "number": "",
            "title": row.words,
            "minutes": row.minutes,
            "rows": [],
            "votes": [],
            "amendments": [],
            "outcome": "",
        }
    return motion_item(row.motion, minutes, known, key=row.pk, fixed=row.minutes)


def motion_item(
    motion: Motion,
    minutes: budget.Minutes,
    known: Surroundings,
    *,
    key: int = 0,
    fixed: int | None = None,
) -> Item:
    """A motion as business: its debate, and the words of each vote in the order of the votes."""
    version, amendments = motion.current_version, known.amendments.get(motion.pk, [])
    voted = [one for one in amendments if not is_accepted(one)]
    blocks = as_parsed(version)
    asked = votes.questions(question_facts(motion, voted, amendments, known))
    rows = budget.of_motion(
        minutes,
        amendments=len(voted),
        votes=len(asked),
        has_seconder=bool(version.seconder) or motion.call.needs_seconder,
    )
    may_name = version.names_consent
    outcome = known.outcomes.get(motion.pk)
    return {
        "key": key,
        "motion": motion.pk,
        "number": motion.number,
        "title": version.title,
        "kind": motion.call.label,
        "body": str(motion.organisation),
        "language": motion.language,
        "mover": version.mover if may_name else "",
        "seconder": version.seconder if may_name else "",
        "threshold": motion.call.threshold_in_words,
        "falls": known.falls_in_words(motion.pk),
        "makes_fall": known.makes_fall.get(motion.pk, []),
        "rows": [[row.what, row.times, row.each, row.total] for row in rows],
        "minutes": fixed or budget.total(rows),
        "votes": [{"words": one.words, "note": one.note} for one in asked],
        "amendments": [_amendment(one, known) for one in amendments],
        "blocks": printed_blocks(blocks, version.line_algorithm),
        "outcome": outcome.get_result_display() if outcome else "",
    }


def question_facts(
    motion: Motion,
    voted: Sequence[Amendment],
    amendments: Sequence[Amendment],
    known: Surroundings,
) -> votes.Item:
    """What the words of a motion's votes are made of. `voted` are those the mover did not accept."""
    parts = [(part.pk, part.words) for part in known.parts.get(motion.pk, [])]
    carried = [
        known.outcomes[one.pk].result == Outcome.Result.CARRIED
        for one in amendments
        if one.pk in known.outcomes
    ]
    return votes.Item(
        key=motion.pk,
        number=motion.number,
        amendments=[(one.pk, _number(one)) for one in voted],
        parts=parts,
        is_amended=len(voted) < len(amendments) or any(carried),
        falls={one.pk: known.falls_in_words(one.pk) for one in voted},
    )


def _amendment(one: Amendment, known: Surroundings) -> Item:
    outcome = known.outcomes.get(one.pk)
    version = one.current_version
    may_name = version.names_consent
    return {
        **content.amendment(one),
        "called": _number(one),
        "mover": version.mover if may_name else "",
        "seconder": version.seconder if may_name else "",
        "is_accepted": is_accepted(one),
        "threshold": one.call.threshold_in_words,
        "makes_fall": known.makes_fall.get(one.pk, []),
        "falls": known.falls_in_words(one.pk),
        "outcome": outcome.get_result_display() if outcome else "",
    }
