"""The rules by which somebody may stand: plain data in, findings in plain words out.

Each rule looks at one thing and says one of four: it is met, it is not, it depends on something
that is still to come, or nothing here can tell. Rules that look at what the body itself says of its
nominee refuse at the door; those that look into the party's registers are told to the returning
officer alone, since a sentence at the door would tell strangers what is in a register.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from clock.words import date_words


class Standing(StrEnum):
    """What a rule finds."""

    MET = "met"
    NOT_MET = "not met"
    OPEN = "still to come"
    UNKNOWN = "not known here"


class Consent(StrEnum):
    """What the nominee has said."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of one post, by the names of regions.

    `barred` gives the reason of each bar; `represented` the year up to whose conference a sitting
    member represents a region, and is empty where a region may have more than one.
    """

    year: int | None = None
    barred: Mapping[str, str] = field(default_factory=dict)
    represented: Mapping[str, int] = field(default_factory=dict)
    only_region: str = ""
    member_months: int | None = None
    judged_on: dt.date | None = None
    must_be_delegate: bool = False
    nominations_needed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominee:
    """What is known of one person.

    `is_delegate` None: not yet, and registration is open. `has_namesake`: among the delegates is
    one of that name without an address, and whether it is this person only people can tell.
    """

    region: str
    is_in_register: bool = False
    is_lapsed: bool = False
    joined_on: dt.date | None = None
    is_delegate: bool | None = None
    has_namesake: bool = False
    nominations: int = 1
    consent: Consent = Consent.ASKED


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one person."""

    rule: str
    standing: Standing
    sentence: str


Rule = Callable[[Rules, Nominee], Finding | None]


def region_not_barred(rules: Rules, nominee: Nominee) -> Finding | None:
    """Staff barred the region, and said why."""
    if not rules.barred:
        return None
    reason = rules.barred.get(nominee.region)
    if reason is None:
        return _met("region", f"Members from {nominee.region} may stand.")
    return _not_met("region", f"{_cannot(rules, nominee)}: {reason}")


def region_not_represented(rules: Rules, nominee: Nominee) -> Finding | None:
    """A member who sits already, and carries on, is from the region."""
    if not rules.represented:
        return None
    until = rules.represented.get(nominee.region)
    if until is None:
        return _met("represented", f"Nobody who carries on is from {nominee.region}.")
    return _not_met(
        "represented",
        f"{_cannot(rules, nominee)}: the region is already represented, until the conference of "
        f"{until}.",
    )


def region_is_the_posts(rules: Rules, nominee: Nominee) -> Finding | None:
    """The post is for members from one region."""
    if not rules.only_region:
        return None
    if nominee.region == rules.only_region:
        return _met("own region", f"The post is for members from {rules.only_region}.")
    return _not_met(
        "own region", f"{_cannot(rules, nominee)}: it is for members from {rules.only_region}."
    )


def member_long_enough(rules: Rules, nominee: Nominee) -> Finding | None:
    """A member for so many months on the day that counts; months end on the same day of the month."""
    months = rules.member_months
    if months is None:
        return None
    needed = "a member" if not months else f"a member for at least {_months(months)}"
    if not nominee.is_in_register:
        return Finding(
            "membership",
            Standing.UNKNOWN,
            f"They must be {needed}; no membership with this number or address is in the register.",
        )
    if nominee.is_lapsed:
        return _not_met("membership", f"They must be {needed}; the membership has lapsed.")
    if not months:
        return _met("membership", "They are a member.")
    if nominee.joined_on is None or rules.judged_on is None:
        return Finding(
            "membership",
            Standing.UNKNOWN,
            f"They must be {needed}; the register does not say since when they are one.",
        )
    since = f"they are one since {date_words(nominee.joined_on)}"
    if months_later(nominee.joined_on, months) <= rules.judged_on:
        return _met("membership", f"They must be {needed}; {since}.")
    return _not_met("membership", f"They must be {needed} when nominations close; {since}.")


def delegate(rules: Rules, nominee: Nominee) -> Finding | None:
    """A registered delegate. Until registration closes it is a condition, never a refusal."""
    if not rules.must_be_delegate:
        return None
    if nominee.is_delegate:
        return _met("delegate", "They are registered as a delegate.")
    if nominee.has_namesake:
        return Finding(
            "delegate",
            Standing.UNKNOWN,
            "A delegate of that name is registered without an address: see whether it is them.",
        )
    if nominee.is_delegate is None:
        return Finding(
            "delegate",
            Standing.OPEN,
            "They are not registered as a delegate yet: it depends on that.",
        )
    return _not_met("delegate", "They are not registered as a delegate.")


def nominated_often_enough(rules: Rules, nominee: Nominee) -> Finding | None:
    """As many bodies nominate them as the post asks for."""
    has, needed = nominee.nominations, rules.nominations_needed
    so_far = "1 nomination" if has == 1 else f"{has} nominations"
    if has >= needed:
        return _met("nominations", f"{so_far}, and {needed} needed.")
    return Finding("nominations", Standing.OPEN, f"{so_far}, but {needed} needed.")


def consented(rules: Rules, nominee: Nominee) -> Finding | None:
    """They said themselves that they want to stand."""
    return {
        Consent.ASKED: Finding("consent", Standing.OPEN, "They have not answered yet."),
        Consent.GIVEN: _met("consent", "They have agreed to stand."),
        Consent.REFUSED: _not_met("consent", "They do not want to stand."),
    }[nominee.consent]


#: Asked of what the body says; a refusal is told at the door.
AT_THE_DOOR: tuple[Rule, ...] = (region_not_barred, region_not_represented, region_is_the_posts)
#: Asked of registers and of what comes later.
AT_THE_DESK: tuple[Rule, ...] = (member_long_enough, delegate, nominated_often_enough, consented)


def findings(
    rules: Rules, nominee: Nominee, ask: tuple[Rule, ...] = AT_THE_DOOR + AT_THE_DESK
) -> list[Finding]:
    """What each rule that this post has says, in their order."""
    return [found for rule in ask if (found := rule(rules, nominee)) is not None]


def refusals(rules: Rules, nominee: Nominee) -> list[str]:
    """Why somebody cannot even be nominated; empty when they can."""
    found = findings(rules, nominee, AT_THE_DOOR)
    return [one.sentence for one in found if one.standing is Standing.NOT_MET]


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; of a month that lacks it, the last."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(
        dt.date(year, month + 1, 1) + dt.timedelta(days=day.day - 1),
        following - dt.timedelta(days=1),
    )


def _months(months: int) -> str:
    return "1 month" if months == 1 else f"{months} months"


def _cannot(rules: Rules, nominee: Nominee) -> str:
    when = f"in {rules.year}" if rules.year else "this time"
    return f"A member from {nominee.region} cannot stand {when}"


def _met(rule: str, sentence: str) -> Finding:
    return Finding(rule, Standing.MET, sentence)


def _not_met(rule: str, sentence: str) -> Finding:
    return Finding(rule, Standing.NOT_MET, sentence)
