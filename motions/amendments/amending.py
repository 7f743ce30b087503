"""Can a motion be amended now? Who asks is told why not, and what to do instead."""

from __future__ import annotations

from clock import in_london
from clock.words import date_words
from motions.models import Call, Motion, MotionVersion


def called(motion: Motion) -> str:
    """'motion 4 (Bus fares)', or '“Bus fares”' while it has no number."""
    title = motion.current_version.title if motion.current_version else str(motion)
    return f"{motion.noun} {motion.number} ({title})" if motion.number else f"“{title}”"


def why_not(motion: Motion) -> str:
    """A sentence with what to do instead; '' when the motion can be amended."""
    states, name = Motion.State, called(motion)
    if motion.is_amendment:
        return "An amendment is not amended itself: send another amendment to its motion."
    if motion.state == states.PUBLISHED:
        return ""
    if motion.state == states.WITHDRAWN:
        on = date_words(in_london(motion.withdrawn_at).date())
        return (
            f"{_capital(name)} was withdrawn on {on}: there is nothing left to amend. You may "
            "amend another motion."
        )
    if motion.state == states.NOT_IN_ORDER:
        return (
            f"{_capital(name)} was ruled not in order, so it is not before conference. If an "
            "appeal is upheld and it is published, you can amend it then."
        )
    if motion.state == states.COMPOSITED:
        return (
            f"{_capital(name)} has become part of {called(motion.composited_into)}. Amend that "
            "instead: it is what conference debates."
        )
    return (
        f"{_capital(name)} is not published, so it cannot be amended yet. You can amend it as soon "
        "as it is."
    )


def title_of(base: MotionVersion) -> str:
    """What an amendment to this text is called while it has no number."""
    return f"Amendment to “{base.title}”"[:200]


def label(motion: Motion) -> str:
    """'Amendment 4.2', or 'Amendment from Leeds' while it has no number; of a motion its title.

    One that is to composite C1 now and keeps its printed number is 'Amendment 4.2 to C1'.
    """
    if not motion.is_amendment:
        return _capital(called(motion))
    if motion.number:
        now = f" to {motion.amends.number}" if motion.numbered_under else ""
        return f"Amendment {motion.number}{now}"
    return f"Amendment from {motion.organisation}"


def kept_number(amendment: Motion) -> str:
    """Why an amendment has the number of another motion; '' where it has not."""
    if not amendment.numbered_under:
        return ""
    return (
        f"It was to motion {amendment.numbered_under} and keeps the number it was printed with; it "
        f"is to motion {amendment.amends.number} now"
    )


def call_for(motion: Motion) -> Call | None:
    """The call through which amendments to this motion come; None when its conference takes none."""
    calls = Call.objects.for_conference(motion.conference).filter(kind=Call.Kind.AMENDMENT)
    return calls.order_by("name", "pk").first()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
