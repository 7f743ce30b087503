"""What a motion needs before it can be sent in: the call's rules, applied to a working copy."""

from __future__ import annotations

import datetime as dt

import clock
from motions.models import Motion
from motions.services.versions import as_parsed, words_inserted
from motions.texts import blocks, operations, words


def unmet(motion: Motion) -> dict[str, list[str]]:
    """What still has to be mended before sending, by field; empty when nothing.

    Words are counted by the one rule of `motions.texts.words`, over the text without the title; of
    an amendment those it inserts.
    """
    call, missing = motion.call, {}
    if not motion.title.strip():
        missing["title"] = ["Give the motion a title. It does not count towards the words."]
    if said := _of_amendment(motion) if motion.is_amendment else _of_motion(motion):
        missing["text"] = [said]
    if call.needs_mover and not motion.mover.strip():
        missing["mover"] = [f"Name the person who moves the {motion.noun}."]
    if call.needs_seconder and not motion.seconder.strip():
        missing["seconder"] = [f"Name the person who seconds the {motion.noun}."]
    if call.needs_meeting and not (motion.meeting_name.strip() and motion.meeting_on):
        missing["meeting_name"] = [
            f"Say which meeting passed the {motion.noun}, and on which date."
        ]
    if call.is_emergency and motion.event_on is None:
        missing["event_on"] = ["Say on which day it happened: the committee rules on that."]
    elif call.is_emergency and motion.event_on > _last_touched(motion):
        missing["event_on"] = ["This day is still to come. Say on which day it happened."]
    return missing


def _of_motion(motion: Motion) -> str:
    count = words.count(motion.draft_text)
    if count == 0:
        return "Write the text of the motion."
    return _too_long(f"The text has {count}", count, motion.call.max_words)


def _of_amendment(motion: Motion) -> str:
    base, proposal = as_parsed(motion.base), blocks.parse(motion.draft_text)
    if not proposal:
        return (
            "This would leave nothing of the motion. Whoever is against all of it votes against "
            "it: change the parts that should be different."
        )
    if not operations.derive(base, proposal):
        return "Nothing is changed yet. Change the text until it reads as your body wants it."
    count = words_inserted(base, proposal)
    return _too_long(f"The amendment inserts {count}", count, motion.call.max_words)


def _too_long(said: str, count: int, limit: int | None) -> str:
    if not limit or count <= limit:
        return ""
    over = count - limit
    noun = "word" if over == 1 else "words"
    return f"{said} words. At most {limit} are allowed: take out {over} {noun}."


def _last_touched(motion: Motion) -> dt.date:
    """The day in London on which the working copy was saved last."""
    return clock.in_london(motion.draft_saved_at or motion.created_at).date()
