"""What a motion needs before it can be sent in: the call's rules, applied to a working copy."""

from __future__ import annotations

import datetime as dt

import clock
from motions.models import Motion
from motions.texts import words


def unmet(motion: Motion) -> dict[str, list[str]]:
    """What still has to be mended before sending, by field; empty when nothing.

    Words are counted by the one rule of `motions.texts.words`, over the text without the title.
    """
    call, missing = motion.call, {}
    if not motion.title.strip():
        missing["title"] = ["Give the motion a title. It does not count towards the words."]
    count = words.count(motion.draft_text)
    if count == 0:
        missing["text"] = ["Write the text of the motion."]
    elif call.max_words and count > call.max_words:
        over = count - call.max_words
        noun = "word" if over == 1 else "words"
        missing["text"] = [
            f"The text has {count} words. At most {call.max_words} are allowed: "
            f"take out {over} {noun}."
        ]
    if call.needs_mover and not motion.mover.strip():
        missing["mover"] = ["Name the person who moves the motion."]
    if call.needs_seconder and not motion.seconder.strip():
        missing["seconder"] = ["Name the person who seconds the motion."]
    if call.needs_meeting and not (motion.meeting_name.strip() and motion.meeting_on):
        missing["meeting_name"] = ["Say which meeting passed the motion, and on which date."]
    if call.is_emergency and motion.event_on is None:
        missing["event_on"] = ["Say on which day it happened: the committee rules on that."]
    elif call.is_emergency and motion.event_on > _last_touched(motion):
        missing["event_on"] = ["This day is still to come. Say on which day it happened."]
    return missing


def _last_touched(motion: Motion) -> dt.date:
    """The day in London on which the working copy was saved last."""
    return clock.in_london(motion.draft_saved_at or motion.created_at).date()
