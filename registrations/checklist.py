"""What a delegation still lacks: pure, from plain facts and the instant to sentences that help.

Every finding has a level: `ok`; `with_us` (not known yet, and nothing for the body to do); `open`
(to do, in time); `warning` (staff see it, it turns nobody away); `blocking` (the delegation is not
in order). Private answers go in as facts and never come
out: a sentence has a count, never who, and does not tell 'has not answered' from 'prefers not to
say'. What somebody did not say is not guessed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

PLACES, NAMES, LEAD, BALANCE = "places", "names", "lead", "balance"
YOUTH, MEMBERSHIP, TWICE = "youth", "membership", "twice"

WOMAN, MAN, ANOTHER, UNDISCLOSED = "woman", "man", "another", "undisclosed"
#: The oldest age in each declared band, on day one; who would not say has none.
OLDEST = {"under_18": 17, "18_26": 26, "27_30": 30, "over_30": 200}
UNDER_18, AGE_UNDISCLOSED = "under_18", "undisclosed"
FULL, PROVISIONAL, LAPSED = "full", "provisional", "lapsed"


class Level(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    WITH_US = "with_us"
    OPEN = "open"
    WARNING = "warning"
    BLOCKING = "blocking"

    @property
    def label(self) -> str:
        """The word shown beside a finding."""
        return LEVELS[self]


LEVELS = {
    Level.OK: "In order",
    Level.WITH_US: "We are checking",
    Level.OPEN: "To do",
    Level.WARNING: "Please look",
    Level.BLOCKING: "Not in order",
}


class State(StrEnum):
    """Where the whole delegation stands."""

    EMPTY = "nothing booked"
    IN_ORDER = "in order"
    WAIVED = "in order, with a waiver"
    OPEN = "things to do"
    BLOCKED = "not in order"


class Step(StrEnum):
    """The one thing to do about a finding; the page knows where it is done."""

    NONE = ""
    BOOK = "book"
    NAME = "name"
    LEAD = "lead"
    ASK = "ask"
    MORE = "more"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Person:
    """One place of the delegation. Empty: not answered, or not known to us."""

    kind: str = "standard"
    is_named: bool = True
    gender: str = ""
    age_band: str = ""
    standing: str = ""
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What the conference asks."""

    imbalance_blocks: bool = False
    odd_may_differ: bool = True
    youth_until: int = 30


@dataclass(frozen=True, slots=True)
class Facts:
    """A delegation as it stands. `allocated`: by kind, None where there is no limit."""

    people: tuple[Person, ...] = ()
    allocated: Mapping[str, int | None] = field(default_factory=dict)
    has_lead: bool = False
    asked_for: int = 0
    names_close_at: dt.datetime | None = None
    waived: frozenset[str] = frozenset()

    @property
    def used(self) -> Counter[str]:
        """How many places of each kind are booked."""
        return Counter(person.kind for person in self.people)

    @property
    def unnamed(self) -> int:
        """How many of them have no name yet."""
        return sum(1 for person in self.people if not person.is_named)

    @property
    def limit(self) -> int | None:
        """Places of all kinds; None where there is no limit."""
        limits = self.allocated.values()
        return None if not self.allocated or None in limits else sum(limits)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the checklist. `by`: until when it can be done without asking anybody."""

    code: str
    level: Level
    sentence: str
    step: Step = Step.NONE
    by: dt.datetime | None = None
    is_waived: bool = False


def findings(facts: Facts, rules: Rules, at: dt.datetime) -> tuple[Finding, ...]:
    """Everything to be said about a delegation at the instant, in the order of the page."""
    if not facts.people:
        return (_places(facts),)
    found = [
        _places(facts),
        _names(facts, at),
        _lead(facts, at),
        _balance(facts, rules),
        _youth(facts, rules),
        _membership(facts),
        _twice(facts),
    ]
    return tuple(_unless_waived(one, facts) for one in found if one is not None)


def state(found: tuple[Finding, ...], facts: Facts) -> State:
    """Where the delegation as a whole stands. A warning turns nobody away."""
    levels = {one.level for one in found}
    if not facts.people:
        return State.EMPTY
    if Level.BLOCKING in levels:
        return State.BLOCKED
    if Level.OPEN in levels:
        return State.OPEN
    return State.WAIVED if any(one.is_waived for one in found) else State.IN_ORDER


def in_words(facts: Facts) -> str:
    """'3 of 5 places used, 1 without a name, lead delegate missing'."""
    used, limit = len(facts.people), facts.limit
    parts = [f"{used} of {_count(limit, 'place')} used" if limit is not None else _booked(used)]
    if facts.unnamed:
        parts.append(f"{facts.unnamed} without a name")
    if facts.people and not facts.has_lead:
        parts.append("lead delegate missing")
    return ", ".join(parts)


def _booked(used: int) -> str:
    return f"{_count(used, 'place')} booked" if used else "no places booked"


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _unless_waived(one: Finding, facts: Facts) -> Finding:
    if one.level is Level.OK or one.code not in facts.waived - {PLACES}:
        return one
    return Finding(one.code, Level.OK, f"{one.sentence} The party has waived this.", is_waived=True)


def _places(facts: Facts) -> Finding:
    used = facts.used
    limits = {kind: limit for kind, limit in facts.allocated.items() if limit is not None}
    over = sum(max(0, used[kind] - limit) for kind, limit in limits.items())
    if over:
        sentence = f"{_count(over, 'place')} more {_is(over)} booked than allocated. "
        if facts.asked_for:
            return Finding(PLACES, Level.BLOCKING, f"{sentence}Your request waits for our answer.")
        sentence += "Ask for more, or cancel what is too much."
        return Finding(PLACES, Level.BLOCKING, sentence, Step.MORE)
    words = _sentence(facts)
    if facts.asked_for:
        words += f" Your request for {facts.asked_for} more waits for our answer."
    if not facts.people:
        level = Level.OK if facts.limit == 0 else Level.OPEN
        return Finding(PLACES, level, words, Step.BOOK if facts.limit != 0 else Step.MORE)
    left = None if facts.limit is None else facts.limit - len(facts.people)
    return Finding(PLACES, Level.OK, words, Step.BOOK if left != 0 else Step.MORE)


def _sentence(facts: Facts) -> str:
    used, limit = facts.used, facts.limit
    if limit is None:
        words = _booked(len(facts.people))
        return f"{words[0].upper()}{words[1:]}."
    parts = [f"{len(facts.people)} of {_count(limit, 'place')} used"]
    if facts.allocated.get("youth") or used["youth"]:
        parts.append(f"{used['youth']} of {facts.allocated.get('youth', 0)} for youth")
    return f"{', '.join(parts)}."


def _names(facts: Facts, at: dt.datetime) -> Finding:
    missing, closes = facts.unnamed, facts.names_close_at
    if not missing:
        return Finding(NAMES, Level.OK, "Every place has a name.")
    sentence = f"{_count(missing, 'place')} {_is(missing)} without a name."
    if closes is not None and at >= closes:
        sentence += " The time for names is over: ask us, and we will see what can be done."
        return Finding(NAMES, Level.BLOCKING, sentence, Step.CONTACT)
    return Finding(NAMES, Level.OPEN, f"{sentence} The price stays.", Step.NAME, by=closes)


def _lead(facts: Facts, at: dt.datetime) -> Finding:
    if facts.has_lead:
        return Finding(LEAD, Level.OK, "A lead delegate is chosen.")
    sentence = "No lead delegate is chosen: nobody can cast the delegation's votes."
    is_late = facts.names_close_at is not None and at >= facts.names_close_at
    if facts.unnamed == len(facts.people):
        return Finding(LEAD, Level.WARNING if is_late else Level.OPEN, sentence, Step.NAME)
    level = Level.WARNING if is_late else Level.OPEN
    by = None if is_late else facts.names_close_at
    return Finding(LEAD, level, sentence, Step.LEAD, by=by)


def _balance(facts: Facts, rules: Rules) -> Finding | None:
    """No gender has more than half; an odd number may differ by one, where the rules say so."""
    total = len(facts.people)
    if total < 2:
        return None
    said = Counter(person.gender for person in facts.people)
    spare = 1 if total % 2 and rules.odd_may_differ else 0
    if max(said[WOMAN], said[MAN]) * 2 > total + spare:
        level = Level.BLOCKING if rules.imbalance_blocks else Level.WARNING
        sentence = "The delegation is not balanced: each should be half women and half men. "
        return Finding(BALANCE, level, f"{sentence}Think of it when you name people.", Step.NAME)
    unsaid = said[""] + said[UNDISCLOSED]
    if said[""]:
        sentence = f"Balance is not known yet: {_count(unsaid, 'answer')} {_is(unsaid)} missing."
        return Finding(BALANCE, Level.OPEN, sentence, Step.ASK)
    return Finding(BALANCE, Level.OK, "The delegation is balanced, as far as people have said.")


def _youth(facts: Facts, rules: Rules) -> Finding | None:
    bands = [person.age_band for person in facts.people if person.kind == "youth"]
    if not bands:
        return None
    too_old = sum(1 for band in bands if OLDEST.get(band, 0) > rules.youth_until)
    unsaid = sum(1 for band in bands if band not in OLDEST)
    if too_old:
        sentence = (
            f"{_count(too_old, 'youth place')} {_is(too_old)} held by somebody who will be over "
            f"{rules.youth_until} on the first day, as declared."
        )
        return Finding(YOUTH, Level.WARNING, sentence, Step.CONTACT)
    if unsaid:
        words = _count(unsaid, "youth place")
        sentence = f"The age for {words} has not been declared yet."
        return Finding(YOUTH, Level.OPEN, sentence, Step.ASK)
    return Finding(YOUTH, Level.OK, f"Youth delegates are {rules.youth_until} or under.")


def _membership(facts: Facts) -> Finding | None:
    named = [person for person in facts.people if person.is_named]
    if not named:
        return None
    standings = Counter(person.standing for person in named)
    wrong = [
        f"{standings[standing]} {words}"
        for standing, words in ((LAPSED, "lapsed"), (PROVISIONAL, "in the first three months"))
        if standings[standing]
    ]
    if wrong:
        sentence = f"Membership: {' and '.join(wrong)}. Ask us before somebody travels in vain."
        return Finding(MEMBERSHIP, Level.WARNING, sentence, Step.CONTACT)
    sentence = f"Membership is confirmed for {standings[FULL]} of {len(named)}."
    if standings[""] == len(named):
        sentence = "Membership is not confirmed yet: we look it up ourselves."
    elif standings[""]:
        sentence += " We look up the rest ourselves."
    level = Level.WITH_US if standings[""] else Level.OK
    return Finding(MEMBERSHIP, level, sentence)


def _twice(facts: Facts) -> Finding | None:
    number = sum(1 for person in facts.people if person.is_elsewhere)
    if not number:
        return None
    sentence = (
        f"{number} of your delegates {_is(number)} in another body's delegation too. "
        "Nobody can be in two: settle it with them, then change the name or ask us."
    )
    return Finding(TWICE, Level.BLOCKING, sentence, Step.CONTACT)
